#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sim/expr/schema.hpp"

namespace oikos::expr {

/// What a node of the tree is, and what an instruction does: both share the operations.
enum class Op : std::uint8_t {
  error,  ///< said to be wrong already; says nothing further
  constant,
  name,  ///< not looked up yet
  column,
  mine,   ///< inside a group: a column of whoever asks
  group,  ///< children: what is asked of each member, if anything; a value for when there is nobody, if any
  parameter,
  negate,
  logical_not,
  absolute,
  floor,
  ceil,
  round,
  add,
  subtract,
  multiply,
  divide,
  minimum,
  maximum,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  logical_and,
  logical_or,
  choose,       ///< if a then b else c
  divide_else,  ///< a / b, but c where b is 0
  in_list,      ///< children: the value, then what it may be
  clamp,
  between,
  // Instructions only (sim/expr/code.hpp).
  load,
  fill,
  gather,
  narrow,
  merge,
};

constexpr bool is_comparison(Op op) { return op >= Op::equal && op <= Op::greater_equal; }

using NodeId = std::uint32_t;

/// What is made of the members of a group.
enum class Aggregate : std::uint8_t { count, any, all, share, sum, mean, max, min, value };
inline constexpr std::array<std::string_view, 8> aggregate_names{"count", "any",  "all", "share",
                                                                 "sum",   "mean", "max", "min"};
/// Whether it is made of a condition.
constexpr bool of_conditions(Aggregate aggregate) { return aggregate <= Aggregate::share; }

struct Node {
  Op op = Op::error;
  Type type;
  double value = 0.0;                      ///< of a constant
  std::uint32_t id = 0;                    ///< of a column, parameter or group
  Aggregate aggregate = Aggregate::value;  ///< of a group; value: of one person what is asked
  bool otherwise = false;                  ///< of a group: whether its last child is for when there is nobody
  std::vector<NodeId> children;
  std::uint32_t begin = 0, end = 0;              ///< bytes of the text it covers
  std::uint32_t token_begin = 0, token_end = 0;  ///< bytes of its own token: the operator, the name
  std::uint32_t depth = 1;                       ///< levels below and with it
};

/// A parsed expression. Children stand before their parents.
struct Ast {
  std::string_view text;
  std::vector<Node> nodes;
  NodeId root = 0;

  std::string_view text_of(const Node& node) const { return text.substr(node.begin, node.end - node.begin); }
  std::string_view token_of(const Node& node) const {
    return text.substr(node.token_begin, node.token_end - node.token_begin);
  }
};

struct Function {
  std::string_view name;
  Op op;
  std::size_t least, most;  ///< arguments
  std::string_view usage;
};

/// All functions, for messages in this order.
std::span<const Function> functions();
const Function* find_function(std::string_view name);

}  // namespace oikos::expr
