#include "sim/population/ipf.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numeric>

#include "sim/base/contract.hpp"
#include "sim/population/floored_lognormal.hpp"

namespace oikos::population {
namespace {

constexpr std::array<std::size_t, 2> two_by_two{2, 2};
constexpr std::array<std::size_t, 1> rows{0};
constexpr std::array<std::size_t, 1> columns{1};

/// Goal: a known answer. From a seed of ones, raking gives the product of the margins over the total.
TEST(Rake, flat_seed_gives_the_independent_table) {
  std::vector<double> cells(4, 1.0);
  const std::array margins{axis_margin("rows", two_by_two, rows, {30, 70}),
                           axis_margin("columns", two_by_two, columns, {40, 60})};
  const RakeResult result = rake(cells, margins);
  EXPECT_TRUE(result.converged);
  EXPECT_TRUE(result.worst_margin.empty());
  const std::array expected{12.0, 18.0, 28.0, 42.0};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(cells[i], expected[i], 1e-9);
}

/// Goal: raking keeps the odds ratio of the seed: with row and column sums 50 the table is (a, 50 - a; 50 - a, a) with
/// (a / (50 - a))^2 = 4, so a = 100 / 3.
TEST(Rake, keeps_the_odds_ratio_of_the_seed) {
  std::vector<double> cells{4, 1, 1, 1};
  const std::array margins{axis_margin("rows", two_by_two, rows, {50, 50}),
                           axis_margin("columns", two_by_two, columns, {50, 50})};
  EXPECT_TRUE(rake(cells, margins).converged);
  EXPECT_NEAR(cells[0], 100.0 / 3, 1e-7);
  EXPECT_NEAR(cells[0] * cells[3] / (cells[1] * cells[2]), 4, 1e-9);
}

/// Goal: three two-way margins of a 2 x 3 x 4 table hold to 1e-9. Method: margins taken from a table that has them all.
TEST(Rake, matches_all_two_way_margins_of_a_three_way_table) {
  const std::array<std::size_t, 3> shape{2, 3, 4};
  std::vector<double> truth(24);
  for (std::size_t i = 0; i < 24; ++i) truth[i] = 1 + static_cast<double>((i * 7) % 11);
  std::vector<Margin> margins;
  const std::vector<std::vector<std::size_t>> pairs{{0, 1}, {0, 2}, {1, 2}};
  for (const auto& axes : pairs) {
    Margin margin = axis_margin("pair", shape, axes, std::vector<double>(shape[axes[0]] * shape[axes[1]], 0.0));
    for (std::size_t i = 0; i < 24; ++i) margin.target[margin.group[i]] += truth[i];
    margins.push_back(std::move(margin));
  }
  std::vector<double> cells(24, 1.0);
  const RakeResult result = rake(cells, margins, {1e-12, 5000});
  EXPECT_TRUE(result.converged);
  EXPECT_LE(result.error, 1e-12);
  for (const Margin& margin : margins) {
    std::vector<double> sums(margin.target.size(), 0.0);
    for (std::size_t i = 0; i < 24; ++i) sums[margin.group[i]] += cells[i];
    for (std::size_t g = 0; g < sums.size(); ++g) EXPECT_NEAR(sums[g], margin.target[g], 1e-9);
  }
}

/// Goal: margins with different totals cannot both hold; the one scaled first is named with the error that is left.
TEST(Rake, names_the_margin_in_conflict) {
  std::vector<double> cells(4, 1.0);
  const std::array margins{axis_margin("rows", two_by_two, rows, {30, 70}),
                           axis_margin("columns", two_by_two, columns, {60, 60})};
  const RakeResult result = rake(cells, margins, {1e-10, 50});
  EXPECT_FALSE(result.converged);
  EXPECT_EQ(result.sweeps, 50);
  EXPECT_EQ(result.worst_margin, "rows");
  EXPECT_NEAR(result.error, 0.2, 1e-9);  // 36 for 30, 84 for 70
  EXPECT_NEAR(cells[0] + cells[2], 60, 1e-9);
}

TEST(Rake, leaves_zeros_alone_and_reports_a_target_without_cells) {
  std::vector<double> cells{0, 0, 1, 1};
  const std::array margins{axis_margin("rows", two_by_two, rows, {10, 10})};
  const RakeResult result = rake(cells, margins, {1e-10, 5});
  EXPECT_FALSE(result.converged);
  EXPECT_EQ(result.worst_margin, "rows");
  EXPECT_EQ(result.worst_group, 0U);
  EXPECT_EQ(cells[0], 0);
  EXPECT_NEAR(cells[2], 5, 1e-12);
}

TEST(Rake, refuses_negative_cells) {
  std::vector<double> cells{1, -1};
  EXPECT_THROW(rake(cells, {}), ContractError);
}

TEST(Integerise, gives_the_largest_remainders_first) {
  EXPECT_EQ(integerise(std::vector{1.5, 1.4, 1.1}, 4), (std::vector<std::int64_t>{2, 1, 1}));
  EXPECT_EQ(integerise(std::vector{1.0, 1.0, 1.0}, 4), (std::vector<std::int64_t>{2, 1, 1}));  // a tie: the earlier
  EXPECT_EQ(integerise(std::vector{0.0, 2.0, 0.0}, 7), (std::vector<std::int64_t>{0, 7, 0}));
  EXPECT_EQ(integerise(std::vector{0.0, 0.0}, 0), (std::vector<std::int64_t>{0, 0}));
  EXPECT_THROW(integerise(std::vector{0.0, 0.0}, 1), ContractError);
}

TEST(Integerise, sums_exactly_and_stays_within_one) {
  std::vector<double> values;
  for (int i = 0; i < 997; ++i) values.push_back(0.1 + (i * 37 % 101) / 7.0);
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  for (const std::int64_t total : {0, 1, 996, 12345, 139125}) {
    const auto whole = integerise(values, total);
    EXPECT_EQ(std::accumulate(whole.begin(), whole.end(), std::int64_t{0}), total);
    for (std::size_t i = 0; i < values.size(); ++i)
      EXPECT_LT(std::abs(static_cast<double>(whole[i]) - values[i] * static_cast<double>(total) / sum), 1.0);
  }
}

TEST(IntegeriseTable, matches_rows_and_columns_and_keeps_zeros) {
  const std::vector<double> values{1.4, 1.6, 0, 2.5, 0.5, 1.0, 0, 1.9, 2.1};
  const std::vector<std::int64_t> row_totals{3, 4, 4};
  const std::vector<std::int64_t> column_totals{4, 3, 4};
  const auto whole = integerise_table(values, row_totals, column_totals);
  ASSERT_EQ(whole.size(), 9U);
  for (std::size_t r = 0; r < 3; ++r) EXPECT_EQ(whole[3 * r] + whole[3 * r + 1] + whole[3 * r + 2], row_totals[r]);
  for (std::size_t c = 0; c < 3; ++c) EXPECT_EQ(whole[c] + whole[3 + c] + whole[6 + c], column_totals[c]);
  EXPECT_EQ(whole[2], 0);
  EXPECT_EQ(whole[6], 0);
}

TEST(IntegeriseTable, gives_nothing_when_no_table_exists) {
  EXPECT_TRUE(
      integerise_table(std::vector{1.0, 0.0}, std::vector<std::int64_t>{1}, std::vector<std::int64_t>{0, 1}).empty());
  EXPECT_TRUE(
      integerise_table(std::vector{1.0, 1.0}, std::vector<std::int64_t>{2}, std::vector<std::int64_t>{2, 1}).empty());
}

/// Goal: a move that needs a third column. Rows hold columns (1,2), (2,3); a unit goes from 1 to 3 over 2.
TEST(IntegeriseTable, moves_units_over_other_columns) {
  const std::vector<double> values{9, 1, 0, 0, 9, 1};
  const auto whole = integerise_table(values, std::vector<std::int64_t>{10, 10}, std::vector<std::int64_t>{8, 10, 2});
  EXPECT_EQ(whole, (std::vector<std::int64_t>{8, 2, 0, 0, 8, 2}));
}

/// Goal: the mean with a floor agrees with the sum of floored quantiles.
TEST(FlooredLognormal, mean_agrees_with_its_quantiles) {
  const FlooredLognormal wages = with_mean_and_median(1, 1 / 1.2444, 0.509);
  EXPECT_NEAR(wages.mean(), 1, 1e-12);
  EXPECT_NEAR(wages.quantile(0.5), 1 / 1.2444, 1e-12);
  double sum = 0;
  constexpr int n = 100'000;
  for (int i = 0; i < n; ++i) sum += std::max(wages.floor, wages.quantile((i + 0.5) / n));
  EXPECT_NEAR(sum / n, 1, 1e-4);
  const FlooredLognormal pensions = with_mean_and_sigma(1700, 0.4, 880.45);
  EXPECT_NEAR(pensions.mean(), 1700, 1e-6);
}

}  // namespace
}  // namespace oikos::population
