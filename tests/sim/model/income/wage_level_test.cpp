#include "sim/model/income/wage_level.hpp"

#include <gtest/gtest.h>

#include "tests/support/tiny_world.hpp"

namespace oikos::income {
namespace {

using oikos::test::Bench;
using oikos::test::TinyWorld;
const Month january{2020, 1};

WageSpread spread_of(const std::vector<std::uint32_t>& potentials) {
  WageSpread spread;
  for (const std::uint32_t one : potentials) spread.add(one);
  return spread;
}

TEST(WageSpread, without_a_minimum_has_the_level_that_divides_by_the_mean) {
  EXPECT_NEAR(spread_of({500'000, 1'500'000, 2'500'000}).level(0), 1 / 1.5, 1e-12);
}

TEST(WageSpread, pays_for_the_minimum_wage_with_the_wages_above_it) {
  // Three persons: one is lifted to 0.6; the others share 2.4 in the ratio 1 to 3.
  const WageSpread spread = spread_of({100'000, 1'000'000, 3'000'000});
  EXPECT_NEAR(spread.level(0.6), 0.6, 1e-12);
  // A minimum of 0.7 also lifts the second: 3 - 2 * 0.7 are left for the third.
  EXPECT_NEAR(spread.level(0.7), 1.6 / 3, 1e-12);
  EXPECT_NEAR(spread.mean(1.6 / 3, 0.7), 1, 1e-12);
}

TEST(WageSpread, with_a_minimum_above_the_mean_comes_as_near_as_it_can) {
  const WageSpread spread = spread_of({1'000'000, 1'000'000});
  EXPECT_EQ(spread.level(1.2), least_wage_level);
  EXPECT_NEAR(spread.mean(least_wage_level, 1.2), 1.2, 1e-12);
}

TEST(WageSpread, counts_potentials_beyond_all_bins) {
  EXPECT_NEAR(spread_of({1'000'000, 4'000'000'000}).mean(1, 0), 2000.5, 1e-9);
}

TEST(WageLevel, puts_the_mean_wage_of_the_employed_on_the_average_wage) {
  TinyWorld tiny(january);
  for (const char* person : {"F30", "F40", "F50", "F70"}) tiny.add(person);
  for (Row row = 0; row < 4; ++row) tiny.world.persons[person::wage_potential][row] = 800'000 + 400'000 * row;
  auto paths = std::make_shared<BaselinePaths>(2);
  const WageLevel level({{Money{400'000}, Money{200'000}}, {Money{500'000}, Money{600'000}}}, paths);
  Bench bench(tiny.world, january);
  bench.resolve(level, 0);
  EXPECT_NEAR(paths->wages[0], 1 / 1.2, 1e-12) << "of 0.8, 1.2 and 1.6; the retired earn nothing";
  bench.resolve(level, 1);
  EXPECT_EQ(paths->mean_wage.wanted, (std::vector<double>{400'000, 500'000}));
  EXPECT_NEAR(paths->mean_wage.reached[0], 400'000, 1e-6);
  EXPECT_NEAR(paths->mean_wage.reached[1], 600'000, 1e-6) << "the minimum wage";
}

TEST(WageLevel, is_one_where_nobody_works) {
  TinyWorld tiny(january);
  tiny.add("F70");
  auto paths = std::make_shared<BaselinePaths>(1);
  Bench bench(tiny.world, january);
  const WageLevel level({{Money{400'000}, Money{}}}, paths);
  bench.resolve(level);
  EXPECT_EQ(paths->wages[0], 1.0);
  EXPECT_EQ(largest_miss(paths->mean_wage).step, -1);
}

}  // namespace
}  // namespace oikos::income
