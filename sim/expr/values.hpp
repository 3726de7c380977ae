#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "sim/expr/ast.hpp"

namespace oikos::expr {

struct Code;

/// In the id of a column: that of whoever asks, not of the member of the group.
inline constexpr std::uint32_t mine_bit = 0x8000'0000u;

/// What is asked of the rows of a group.
struct GroupQuestion {
  std::uint32_t group = 0;
  Aggregate aggregate = Aggregate::count;
  std::shared_ptr<const Code> of_member;  ///< null: nothing, they are counted
  friend bool operator==(const GroupQuestion& a, const GroupQuestion& b);
};

/// Distinct values of an expression: what stands in several places of the tree is here once. Only operations that
/// instructions know: `between`, `clamp` and long `min` are taken apart, rounding of money is by whole currency units.
class Values {
 public:
  struct Value {
    Op op = Op::error;
    double constant = 0.0;
    std::uint32_t id = 0;  ///< of a group its place in questions()
    std::vector<std::uint32_t> args;
    std::vector<double> codes;           ///< of in_list
    bool scalar = false;                 ///< the same for all rows
    std::uint32_t cost = 0;              ///< rough time; loading a column is dearer than an addition
    std::vector<std::uint32_t> columns;  ///< ids it reads, ascending
  };

  /// @return the value of the root
  std::uint32_t add_tree(const Ast& ast, NodeId id);
  const Value& operator[](std::uint32_t id) const { return values_[id]; }
  const std::vector<GroupQuestion>& questions() const { return questions_; }
  /// Among the ids of columns that a value reads: not a column, but a question to a group.
  static constexpr std::uint32_t question_bit = 0x4000'0000u;

 private:
  std::uint32_t add(Value value);
  std::uint32_t constant(double value);
  std::uint32_t operation(Op op, std::vector<std::uint32_t> args);

  using Key = std::tuple<Op, std::uint64_t, std::uint32_t, std::vector<std::uint32_t>, std::vector<double>>;
  std::vector<Value> values_;
  std::map<Key, std::uint32_t> known_;
  std::vector<GroupQuestion> questions_;
};

}  // namespace oikos::expr
