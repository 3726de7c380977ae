#include "sim/base/rate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "sim/base/contract.hpp"

namespace oikos {
namespace {

TEST(MonthlyProbability, compounds_to_the_yearly_probability) {
  for (const double q : {0.0, 1e-9, 0.012, 0.5, 0.999, 1.0})
    EXPECT_NEAR(1.0 - std::pow(1.0 - monthly_from_yearly_probability(q), 12), q, 1e-15);
}

TEST(MonthlyProbability, keeps_small_risks_to_the_last_digits) {
  // q/12 (1 + 11 q/24 + ...)
  EXPECT_NEAR(monthly_from_yearly_probability(1e-12) / (1e-12 / 12), 1.0 + 11e-12 / 24, 1e-15);
  EXPECT_EQ(monthly_from_yearly_probability(0.0), 0.0);
  EXPECT_EQ(monthly_from_yearly_probability(1.0), 1.0);
}

TEST(MonthlyProbability, known_value) { EXPECT_NEAR(monthly_from_yearly_probability(0.5), 0.05612568731830647, 1e-16); }

TEST(MonthlyProbability, refuses_what_is_no_probability) {
  EXPECT_THROW(monthly_from_yearly_probability(-1e-9), ContractError);
  EXPECT_THROW(monthly_from_yearly_probability(1.0000001), ContractError);
  EXPECT_THROW(monthly_from_yearly_probability(std::numeric_limits<double>::quiet_NaN()), ContractError);
}

TEST(MonthlyRate, is_the_probability_of_at_least_one_event) {
  EXPECT_EQ(monthly_from_yearly_rate(0.0), 0.0);
  EXPECT_NEAR(monthly_from_yearly_rate(12.0 * std::log(2.0)), 0.5, 1e-15);
  EXPECT_NEAR(monthly_from_yearly_rate(1.2e-12) / 1e-13, 1.0, 1e-12);
  EXPECT_EQ(monthly_from_yearly_rate(1e6), 1.0);
  EXPECT_THROW(monthly_from_yearly_rate(-0.1), ContractError);
}

TEST(MonthlyRate, agrees_with_the_probability_of_the_same_risk) {
  for (const double rate : {0.001, 0.1, 1.0, 5.0})
    EXPECT_NEAR(monthly_from_yearly_rate(rate), monthly_from_yearly_probability(-std::expm1(-rate)), 1e-15);
}

TEST(ChanceOf, becomes_a_monthly_probability_by_its_unit) {
  EXPECT_EQ((Chance{0.04, ChanceUnit::probability_per_month}.monthly()), 0.04);
  EXPECT_EQ((Chance{1.0, ChanceUnit::probability_per_month}.monthly()), 1.0);
  EXPECT_NEAR((Chance{0.06, ChanceUnit::probability_per_year}.monthly()), 1.0 - std::pow(0.94, 1.0 / 12), 1e-16);
  EXPECT_NEAR((Chance{0.18, ChanceUnit::hazard_per_year}.monthly()), 1.0 - std::exp(-0.015), 1e-16);
  EXPECT_NEAR((Chance{0.02, ChanceUnit::hazard_per_month}.monthly()), 1.0 - std::exp(-0.02), 1e-16);
  EXPECT_NEAR((Chance{12.0, ChanceUnit::hazard_per_year}.monthly()), 1.0 - std::exp(-1.0), 1e-15);
}

TEST(ChanceOf, is_possible_or_a_bug) {
  EXPECT_FALSE((Chance{1.01, ChanceUnit::probability_per_year}.possible()));
  EXPECT_FALSE((Chance{-0.01, ChanceUnit::hazard_per_year}.possible()));
  EXPECT_FALSE((Chance{std::numeric_limits<double>::quiet_NaN(), ChanceUnit::hazard_per_year}.possible()));
  EXPECT_TRUE((Chance{1.01, ChanceUnit::hazard_per_year}.possible()));
  EXPECT_THROW((Chance{-0.01, ChanceUnit::hazard_per_month}.monthly()), ContractError);
}

TEST(ThresholdOf, spans_never_to_always) {
  EXPECT_EQ(threshold(0.0), 0u);
  EXPECT_EQ(threshold(1.0), std::uint64_t{1} << 32);
  EXPECT_EQ(threshold(0.5), std::uint64_t{1} << 31);
  EXPECT_EQ(threshold(0x1p-32), 1u);
  EXPECT_EQ(threshold(0x1.8p-33), 1u);
  EXPECT_EQ(threshold(0x1p-34), 0u);
  EXPECT_EQ(threshold(1.0 - 0x1p-32), (std::uint64_t{1} << 32) - 1);
}

TEST(ThresholdOf, clamps_and_refuses_no_number) {
  EXPECT_EQ(threshold(-0.5), 0u);
  EXPECT_EQ(threshold(1.5), std::uint64_t{1} << 32);
  EXPECT_THROW(threshold(std::numeric_limits<double>::quiet_NaN()), ContractError);
}

}  // namespace
}  // namespace oikos
