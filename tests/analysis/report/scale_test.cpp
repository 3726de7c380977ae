#include "analysis/report/scale.hpp"

#include <fmt/core.h>
#include <gmock/gmock.h>

#include <limits>

#include "sim/base/contract.hpp"

namespace oikos::analysis {
namespace {

using testing::ElementsAre;

std::vector<std::string> labels(const Scale& scale) {
  std::vector<std::string> found;
  for (const double tick : scale.ticks()) found.push_back(tick_label(scale, tick));
  return found;
}

std::vector<std::string> months(Month start, int count, int most) {
  std::vector<std::string> found;
  for (const auto& tick : month_ticks(start, count, most))
    found.push_back(fmt::format("{}:{}", tick.month, tick.label));
  return found;
}

TEST(Scale, ticks_are_round_and_hold_all_values) {
  EXPECT_THAT(labels(round_scale(0.143, 0.181, 6)), ElementsAre("0.14", "0.15", "0.16", "0.17", "0.18", "0.19"));
  EXPECT_THAT(labels(round_scale(-3, 11, 4)), ElementsAre("−5", "0", "5", "10", "15"));
  EXPECT_THAT(labels(round_scale(0, 40'000, 4)),
              ElementsAre("0", "10\u2009000", "20\u2009000", "30\u2009000", "40\u2009000"));
}

TEST(Scale, equal_ends_are_widened) {
  EXPECT_THAT(labels(round_scale(0, 0, 4)), ElementsAre("−1.0", "−0.5", "0", "0.5", "1.0"));
  const auto scale = round_scale(250, 250, 6);
  EXPECT_LT(scale.low, 250);
  EXPECT_GT(scale.high, 250);
}

// Goal: no tick set is longer than asked, whatever the size of the numbers.
TEST(Scale, ticks_stay_few_at_any_size) {
  for (const double size : {1e-12, 3e-5, 0.7, 42.0, 1e6, 7.7e13})
    for (const int most : {2, 4, 8}) {
      const auto scale = round_scale(-0.3 * size, size, most);
      EXPECT_LE(scale.ticks().size(), static_cast<std::size_t>(most) + 1) << size;
      EXPECT_LE(scale.low, -0.3 * size);
      EXPECT_GE(scale.high, size);
    }
}

TEST(Scale, infinite_ends_are_the_callers_bug) {
  EXPECT_THROW(round_scale(0, std::numeric_limits<double>::infinity(), 4), ContractError);
}

TEST(MonthTicks, short_runs_show_months_and_long_ones_years) {
  EXPECT_THAT(months(Month(2016, 11), 3, 7), ElementsAre("0:2016-11", "1:2016-12", "2:2017-01"));
  EXPECT_THAT(months(Month(2016, 1), 12, 7),
              ElementsAre("0:2016-01", "2:2016-03", "4:2016-05", "6:2016-07", "8:2016-09", "10:2016-11"));
  EXPECT_THAT(months(Month(2016, 7), 36, 7), ElementsAre("6:2017", "18:2018", "30:2019"));
  EXPECT_THAT(months(Month(2000, 1), 360, 6).size(), testing::Le(6u));
}

}  // namespace
}  // namespace oikos::analysis
