#include "sim/format/result_format.hpp"

#include <gtest/gtest.h>

namespace oikos::format {

TEST(ResultFormat, builds_names_by_rule) {
  EXPECT_EQ(by_breakdown("at_risk_of_poverty_rate", "age_band"), "at_risk_of_poverty_rate_by_age_band");
  EXPECT_EQ(programme_variable("enrolled"), "programme_enrolled");
  EXPECT_EQ(provider_variable("staff"), "provider_staff");
}

TEST(ResultFormat, takes_only_names_that_every_reader_takes) {
  for (const auto* good : {"a", "gini", "at_risk_of_poverty_rate", "s80_s20", "x_"}) EXPECT_TRUE(is_name(good)) << good;
  for (const auto* bad : {"", "_x", "1x", "Gini", "a b", "a-b", "a/b", "zażółć", "a.b"})
    EXPECT_FALSE(is_name(bad)) << bad;
  EXPECT_TRUE(is_name(std::string(200, 'a')));
  EXPECT_FALSE(is_name(std::string(201, 'a')));
}

/// Goal: no quantity turns into a time span or a date when it is read.
TEST(ResultFormat, refuses_units_that_readers_convert) {
  for (const auto* good : {"1", "day", "month", "months", "PLN", "0.01 PLN", "person", "days per month"})
    EXPECT_TRUE(is_safe_unit(good)) << good;
  for (const auto* bad : {"", "days", "hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds",
                          "days since 2020-01-01"})
    EXPECT_FALSE(is_safe_unit(bad)) << bad;
}

TEST(ResultFormat, its_own_names_follow_its_rule) {
  for (const auto name : {replicate, time, bounds, programme, provider, flow, time_bounds, month, payer, payee, reason,
                          money_flow, provenance, scenario_yaml, inputs})
    EXPECT_TRUE(is_name(name)) << name;
}

}  // namespace oikos::format
