#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "sim/expr/ast.hpp"
#include "sim/expr/evaluate.hpp"
#include "sim/expr/schema.hpp"

namespace oikos::expr {

/// Many conditions over the same rows, looked at together. Each column is loaded once for all of them, and each
/// comparison of a column with a constant or a parameter is made once for all conditions that have it, 64 rows a word
/// of bits, or only for the rows that are left where few are. What is no such comparison is computed for the rows that
/// pass the others. The rows found are those of Evaluator::select_range.
class Screen {
 public:
  /// @param schema  of all conditions: which columns are small whole numbers; outlives this
  explicit Screen(const Schema& schema) : schema_(&schema) {}

  /// Adds a condition; its number is that of conditions before it.
  void add(const Program& condition);
  /// Sets the order in which parts of conditions are looked at: quick ones first, of those the ones that many share.
  /// After the last add(); what is found does not depend on it.
  void arrange();
  std::size_t size() const { return conditions_.size(); }

  /// What one thread knows of the rows in work.
  class Room {
   public:
    /// Turns to rows first .. first + count - 1 of a source, which outlives the work on them.
    void start(const Screen& screen, const ColumnSource& source, std::uint32_t first, std::uint32_t count);

   private:
    friend class Screen;
    const ColumnSource* source_ = nullptr;
    std::uint32_t first_ = 0, count_ = 0;
    std::vector<std::uint64_t> bits_;  ///< [node][word]
    std::vector<std::uint64_t> live_;  ///< of the condition in work
    std::vector<std::uint8_t> known_;  ///< by node
    std::vector<double> bounds_;       ///< by node: the constant, or the parameter's value
    // By place in Screen::columns_.
    std::vector<std::vector<std::uint8_t>> bytes_;
    std::vector<std::vector<double>> numbers_;
    std::vector<std::uint8_t> loaded_;
    std::vector<std::uint8_t> flags_;
    std::vector<std::uint32_t> rows_;
    Evaluator evaluator_;
  };

  /// Replaces `out` by the rows that meet a condition, ascending.
  void select(std::size_t condition, Room& room, std::vector<std::uint32_t>& out) const;
  /// The same among rows given, ascending and of those in work.
  void select(std::size_t condition, Room& room, std::span<const std::uint32_t> among,
              std::vector<std::uint32_t>& out) const;

 private:
  static constexpr std::uint32_t none = 0xFFFF'FFFFu;
  /// A row's bit: a comparison of a column, or both, either or not of other nodes.
  struct Node {
    enum class Kind : std::uint8_t { compare, both, either, no } kind;
    Op op = Op::error;         ///< of a comparison
    std::uint32_t column = 0;  ///< place in columns_
    double constant = 0;
    std::uint32_t parameter = none;  ///< its id, in the constant's place
    std::uint32_t a = none, b = none;
  };
  using NodeKey = std::tuple<Node::Kind, Op, std::uint32_t, std::uint64_t, std::uint32_t, std::uint32_t, std::uint32_t>;
  struct Condition {
    Program whole;
    std::vector<std::uint32_t> parts;  ///< nodes that must all hold
    bool complete = false;             ///< nothing is left beside them
  };
  struct ColumnPlace {
    std::uint32_t id;
    bool is_byte;  ///< whole, and from 0 to 255
  };

  std::uint32_t node_of(const Code& code, std::uint32_t value);
  std::uint32_t compared(const Code& code, std::uint32_t value);
  std::uint32_t compare(std::uint32_t column, Op op, double constant, std::uint32_t parameter = none);
  std::uint32_t add(Node node);
  bool is_byte(std::uint32_t column) const;
  bool is_quick(std::uint32_t node) const;

  const std::uint64_t* bits(std::uint32_t node, Room& room) const;
  void compare_all(const Node& node, double bound, Room& room) const;
  void load(std::uint32_t place, Room& room) const;
  bool holds(std::uint32_t node, std::uint32_t at, Room& room) const;
  /// Takes away rows of which a part from `first` on does not hold, then those that do not meet the rest of the
  /// condition. Into `out`, which may be `rows`.
  void keep(const Condition& condition, std::size_t first, Room& room, std::vector<std::uint32_t>& rows,
            std::vector<std::uint32_t>& out) const;
  static std::size_t words(const Room& room) { return (room.count_ + 63) / 64; }

  const Schema* schema_;
  std::vector<Condition> conditions_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> uses_;  ///< of each node, as a part of conditions
  std::map<NodeKey, std::uint32_t> known_;
  std::vector<ColumnPlace> columns_;
};

}  // namespace oikos::expr
