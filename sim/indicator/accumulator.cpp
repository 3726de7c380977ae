#include "sim/indicator/accumulator.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"
#include "sim/base/vectorised.hpp"

namespace oikos {

namespace {

constexpr std::size_t byte_values = 256;
/// Cells of breakdowns that are counted together: their counts stay near the first-level cache (benchmarks/README.md).
constexpr std::size_t most_cells = 64;

}  // namespace

Accumulator::Sums::Sums(const Shape& shape)
    : conditions_(shape.conditions), per_group_(1 + shape.conditions + shape.values) {
  std::size_t all_groups = 1;
  for (const std::size_t n : shape.groups) all_groups += n;
  all_.assign(all_groups * per_group_, 0);
}

Accumulator::Accumulator(Shape shape) : shape_(std::move(shape)) {
  for (std::size_t b = 0; b < shape_.groups.size(); ++b) {
    const std::size_t n = shape_.groups[b];
    expect(n >= 1 && n <= most_groups, "a breakdown has 1 to 256 groups");
    if (packs_.empty() || packs_.back().cells * n > most_cells) packs_.push_back({b, b, 1, {}, {}, {}});
    packs_.back().end = b + 1;
    packs_.back().cells *= n;
  }
  if (packs_.empty()) packs_.push_back({0, 0, 1, {}, {}, {}});
  clear();
}

void Accumulator::clear() {
  // Without conditions rows are counted all the same, as if there were one that nobody meets.
  const std::size_t bytes = std::max<std::size_t>(shape_.condition_bytes(), 1);
  for (Pack& pack : packs_) {
    pack.counts.assign(bytes * pack.cells * byte_values, 0);
    pack.sums.assign(shape_.values * pack.cells, 0);
  }
}

void Accumulator::count(std::uint32_t count, std::span<const std::uint8_t* const> groups,
                        std::span<const std::uint8_t* const> conditions) {
  expect(groups.size() == shape_.groups.size() && conditions.size() == shape_.condition_bytes(),
         "groups of all breakdowns, and all conditions");
  for (Pack& pack : packs_) {
    pack.cell.resize(count);
    std::uint16_t* const cell = pack.cell.data();
    std::fill_n(cell, count, std::uint16_t{0});
    std::uint16_t step = 1;
    for (std::size_t b = pack.first; b < pack.end; ++b) {
      vectorised([cell, count, step, group = groups[b]] {
        OIKOS_NO_OVERLAP
        for (std::uint32_t i = 0; i < count; ++i) cell[i] = static_cast<std::uint16_t>(cell[i] + step * group[i]);
      });
      step = static_cast<std::uint16_t>(step * shape_.groups[b]);
    }
    for (std::size_t byte = 0; byte < conditions.size(); ++byte) {
      std::uint32_t* const counts = pack.counts.data() + byte * pack.cells * byte_values;
      const std::uint8_t* const met = conditions[byte];
      for (std::uint32_t i = 0; i < count; ++i) ++counts[cell[i] * byte_values + met[i]];
    }
    if (conditions.empty())
      for (std::uint32_t i = 0; i < count; ++i) ++pack.counts[cell[i] * byte_values];
  }
}

void Accumulator::sum(std::size_t value, std::span<const std::int64_t> amounts) {
  for (Pack& pack : packs_) {
    expect(amounts.size() == pack.cell.size(), "a value of each row that was counted");
    std::int64_t* const sums = pack.sums.data() + value * pack.cells;
    for (std::size_t i = 0; i < amounts.size(); ++i) sums[pack.cell[i]] += amounts[i];
  }
}

void Accumulator::sum(std::size_t value, std::span<const std::uint32_t> positions,
                      std::span<const std::int64_t> amounts) {
  expect(positions.size() == amounts.size(), "an amount a position");
  for (Pack& pack : packs_) {
    std::int64_t* const sums = pack.sums.data() + value * pack.cells;
    for (std::size_t i = 0; i < amounts.size(); ++i) sums[pack.cell[positions[i]]] += amounts[i];
  }
}

void Accumulator::add(const Accumulator& other) {
  expect(shape_ == other.shape_, "sums of one shape are added up");
  for (std::size_t k = 0; k < packs_.size(); ++k) {
    Pack& pack = packs_[k];
    const Pack& from = other.packs_[k];
    for (std::size_t i = 0; i < pack.counts.size(); ++i) pack.counts[i] += from.counts[i];
    for (std::size_t i = 0; i < pack.sums.size(); ++i) pack.sums[i] += from.sums[i];
  }
}

Accumulator::Sums Accumulator::sums() const {
  Sums out(shape_);
  const std::size_t bytes = std::max<std::size_t>(shape_.condition_bytes(), 1);
  std::vector<std::int64_t> of_cell(out.per_group_);
  std::size_t first_group = 1;  // of the pack's first breakdown
  for (const Pack& pack : packs_) {
    for (std::size_t cell = 0; cell < pack.cells; ++cell) {
      std::ranges::fill(of_cell, 0);
      for (std::size_t byte = 0; byte < bytes; ++byte) {
        const std::uint32_t* const counts = pack.counts.data() + (byte * pack.cells + cell) * byte_values;
        for (std::size_t met = 0; met < byte_values; ++met) {
          if (counts[met] == 0) continue;
          if (byte == 0) of_cell[0] += counts[met];
          for (std::size_t k = 8 * byte; k < shape_.conditions && k < 8 * byte + 8; ++k)
            if ((met >> (k % 8) & 1) != 0) of_cell[1 + k] += counts[met];
        }
      }
      for (std::size_t v = 0; v < shape_.values; ++v)
        of_cell[1 + shape_.conditions + v] = pack.sums[v * pack.cells + cell];
      if (of_cell[0] == 0) continue;  // no row, so no values
      const auto add_to = [&](std::size_t group) {
        std::int64_t* const to = out.of(group);
        for (std::size_t i = 0; i < of_cell.size(); ++i) to[i] += of_cell[i];
      };
      if (&pack == &packs_.front()) add_to(0);
      std::size_t rest = cell, first = first_group;
      for (std::size_t b = pack.first; b < pack.end; ++b) {
        add_to(first + rest % shape_.groups[b]);
        rest /= shape_.groups[b];
        first += shape_.groups[b];
      }
    }
    for (std::size_t b = pack.first; b < pack.end; ++b) first_group += shape_.groups[b];
  }
  return out;
}

}  // namespace oikos
