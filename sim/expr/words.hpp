#pragma once
#include <algorithm>
#include <array>
#include <string_view>

namespace oikos::expr {

/// Words with a meaning of their own. No column may be called so.
inline constexpr std::array<std::string_view, 9> keywords{"and",  "or",   "not",  "in",   "if",
                                                          "then", "else", "true", "false"};
inline constexpr std::array<std::string_view, 4> time_units{"month", "months", "year", "years"};

inline bool is_keyword(std::string_view word) { return std::ranges::find(keywords, word) != keywords.end(); }
inline bool is_time_unit(std::string_view word) { return std::ranges::find(time_units, word) != time_units.end(); }

// By hand, as <cctype> follows the locale.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace oikos::expr
