#include <fmt/core.h>

#include <algorithm>
#include <sstream>

#include "sim/text/node.hpp"
#include "sim/text/tree_builder.hpp"
#include "sim/text/units.hpp"
#include "sim/text/utf8.hpp"

namespace oikos {

namespace yaml {

namespace {

constexpr std::size_t max_depth = 64;
constexpr std::size_t max_bytes = 16u << 20u;
/// Of one mapping or list, and of a file: far more than people write, and read in a moment.
constexpr std::size_t max_entries = 10'000, max_values = 100'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A number with a comma as it is written here: 1,5 and 1.000,00 with a point, 1,000 without the comma.
std::string without_comma(std::string text) {
  // 1.000,00 parts thousands by points.
  while (text.find('.') < text.find(',')) text.erase(text.find('.'), 1);
  const std::size_t comma = text.find(',');
  std::size_t digits = 0;
  while (comma + 1 + digits < text.size() && is_digit(text[comma + 1 + digits])) ++digits;
  if (digits == 3) return text.erase(comma, 1);
  text[comma] = '.';
  return text;
}

}  // namespace

void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (++documents_ == 1) return;
  const std::size_t begin = offset(mark);
  if (text_.substr(begin).starts_with("---"))
    fail(locator_.at(begin, begin + 3), "a second document begins", "one document a file", "",
         "move it into a file of its own");
  else
    fail(locator_.at(begin, begin + 1), "text after the end of the document", "one list or one mapping", "",
         "check the indentation");
  throw Stop{};
}

void TreeBuilder::check_properties(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
  const std::size_t begin = offset(mark);
  const std::size_t end = std::min(text_.find_first_of(" \t\r\n,]}", begin), text_.size());
  const auto written = [&] { return quoted(text_.substr(std::min(begin, text_.size()), end - std::min(begin, end))); };
  if (anchor != YAML::NullAnchor)
    fail(locator_.at(begin, end), "anchors are not allowed", "", written(), "write the value out where it is used");
  if ((tag != "?" && tag != "!" && !tag.empty()) || (tag == "!" && char_at(begin) == '!'))
    fail(locator_.at(begin, end), "tags are not allowed", "", written(),
         "the key decides how its value is read: remove the tag");
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
  const std::size_t begin = offset(mark);
  const std::size_t end = std::min(text_.find_first_of(" \t\r\n,]}", begin), text_.size());
  fail(locator_.at(begin, end), "aliases are not allowed", "", quoted(text_.substr(begin, end - begin)),
       "write the value out");
  if (wants_key()) throw Stop{};
  put({.kind = Node::Kind::null,
       .at = locator_.at(begin, end),
       .text = "~",
       .quoted = false,
       .items = {},
       .entries = {},
       .removed = {}});
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const std::size_t begin = offset(mark);
  if (anchor != YAML::NullAnchor) check_properties(mark, "", anchor);
  Node node;
  for (const std::string_view word : {"~", "null", "Null", "NULL"})
    if (text_.substr(std::min(begin, text_.size())).starts_with(word) &&
        std::string_view(" \t\r\n,]}\0", 8).find(char_at(begin + word.size())) != std::string_view::npos)
      node.text = word;
  if (wants_key()) {
    fail(locator_.at(begin, begin + std::max<std::size_t>(1, node.text.size())), "a key is missing",
         "text before the ':'", "", node.text.empty() ? "" : "put the key in quotes");
    throw Stop{};
  }
  // Where nothing is written the parser points at whatever comes next; the key is the better place.
  const bool under_key = !frames_.empty() && frames_.back().node.is_mapping();
  node.at = node.text.empty() && under_key ? frames_.back().key_at : locator_.at(begin, begin + node.text.size());
  if (node.text.empty() && under_key && frames_.back().flow && frames_.back().plain_key) {
    const Frame& top = frames_.back();
    if (const auto colon = top.key.find(':'); colon != std::string::npos) {
      fail(top.key_at, "no space after ':'", "'key: value'", quoted(top.key), "");
      frames_.back().drop = true;
    } else if (is_rest_of_value()) {
      frames_.back().drop = true;
    } else if (const auto space = top.key.find(' '); space != std::string::npos) {
      fail(top.key_at, "a key without its value", "'key: value'", quoted(top.key),
           fmt::format("write '{}: {}'", top.key.substr(0, space), top.key.substr(space + 1)));
      frames_.back().drop = true;
    }
  }
  put(std::move(node));
}

/// Whether the key without a value is no key but what follows a comma inside the value before it, as in
/// {amount: max(0 PLN, gap)}. Says so once, and makes the value whole, so that all else can be read.
bool TreeBuilder::is_rest_of_value() {
  Frame& top = frames_.back();
  if (top.key_begin < top.cut_end) return true;
  if (top.node.entries.empty()) return false;
  Node::Entry& before = top.node.entries.back();
  if (!before.value.is_scalar() || before.value.quoted || top.value_begin >= top.key_begin) return false;
  const std::string& value = before.value.text;
  if (value.empty() || top.key.empty()) return false;
  const bool number = is_digit(value.back()) && is_digit(top.key.front());
  std::size_t end = top.key_begin + top.key.size(), told_up_to = end;
  if (std::ranges::count(value, '(') > std::ranges::count(value, ')')) {
    int depth = 0;
    const std::size_t farthest = std::min(text_.size(), top.value_begin + longest_repair);
    told_up_to = text_.size();  // unless the parenthesis is closed, all that follows is of this value
    for (std::size_t i = top.value_begin; i < farthest && text_[i] != '\n'; ++i) {
      depth += text_[i] == '(' ? 1 : text_[i] == ')' ? -1 : 0;
      if (depth == 0 && i >= top.key_begin) {
        end = told_up_to = std::min(text_.find_first_of(",}\n", i), text_.size());
        break;
      }
    }
  } else if (!number && units::parse_identifier(top.key)) {
    return false;  // a key whose value was forgotten
  }
  std::string whole(text_.substr(top.value_begin, end - top.value_begin));
  whole.resize(whole.find_last_not_of(" \r") + 1);
  if (number) {
    fail(before.value.at, "a number cut in two by its comma",
         "a number with a decimal point and nothing between thousands",
         fmt::format("{} and {}", quoted(value), quoted(top.key)),
         fmt::format("write {}: {}", before.key, whole = without_comma(whole)));
  } else {
    fail(before.value.at, "a value cut in two by its comma", "text with a comma inside '{ }' in quotes",
         fmt::format("{} and {}", quoted(value), quoted(top.key)), fmt::format("write {}: \"{}\"", before.key, whole));
  }
  before.value.text = whole;
  top.cut_end = told_up_to;
  return true;
}

/// First byte behind a scalar on its first line. Reports quotes that are never closed, which the parser accepts.
std::size_t TreeBuilder::end_of_scalar(std::size_t begin, const std::string& value, bool in_quotes) {
  const char quote = char_at(begin);
  if (!in_quotes) {
    if (text_.substr(begin, value.size()) == value) return begin + value.size();
    // Longer on its first line than what it says: only by spaces.
    const std::string_view near = text_.substr(begin, value.size() + 64);
    return begin + std::min(near.find_first_of("\r\n"), near.size());
  }
  if (quote != '"' && quote != '\'') return begin + 1;  // a block scalar's '|' or '>'
  for (std::size_t i = begin + 1; i < text_.size(); ++i) {
    if (quote == '"' && text_[i] == '\\') ++i;
    else if (text_[i] == quote && quote == '\'' && char_at(i + 1) == quote) ++i;
    else if (text_[i] == quote) return i + 1;
  }
  fail(locator_.at(begin, begin + 1), "quoted text is never closed", "", "", fmt::format("close it with {}", quote));
  throw Stop{};
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  check_properties(mark, tag, anchor);
  const std::size_t begin = offset(mark);
  const bool in_quotes = tag == "!" && char_at(begin) != '!';
  scalar_begin_ = begin;
  scalar_end_ = end_of_scalar(begin, value, in_quotes);
  const Position at = locator_.at(begin, scalar_end_);
  if (value.find('\0') != std::string::npos) fail(at, "text contains a zero byte", "", "", "");
  // The parser makes single bytes of \N and \_, which are no UTF-8.
  if (utf8::first_invalid(value)) {
    fail(at, "unknown escape in quoted text", "", "", R"(write \u0085 for \N, \u00a0 for \_)");
    throw Stop{};
  }
  if (wants_key()) {
    frames_.back().key_begin = begin;
    return read_key(value, in_quotes, at);
  }
  // What can be printed in quotes alone, such as text with an empty line inside, can only be text.
  const bool is_text = in_quotes || !is_plain(value, false);
  if (!frames_.empty()) frames_.back().value_begin = begin;
  put({.kind = Node::Kind::scalar,
       .at = at,
       .text = value,
       .quoted = is_text,
       .items = {},
       .entries = {},
       .removed = {}});
}

void TreeBuilder::read_key(std::string key, bool in_quotes, Position at) {
  Frame& top = frames_.back();
  top.has_key = true;
  top.plain_key = !in_quotes;
  top.drop = false;
  const auto [first, fresh] = top.lines.try_emplace(key, at.line);
  if (key.starts_with("\xC2\xA0") && !in_quotes) {
    at.length = 1;
    fail(at, "a no-break space in the indentation", "plain spaces", "", "");
    top.drop = true;
  } else if (key == "<<" && !in_quotes) {
    fail(at, "merge keys are not allowed", "", "'<<'", "write the keys out");
    top.drop = true;
  } else if (!fresh) {
    fail(at, fmt::format("duplicate key {}", quoted(key)), "each key once", "",
         fmt::format("it is first given in line {}", first->second));
    top.drop = true;
  }
  top.key = std::move(key);
  top.key_at = std::move(at);
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value) {
  check_properties(mark, tag, anchor);
  open(Node::Kind::sequence, mark);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
  check_properties(mark, tag, anchor);
  open(Node::Kind::mapping, mark);
}

void TreeBuilder::open(Node::Kind kind, const YAML::Mark& mark) {
  const std::size_t begin = offset(mark);
  const Position here = locator_.at(begin, begin + 1);
  if (wants_key()) {
    fail(here, "a key is not plain text", "text before the ':'", kind == Node::Kind::mapping ? "a mapping" : "a list",
         "");
    throw Stop{};
  }
  if (frames_.size() >= max_depth) {
    fail(here, fmt::format("nested deeper than {} levels", max_depth), "", "", "");
    throw Stop{};
  }
  Frame frame;
  frame.node.kind = kind;
  frame.begin = begin;
  frame.flow = char_at(begin) == '[' || char_at(begin) == '{';
  // A block's first token says little; the key it stands under is what its messages are about.
  const bool under_key = !frames_.empty() && frames_.back().node.is_mapping();
  frame.node.at = under_key && !frame.flow ? frames_.back().key_at : here;
  frames_.push_back(std::move(frame));
}

void TreeBuilder::close() {
  Node node = std::move(frames_.back().node);
  frames_.pop_back();
  put(std::move(node));
}

void TreeBuilder::put(Node node) {
  if (frames_.empty()) {
    root_ = std::move(node);
    return;
  }
  Frame& top = frames_.back();
  const bool crowded = top.node.items.size() == max_entries || top.node.entries.size() == max_entries;
  if (++values_ > max_values || crowded) {
    fail(node.at, crowded ? "too many entries in one mapping or list" : "too many values in one file",
         fmt::format("at most {}", crowded ? max_entries : max_values), "", "keep large tables in CSV files");
    throw Stop{};
  }
  if (top.node.is_sequence()) {
    top.node.items.push_back(std::move(node));
    return;
  }
  if (!top.drop) top.node.entries.push_back({std::move(top.key), std::move(top.key_at), std::move(node)});
  top.has_key = false;
}

}  // namespace yaml

Node parse_yaml(const Source& source, Diagnostics& diagnostics) {
  if (source->text.size() > yaml::max_bytes) {
    diagnostics.add({.at = {source, 0, 0, 1},
                     .what = "the file is too large",
                     .expected = fmt::format("at most {} bytes", yaml::max_bytes),
                     .got = fmt::format("{} bytes", source->text.size()),
                     .hint = "keep large tables in CSV files"});
    return {};
  }
  if (!utf8::check(source, diagnostics)) return {};
  yaml::TreeBuilder builder(source, diagnostics);
  try {
    std::istringstream stream(source->text);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const yaml::Stop&) {
    return {};
  } catch (const YAML::ParserException& error) {
    builder.translate(error);
    return {};
  }
  Node root = builder.take_root();
  if (root.at.source == nullptr) root.at = {source, 0, 0, 1};  // an empty file has no place inside
  return root;
}

}  // namespace oikos
