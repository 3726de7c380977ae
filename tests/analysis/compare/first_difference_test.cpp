#include "analysis/compare/first_difference.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "sim/base/diagnostics.hpp"
#include "tests/analysis/example_results.hpp"

namespace oikos::analysis {
namespace {

using example::add;
using example::add_count;
using example::empty_result;

TEST(FirstDifference, equal_results_have_none) {
  EXPECT_EQ(to_string(first_difference(example::town("a", 1), example::town("a", 1))), "none");
}

// Goal: two plans are the same until the month in which they start to differ.
TEST(FirstDifference, the_month_in_which_plans_part_is_found) {
  const auto found = first_difference(example::town("a", 0), example::town("b", 1));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->month, Month(2017, 1));
  EXPECT_EQ(found->variable, "at_risk_of_poverty_rate");
  EXPECT_EQ(found->replicate, 0);
}

TEST(FirstDifference, the_earliest_month_wins_whatever_the_order_of_variables) {
  auto a = empty_result("a", 3, 6), b = empty_result("b", 3, 6);
  a.replicates = b.replicates = {4, 5, 9};
  for (auto* data : {&a, &b}) {
    const bool second = data == &b;
    add_count(*data, "late", "1", [&](int, int m, int) { return second && m >= 4 ? 1 : 0; });
    add_count(*data, "early", "1", [&](int r, int m, int g) { return second && m == 2 && r == 2 && g == 1 ? 13 : 12; },
              "district", {"Wola", "Praga"});
  }
  EXPECT_EQ(to_string(first_difference(a, b)),
            "2016-03: early of 'Praga' in replicate 9 is 12 in the first and 13 in the second");
}

TEST(FirstDifference, integers_beyond_floating_point_are_told_apart) {
  auto a = empty_result("a", 1, 1), b = empty_result("b", 1, 1);
  for (auto* data : {&a, &b}) add_count(*data, "money", "1", [](int, int, int) { return 0; });
  std::get<std::vector<std::int64_t>>(a.variables[0].values)[0] = (std::int64_t{1} << 60);
  std::get<std::vector<std::int64_t>>(b.variables[0].values)[0] = (std::int64_t{1} << 60) + 1;
  EXPECT_TRUE(first_difference(a, b));
}

TEST(FirstDifference, missing_equals_missing_and_nothing_else) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  auto a = empty_result("a", 1, 2), b = empty_result("b", 1, 2);
  add(a, "gini", "1", [&](int, int, int) { return nan; });
  add(b, "gini", "1", [&](int, int m, int) { return m == 1 ? 0.0 : nan; });
  EXPECT_EQ(to_string(first_difference(a, b)),
            "2016-02: gini in replicate 0 is missing in the first and 0 in the second");
}

TEST(FirstDifference, a_programme_that_is_not_there_counts_as_zero) {
  auto a = empty_result("a", 1, 4), b = empty_result("b", 1, 4);
  add_count(b, "programme_enrolled", "1", [](int, int m, int) { return m >= 2 ? 7 : 0; }, "programme", {"coaching"});
  EXPECT_EQ(to_string(first_difference(a, b)),
            "2016-03: programme_enrolled of 'coaching' in replicate 0 is 0 in the first and 7 in the second");
  EXPECT_EQ(to_string(first_difference(b, a)),
            "2016-03: programme_enrolled of 'coaching' in replicate 0 is 7 in the first and 0 in the second");
}

TEST(FirstDifference, any_other_variable_that_only_one_has_differs_from_the_start) {
  auto a = empty_result("a", 1, 4), b = empty_result("b", 1, 4);
  add_count(b, "births", "1", [](int, int, int) { return 0; });
  EXPECT_EQ(to_string(first_difference(a, b)),
            "2016-01: births in replicate 0 is missing in the first and 0 in the second");
}

TEST(FirstDifference, results_of_other_months_are_refused) {
  EXPECT_THROW(first_difference(empty_result("a", 1, 4), empty_result("b", 1, 5)), InputError);
}

}  // namespace
}  // namespace oikos::analysis
