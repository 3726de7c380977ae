#include <algorithm>
#include <cmath>

#include "sim/expr/checker.hpp"
#include "sim/expr/kernels.hpp"
#include "sim/expr/parser.hpp"

namespace oikos::expr {

namespace {

constexpr double least_value = 1e-15;  ///< smaller ones would be written with too many digits

bool printable(double value) {
  return value == 0.0 || (std::fabs(value) >= least_value && std::fabs(value) <= most_value);
}

/// Value of a node whose children are all constants.
double value_of(const Ast& ast, const Node& node) {
  const auto at = [&](std::size_t i) { return i < node.children.size() ? ast.nodes[node.children[i]].value : 0.0; };
  switch (node.op) {
    case Op::minimum:
    case Op::maximum: {
      double value = at(0);
      for (std::size_t i = 1; i < node.children.size(); ++i) value = apply(node.op, value, at(i), 0.0);
      return value;
    }
    case Op::in_list: {
      bool found = false;
      for (std::size_t i = 1; i < node.children.size(); ++i) found |= at(0) == at(i);
      return scalar::truth(found);
    }
    case Op::clamp: return apply(Op::minimum, apply(Op::maximum, at(0), at(1), 0.0), at(2), 0.0);
    case Op::between: return scalar::truth(at(0) >= at(1) && at(0) <= at(2));
    case Op::floor:
    case Op::ceil:
    case Op::round:
      if (node.type.kind == Kind::money) return apply(node.op, at(0) / 100.0, 0.0, 0.0) * 100.0;
      break;
    default: break;
  }
  return apply(node.op, at(0), at(1), at(2));
}

/// The child that alone decides the value, or nothing.
std::optional<NodeId> deciding_child(const Ast& ast, const Node& node) {
  const auto constant = [&](std::size_t i) -> std::optional<double> {
    const Node& child = ast.nodes[node.children[i]];
    if (child.op != Op::constant) return std::nullopt;
    return child.value;
  };
  if (node.op == Op::logical_and || node.op == Op::logical_or) {
    const double through = node.op == Op::logical_and ? 1.0 : 0.0;
    for (std::size_t i = 0; i < 2; ++i)
      if (const auto value = constant(i)) return *value == through ? node.children[1 - i] : node.children[i];
  }
  if (node.op == Op::choose)
    if (const auto value = constant(0)) return node.children[*value != 0.0 ? 1 : 2];
  return std::nullopt;
}

/// Takes the other's meaning but keeps the place in the text.
void become(Node& node, const Node& other) {
  node.op = other.op;
  node.value = other.value;
  node.id = other.id;
  node.aggregate = other.aggregate;
  node.otherwise = other.otherwise;
  auto children = other.children;
  node.children = std::move(children);
  // A name is found by its token.
  node.token_begin = other.token_begin;
  node.token_end = other.token_end;
}

}  // namespace

void fold(Ast& ast, NodeId id) {
  Node& node = ast.nodes[id];
  if (node.op == Op::constant || node.op == Op::group || node.children.empty()) return;
  const bool all =
      std::ranges::all_of(node.children, [&](NodeId child) { return ast.nodes[child].op == Op::constant; });
  if (all) {
    const double value = value_of(ast, node);
    if (!printable(value)) return;
    node.op = Op::constant;
    node.value = value;
    node.children.clear();
    return;
  }
  if (node.op == Op::divide_else && ast.nodes[node.children[1]].op == Op::constant &&
      ast.nodes[node.children[1]].value != 0.0) {
    node.op = Op::divide;
    node.children.pop_back();
    return fold(ast, id);
  }
  // The kept part must have the same type, or a literal's unit would change what is checked above it.
  if (const auto child = deciding_child(ast, node); child && ast.nodes[*child].type == node.type)
    become(node, ast.nodes[*child]);
}

}  // namespace oikos::expr
