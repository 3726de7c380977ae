#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "sim/base/contract.hpp"
#include "sim/base/narrow.hpp"
#include "sim/population/ipf.hpp"

namespace oikos::population {

std::vector<std::int64_t> integerise(std::span<const double> values, std::int64_t total) {
  expect(total >= 0, "totals are not negative");
  double sum = 0;
  for (const double value : values) {
    expect(std::isfinite(value) && value >= 0, "values are finite and not negative");
    sum += value;
  }
  std::vector<std::int64_t> out(values.size(), 0);
  if (total == 0) return out;
  expect(sum > 0, "a positive total needs a positive value");

  std::vector<std::size_t> order;
  std::vector<double> remainder(values.size(), 0.0);
  std::int64_t left = total;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] <= 0) continue;
    const double scaled = values[i] * (static_cast<double>(total) / sum);
    out[i] = narrow<std::int64_t>(std::floor(scaled));
    remainder[i] = scaled - std::floor(scaled);
    left -= out[i];
    order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainder[a] > remainder[b]; });
  for (std::size_t k = 0; left > 0; k = (k + 1) % order.size(), --left) ++out[order[k]];
  // Rounding of the scaled values can only overshoot when a value sits a hair above a whole number.
  for (std::size_t k = order.size(); left < 0; k = k == 0 ? order.size() : k) {
    --k;
    if (out[order[k]] > 0) --out[order[k]], ++left;
  }
  return out;
}

namespace {

/// Units of a whole table on their way from columns with too many to columns with too few.
class ColumnRepair {
 public:
  ColumnRepair(std::span<const double> values, std::size_t columns, std::vector<std::int64_t>& cells)
      : values_(values), columns_(columns), rows_(values.size() / std::max<std::size_t>(columns, 1)), cells_(cells) {}

  /// Moves one unit from a column of surplus to one of need, over other columns where no row holds both; false when
  /// none can be reached.
  bool move_one(std::vector<std::int64_t>& excess) {
    std::vector<std::size_t> from(columns_, columns_);  // predecessor in the search
    std::vector<std::size_t> via(columns_, rows_);      // row of the move from predecessor to column
    std::vector<std::size_t> queue;
    std::vector<bool> seen(columns_, false);
    for (std::size_t c = 0; c < columns_; ++c)
      if (excess[c] > 0) seen[c] = true, queue.push_back(c);
    for (std::size_t head = 0; head < queue.size(); ++head) {
      const std::size_t a = queue[head];
      if (excess[a] < 0) return apply(a, from, via, excess);
      for (std::size_t b = 0; b < columns_; ++b) {
        if (seen[b]) continue;
        const std::size_t row = best_row(a, b);
        if (row == rows_) continue;
        seen[b] = true;
        from[b] = a;
        via[b] = row;
        queue.push_back(b);
      }
    }
    return false;
  }

 private:
  /// Row that loses least when a unit moves from column a to b; rows_ when none can give one.
  std::size_t best_row(std::size_t a, std::size_t b) const {
    std::size_t best = rows_;
    double best_cost = std::numeric_limits<double>::infinity();
    for (std::size_t row = 0; row < rows_; ++row) {
      const std::size_t give = row * columns_ + a;
      const std::size_t take = row * columns_ + b;
      if (cells_[give] == 0 || values_[take] <= 0) continue;
      const double cost = (values_[give] - static_cast<double>(cells_[give])) / std::max(values_[give], 1.0) +
                          (static_cast<double>(cells_[take]) - values_[take]) / std::max(values_[take], 1.0);
      if (cost < best_cost) best_cost = cost, best = row;
    }
    return best;
  }

  bool apply(std::size_t end, const std::vector<std::size_t>& from, const std::vector<std::size_t>& via,
             std::vector<std::int64_t>& excess) {
    ++excess[end];
    std::size_t column = end;
    while (from[column] != columns_) {
      --cells_[via[column] * columns_ + from[column]];
      ++cells_[via[column] * columns_ + column];
      column = from[column];
    }
    --excess[column];
    return true;
  }

  std::span<const double> values_;
  std::size_t columns_;
  std::size_t rows_;
  std::vector<std::int64_t>& cells_;
};

}  // namespace

std::vector<std::int64_t> integerise_table(std::span<const double> values, std::span<const std::int64_t> row_totals,
                                           std::span<const std::int64_t> column_totals) {
  const std::size_t columns = column_totals.size();
  expect(values.size() == row_totals.size() * columns, "the table has a cell for each row and column");
  if (std::accumulate(row_totals.begin(), row_totals.end(), std::int64_t{0}) !=
      std::accumulate(column_totals.begin(), column_totals.end(), std::int64_t{0}))
    return {};
  std::vector<std::int64_t> cells;
  std::vector<std::int64_t> excess(columns);
  for (std::size_t c = 0; c < columns; ++c) excess[c] = -column_totals[c];
  for (std::size_t row = 0; row < row_totals.size(); ++row) {
    const auto part = values.subspan(row * columns, columns);
    if (row_totals[row] > 0 && std::all_of(part.begin(), part.end(), [](double v) { return v <= 0; })) return {};
    const auto whole = integerise(part, row_totals[row]);
    for (std::size_t c = 0; c < columns; ++c) excess[c] += whole[c];
    cells.insert(cells.end(), whole.begin(), whole.end());
  }
  ColumnRepair repair(values, columns, cells);
  while (std::any_of(excess.begin(), excess.end(), [](std::int64_t e) { return e > 0; }))
    if (!repair.move_one(excess)) return {};
  return cells;
}

}  // namespace oikos::population
