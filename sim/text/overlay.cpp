#include "sim/text/overlay.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

#include "sim/text/dated.hpp"

namespace oikos {

namespace {

/// The first month of the language: what a plain value has been in force from when dates are laid over it.
constexpr std::string_view first_month_text = "1800-01";
constexpr std::string_view table_key = "table", by_key = "by";

Node merged(const Node& base, const Node& plan, Diagnostics& diagnostics);

bool holds_nothing(const Node& node) { return node.is_null() && node.text.empty(); }

/// What somebody may have meant who wrote a key and nothing behind it.
std::string hint_of_nothing(const std::string& key) {
  for (const std::string_view sign : {"=", "\uFF1A"})  // a colon of Chinese and Japanese text
    if (const auto at = key.find(sign); at != std::string::npos && at > 0) {
      const auto part = [](std::string_view text) {
        const auto begin = std::min(text.find_first_not_of(' '), text.size());
        return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
      };
      const std::string_view whole = key;
      return fmt::format("write '{}: {}'", part(whole.substr(0, at)), part(whole.substr(at + sign.size())));
    }
  return "what belongs to a key stands behind it or further in on the next lines; text with '#' needs quotes";
}

/// A baseline's mapping while a plan's entries are laid over it.
class Laying {
 public:
  Laying(const Node& base, Diagnostics& diagnostics) : result_(base), diagnostics_(diagnostics) {
    for (std::size_t i = 0; i < result_.entries.size(); ++i) places_.emplace(result_.entries[i].key, i);
    gone_.resize(result_.entries.size(), false);
  }

  void lay(const Node::Entry& entry);
  /// The result; `at` is the place of the plan's mapping. What is wrong with the two together is the plan's mistake.
  Node take(const Position& at);

 private:
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < result_.entries.size(); ++i)
      if (!gone_[i]) names.push_back(result_.entries[i].key);
    return names;
  }

  Node result_;
  Diagnostics& diagnostics_;
  std::unordered_map<std::string, std::size_t> places_;  ///< of the baseline's keys
  std::vector<bool> gone_;                               ///< which entries the plan removes
  std::unordered_set<std::string> added_;
};

/// One entry of the plan laid over the baseline's.
void Laying::lay(const Node::Entry& entry) {
  const auto found = places_.find(entry.key);
  if (holds_nothing(entry.value)) {
    diagnostics_.add({entry.key_at, "empty value in a plan", "a value, or ~ to remove the key", "nothing",
                      hint_of_nothing(entry.key)});
  } else if (entry.value.is_null() && found == places_.end()) {
    const auto known = names();
    diagnostics_.add({entry.key_at, "the plan removes a key that the baseline does not have",
                      known.empty() ? "a value" : "one of " + codec::joined(known), quoted(entry.key),
                      did_you_mean(entry.key, known)});
  } else if (entry.value.is_null()) {
    result_.removed.push_back({entry.key, entry.key_at, std::move(result_.entries[found->second].value)});
    gone_[found->second] = true;
  } else if (found == places_.end()) {
    // Laid over nothing, so that removals inside it are reported too.
    const Node nothing{.kind = entry.value.kind,
                       .at = entry.value.at,
                       .text = "",
                       .quoted = false,
                       .items = {},
                       .entries = {},
                       .removed = {}};
    added_.insert(entry.key);
    result_.entries.push_back({entry.key, entry.key_at, merged(nothing, entry.value, diagnostics_)});
    gone_.push_back(false);
  } else {
    Node::Entry& below = result_.entries[found->second];
    below.value = merged(below.value, entry.value, diagnostics_);
    below.key_at = entry.key_at;
  }
}

Node Laying::take(const Position& at) {
  std::vector<Node::Entry> kept;
  for (std::size_t i = 0; i < result_.entries.size(); ++i)
    if (!gone_[i]) kept.push_back(std::move(result_.entries[i]));
  result_.entries = std::move(kept);
  std::erase_if(result_.removed, [&](const Node::Entry& one) { return added_.contains(one.key); });
  result_.at = at;
  return std::move(result_);
}

