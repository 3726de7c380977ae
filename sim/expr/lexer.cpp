#include "sim/expr/lexer.hpp"

#include <algorithm>
#include <array>

#include "sim/expr/words.hpp"

namespace oikos::expr {

namespace {

constexpr std::array<std::string_view, 14> symbols{"==", "!=", "<=", ">=", "<", ">", "+",
                                                   "-",  "*",  "/",  "%",  "(", ")", ","};

struct Slip {
  std::string_view written, meant, hint;
};
constexpr std::string_view logic_hint = "logic is written in words: and, or, not";
// Longer ones first. "!" comes after "!=" was tried, "=" after "==".
constexpr std::array<Slip, 13> slips{{{"\xE2\x89\xA5", ">=", ""},
                                      {"\xE2\x89\xA4", "<=", ""},
                                      {"\xE2\x89\xA0", "!=", ""},
                                      {"&&", "and", logic_hint},
                                      {"||", "or", logic_hint},
                                      {"<>", "!=", ""},
                                      {"===", "==", ""},
                                      {"=<", "<=", ""},
                                      {"=>", ">=", ""},
                                      {"=", "==", "'==' compares; nothing is assigned here"},
                                      {"&", "and", logic_hint},
                                      {"|", "or", logic_hint},
                                      {"!", "not", logic_hint}}};

class Lexer {
 public:
  Lexer(std::string_view text, Report& report) : text_(text), report_(report) {}

  std::vector<Token> run() {
    while (true) {
      while (at_ < text_.size() && is_space(text_[at_])) ++at_;
      if (at_ == text_.size()) break;
      if (is_digit(text_[at_])) number();
      else if (is_letter(text_[at_])) word();
      else if (!slip() && !symbol()) unexpected();
    }
    push(Token::Kind::end, "", text_.size());
    return std::move(tokens_);
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }

  void push(Token::Kind kind, std::string_view meant, std::size_t end) {
    tokens_.push_back({kind, meant, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)});
    at_ = end;
  }

  std::size_t end_of_digits(std::size_t from) const {
    while (from < text_.size() && is_digit(text_[from])) ++from;
    return from;
  }

  void number() {
    auto end = end_of_digits(at_);
    if (end + 1 < text_.size() && text_[end] == '.' && is_digit(text_[end + 1])) end = end_of_digits(end + 1);
    push(Token::Kind::number, text_.substr(at_, end - at_), end);
  }

  static bool is_plain(char c) { return static_cast<unsigned char>(c) < 0x80u; }
  static bool is_in_word(char c) { return is_letter(c) || is_digit(c) || !is_plain(c); }

  /// Names of what belongs to something else have a dot: `alcohol.relapse`.
  bool is_dot_in_word(std::size_t at) const {
    return text_[at] == '.' && at + 1 < text_.size() && is_letter(text_[at + 1]);
  }

  void word() {
    auto end = at_;
    while (end < text_.size() && (is_in_word(text_[end]) || is_dot_in_word(end))) ++end;
    if (!std::ranges::all_of(text_.substr(at_, end - at_), is_plain)) return unexpected();
    const auto written = text_.substr(at_, end - at_);
    std::string small(written);
    for (char& c : small)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const auto keyword = std::ranges::find(keywords, small);
    if (small == written || keyword == keywords.end()) return push(Token::Kind::word, written, end);
    say("unknown word", end, *keyword, "words of the language are in small letters");
    push(Token::Kind::word, *keyword, end);
  }

  bool slip() {
    for (const auto& s : slips) {
      if (!rest().starts_with(s.written)) continue;
      if (s.written.size() == 1 && rest().size() > 1 && rest()[1] == '=') continue;  // == and !=
      say("unknown operator", at_ + s.written.size(), s.meant, s.hint);
      push(is_letter(s.meant[0]) ? Token::Kind::word : Token::Kind::symbol, s.meant, at_ + s.written.size());
      return true;
    }
    return false;
  }

  bool symbol() {
    for (const auto s : symbols) {
      if (!rest().starts_with(s)) continue;
      push(Token::Kind::symbol, s, at_ + s.size());
      return true;
    }
    return false;
  }

  void say(std::string_view what, std::size_t end, std::string_view meant, std::string_view hint) {
    report_.add(static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end), what, quoted(meant),
                quoted(text_.substr(at_, end - at_)), std::string(hint));
  }

  /// A run of what no token starts with, or a text in quotes, is one mistake.
  void unexpected() {
    const char first = text_[at_];
    auto end = at_ + 1;
    std::string hint;
    const auto close = first == '\'' || first == '"' ? text_.find(first, end) : std::string_view::npos;
    if (close != std::string_view::npos) {
      end = close + 1;
      hint = "values are written without quotes";
    } else if (is_in_word(first)) {
      while (end < text_.size() && is_in_word(text_[end])) ++end;
      if (std::ranges::any_of(text_.substr(at_, end - at_), is_letter))
        hint = "names have the letters a to z, digits and '_'";
    } else {
      while (end < text_.size() && !starts_token(text_[end])) ++end;
    }
    // Behind a number it is meant as its unit, of which the parser has more to say.
    if (!tokens_.empty() && tokens_.back().kind == Token::Kind::number && (is_in_word(first) || first == '$'))
      return push(Token::Kind::word, text_.substr(at_, end - at_), end);
    report_.add(static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end), "unexpected character",
                "a name, a number or an operator", quoted(text_.substr(at_, end - at_)), hint);
    // It was meant as a value or name: an empty word takes its place, so that the rest is read as it should.
    if (!hint.empty()) push(Token::Kind::word, "", end);
    else at_ = end;
  }

  static bool starts_token(char c) {
    return is_space(c) || is_digit(c) || is_letter(c) ||
           std::string_view("=!<>+-*/%(),&|'\"").find(c) != std::string_view::npos;
  }

  std::string_view text_;
  Report& report_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> cut(std::string_view text, Report& report) { return Lexer(text, report).run(); }

}  // namespace oikos::expr
