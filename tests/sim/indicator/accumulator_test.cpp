#include "sim/indicator/accumulator.hpp"

#include <gtest/gtest.h>

#include <random>

#include "sim/base/contract.hpp"

namespace oikos {
namespace {

/// Rows with random groups, conditions and values.
struct Rows {
  std::uint32_t count;
  std::vector<std::vector<std::uint8_t>> groups;      ///< by breakdown
  std::vector<std::vector<std::uint8_t>> conditions;  ///< by byte
  std::vector<std::vector<std::int64_t>> values;

  Rows(const Accumulator::Shape& shape, std::uint32_t n, unsigned seed) : count(n) {
    std::mt19937 random(seed);
    for (const std::size_t g : shape.groups) {
      groups.emplace_back(n);
      for (auto& group : groups.back()) group = static_cast<std::uint8_t>(random() % g);
    }
    for (std::size_t byte = 0; byte < shape.condition_bytes(); ++byte) {
      conditions.emplace_back(n);
      for (auto& met : conditions.back()) met = static_cast<std::uint8_t>(random());
    }
    for (std::size_t v = 0; v < shape.values; ++v) {
      values.emplace_back(n);
      for (auto& value : values.back()) value = static_cast<std::int64_t>(random() % 1'000'000) - 500'000;
    }
  }

  void add_to(Accumulator& all, std::uint32_t first, std::uint32_t end) const {
    std::vector<const std::uint8_t*> of, met;
    for (const auto& one : groups) of.push_back(one.data() + first);
    for (const auto& one : conditions) met.push_back(one.data() + first);
    all.count(end - first, of, met);
    for (std::size_t v = 0; v < values.size(); ++v) all.sum(v, std::span(values[v]).subspan(first, end - first));
  }
};

/// One row at a time, straight from the definitions.
void expect_recount(const Accumulator::Shape& shape, const Rows& rows, const Accumulator::Sums& sums) {
  std::size_t first = 1, groups = 1;
  for (const std::size_t n : shape.groups) groups += n;
  ASSERT_EQ(sums.groups(), groups);
  const auto expect_group = [&](std::size_t group, auto is_in) {
    std::int64_t n = 0;
    std::vector<std::int64_t> met(shape.conditions), sum(shape.values);
    for (std::uint32_t i = 0; i < rows.count; ++i) {
      if (!is_in(i)) continue;
      ++n;
      for (std::size_t k = 0; k < shape.conditions; ++k) met[k] += rows.conditions[k / 8][i] >> (k % 8) & 1;
      for (std::size_t v = 0; v < shape.values; ++v) sum[v] += rows.values[v][i];
    }
    EXPECT_EQ(sums.rows(group), n) << group;
    for (std::size_t k = 0; k < shape.conditions; ++k) EXPECT_EQ(sums.count(group, k), met[k]) << group << ' ' << k;
    for (std::size_t v = 0; v < shape.values; ++v) EXPECT_EQ(sums.sum(group, v), sum[v]) << group << ' ' << v;
  };
  expect_group(0, [](std::uint32_t) { return true; });
  for (std::size_t b = 0; b < shape.groups.size(); ++b)
    for (std::size_t g = 0; g < shape.groups[b]; ++g)
      expect_group(first++, [&](std::uint32_t i) { return rows.groups[b][i] == g; });
}

const std::vector<Accumulator::Shape>& shapes() {
  static const std::vector<Accumulator::Shape> all{
      {{}, 0, 0},
      {{}, 3, 1},
      {{2}, 1, 0},
      {{256}, 8, 2},
      {{8, 2, 4, 6, 11, 5}, 7, 3},
      {{8, 2, 4, 6, 11, 5, 256, 1, 1, 200, 3}, 17, 1},
      {{32, 2}, 9, 0},  // as many cells as are counted together at most
      {{32, 3}, 9, 0},  // and more
  };
  return all;
}

TEST(Accumulator, equals_a_recount_of_one_row_at_a_time) {
  for (std::size_t s = 0; s < shapes().size(); ++s) {
    SCOPED_TRACE(s);
    const Rows rows(shapes()[s], 700, static_cast<unsigned>(s));
    Accumulator all(shapes()[s]);
    rows.add_to(all, 0, rows.count);
    expect_recount(shapes()[s], rows, all.sums());
  }
}

TEST(Accumulator, does_not_depend_on_how_rows_are_cut_or_who_counts_them) {
  for (const auto& shape : shapes()) {
    const Rows rows(shape, 500, 7);
    Accumulator whole(shape), one(shape), other(shape);
    rows.add_to(whole, 0, 500);
    rows.add_to(other, 499, 500);
    rows.add_to(one, 3, 200);
    rows.add_to(other, 200, 499);
    rows.add_to(one, 0, 3);
    one.add(other);
    EXPECT_EQ(whole.sums(), one.sums());
  }
}

TEST(Accumulator, sums_every_breakdown_to_everybody) {
  const Accumulator::Shape shape{{3, 250, 2, 40}, 10, 2};
  const Rows rows(shape, 999, 3);
  Accumulator all(shape);
  rows.add_to(all, 0, rows.count);
  const auto sums = all.sums();
  std::size_t group = 1;
  for (const std::size_t n : shape.groups) {
    std::int64_t found = 0, met = 0, sum = 0;
    for (std::size_t g = 0; g < n; ++g, ++group) {
      found += sums.rows(group);
      met += sums.count(group, 9);
      sum += sums.sum(group, 1);
    }
    EXPECT_EQ(found, 999);
    EXPECT_EQ(met, sums.count(0, 9));
    EXPECT_EQ(sum, sums.sum(0, 1));
  }
}

TEST(Accumulator, adds_values_of_a_few_rows_as_those_of_all_with_zeros) {
  const Accumulator::Shape shape{{5, 130, 9}, 1, 1};
  const Rows rows(shape, 300, 4);
  Accumulator few(shape), all(shape);
  std::vector<std::uint32_t> positions;
  std::vector<std::int64_t> amounts, with_zeros(300, 0);
  for (std::uint32_t i = 1; i < 300; i += 7) {
    positions.push_back(i);
    amounts.push_back(rows.values[0][i]);
    with_zeros[i] = rows.values[0][i];
  }
  std::vector<const std::uint8_t*> of, met{rows.conditions[0].data()};
  for (const auto& one : rows.groups) of.push_back(one.data());
  for (Accumulator* one : {&few, &all}) one->count(300, of, met);
  few.sum(0, positions, amounts);
  all.sum(0, with_zeros);
  EXPECT_EQ(few.sums(), all.sums());
}

TEST(Accumulator, forgets_everything_when_cleared) {
  const Accumulator::Shape shape{{4, 200}, 9, 1};
  const Rows rows(shape, 100, 1);
  Accumulator used(shape);
  rows.add_to(used, 0, 100);
  used.clear();
  EXPECT_EQ(used.sums(), Accumulator(shape).sums());
}

TEST(Accumulator, refuses_what_has_no_groups_or_too_many) {
  EXPECT_THROW(Accumulator({{3, 0}, 1, 0}), ContractError);
  EXPECT_THROW(Accumulator({{257}, 1, 0}), ContractError);
  Accumulator one({{3}, 1, 1});
  EXPECT_THROW(one.count(1, {}, {}), ContractError);
  EXPECT_THROW(one.sum(0, std::vector<std::int64_t>{1}), ContractError) << "no row was counted";
}

}  // namespace
}  // namespace oikos
