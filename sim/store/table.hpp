#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sim/store/column.hpp"
#include "sim/store/executor.hpp"

namespace oikos {

/// A stretch of rows.
struct Run {
  std::uint32_t first;
  std::uint32_t count;
};

/// Rows of named columns. A table type derives from it and declares its columns as members.
class Table {
 public:
  explicit Table(std::string_view name) : name_(name) {}
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  std::string_view name() const { return name_; }
  std::uint32_t size() const { return size_; }
  std::span<ColumnBase* const> columns() const { return columns_; }
  /// Bytes held by all columns.
  std::size_t bytes_held() const;

  /// Adds rows whose values are all zero bits; returns the first of them.
  std::uint32_t append(std::uint32_t rows);
  /// Makes the rows equal to those of another table of the same type. @throws ContractError on different columns
  void assign(const Table& other);
  /// New order of rows: those of the runs, one run after the other. Rows in no run are dropped.
  /// No row stands in two runs. Rows move in place, a run as a block and a column as the work of one thread: the cost
  /// follows the number of bytes, not of rows, while runs are long, and runs that keep their order among each other
  /// need no other memory. Values of columns marked `renewed` are not carried along: afterwards they are those of some
  /// other row.
  void rearrange(std::span<const Run> runs, const Executor& executor);

 private:
  friend class ColumnBase;
  /// Where a run goes.
  struct RunMove {
    std::uint32_t first, count, to;
    std::uint32_t before;      ///< of the sequence that ends here: the move before this one
    bool keeps_order = false;  ///< one of the longest sequence of runs whose rows ascend, which may move in place
  };
  static constexpr std::uint32_t no_move = 0xFFFF'FFFFu;

  void reserve(std::uint32_t rows);
  void plan_moves(std::span<const Run> runs);
  /// Moves one column. Runs that do not keep their order are set aside first and put in place last. Of those that do,
  /// a run that moves down writes only where runs before it stood, and one that moves up only where runs behind it did:
  /// the former in ascending, the latter in descending order never overwrite what still has to move.
  void move_rows(std::byte* data, std::size_t width, std::vector<std::byte>& aside) const;

  std::string_view name_;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
  std::vector<ColumnBase*> columns_;
  std::vector<RunMove> moves_;                 // of the rearrangement at hand
  std::vector<std::uint32_t> longest_;         // while it is planned
  std::vector<std::vector<std::byte>> aside_;  // by worker
};

}  // namespace oikos
