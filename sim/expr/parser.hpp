#pragma once
#include <string_view>

#include "sim/expr/ast.hpp"
#include "sim/expr/report.hpp"

namespace oikos::expr {

inline constexpr int most_nesting = 64;    ///< parentheses, calls, conditions and signs inside each other
inline constexpr int most_depth = 1'000;   ///< levels of the tree: a chain of operators adds one each
inline constexpr int most_bytes = 10'000;  ///< of the text
inline constexpr double most_value = 9007199254740992.0;  ///< 2^53: integers up to here are exact

/// Reads an expression into a tree: shape only; names are looked up by `check`. Mistakes go to the report; what could
/// be read is in the tree all the same, with nodes of Op::error where something is missing.
Ast parse(std::string_view text, const Schema& schema, Report& report);

}  // namespace oikos::expr