/// A plan's dates laid over what the baseline says: they take over from their first month, and the baseline's earlier
/// months stay as they are.
Node dated_over(const Node& base, const Node& plan, Diagnostics& diagnostics) {
  if (!is_dated(plan)) return plan;  // a date is mistaken; who reads the value will say so
  const auto is_between = [](const Node::Entry& entry) { return entry.key == Path::between; };
  const auto first = std::ranges::find_if_not(plan.entries, is_between);
  Node result = plan;
  std::vector<Node::Entry> earlier;
  if (base.is_scalar() && *parse_month(first->key) > *parse_month(first_month_text)) {
    earlier.push_back({std::string(first_month_text), base.at, base});
  } else if (is_dated(base)) {
    for (const auto& entry : base.entries)
      if (!is_between(entry) && *parse_month(entry.key) < *parse_month(first->key)) earlier.push_back(entry);
    if (!earlier.empty() && std::ranges::any_of(base.entries, is_between))
      diagnostics.add({first->key_at, "dates laid over a straight line would change the months before them",
                       fmt::format("dates from {} on, or a plain value", earlier.front().key), quoted(first->key), ""});
  }
  if (const auto line = std::ranges::find_if(plan.entries, is_between); line != plan.entries.end() && !earlier.empty())
    diagnostics.add({line->key_at, "a straight line laid over earlier values would change the months before it",
                     "values in steps, or a plain value or no value below", quoted(line->key),
                     "leave 'between' out and write the months that matter"});
  result.entries.insert(result.entries.begin(), std::make_move_iterator(earlier.begin()),
                        std::make_move_iterator(earlier.end()));
  return result;
}

constexpr std::string_view is_key = "is";  // of a value with its source: {is: 2 %/month, source: ..., confidence: ...}

/// What a value says, with or without its source.
const Node& said_by(const Node& node) {
  const Node* inner = node.is_mapping() ? node.find(is_key) : nullptr;
  return inner == nullptr ? node : *inner;
}

Node merged(const Node& base, const Node& plan, Diagnostics& diagnostics) {
  if (&said_by(base) != &base || &said_by(plan) != &plan) {
    // A source belongs to the values that stand beside it: what the plan says is the plan's, and earlier months that
    // stay keep no source of their own.
    Node result = plan;
    Node value = merged(said_by(base), said_by(plan), diagnostics);
    if (&said_by(plan) == &plan) return value;
    std::ranges::find(result.entries, is_key, &Node::Entry::key)->value = std::move(value);
    return result;
  }
  if (codec::looks_dated(plan)) return dated_over(base, plan, diagnostics);
  const auto is_whole = [](const Node& node) {
    return !node.is_mapping() || codec::looks_dated(node) || node.find(table_key) != nullptr ||
           node.find(by_key) != nullptr;
  };
  if (plan.is_mapping() && plan.entries.empty() && base.is_mapping() && !base.entries.empty()) {
    diagnostics.add(
        {plan.at, "an empty mapping changes nothing", "the keys to change, or ~ to remove the key", "{}", ""});
    return base;
  }
  if (is_whole(base) || is_whole(plan)) return plan;
  Laying laying(base, diagnostics);
  for (const auto& entry : plan.entries) laying.lay(entry);
  return laying.take(plan.at);
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned>(static_cast<unsigned char>(text[k])); };
    const std::size_t bytes = control_at(text, i);
    if (text[i] == '"' || text[i] == '\\') out += '\\', out += text[i];
    else if (text[i] == '\n') out += "\\n";
    else if (text[i] == '\t') out += "\\t";
    else if (bytes == 1) out += fmt::format("\\x{:02x}", byte(i));
    else if (bytes == 2) out += fmt::format("\\u{:04x}", byte(i + 1));
    else if (bytes == 3)
      out += fmt::format("\\u{:04x}", (byte(i) & 0xFu) << 12u | (byte(i + 1) & 0x3Fu) << 6u | (byte(i + 2) & 0x3Fu));
    else out += text[i];
    i += bytes > 0 ? bytes - 1 : 0;
  }
  return out + "\"";
}

