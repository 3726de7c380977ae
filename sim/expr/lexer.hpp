#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/expr/report.hpp"

namespace oikos::expr {

struct Token {
  enum class Kind : std::uint8_t { number, word, symbol, end };
  Kind kind = Kind::end;
  std::string_view text;  ///< as meant: "==" where "=" stands
  std::uint32_t begin = 0, end = 0;

  bool is(std::string_view symbol_or_word) const {
    return (kind == Kind::symbol || kind == Kind::word) && text == symbol_or_word;
  }
};

/// Cuts a text into tokens, the last of kind `end`. Says what cannot be one and goes on behind it; slips from other
/// languages (=, &&, ||, !, <>, AND) are said and read as what they mean.
std::vector<Token> cut(std::string_view text, Report& report);

}  // namespace oikos::expr
