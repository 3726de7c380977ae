#include "sim/store/table.hpp"

#include <algorithm>
#include <cstring>

#include "sim/base/contract.hpp"

namespace oikos {

namespace {
constexpr std::uint64_t most_rows = 0xFFFF'FFF0u;
}

ColumnBase::ColumnBase(Table& table, const ColumnInfo& info, std::size_t element_size)
    : info_(info), table_(table), element_size_(element_size) {
  expect(element_size <= 8, "columns hold elements of at most 8 bytes");
  table.columns_.push_back(this);
}

std::span<const std::byte> ColumnBase::bytes() const { return {data_, table_.size() * element_size_}; }

std::size_t Table::bytes_held() const {
  std::size_t total = 0;
  for (const auto* column : columns_) total += column->buffer_.bytes();
  for (const auto& buffer : spare_) total += buffer.bytes();
  return total;
}

void Table::reserve(std::uint32_t rows) {
  if (rows <= capacity_) return;
  // A sixteenth more, as far as 32 bits count rows.
  capacity_ = std::max(rows, static_cast<std::uint32_t>(std::min(std::uint64_t{capacity_} * 17 / 16, most_rows)));
  for (auto* column : columns_) {
    Buffer larger(std::size_t{capacity_} * column->element_size_);
    if (size_ > 0) std::memcpy(larger.data(), column->data_, std::size_t{size_} * column->element_size_);
    column->buffer_ = std::move(larger);
    column->data_ = column->buffer_.data();
  }
}

std::uint32_t Table::append(std::uint32_t rows) {
  const std::uint32_t first = size_;
  expect(rows <= most_rows - size_, "a table has fewer than 2^32 rows");
  reserve(size_ + rows);
  if (rows == 0) return first;  // an empty table may have no memory yet
  for (auto* column : columns_)
    std::memset(column->data_ + std::size_t{first} * column->element_size_, 0,
                std::size_t{rows} * column->element_size_);
  size_ += rows;
  return first;
}

void Table::assign(const Table& other) {
  expect(std::ranges::equal(columns_, other.columns_, {}, &ColumnBase::element_size, &ColumnBase::element_size),
         "assign: tables of the same type");
  size_ = 0;
  reserve(other.size_);
  size_ = other.size_;
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (size_ > 0)
      std::memcpy(columns_[i]->data_, other.columns_[i]->data_, std::size_t{size_} * columns_[i]->element_size_);
}

void Table::rearrange(std::span<const Run> runs, const Executor& executor) {
  std::uint32_t rows = 0;
  new_first_.clear();
  for (const Run& run : runs) {
    expect(run.first <= size_ && run.count <= size_ - run.first, "rearrange: runs lie inside the table");
    new_first_.push_back(rows);
    rows += run.count;
  }
  expect(rows <= capacity_, "rearrange: no row stands in two runs");
  for (auto* column : columns_) {
    if (column->info_.renewed) continue;
    const std::size_t width = column->element_size_;
    Buffer& spare = spare_[width];
    if (spare.bytes() < std::size_t{capacity_} * width) spare = Buffer(std::size_t{capacity_} * width);
    // A stretch moves the runs that begin in it.
    executor.for_stretches(rows, [&](std::uint32_t first, std::uint32_t count) {
      auto at = static_cast<std::size_t>(std::ranges::lower_bound(new_first_, first) - new_first_.begin());
      for (; at < runs.size() && new_first_[at] < first + count; ++at)
        std::memcpy(spare.data() + std::size_t{new_first_[at]} * width,
                    column->data_ + std::size_t{runs[at].first} * width, std::size_t{runs[at].count} * width);
    });
    std::swap(column->buffer_, spare);
    column->data_ = column->buffer_.data();
  }
  size_ = rows;
}

}  // namespace oikos
