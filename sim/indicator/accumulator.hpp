#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace oikos {

/// How many of a table's rows meet each of some conditions, and sums of whole numbers over rows: of all rows, and of
/// the groups of any number of breakdowns, each by itself. Exact, so that the order of rows and who adds them up cannot
/// be seen.
///
/// Memory and time are linear in breakdowns. Neighbouring breakdowns are counted in one table while that table has few
/// cells, so that a row costs one increment for several of them; which ones cannot be seen in the sums either.
class Accumulator {
 public:
  static constexpr std::size_t most_groups = 256;  ///< of a breakdown: a group is a byte

  struct Shape {
    std::vector<std::size_t> groups;  ///< of each breakdown, 1 to most_groups
    std::size_t conditions = 0;
    std::size_t values = 0;
    /// Bytes of eight conditions each that a row's conditions take.
    std::size_t condition_bytes() const { return (conditions + 7) / 8; }
    friend bool operator==(const Shape&, const Shape&) = default;
  };

  /// All sums. Group 0 is everybody; then the groups of the first breakdown, of the second, and so on.
  class Sums {
   public:
    Sums() = default;
    explicit Sums(const Shape& shape);
    std::size_t groups() const { return per_group_ == 0 ? 0 : all_.size() / per_group_; }
    std::int64_t rows(std::size_t group) const { return all_[group * per_group_]; }
    /// Rows of the group that meet a condition.
    std::int64_t count(std::size_t group, std::size_t condition) const {
      return all_[group * per_group_ + 1 + condition];
    }
    std::int64_t sum(std::size_t group, std::size_t value) const {
      return all_[group * per_group_ + 1 + conditions_ + value];
    }
    friend bool operator==(const Sums&, const Sums&) = default;

   private:
    friend class Accumulator;
    std::int64_t* of(std::size_t group) { return all_.data() + group * per_group_; }
    std::size_t conditions_ = 0, per_group_ = 0;
    std::vector<std::int64_t> all_;  ///< [group][rows, conditions, values]
  };

  explicit Accumulator(Shape shape);

  /// Forgets all rows.
  void clear();
  /// Counts rows, a chunk at most 2^32 in all. Their values may follow.
  /// @param groups of each breakdown the group of each row, below the shape's number of groups, which is not checked
  /// @param conditions bit k of byte b of a row: whether it meets condition 8 b + k; shape (condition_bytes, count)
  void count(std::uint32_t count, std::span<const std::uint8_t* const> groups,
             std::span<const std::uint8_t* const> conditions);
  /// Adds a value of the rows just counted, one each.
  void sum(std::size_t value, std::span<const std::int64_t> amounts);
  /// The same of a few of them, at these positions.
  void sum(std::size_t value, std::span<const std::uint32_t> positions, std::span<const std::int64_t> amounts);

  /// Adds what another of the same shape has counted.
  void add(const Accumulator& other);
  Sums sums() const;
  const Shape& shape() const { return shape_; }

 private:
  /// Breakdowns [first, end) that are counted in one table, by cell: the group of the first, plus its number of groups
  /// times that of the next, and so on.
  struct Pack {
    std::size_t first, end, cells;
    std::vector<std::uint32_t> counts;  ///< [byte of conditions][cell][256]
    std::vector<std::int64_t> sums;     ///< [value][cell]
    std::vector<std::uint16_t> cell;    ///< of the rows just counted
  };
  Shape shape_;
  std::vector<Pack> packs_;
};

}  // namespace oikos
