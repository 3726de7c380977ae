#pragma once
#include <string>

#include "sim/expr/ast.hpp"

namespace oikos::expr {

/// Writes a sound tree so that parsing and checking it again gives the same tree: fewest parentheses, one blank around
/// operators, numbers in the fewest digits that read back the same.
std::string print(const Ast& ast, const Schema& schema);

}  // namespace oikos::expr
