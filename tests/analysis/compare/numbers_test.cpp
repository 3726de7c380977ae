#include "analysis/compare/numbers.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "analysis/compare/panel.hpp"

namespace oikos::analysis {
namespace {

Row row(double baseline, double plan, const std::string& units = "1") {
  Row result;
  result.units = units;
  Effect effect;
  effect.baseline = baseline;
  effect.plan = plan;
  effect.difference = plan - baseline;
  effect.pairs = 5;
  result.effects = {{effect}};
  return result;
}

std::string shown(double baseline, double plan, const std::string& units = "1") {
  const auto style = number_style(row(baseline, plan, units));
  return level(baseline, style) + " | " + level(plan, style) + " | " + signed_level(plan - baseline, style) + " | " +
         style.units;
}

TEST(Numbers, decimals_show_three_digits_of_the_difference) {
  EXPECT_EQ(shown(0.17312, 0.17105), "0.17312 | 0.17105 | -0.00207 | 1");
  EXPECT_EQ(shown(3100.5, 3162.75, "PLN/month"), "3100.5 | 3162.8 | +62.2 | PLN/month");
  EXPECT_EQ(shown(620, 530), "620 | 530 | -90 | 1");
}

TEST(Numbers, large_numbers_are_grouped_or_in_millions) {
  EXPECT_EQ(shown(1'234'567, 1'234'000), "1 234 567 | 1 234 000 | -567 | 1");
  EXPECT_EQ(shown(0, 12'345'678, "PLN"), "0 | 12.3 | +12.3 | million PLN");
  EXPECT_EQ(shown(2e10, 2.1e10, "PLN"), "20.00 | 21.00 | +1.00 | billion PLN");
}

// Goal: 0 means 0 and nothing else does.
TEST(Numbers, only_zero_is_written_as_zero) {
  EXPECT_EQ(shown(0.25, 0.25), "0.2500 | 0.2500 | 0 | 1");
  EXPECT_EQ(signed_level(1e-9, {.units = "1", .divisor = 1, .decimals = 3}), "+1e-09");
  EXPECT_EQ(signed_level(-2.5e-9, {.units = "1", .divisor = 1, .decimals = 3}), "-2.5e-09");
  EXPECT_EQ(level(-0.0, {.units = "1", .divisor = 1, .decimals = 3}), "0");
}

TEST(Numbers, missing_numbers_are_dashes) {
  EXPECT_EQ(level(std::numeric_limits<double>::quiet_NaN(), {}), "-");
  EXPECT_EQ(signed_level(std::numeric_limits<double>::quiet_NaN(), {}), "-");
}

TEST(ShownUnits, minor_units_become_the_currency) {
  EXPECT_EQ(shown_units("0.01 PLN", "PLN").units, "PLN");
  EXPECT_EQ(shown_units("0.01 PLN", "PLN").divisor, 100);
  EXPECT_EQ(shown_units("0.01 PLN/month", "PLN").units, "PLN/month");
  EXPECT_EQ(shown_units("0.001 BHD", "BHD").divisor, 1000);
}

TEST(ShownUnits, other_units_stay) {
  for (const std::string units :
       {"1", "PLN", "PLN/month", "0.01 EUR", "m2", "-1 PLN", "0.3 PLN", "0.01PLN", "100 PLNX"}) {
    EXPECT_EQ(shown_units(units, "PLN").units, units);
    EXPECT_EQ(shown_units(units, "PLN").divisor, 1);
  }
}

}  // namespace
}  // namespace oikos::analysis
