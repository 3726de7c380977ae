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

void Table::plan_moves(std::span<const Run> runs) {
  moves_.clear();
  longest_.clear();
  std::uint32_t rows = 0;
  for (const Run& run : runs) {
    expect(run.first <= size_ && run.count <= size_ - run.first, "rearrange: runs lie inside the table");
    if (run.count == 0) continue;
    // The longest sequence of runs that keep their order, by patience sorting: longest_[k] is the run with the smallest
    // first row at which such a sequence of k + 1 runs ends.
    const auto place = std::ranges::lower_bound(longest_, run.first, {}, [&](auto at) { return moves_[at].first; });
    const std::uint32_t before = place == longest_.begin() ? no_move : *(place - 1);
    const auto at = static_cast<std::uint32_t>(moves_.size());
    if (place == longest_.end()) longest_.push_back(at);
    else *place = at;
    expect(run.count <= size_ - rows, "rearrange: no row stands in two runs");
    moves_.push_back({.first = run.first, .count = run.count, .to = rows, .before = before});
    rows += run.count;
  }
  for (auto at = longest_.empty() ? no_move : longest_.back(); at != no_move; at = moves_[at].before)
    moves_[at].keeps_order = true;
}

void Table::move_rows(std::byte* data, std::size_t width, std::vector<std::byte>& aside) const {
  const auto from = [&](const RunMove& move) { return data + std::size_t{move.first} * width; };
  const auto to = [&](const RunMove& move) { return data + std::size_t{move.to} * width; };
  const auto bytes = [&](const RunMove& move) { return std::size_t{move.count} * width; };
  aside.clear();
  for (const RunMove& move : moves_)
    if (!move.keeps_order) aside.insert(aside.end(), from(move), from(move) + bytes(move));
  for (const RunMove& move : moves_)
    if (move.keeps_order && move.to < move.first) std::memmove(to(move), from(move), bytes(move));
  for (auto move = moves_.rbegin(); move != moves_.rend(); ++move)
    if (move->keeps_order && move->to > move->first) std::memmove(to(*move), from(*move), bytes(*move));
  const std::byte* next = aside.data();
  for (const RunMove& move : moves_)
    if (!move.keeps_order) std::memcpy(to(move), next, bytes(move)), next += bytes(move);
}

void Table::rearrange(std::span<const Run> runs, const Executor& executor) {
  plan_moves(runs);
  aside_.resize(static_cast<std::size_t>(executor.threads()));
  executor.for_each(columns_.size(), [&](std::size_t index, std::size_t worker) {
    ColumnBase& column = *columns_[index];
    if (!column.info_.renewed) move_rows(column.data_, column.element_size_, aside_[worker]);
  });
  size_ = moves_.empty() ? 0 : moves_.back().to + moves_.back().count;
}

}  // namespace oikos
