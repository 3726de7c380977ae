#pragma once
#include <array>
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
  /// Bytes held by all columns and the spare buffers of rearrange().
  std::size_t bytes_held() const;

  /// Adds rows whose values are all zero bits; returns the first of them.
  std::uint32_t append(std::uint32_t rows);
  /// Makes the rows equal to those of another table of the same type. @throws ContractError on different columns
  void assign(const Table& other);
  /// New order of rows: those of the runs, one run after the other. Rows in no run are dropped.
  /// Runs copy as blocks, so the cost follows the number of bytes, not of rows, while runs are long. Values of columns
  /// marked `renewed` are not carried along: afterwards they are those of some other row.
  void rearrange(std::span<const Run> runs, const Executor& executor);

 private:
  friend class ColumnBase;
  void reserve(std::uint32_t rows);

  std::string_view name_;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
  std::vector<ColumnBase*> columns_;
  std::array<Buffer, 9> spare_;           // by element size: the buffer a column gave back at its last move
  std::vector<std::uint32_t> new_first_;  // of the runs of a move: where each will stand
};

}  // namespace oikos
