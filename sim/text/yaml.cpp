#include <fmt/core.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "sim/text/node.hpp"
#include "sim/text/units.hpp"
#include "sim/text/utf8.hpp"

namespace oikos {

namespace {

constexpr std::size_t max_depth = 64;
constexpr std::size_t max_bytes = 16u << 20u;
/// Of one mapping or list, and of a file: far more than people write, and read in a moment.
constexpr std::size_t max_entries = 10'000, max_values = 100'000;
/// Bytes in which the end of a value is looked for that a comma cut in two.
constexpr std::size_t longest_repair = 2000;

/// Ends the reading after a mistake that makes the rest unreadable; its diagnostic is already added.
struct Stop {};

/// Builds our tree from the parser's events. The parser's own tree is never used: it hides duplicate keys.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Source& source, Diagnostics& diagnostics)
      : text_(source->text), bom_(utf8::bom(source->text)), locator_(source), diagnostics_(diagnostics) {}

  Node take_root() { return std::move(root_); }
  /// Adds what the parser complained about, in our words.
  void translate(const YAML::ParserException& error);

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

 private:
  /// A list or mapping that is being read.
  struct Frame {
    Node node;
    std::size_t begin = 0;  ///< byte at which it begins
    bool flow = false;
    bool has_key = false;    ///< a mapping's key was read, its value comes next
    bool drop = false;       ///< that key was a mistake: read on, but forget the value
    bool plain_key = false;  ///< that key has no quotes
    std::string key;
    Position key_at;
    std::size_t key_begin = 0;                   ///< byte at which the key stands
    std::size_t value_begin = 0;                 ///< byte at which the last plain value stands
    std::size_t cut_end = 0;                     ///< end of a value whose comma the parser took for the end of it
    std::unordered_map<std::string, int> lines;  ///< line of each key so far
  };

  std::size_t offset(const YAML::Mark& mark) const { return bom_ + static_cast<std::size_t>(std::max(0, mark.pos)); }
  char char_at(std::size_t byte) const { return byte < text_.size() ? text_[byte] : '\0'; }
  bool wants_key() const { return !frames_.empty() && frames_.back().node.is_mapping() && !frames_.back().has_key; }
  void fail(Position at, std::string what, std::string expected, std::string got, std::string hint) {
    diagnostics_.add({std::move(at), std::move(what), std::move(expected), std::move(got), std::move(hint)});
  }

