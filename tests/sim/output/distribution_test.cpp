#include "sim/output/distribution.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

#include "sim/base/detmath.hpp"

namespace oikos {
namespace {

using Households = std::vector<std::pair<std::int64_t, std::uint32_t>>;  // income, members

IncomeDistribution of(const Households& households) {
  std::vector<std::uint64_t> keys, scratch;
  for (const auto& [income, members] : households) keys.push_back(income_key(income, members));
  return distribution(keys, scratch);
}
IncomeDistribution of_persons(const std::vector<std::int64_t>& incomes) {
  Households all;
  for (const std::int64_t income : incomes) all.emplace_back(income, 1);
  return of(all);
}

TEST(Distribution, of_one_with_nothing_and_one_with_all_has_a_gini_of_one_half) {
  EXPECT_DOUBLE_EQ(of_persons({0, 1}).gini, 0.5);
  EXPECT_DOUBLE_EQ(of_persons({0, 0, 0, 1}).gini, 0.75);
  EXPECT_DOUBLE_EQ(of({{0, 3}, {1, 1}}).gini, 0.75) << "a household of three is three persons";
}

TEST(Distribution, of_equal_incomes_has_no_inequality) {
  const auto d = of({{500, 3}, {500, 1}, {500, 2}});
  EXPECT_EQ(d.persons, 6);
  EXPECT_NEAR(d.gini, 0.0, 1e-15);
  EXPECT_DOUBLE_EQ(d.quintile_share_ratio, 1.0);
  EXPECT_EQ(d.median, 500);
  for (const double limit : d.quintile_limits) EXPECT_EQ(limit, 500);
}

TEST(Distribution, of_a_hand_worked_case) {
  // Persons 1, 2, 3, 4, 10: sum 20, mean absolute difference summed over pairs i < j is 40, so Gini 40 / (5 * 20).
  const auto d = of_persons({10, 3, 1, 4, 2});
  EXPECT_DOUBLE_EQ(d.gini, 0.4);
  EXPECT_EQ(d.median, 3);
  EXPECT_DOUBLE_EQ(d.quintile_share_ratio, 10.0);
  EXPECT_EQ(d.quintile_limits, (std::array<double, 4>{1.5, 2.5, 3.5, 7.0})) << "each fifth ends between two incomes";
}

TEST(Distribution, takes_the_mean_of_two_incomes_where_the_weight_is_met_exactly) {
  EXPECT_EQ(of_persons({1, 2, 3, 4}).median, 2.5);
  EXPECT_EQ(of_persons({1, 2, 3}).median, 2);
  EXPECT_EQ(of({{1, 2}, {7, 2}}).median, 4);
  EXPECT_EQ(of({{1, 1}, {7, 2}}).median, 7);
  EXPECT_EQ(of_persons({5, 5, 5, 5}).median, 5) << "ties at the edge";
  EXPECT_EQ(of_persons({1, 5, 5, 9}).median, 5);
}

TEST(Distribution, divides_the_members_of_a_household_on_the_edge_of_a_fifth) {
  // Ten persons: incomes 1 (3 persons), 4 (4), 10 (3). Bottom fifth: two of income 1; top fifth: two of income 10.
  EXPECT_DOUBLE_EQ(of({{1, 3}, {4, 4}, {10, 3}}).quintile_share_ratio, 10.0);
  // Three persons, 1, 2, 3: fifths of 0.6 persons.
  EXPECT_DOUBLE_EQ(of_persons({1, 2, 3}).quintile_share_ratio, 3.0);
  // Four persons in two households: the bottom fifth of 0.8 has income 2, the top one 6.
  EXPECT_DOUBLE_EQ(of({{2, 2}, {6, 2}}).quintile_share_ratio, 3.0);
}

TEST(Distribution, of_nobody_and_of_no_income_is_zero_without_a_ratio) {
  const auto none = of({});
  EXPECT_EQ(none.persons, 0);
  EXPECT_EQ(none.gini, 0.0);
  const auto poor = of({{0, 4}});
  EXPECT_EQ(poor.gini, 0.0);
  EXPECT_EQ(poor.median, 0.0);
  EXPECT_TRUE(std::isnan(poor.quintile_share_ratio));
}

/// The quantile function of a distribution at the midpoints of a grid of 100,000, in units of 1e-6.
template <class Quantile>
IncomeDistribution grid(Quantile quantile) {
  constexpr int n = 100'000;
  std::vector<std::int64_t> incomes;
  for (int i = 0; i < n; ++i) incomes.push_back(std::llround(quantile((i + 0.5) / n) * 1e6));
  return of_persons(incomes);
}

TEST(Distribution, has_the_closed_form_gini_of_exponential_incomes) {
  const auto d = grid([](double p) { return -std::log1p(-p); });
  EXPECT_NEAR(d.gini, 0.5, 1e-4);
  EXPECT_NEAR(d.median * 1e-6, std::log(2.0), 1e-4);
  EXPECT_NEAR(d.quintile_limits[3] * 1e-6, std::log(5.0), 1e-4);
}

TEST(Distribution, has_the_closed_form_gini_of_uniform_incomes) {
  const auto d = grid([](double p) { return p; });
  EXPECT_NEAR(d.gini, 1.0 / 3, 1e-5);
  EXPECT_NEAR(d.quintile_share_ratio, 9.0, 1e-6);
}

TEST(Distribution, has_the_closed_form_gini_of_lognormal_incomes) {
  EXPECT_NEAR(grid([](double p) { return std::exp(detmath::normal_quantile(p)); }).gini, std::erf(0.5),
              3e-4);  // 2 Phi(1 / sqrt 2) - 1
}

TEST(Distribution, has_the_closed_form_gini_of_pareto_incomes) {
  EXPECT_NEAR(grid([](double p) { return std::pow(1 - p, -1.0 / 3); }).gini, 1.0 / 5, 3e-4);
}

TEST(Distribution, is_that_of_the_persons_one_by_one_in_any_order_of_households) {
  std::mt19937 random(9);
  for (int round = 0; round < 100; ++round) {
    Households households;
    std::vector<std::int64_t> persons;
    for (int i = 0; i < 30; ++i) {
      households.emplace_back(random() % 40, 1 + random() % 6);
      persons.insert(persons.end(), households.back().second, households.back().first);
    }
    std::ranges::shuffle(persons, random);
    const auto a = of(households), b = of_persons(persons);
    ASSERT_EQ(a.persons, b.persons);
    ASSERT_NEAR(a.gini, b.gini, 1e-12);
    ASSERT_EQ(a.median, b.median);
    ASSERT_EQ(a.quintile_limits, b.quintile_limits);
    if (!std::isnan(a.quintile_share_ratio)) {
      ASSERT_NEAR(a.quintile_share_ratio, b.quintile_share_ratio, 1e-9);
    }
    double differences = 0, sum = 0;
    for (const auto x : persons) {
      sum += static_cast<double>(x);
      for (const auto y : persons) differences += std::abs(static_cast<double>(x - y));
    }
    ASSERT_NEAR(a.gini, differences / (2 * static_cast<double>(persons.size()) * sum), 1e-12);
  }
}

}  // namespace
}  // namespace oikos