std::string key_text(const std::string& key, bool flow) {
  return is_plain(key, true) || (!flow && is_plain(key, false) && key.find(':') == std::string::npos) ? key
                                                                                                      : in_quotes(key);
}

bool block_worthy(const Node& node) { return !node.items.empty() || !node.entries.empty(); }

void write_line(const Node& node, bool flow, std::string& out) {
  switch (node.kind) {
    case Node::Kind::null: out += '~'; return;
    case Node::Kind::scalar:
      out += !node.quoted && is_plain(node.text, flow) ? node.text : in_quotes(node.text);
      return;
    case Node::Kind::sequence:
      out += '[';
      for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (i > 0) out += ", ";
        write_line(node.items[i], true, out);
      }
      out += ']';
      return;
    case Node::Kind::mapping:
      out += '{';
      for (std::size_t i = 0; i < node.entries.size(); ++i) {
        if (i > 0) out += ", ";
        out += key_text(node.entries[i].key, true) + ": ";
        write_line(node.entries[i].value, true, out);
      }
      out += '}';
      return;
  }
}

/// Writes a node that begins at column `indent`, up to and with its last line end.
void write_block(const Node& node, std::size_t indent, std::string& out) {
  if (!block_worthy(node)) {
    write_line(node, false, out);
    out += '\n';
    return;
  }
  bool first = true;
  const auto next_line = [&] {
    if (!first) out.append(indent, ' ');
    first = false;
  };
  for (const Node& item : node.items) {
    next_line();
    out += "- ";
    write_block(item, indent + 2, out);
  }
  for (const auto& entry : node.entries) {
    next_line();
    out += key_text(entry.key, false) + ":";
    if (block_worthy(entry.value)) out.append(1, '\n').append(indent + 2, ' ');
    else out += ' ';
    write_block(entry.value, indent + 2, out);
  }
}

void compare(const Node& before, const Node& after, const std::string& path, std::vector<Change>& changes) {
  const auto inside = [&](const std::string& key) { return path.empty() ? key : path + "/" + key; };
  if (before.is_mapping() && after.is_mapping()) {
    std::unordered_map<std::string_view, const Node*> left;
    for (const auto& entry : after.entries) left.emplace(entry.key, &entry.value);
    for (const auto& entry : before.entries) {
      const auto other = left.find(entry.key);
      if (other == left.end()) {
        changes.push_back({Change::Kind::removed, inside(entry.key), print_line(entry.value), "", entry.key_at, {}});
        continue;
      }
      compare(entry.value, *other->second, inside(entry.key), changes);
      left.erase(other);
    }
    for (const auto& entry : after.entries)
      if (left.contains(entry.key))
        changes.push_back({Change::Kind::added, inside(entry.key), "", print_line(entry.value), {}, entry.key_at});
  } else if (before.is_sequence() && after.is_sequence() && before.items.size() == after.items.size()) {
    for (std::size_t i = 0; i < before.items.size(); ++i)
      compare(before.items[i], after.items[i], fmt::format("{}[{}]", path, i + 1), changes);
  } else if (!same_content(before, after)) {
    changes.push_back({Change::Kind::changed, path, print_line(before), print_line(after), before.at, after.at});
  }
}

}  // namespace

Node overlay(const Node& base, const Node& plan, Diagnostics& diagnostics) {
  return plan.is_null() ? base : merged(base, plan, diagnostics);
}

std::string print(const Node& node) {
  std::string out;
  write_block(node, 0, out);
  return out;
}

std::string print_line(const Node& node) {
  std::string out;
  write_line(node, true, out);
  return out;
}

std::vector<Change> diff(const Node& before, const Node& after) {
  std::vector<Change> changes;
  compare(before, after, "", changes);
  return changes;
}

}  // namespace oikos
