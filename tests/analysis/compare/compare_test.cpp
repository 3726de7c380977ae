#include "analysis/compare/compare.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "sim/base/contract.hpp"
#include "sim/base/diagnostics.hpp"
#include "sim/h5/result_file.hpp"
#include "tests/analysis/example_results.hpp"

namespace oikos::analysis {
namespace {

using example::add;
using example::add_count;
using example::empty_result;
using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<std::string> two{"base.h5", "plan.h5"};

Comparison compare_two(const ResultData& baseline, const ResultData& plan, const CompareOptions& options = {}) {
  return compare(std::vector{baseline, plan}, two, options);
}

/// The message of the InputError that the call throws.
std::string message(const std::function<void()>& call) {
  try {
    call();
  } catch (const InputError& error) {
    std::string all;
    for (const auto& d : error.diagnostics()) all += to_string(d);
    return all;
  }
  return "nothing was thrown";
}

std::vector<std::string> variables(const Comparison& comparison) {
  std::vector<std::string> names;
  for (const auto& row : comparison.rows) names.push_back(row.variable + (row.group.empty() ? "" : ":" + row.group));
  return names;
}

// Three replicates, 24 months. Baseline r; plan r + 1, r + 2, r + 3 in the second year: the last month differs by 1, 2,
// 3, the run by half of that.
ResultData ladder(const std::string& name, bool plan) {
  auto data = empty_result(name, 3, 24);
  add(data, "gini", "1", [plan](int r, int m, int) { return plan && m >= 12 ? 2 * r + 1 : r; });
  return data;
}

// Goal: numbers that can be worked out by hand. Differences 1, 2, 3: mean 2, s = 1, t_2 = 4.30265, half width 2.48414.
TEST(Compare, paired_differences_match_the_hand) {
  const auto result = compare_two(ladder("base", false), ladder("plan", true));
  ASSERT_EQ(result.windows.size(), 3u);
  EXPECT_EQ(result.windows[0], (Window{"run", "whole run", 0, 24}));
  EXPECT_EQ(result.windows[1], (Window{"last_12_months", "last 12 months", 12, 12}));
  EXPECT_EQ(result.windows[2], (Window{"last_month", "last month", 23, 1}));
  ASSERT_EQ(result.rows.size(), 1u);
  const auto& effects = result.rows[0].effects[0];
  EXPECT_DOUBLE_EQ(effects[0].difference, 1.0);
  for (const int w : {1, 2}) {
    const auto& e = effects[static_cast<std::size_t>(w)];
    EXPECT_DOUBLE_EQ(e.baseline, 1.0);
    EXPECT_DOUBLE_EQ(e.plan, 3.0);
    EXPECT_DOUBLE_EQ(e.difference, 2.0);
    EXPECT_NEAR(e.interval->low, 2 - 2.484138, 1e-6);
    EXPECT_NEAR(e.interval->high, 2 + 2.484138, 1e-6);
    EXPECT_EQ(e.share_higher, 1.0);
    EXPECT_EQ(e.share_lower, 0.0);
    EXPECT_EQ(e.pairs, 3);
    EXPECT_FALSE(e.identical);
    EXPECT_DOUBLE_EQ(e.variance_reduction.value(), 5.0);  // (1 + 4) / 1
  }
}

TEST(Compare, the_series_hold_each_month) {
  const auto series = compare_two(ladder("base", false), ladder("plan", true)).rows[0].series[0];
  ASSERT_EQ(series.difference.size(), 24u);
  EXPECT_EQ(series.difference[11], 0.0);
  EXPECT_EQ(series.low[11], 0.0);
  EXPECT_DOUBLE_EQ(series.difference[12], 2.0);
  EXPECT_DOUBLE_EQ(series.baseline[12], 1.0);
  EXPECT_DOUBLE_EQ(series.plan[12], 3.0);
}

// Goal: a plan that changes nothing is exactly nothing, and said to be.
TEST(Compare, the_same_results_are_identical_to_the_last_bit) {
  const auto result = compare_two(example::town("a", 1), example::town("a", 1), {.indicators = {}, .by = {"district"}});
  ASSERT_FALSE(result.rows.empty());
  for (const auto& row : result.rows) {
    EXPECT_TRUE(row.identical()) << row.variable;
    for (const auto& e : row.effects[0]) {
      EXPECT_EQ(e.difference, 0.0);
      EXPECT_EQ(e.interval, (statistics::Interval{0, 0}));
      EXPECT_EQ(e.share_higher, 0.0);
    }
  }
}

TEST(Compare, one_bit_in_one_month_is_not_identical) {
  auto plan = ladder("plan", false);
  auto& values = std::get<std::vector<double>>(plan.variables[0].values);
  values[30] = std::nextafter(values[30], 2.0);
  const auto effects = compare_two(ladder("base", false), plan).rows[0].effects[0];
  EXPECT_FALSE(effects[0].identical);
  EXPECT_TRUE(effects[1].identical);
}

// The mean of the same months in another order differs in its last bits: no reader wants to see -5.6e-17.
TEST(Compare, means_that_differ_by_rounding_alone_differ_by_nothing) {
  auto baseline = empty_result("base", 2, 24), plan = empty_result("plan", 2, 24);
  add(baseline, "gini", "1", [](int, int m, int) { return 0.1 * (m % 7); });
  add(plan, "gini", "1", [](int, int m, int) { return 0.1 * ((23 - m) % 7); });
  const Effect e = compare_two(baseline, plan).rows[0].effects[0][0];
  EXPECT_EQ(e.difference, 0.0);
  EXPECT_EQ(e.share_higher + e.share_lower, 0.0);
  EXPECT_FALSE(e.identical);
}

TEST(Compare, one_replicate_has_no_interval_and_says_so) {
  auto baseline = empty_result("base", 1, 2), plan = empty_result("plans", 1, 2);
  add(baseline, "gini", "1", [](int, int, int) { return 0.3; });
  add(plan, "gini", "1", [](int, int, int) { return 0.25; });
  const auto result = compare_two(baseline, plan);
  EXPECT_FALSE(result.rows[0].effects[0][0].interval);
  EXPECT_DOUBLE_EQ(result.rows[0].effects[0][0].difference, 0.25 - 0.3);
  EXPECT_TRUE(std::isnan(result.rows[0].series[0].low[0]));
  EXPECT_THAT(result.notes,
              ElementsAre("There is one replicate: no interval can be given, because a single run does not show "
                          "how much is chance."));
}

TEST(Compare, windows_that_would_repeat_are_left_out) {
  const auto windows = [](int months) {
    auto data = empty_result("base", 2, months);
    std::vector<std::string> names;
    for (const auto& w : compare_two(data, data).windows) names.push_back(w.name);
    return names;
  };
  EXPECT_THAT(windows(1), ElementsAre("run"));
  EXPECT_THAT(windows(12), ElementsAre("run", "last_month"));
  EXPECT_THAT(windows(13), ElementsAre("run", "last_12_months", "last_month"));
}

TEST(Compare, money_in_minor_units_is_shown_in_currency) {
  auto baseline = empty_result("base", 2, 1), plan = empty_result("plans", 2, 1);
  add_count(baseline, "births", "0.01 PLN", [](int, int, int) { return 12'345; });
  add_count(plan, "births", "0.01 PLN", [](int, int, int) { return 12'355; });
  const auto row = compare_two(baseline, plan).rows[0];
  EXPECT_EQ(row.units, "PLN");
  EXPECT_EQ(row.effects[0][0].baseline, 123.45);
  EXPECT_NEAR(row.effects[0][0].difference, 0.1, 1e-12);
}

// Goal: a plan that adds a programme can be compared; what the baseline lacks cost nothing there.
TEST(Compare, a_programme_that_one_side_lacks_counts_as_zero) {
  auto baseline = empty_result("base", 2, 1), plan = empty_result("plans", 2, 1), other = empty_result("otherx", 2, 1);
  add_count(plan, "programme_enrolled", "1", [](int, int, int g) { return 5 + g; }, "programme", {"b", "a"});
  add_count(other, "programme_enrolled", "1", [](int, int, int g) { return 1 + g; }, "programme", {"a", "c"});
  const auto result = compare(std::vector{baseline, plan, other}, std::vector<std::string>{"1", "2", "3"});
  EXPECT_THAT(variables(result), ElementsAre("programme_enrolled:b", "programme_enrolled:a", "programme_enrolled:c"));
  EXPECT_EQ(result.rows[0].effects[0][0].difference, 5.0);
  EXPECT_EQ(result.rows[1].effects[0][0].difference, 6.0);
  EXPECT_TRUE(result.rows[2].effects[0][0].identical);
  EXPECT_TRUE(result.rows[0].effects[1][0].identical);
  EXPECT_EQ(result.rows[1].effects[1][0].difference, 1.0);
  EXPECT_EQ(result.rows[2].effects[1][0].difference, 2.0);
}

TEST(Compare, groups_follow_their_indicator) {
  const auto result = compare_two(example::town("base", 0), example::town("plan", 1),
                                  {.indicators = {"employment_rate"}, .by = {"district"}});
  EXPECT_THAT(variables(result),
              ElementsAre("employment_rate", "employment_rate_by_district:Śródmieście",
                          "employment_rate_by_district:Mokotów", "employment_rate_by_district:Wola & Ochota",
                          "employment_rate_by_district:Praga \"Północ\" </script>"));
  EXPECT_EQ(result.rows[1].indicator, "employment_rate");
  EXPECT_EQ(result.rows[1].breakdown, "district");
}

TEST(Compare, the_full_name_of_a_broken_down_variable_works_too) {
  const auto result = compare_two(example::town("base", 0), example::town("plan", 1),
                                  {.indicators = {"employment_rate_by_district"}, .by = {}});
  ASSERT_EQ(result.rows.size(), 4u);
  EXPECT_EQ(result.rows[0].indicator, "employment_rate");
}

TEST(Compare, a_breakdown_may_be_named_twice) {
  const auto result = compare_two(example::town("base", 0), example::town("plan", 1),
                                  {.indicators = {"employment_rate_by_district"}, .by = {"district"}});
  EXPECT_EQ(result.rows.size(), 4u);
}

// Goal: a replicate in which one side has no value makes no pair, and the reader is told.
TEST(Compare, missing_values_leave_pairs_out) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  auto baseline = empty_result("base", 3, 2), plan = empty_result("plans", 3, 2);
  add(baseline, "gini", "1", [&](int r, int m, int) { return r == 0 ? nan : r == 1 && m == 0 ? nan : 1.0; });
  add(plan, "gini", "1", [&](int r, int, int) { return 1.0 + r; });
  const auto result = compare_two(baseline, plan);
  const auto& e = result.rows[0].effects[0][0];
  EXPECT_EQ(e.pairs, 2);
  EXPECT_EQ(e.difference, 1.5);
  EXPECT_TRUE(std::isnan(result.rows[0].series[0].low[0]));
  EXPECT_THAT(result.notes,
              ElementsAre("1 of 1 rows rest on fewer pairs than there are replicates, because values are missing."));
}

TEST(Compare, a_headline_that_one_file_lacks_is_left_out_with_a_note) {
  auto baseline = ladder("base", false), plan = ladder("plans", true);
  add(plan, "births", "1", [](int, int, int) { return 1; });
  const auto result = compare_two(baseline, plan);
  EXPECT_THAT(variables(result), ElementsAre("gini"));
  EXPECT_THAT(result.notes, ElementsAre("'births' is left out: base.h5 lacks it."));
}

TEST(Compare, the_same_scenario_and_another_program_are_noted) {
  auto plan = ladder("base", true);
  plan.source = "oikos other";
  const auto result = compare_two(ladder("base", false), plan);
  EXPECT_EQ(result.baseline.name, "base (base)");
  EXPECT_EQ(result.plans[0].name, "base (plan)");
  EXPECT_THAT(result.notes,
              ElementsAre("'base (plan)' is the same scenario as the baseline.",
                          "'base (plan)' was written by oikos other, the baseline by oikos test: a difference may "
                          "come from the program."));
}

TEST(Compare, files_are_read_and_named_by_their_path) {
  const auto directory = std::filesystem::temp_directory_path() / "oikos-compare-test";
  std::filesystem::create_directories(directory);
  const std::vector<std::filesystem::path> paths{directory / "base.h5", directory / "plan.h5"};
  write_result(paths[0], ladder("base", false), IfExists::replace);
  write_result(paths[1], ladder("plan", true), IfExists::replace);
  const auto result = compare(paths);
  EXPECT_EQ(result.plans[0].path, paths[1].string());
  EXPECT_DOUBLE_EQ(result.rows[0].effects[0][2].difference, 2.0);
  std::filesystem::remove_all(directory);
}

// Goal: everything that forbids the comparison is said at once, with the file.
TEST(Compare, results_that_make_no_pairs_are_refused) {
  auto plan = ladder("plan", true);
  plan = empty_result("plan", 4, 12);
  plan.start = Month(2017, 3);
  plan.seed = 8;
  plan.currency = "EUR";
  EXPECT_EQ(message([&] { compare_two(ladder("base", false), plan); }),
            "plan.h5: error: starts in another month\n"
            "  expected: 2016-01, as in base.h5\n"
            "  got:      2017-03\n"
            "plan.h5: error: has another number of months\n"
            "  expected: 24, as in base.h5\n"
            "  got:      12\n"
            "plan.h5: error: holds other replicates\n"
            "  expected: 0 to 2, as in base.h5\n"
            "  got:      0 to 3\n"
            "plan.h5: error: was run with another seed\n"
            "  expected: 7, as in base.h5\n"
            "  got:      8\n"
            "  hint:     run both plans with the same seed: only then do replicates make pairs\n"
            "plan.h5: error: counts in another currency\n"
            "  expected: PLN, as in base.h5\n"
            "  got:      EUR\n");
}

TEST(Compare, other_units_and_other_groups_are_refused) {
  auto baseline = empty_result("base", 1, 1), plan = empty_result("plans", 1, 1);
  const auto one = [](int, int, int) { return 1.0; };
  add(baseline, "gini", "1", one);
  add(plan, "gini", "%", one);
  add(baseline, "gini_by_sex", "1", one, "sex", {"female", "male"});
  add(plan, "gini_by_sex", "1", one, "sex", {"male", "female"});
  EXPECT_EQ(message([&] { compare_two(baseline, plan); }),
            "plan.h5: error: 'gini' has another unit\n"
            "  expected: 1, as in base.h5\n"
            "  got:      %\n"
            "plan.h5: error: breakdown 'sex' has other groups\n"
            "  expected: female, male, as in base.h5\n"
            "  got:      male, female\n");
}

TEST(Compare, unknown_names_are_reported_with_what_was_meant) {
  const auto town = example::town("base", 0);
  EXPECT_EQ(message([&] { compare_two(town, town, {.indicators = {"birhts"}, .by = {"distrikt"}}); }),
            "error: unknown indicator\n"
            "  expected: one of persons, births, at_risk_of_poverty_rate, median_equivalised_income, employment_rate, "
            "registered_unemployed\n"
            "  got:      'birhts'\n"
            "  hint:     did you mean 'births'?\n"
            "error: no indicator compared has this breakdown\n"
            "  expected: one of district\n"
            "  got:      'distrikt'\n"
            "  hint:     did you mean 'district'?\n");
}

TEST(Compare, a_named_indicator_that_one_file_lacks_is_refused) {
  auto plan = ladder("plan", true);
  add(plan, "births", "1", [](int, int, int) { return 1; });
  EXPECT_EQ(message([&] { compare_two(ladder("base", false), plan, {.indicators = {"births"}, .by = {}}); }),
            "base.h5: error: lacks the indicator 'births'\n");
}

TEST(Compare, one_file_is_not_enough) {
  EXPECT_EQ(message([&] { compare(std::vector{ladder("base", false)}, std::vector<std::string>{"base.h5"}); }),
            "error: a comparison needs two result files or more\n"
            "  expected: the baseline first, then one or more plans\n"
            "  got:      1\n");
}

TEST(Compare, a_confidence_outside_of_0_and_1_is_the_callers_bug) {
  EXPECT_THROW(compare_two(ladder("base", false), ladder("plan", true), {.indicators = {}, .by = {}, .confidence = 1}),
               ContractError);
}

/// Goal: what a run says of itself reaches the reader of a comparison, once, with the runs that say it.
TEST(Compare, tells_the_notes_of_the_runs) {
  auto baseline = ladder("base", false), plan = ladder("plan", true);
  baseline.texts = {{"notes", "A sample.\n"}};
  plan.texts = {{"notes", "A sample.\nThe path was missed.\n"}};
  plan.scenario_sha256[0] = 'b';
  EXPECT_THAT(compare_two(baseline, plan).notes, ElementsAre("All runs: A sample.", "'plan': The path was missed."));
}

}  // namespace
}  // namespace oikos::analysis
