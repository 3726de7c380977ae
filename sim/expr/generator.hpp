#pragma once
#include "sim/expr/code.hpp"

namespace oikos::expr {

/// Makes the instructions for a sound tree. `and` and `or` go on only with the rows that are still open, cheapest part
/// first (in written order among equals); parts that need no further column are done together, as narrowing has a cost.
/// The order cannot be seen in results: every operation is defined for every row.
Code generate(const Ast& ast);
/// The same of a part of the tree.
Code generate(const Ast& ast, NodeId root);

}  // namespace oikos::expr
