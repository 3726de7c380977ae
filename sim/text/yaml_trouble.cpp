#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>

#include "sim/text/tree_builder.hpp"
#include "sim/text/units.hpp"

/// What the YAML parser complains of, told as somebody would who sees what was meant.
namespace oikos::yaml {

namespace {

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

}  // namespace

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

}  // namespace oikos::yaml
