#include "analysis/statistics/distribution.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <vector>

#include "sim/base/contract.hpp"
#include "sim/base/detmath.hpp"

namespace oikos::statistics {
namespace {

constexpr std::array equal{3.0, 3.0, 3.0};
constexpr std::array five{1.0, 2.0, 3.0, 4.0, 5.0};

/// Values at the middles of n equal steps of probability: the distribution without sampling noise. The error left is
/// that of the step, of order 1/n, and more in heavy tails.
std::vector<double> grid(const std::function<double(double)>& quantile, int n = 200'000) {
  std::vector<double> values(static_cast<std::size_t>(n));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = quantile((static_cast<double>(i) + 0.5) / n);
  return values;
}
double uniform(double u) { return u; }
double exponential(double u) { return -std::log1p(-u); }
double lognormal(double u) { return std::exp(detmath::normal_quantile(u)); }

TEST(Gini, small_cases_match_the_hand) {
  EXPECT_EQ(gini(equal), 0.0);
  EXPECT_EQ(gini(std::array{0.0, 1.0}), 0.5);
  EXPECT_EQ(gini(std::array{0.0, 0.0, 0.0, 1.0}), 0.75);
  EXPECT_NEAR(gini(five), 4.0 / 15.0, 1e-15);  // sum over pairs |x - y| = 40, over 2 n^2 mean = 150
  EXPECT_EQ(gini(std::array{0.0, 0.0}), 0.0);
}

// Goal: the closed forms of the textbook distributions.
TEST(Gini, closed_forms_of_distributions_are_met) {
  EXPECT_NEAR(gini(grid(uniform)), 1.0 / 3.0, 1e-5);
  EXPECT_NEAR(gini(grid(exponential)), 0.5, 1e-5);
  EXPECT_NEAR(gini(grid([](double u) { return std::pow(1 - u, -1.0 / 3.0); })), 1.0 / 5.0, 1e-4);  // Pareto, a = 3
  EXPECT_NEAR(gini(grid(lognormal)), 2 * detmath::normal_cdf(1 / std::sqrt(2.0)) - 1, 1e-4);       // 0.5205
}

TEST(Gini, a_weight_counts_as_so_many_equal_values) {
  EXPECT_NEAR(gini(std::array{1.0, 5.0}, std::array{3.0, 2.0}), gini(std::array{1.0, 5.0, 1.0, 5.0, 1.0}), 1e-15);
}

TEST(Gini, neither_order_nor_currency_matters) {
  std::vector<double> values = grid(exponential, 1000);
  const double before = gini(values);
  std::mt19937 generator(1);
  std::shuffle(values.begin(), values.end(), generator);
  for (double& x : values) x *= 4;
  EXPECT_DOUBLE_EQ(gini(values), before);
}

// Goal: Eurostat's definition, in particular the mean of two neighbours where the cumulated weight meets p exactly.
TEST(WeightedQuantile, small_cases_match_the_definition) {
  EXPECT_EQ(weighted_quantile(five, {}, 0.5), 3.0);
  EXPECT_EQ(weighted_quantile(five, {}, 0.2), 1.5);  // one of five: exactly 20 %
  EXPECT_EQ(weighted_quantile(five, {}, 0.21), 2.0);
  EXPECT_EQ(weighted_quantile(five, {}, 0.0), 1.0);
  EXPECT_EQ(weighted_quantile(five, {}, 1.0), 5.0);
  EXPECT_EQ(weighted_quantile(std::array{4.0, 1.0, 3.0, 2.0}, {}, 0.5), 2.5);
  EXPECT_EQ(weighted_quantile(std::array{1.0, 2.0, 3.0}, std::array{1.0, 1.0, 2.0}, 0.5), 2.5);
  EXPECT_EQ(weighted_quantile(std::array{1.0, 2.0, 3.0}, std::array{2.0, 0.0, 2.0}, 0.5), 2.0);
  EXPECT_EQ(weighted_quantile(std::array{7.0}, std::array{0.5}, 0.3), 7.0);
}

TEST(QuintileShareRatio, small_cases_match_the_hand) {
  // Quantiles 1.5 and 4.5: the richest one has 5, the poorest one 1.
  EXPECT_EQ(quintile_share_ratio(five), 5.0);
  EXPECT_EQ(quintile_share_ratio(std::array{0.0, 0.0, 1.0, 1.0, 2.0}), std::numeric_limits<double>::infinity());
}

TEST(QuintileShareRatio, closed_forms_of_distributions_are_met) {
  EXPECT_NEAR(quintile_share_ratio(grid(uniform)), 9.0, 1e-4);
  // Lorenz curve p + (1 - p) log(1 - p).
  const double bottom = 0.2 + 0.8 * std::log(0.8), top = 0.2 * (1 - std::log(0.2));
  EXPECT_NEAR(quintile_share_ratio(grid(exponential)), top / bottom, 1e-2);
  // Lorenz curve Phi(Phi^-1(p) - 1).
  const double z = detmath::normal_quantile(0.8);
  const double ratio = (1 - detmath::normal_cdf(z - 1)) / detmath::normal_cdf(-z - 1);
  EXPECT_NEAR(quintile_share_ratio(grid(lognormal)), ratio, 1e-2);
}

// Goal: Foster, Greer and Thorbecke by hand: incomes 1 to 5, line 4: gaps 3/4, 1/2, 1/4 of the line; 4 itself is not
// poor.
TEST(Poverty, small_cases_match_the_hand) {
  EXPECT_DOUBLE_EQ(poverty(five, {}, 4, 0), 0.6);
  EXPECT_DOUBLE_EQ(poverty(five, {}, 4, 1), 1.5 / 5);
  EXPECT_DOUBLE_EQ(poverty(five, {}, 4, 2), (9.0 + 4.0 + 1.0) / 16 / 5);
  EXPECT_NEAR(poverty(five, {}, 4, 3), (27.0 + 8.0 + 1.0) / 64 / 5, 1e-15);
  EXPECT_EQ(poverty(equal, {}, 2, 1), 0.0);
  EXPECT_DOUBLE_EQ(poverty(std::array{1.0, 9.0}, std::array{1.0, 3.0}, 4, 0), 0.25);
}

TEST(Poverty, closed_forms_of_distributions_are_met) {
  const auto incomes = grid(uniform);
  for (const double line : {0.25, 0.6})
    for (const double power : {0.0, 1.0, 2.0, 3.5})
      EXPECT_NEAR(poverty(incomes, {}, line, power), line / (power + 1), 1e-5);
  const double z = 0.6 * std::log(2.0);  // 60 % of the median of the exponential distribution
  EXPECT_NEAR(poverty(grid(exponential), {}, z, 0), 1 - std::exp(-z), 1e-5);
  EXPECT_NEAR(poverty(grid(exponential), {}, z, 1), 1 - (1 - std::exp(-z)) / z, 1e-5);
}

TEST(Distribution, promises_of_the_caller_are_checked) {
  EXPECT_THROW(gini({}), ContractError);
  EXPECT_THROW(gini(five, std::array{1.0}), ContractError);
  EXPECT_THROW(gini(std::array{1.0, 2.0}, std::array{0.0, 0.0}), ContractError);
  EXPECT_THROW(gini(std::array{1.0, 2.0}, std::array{-1.0, 2.0}), ContractError);
  EXPECT_THROW(weighted_quantile(five, {}, 1.5), ContractError);
  EXPECT_THROW(poverty(five, {}, 0, 1), ContractError);
  EXPECT_THROW(poverty(five, {}, 1, -1), ContractError);
}

}  // namespace
}  // namespace oikos::statistics