  void check_properties(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
  std::size_t end_of_scalar(std::size_t begin, const std::string& value, bool in_quotes);
  bool explain_quotes(std::size_t trouble);
  bool explain_bracket(const YAML::ParserException& error, std::size_t trouble);
  void explain_comma(std::size_t trouble);
  bool explain_lines(std::size_t trouble);
  std::pair<std::string_view, std::size_t> line_at(std::size_t byte) const;
  void read_key(std::string key, bool in_quotes, Position at);
  bool is_rest_of_value();
  void open(Node::Kind kind, const YAML::Mark& mark);
  void close();
  void put(Node node);

  std::string_view text_;
  std::size_t bom_;
  utf8::Locator locator_;
  Diagnostics& diagnostics_;
  std::vector<Frame> frames_;
  std::size_t scalar_begin_ = 0;  ///< of the last value or key
  std::size_t scalar_end_ = 0;
  Node root_;
  int documents_ = 0;
  std::size_t values_ = 0;  ///< so far
};

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

/// What the parser says, what we say, and a way out.
struct Translation {
  std::string_view theirs, ours, hint;
};
constexpr std::array<Translation, 13> translations{{
    {"illegal map value", "a ':' stands where no key can be",
     "check the indentation; put text that contains ': ' in quotes"},
    {"illegal map key", "a key stands where none can be", "check the indentation"},
    {"illegal block entry", "a '-' stands where no list item can be", "check the indentation"},
    {"end of map not found", "list items and keys are mixed, or lines of one mapping begin in different columns",
     "check the indentation: lines that belong together begin in one column, all with '- ' or none"},
    {"end of sequence not found", "list items and keys are mixed, or lines of one list begin in different columns",
     "check the indentation: lines that belong together begin in one column, all with '- ' or none"},
    {"unexpected character in block scalar", "text cannot begin with this character", "put the text in quotes"},
    {"illegal flow end", "a closing bracket without its opening one", ""},
    {"unknown token", "text cannot begin with this character", "put the text in quotes"},
    {"unknown escape character", "unknown escape in quoted text", "write \\\\ for a backslash, or use single quotes"},
    {"illegal EOF in scalar", "quoted text is never closed", ""},
    {"the referenced anchor is not defined", "aliases are not allowed", "put text that begins with '*' in quotes"},
    {"alias not found after *", "text cannot begin with this character", "put the text in quotes"},
    {"anchor not found after &", "text cannot begin with this character", "put the text in quotes"},
}};

/// Whether a line of some text looks like the beginning of 'key: value'.
bool holds_key(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const auto colon = line.find(": ");
    const auto first = line.find_first_not_of(" -");
    if (colon != line.npos && first < colon && units::parse_identifier(line.substr(first, colon - first))) return true;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return false;
}

/// Trouble with the quotes of the last value. A quote that is missed is found where the next one of its kind closes
/// the text, lines below; one inside the text closes it too early.
bool TreeBuilder::explain_quotes(std::size_t trouble) {
  const char quote = char_at(scalar_begin_);
  if ((quote != '"' && quote != '\'') || scalar_end_ > trouble) return false;
  const std::string_view scalar = text_.substr(scalar_begin_, scalar_end_ - scalar_begin_);
  const std::string_view between = text_.substr(scalar_end_, trouble - scalar_end_);
  const bool block = frames_.empty() || !frames_.back().flow;
  const std::size_t blank = block ? text_.find_first_not_of(" \t", scalar_end_) : scalar_end_;
  const std::size_t more = std::min(blank, text_.size());
  const char behind = char_at(more);
  if (between.find('\n') != between.npos) return false;
  if (const auto line = scalar.find('\n'); line != scalar.npos && holds_key(scalar.substr(line))) {
    const auto end = locator_.at(scalar_end_ - 1, scalar_end_);
    fail(locator_.at(scalar_begin_, scalar_begin_ + scalar.find('\n')), "quoted text is not closed where it should be",
         fmt::format("{} at its end", quote), fmt::format("text up to the {} in line {}", quote, end.line), "");
    return true;
  }
  // Between brackets a blank and more text mean that a comma is missing.
  if (std::string_view(" \t\r\n,]}:#\0", 9).find(behind) != std::string_view::npos) return false;
  fail(locator_.at(more, more + 1), "text behind a closing quote", "", quoted(std::string(1, behind)),
       quote == '"' ? R"(write \" for a quote inside the text)" : "write '' for a quote inside the text");
  return true;
}

/// What is wrong with brackets: the one that is not closed, or is closed by another; or the one that closes none.
struct Brackets {
  std::optional<std::size_t> open, wrong_end;
};
/// Reads brackets from the first one up to the end of what it opens. Those in quotes do not count.
Brackets brackets_from(std::string_view text, std::size_t first) {
  std::vector<std::size_t> open;
  for (std::size_t i = first; i < text.size(); ++i) {
    const char c = text[i];
    const bool fresh = i > 0 && std::string_view(" \t\n,:[{").find(text[i - 1]) != std::string_view::npos;
    if ((c == '"' || c == '\'') && fresh) {
      i = std::min(text.find(c, i + 1), text.size());
    } else if (c == '#' && fresh) {
      i = std::min(text.find('\n', i), text.size());
    } else if (c == '{' || c == '[') {
      open.push_back(i);
    } else if (c == '}' || c == ']') {
      if (open.empty()) return {.open = {}, .wrong_end = i};
      if (text[open.back()] != (c == '}' ? '{' : '[')) return {.open = open.back(), .wrong_end = i};
      open.pop_back();
      // What closes nothing can only follow at once.
      const std::size_t next = std::min(text.find_first_not_of(" \t", i + 1), text.size());
      if (open.empty() && (next == text.size() || (text[next] != '}' && text[next] != ']'))) return {};
    }
  }
  return {.open = open.empty() ? std::nullopt : std::optional(open.back()), .wrong_end = {}};
}

/// Trouble inside brackets, told where they open, where a comma is missing or where text should be in quotes.
bool TreeBuilder::explain_bracket(const YAML::ParserException& error, std::size_t trouble) {
  const auto outermost = std::ranges::find_if(frames_, &Frame::flow);
  const bool of_flow = error.msg == "end of sequence flow not found" || error.msg == "end of map flow not found" ||
                       error.msg == "illegal flow end";
  if (!of_flow || outermost == frames_.end()) return false;
  const Brackets found = brackets_from(text_, outermost->begin);
  if (found.open) {
    fail(locator_.at(*found.open, *found.open + 1), fmt::format("'{}' is never closed", char_at(*found.open)), "",
         found.wrong_end ? fmt::format("'{}' in line {}", char_at(*found.wrong_end),
                                       locator_.at(*found.wrong_end, *found.wrong_end + 1).line)
                         : "",
         "");
    return true;
  }
  if (found.wrong_end) {
    fail(locator_.at(*found.wrong_end, *found.wrong_end + 1), "a closing bracket without its opening one", "", "", "");
    return true;
  }
  explain_comma(trouble);
  return true;
}

/// A ':' or a value where a ',' should stand: all brackets are closed.
void TreeBuilder::explain_comma(std::size_t trouble) {
  const std::string_view before = text_.substr(scalar_begin_, std::min(scalar_end_, trouble) - scalar_begin_);
  const char first = char_at(scalar_begin_);
  const bool plain = first != '"' && first != '\'' && before.find('\n') == before.npos;
  if (plain && scalar_begin_ < trouble && char_at(trouble) == ':') {
    const auto space = before.find_last_of(" \t");
    if (space != before.npos && units::parse_identifier(before.substr(space + 1))) {
      const auto value_end = before.find_last_not_of(" \t;", space);
      return fail(locator_.at(scalar_begin_, scalar_end_), "a comma is missing, or text with a ':' has no quotes",
                  "{key: value, key: value}", quoted(before),
                  fmt::format("write '{}, {}' in place of '{}', or put the text in quotes",
                              before.substr(0, value_end + 1), before.substr(space + 1), before));
    }
    const std::string_view line = text_.substr(scalar_begin_, longest_repair);
    const std::string_view whole = line.substr(0, line.find_first_of(",}\r\n"));
    return fail(locator_.at(scalar_begin_, scalar_begin_ + whole.size()), "text with a ':' inside '{ }' without quotes",
                "text in quotes", quoted(whole), fmt::format("write \"{}\"", whole));
  }
  fail(locator_.at(trouble, trouble + 1), "a comma is missing before this", "{key: value, key: value}, [value, value]",
       "", "text with a comma, a colon or brackets inside needs quotes");
}

/// The line that begins at or before a byte, without its line end; and where it begins.
std::pair<std::string_view, std::size_t> TreeBuilder::line_at(std::size_t byte) const {
  const std::size_t before = byte == 0 ? text_.npos : text_.rfind('\n', byte - 1);
  const std::size_t begin = before == text_.npos ? 0 : before + 1;
  std::string_view line = text_.substr(begin, text_.find('\n', begin) - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return {line, begin};
}

/// Trouble over where lines begin, or over a line that is no 'key: value', which the parser joins with the next one.
bool TreeBuilder::explain_lines(std::size_t trouble) {
  const auto [line, begin] = line_at(trouble);
  const auto indent_of = [](std::string_view one) { return one.substr(0, one.find_first_not_of(" \t\xC2\xA0")); };
  const std::string_view indent = indent_of(line);
  if (const auto tab = indent.find('\t'); tab != indent.npos) {
    fail(locator_.at(begin + tab, begin + tab + 1), "a tab in the indentation", "spaces", "", "");
    return true;
  }
  if (const auto space = indent.find('\xC2'); space != indent.npos) {
    fail(locator_.at(begin + space, begin + space + 2), "a no-break space in the indentation", "plain spaces", "", "");
    return true;
  }
  if (begin == 0 || line.substr(indent.size()).starts_with('-')) return false;
  const auto [above, above_begin] = line_at(begin - 1);
  const std::string_view said = above.substr(std::min(indent_of(above).size(), above.size()));
  const bool is_key = said.find(": ") != said.npos || said.ends_with(':');
  if (said.empty() || is_key || indent_of(above) != indent || std::string_view("-#'\"[{").find(said[0]) != said.npos)
    return false;
  const auto cut = said.find_first_of(": ");
  fail(locator_.at(above_begin + indent.size(), above_begin + above.size()), "a line that is no 'key: value'",
       "'key: value', with a space behind the ':'", quoted(said),
       cut == said.npos ? fmt::format("write '{}:'", said)
                        : fmt::format("write '{}: {}'", said.substr(0, cut), said.substr(cut + 1)));
  return true;
}

void TreeBuilder::translate(const YAML::ParserException& error) {
  const std::size_t begin = std::min(error.mark.is_null() ? 0 : offset(error.mark), text_.size());
  const Position here = locator_.at(begin, begin + 1);
  if (explain_quotes(begin) || explain_bracket(error, begin) || explain_lines(begin)) return;
  for (const auto& one : translations)
    if (error.msg.starts_with(one.theirs)) return fail(here, std::string(one.ours), "", "", std::string(one.hint));
  fail(here, "this is not YAML: " + error.msg, "", "", "");
}

}  // namespace

Node parse_yaml(const Source& source, Diagnostics& diagnostics) {
  if (source->text.size() > max_bytes) {
    diagnostics.add({.at = {source, 0, 0, 1},
                     .what = "the file is too large",
                     .expected = fmt::format("at most {} bytes", max_bytes),
                     .got = fmt::format("{} bytes", source->text.size()),
                     .hint = "keep large tables in CSV files"});
    return {};
  }
  if (!utf8::check(source, diagnostics)) return {};
  TreeBuilder builder(source, diagnostics);
  try {
    std::istringstream stream(source->text);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop&) {
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
