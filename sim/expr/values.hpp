#pragma once
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "sim/expr/ast.hpp"

namespace oikos::expr {

/// Distinct values of an expression: what stands in several places of the tree is here once. Only operations that
/// instructions know: `between`, `clamp` and long `min` are taken apart, rounding of money is by whole currency units.
class Values {
 public:
  struct Value {
    Op op = Op::error;
    double constant = 0.0;
    std::uint32_t id = 0;
    std::vector<std::uint32_t> args;
    std::vector<double> codes;           ///< of in_list
    bool scalar = false;                 ///< the same for all rows
    std::uint32_t cost = 0;              ///< rough time; loading a column is dearer than an addition
    std::vector<std::uint32_t> columns;  ///< ids it reads, ascending
  };

  /// @return the value of the root
  std::uint32_t add_tree(const Ast& ast, NodeId id);
  const Value& operator[](std::uint32_t id) const { return values_[id]; }

 private:
  std::uint32_t add(Value value);
  std::uint32_t constant(double value);
  std::uint32_t operation(Op op, std::vector<std::uint32_t> args);

  using Key = std::tuple<Op, std::uint64_t, std::uint32_t, std::vector<std::uint32_t>, std::vector<double>>;
  std::vector<Value> values_;
  std::map<Key, std::uint32_t> known_;
};

}  // namespace oikos::expr
