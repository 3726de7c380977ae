#include "analysis/statistics/sample.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "sim/base/contract.hpp"

namespace oikos::statistics {
namespace {

// Goal: the paired comparison gives what a textbook example gives. Hours of sleep gained with two drugs by ten patients
// (Student, 1908, The probable error of a mean); interval and p-value as R's t.test(paired = TRUE) prints them.
constexpr std::array drug_1{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
constexpr std::array drug_2{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

TEST(Sample, students_sleep_data_give_the_published_interval) {
  const auto result = paired(drug_1, drug_2, 0.95);
  EXPECT_NEAR(result.difference, 1.58, 1e-12);
  ASSERT_TRUE(result.interval);
  EXPECT_NEAR(result.interval->low, 0.7001142, 5e-8);
  EXPECT_NEAR(result.interval->high, 2.4598858, 5e-8);
  EXPECT_DOUBLE_EQ(result.share_higher, 0.9);
  EXPECT_DOUBLE_EQ(result.share_lower, 0.0);
}

// Goal: quantiles as in the tables of the t distribution.
TEST(Sample, t_quantiles_match_the_tables) {
  EXPECT_NEAR(t_quantile(1, 0.975), 12.7062047, 1e-7);
  EXPECT_NEAR(t_quantile(4, 0.975), 2.7764451, 1e-7);
  EXPECT_NEAR(t_quantile(19, 0.975), 2.0930241, 1e-7);
  EXPECT_NEAR(t_quantile(9, 0.025), -2.2621572, 1e-7);
}

// By hand: mean 3, squares 4 + 1 + 0 + 1 + 4 = 10, variance 2.5.
TEST(Sample, mean_and_variance_match_the_hand) {
  EXPECT_EQ(mean(std::array{1.0, 2.0, 3.0, 4.0, 5.0}), 3.0);
  EXPECT_EQ(variance(std::array{1.0, 2.0, 3.0, 4.0, 5.0}), 2.5);
}

TEST(Sample, equal_values_give_themselves_and_no_spread) {
  const std::array values{0.1, 0.1, 0.1};
  EXPECT_EQ(mean(values), 0.1);
  EXPECT_EQ(variance(values), 0.0);
  EXPECT_EQ(t_interval(values, 0.95), (Interval{0.1, 0.1}));
}

// Goal: a plan that changes nothing shows exactly nothing, whatever the values.
TEST(Sample, equal_pairs_differ_by_exactly_zero) {
  const auto result = paired(drug_1, drug_1, 0.95);
  EXPECT_EQ(result.difference, 0.0);
  EXPECT_EQ(result.interval, (Interval{0, 0}));
  EXPECT_EQ(result.share_higher, 0.0);
  EXPECT_EQ(result.share_lower, 0.0);
  EXPECT_FALSE(result.variance_reduction);
}

TEST(Sample, one_pair_has_no_interval) {
  const auto result = paired(std::array{1.0}, std::array{3.0}, 0.95);
  EXPECT_EQ(result.difference, 2.0);
  EXPECT_FALSE(result.interval);
  EXPECT_FALSE(result.variance_reduction);
  EXPECT_EQ(result.share_higher, 1.0);
}

// By hand: the variances are 1 and 19/12, that of the differences 1, 1, 1.5 is 1/12.
TEST(Sample, variance_reduction_is_the_ratio_of_variances) {
  const std::array first{1.0, 2.0, 3.0}, second{2.0, 3.0, 4.5};
  EXPECT_NEAR(paired(first, second, 0.95).variance_reduction.value(), (1.0 + 19.0 / 12.0) / (1.0 / 12.0), 1e-9);
}

TEST(Sample, promises_of_the_caller_are_checked) {
  EXPECT_THROW(mean({}), ContractError);
  EXPECT_THROW(variance(std::array{1.0}), ContractError);
  EXPECT_THROW(t_quantile(0, 0.5), ContractError);
  EXPECT_THROW(t_quantile(3, 1), ContractError);
  EXPECT_THROW(t_interval(std::array{1.0, 2.0}, 1.0), ContractError);
  EXPECT_THROW(paired(std::array{1.0}, std::array{1.0, 2.0}, 0.95), ContractError);
}

}  // namespace
}  // namespace oikos::statistics
