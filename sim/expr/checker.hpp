#pragma once
#include "sim/expr/ast.hpp"
#include "sim/expr/program.hpp"
#include "sim/expr/report.hpp"

namespace oikos::expr {

/// Looks up names, checks types and units, and folds constants, in place. Nodes already wrong (Op::error) say nothing
/// further, and neither does what stands on them. On return the tree is sound if the report is clean.
///
/// Rules (docs/reference/expressions.md): money joins only money; a number joins months and years and takes their unit;
/// constants in months and years turn into each other where they meet; columns in months and years do not meet.
void check(Ast& ast, const Schema& schema, const Goal& goal, Report& report);

/// Finds what a bare name means and types the node, or says that it means nothing.
/// @param domain  whose values are meant here, or null
void resolve(Ast& ast, Node& node, const Schema& schema, const EnumDomain* domain, Report& report);

/// Puts a constant in place of a node whose children are, and drops parts that cannot matter (`true and x`).
/// Leaves alone what would not print as a literal again.
void fold(Ast& ast, NodeId id);

/// "money [PLN]", "in months": for messages.
std::string described(Type type, const Schema& schema);

}  // namespace oikos::expr
