#include "sim/expr/values.hpp"

#include <algorithm>
#include <bit>
#include <iterator>

#include "sim/expr/code.hpp"
#include "sim/expr/generator.hpp"

namespace oikos::expr {

namespace {

constexpr std::uint32_t load_cost = 4, divide_cost = 4, group_cost = 100, cost_limit = 1'000'000;

std::uint32_t own_cost(Op op) {
  switch (op) {
    case Op::constant:
    case Op::parameter: return 0;
    case Op::mine:
    case Op::column: return load_cost;
    case Op::group: return group_cost;
    case Op::divide:
    case Op::divide_else: return divide_cost;
    default: return 1;
  }
}

}  // namespace

bool operator==(const GroupQuestion& a, const GroupQuestion& b) {
  const bool same =
      a.of_member == nullptr || b.of_member == nullptr ? a.of_member == b.of_member : *a.of_member == *b.of_member;
  return a.group == b.group && a.aggregate == b.aggregate && same;
}

std::uint32_t Values::add(Value value) {
  // By bits: 0 and -0 are equal but not the same.
  Key key{value.op, std::bit_cast<std::uint64_t>(value.constant), value.id, value.args, value.codes};
  if (const auto it = known_.find(key); it != known_.end()) return it->second;
  value.scalar = value.op != Op::column && value.op != Op::mine && value.op != Op::group;
  value.cost = own_cost(value.op);
  if (value.op == Op::column) value.columns = {value.id};
  if (value.op == Op::mine) value.columns = {value.id | mine_bit};
  if (value.op == Op::group) value.columns = {value.id | question_bit};
  for (const auto arg : value.args) {
    value.scalar = value.scalar && values_[arg].scalar;
    value.cost = std::min(cost_limit, value.cost + values_[arg].cost);
    std::vector<std::uint32_t> both;
    std::ranges::set_union(value.columns, values_[arg].columns, std::back_inserter(both));
    value.columns = std::move(both);
  }
  values_.push_back(std::move(value));
  const auto id = static_cast<std::uint32_t>(values_.size() - 1);
  known_.emplace(std::move(key), id);
  return id;
}

std::uint32_t Values::constant(double value) {
  Value made;
  made.op = Op::constant;
  made.constant = value;
  return add(std::move(made));
}

std::uint32_t Values::operation(Op op, std::vector<std::uint32_t> args) {
  Value made;
  made.op = op;
  made.args = std::move(args);
  return add(std::move(made));
}

std::uint32_t Values::add_tree(const Ast& ast, NodeId id) {
  const Node& node = ast.nodes[id];
  const auto arg = [&](std::size_t i) { return add_tree(ast, node.children[i]); };
  switch (node.op) {
    case Op::constant: return constant(node.value);
    case Op::group: {
      GroupQuestion question{.group = node.id, .aggregate = node.aggregate, .of_member = nullptr};
      if (node.children.size() > (node.otherwise ? 1u : 0u))
        question.of_member = std::make_shared<const Code>(generate(ast, node.children[0]));
      const auto found = std::ranges::find(questions_, question);
      Value made;
      made.op = node.op;
      made.id = static_cast<std::uint32_t>(found - questions_.begin());
      if (found == questions_.end()) questions_.push_back(std::move(question));
      if (node.otherwise) made.args = {arg(node.children.size() - 1)};
      return add(std::move(made));
    }
    case Op::mine:
    case Op::column:
    case Op::parameter: {
      Value made;
      made.op = node.op;
      made.id = node.id;
      return add(std::move(made));
    }
    case Op::in_list: {
      Value made;
      made.op = node.op;
      made.args = {arg(0)};
      for (std::size_t i = 1; i < node.children.size(); ++i) made.codes.push_back(ast.nodes[node.children[i]].value);
      return add(std::move(made));
    }
    case Op::minimum:
    case Op::maximum: {
      auto value = arg(0);
      for (std::size_t i = 1; i < node.children.size(); ++i) value = operation(node.op, {value, arg(i)});
      return value;
    }
    case Op::clamp: return operation(Op::minimum, {operation(Op::maximum, {arg(0), arg(1)}), arg(2)});
    case Op::between: {
      const auto x = arg(0);
      return operation(Op::logical_and,
                       {operation(Op::greater_equal, {x, arg(1)}), operation(Op::less_equal, {x, arg(2)})});
    }
    case Op::floor:
    case Op::ceil:
    case Op::round:
      if (node.type.kind == Kind::money) {
        const auto units = operation(Op::divide, {arg(0), constant(100.0)});
        return operation(Op::multiply, {operation(node.op, {units}), constant(100.0)});
      }
      break;
    default: break;
  }
  std::vector<std::uint32_t> args;
  for (std::size_t i = 0; i < node.children.size(); ++i) args.push_back(arg(i));
  return operation(node.op, std::move(args));
}

}  // namespace oikos::expr
