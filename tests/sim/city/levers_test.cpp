#include "sim/city/levers.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <numeric>

#include "tests/promises/small_city.hpp"

/// Levers and shocks: what they change, when, and what they cost.
namespace oikos::testing {
namespace {

using ::testing::Each;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string own = "source: s, confidence: assumption";

std::string lever(const std::string& body, const std::string& section = "levers") {
  return "name: p\n" + section + ": {change: {" + body + "}}\n";
}
std::string effect(const std::string& target, const std::string& body) {
  return "effects: {" + target + ": {" + body + ", " + own + "}}";
}
Series run(const std::string& plan) { return series_of(run_plan(plan)); }
double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

TEST(Lever, on_everybody_is_the_same_as_on_all_who_meet_what_everybody_meets) {
  const Series plain = run(lever(effect("job_loss", "times: 1.5")));
  const Series where = run(lever(effect("job_loss", "times: 1.5, where: age >= 0")));
  EXPECT_THAT(differing(plain, where), IsEmpty());
  EXPECT_GT(sum(plain.at("jobs_lost")), 1.2 * sum(run("name: p\n").at("jobs_lost")));
}

TEST(Lever, changes_nothing_before_its_first_month_nor_the_luck_of_others_after) {
  const Series before = run("name: p\n");
  const Series with = run(lever("from: 2016-01, " + effect("death", "times: 3, where: age >= 80")));
  EXPECT_THAT(differing(before, with, 36, 12), IsEmpty());
  EXPECT_THAT(differing(before, with), Not(IsEmpty()));
  const auto first_year = start_of(with.at("deaths"), 36, 24), none = start_of(before.at("deaths"), 36, 24);
  EXPECT_GT(sum(first_year), sum(none));
}

TEST(Lever, acts_from_its_first_month_on_also_when_that_is_the_first_of_the_run) {
  const Series with = run(lever(effect("departure", "times: 0")));
  EXPECT_THAT(with.at("departures"), Each(0.0));
}

TEST(Lever, ends_after_its_last_month) {
  const Series with = run(lever("until: 2015-06, " + effect("birth", "times: 0")));
  const auto births = with.at("births");
  for (std::size_t k = 0; k < 36; ++k) EXPECT_EQ(births[k] == 0, k < 6) << k;
}

TEST(Lever, on_a_parameter_is_the_parameter_so_changed) {
  const Series as_effect = run(lever("from: 2016-01, " + effect("social_assistance_threshold_person", "times: 1.1")));
  const Series before = run("name: p\n");
  EXPECT_THAT(differing(before, as_effect, 36, 12), IsEmpty());
  EXPECT_THAT(differing(before, as_effect), Not(IsEmpty()));
  const Series sets = run(lever("from: 2015-01, " + effect("social_assistance_threshold_person", "sets: 700 PLN")));
  const Series states = run("name: p\nparameters: {social_assistance_threshold_person: 700 PLN}\n");
  EXPECT_THAT(differing(states, sets), IsEmpty());
  const Series adds = run(lever(effect("social_assistance_threshold_person", "plus: 30 PLN") + ", from: 2015-01") +
                          "parameters: {social_assistance_threshold_person: 670 PLN}\n");
  EXPECT_THAT(differing(states, adds), IsEmpty());
}

TEST(Lever, adds_to_nobodys_chance_who_has_none_and_keeps_whole_what_is_whole) {
  const Series before = run("name: p\n");
  const Series month = run(lever(effect("pension_indexation_month", "plus: 0.4")));
  EXPECT_THAT(differing(before, month), IsEmpty()) << "month 3.4 of the year is the third";
}

TEST(Lever, order_of_the_text_changes_nothing) {
  const std::string a = "a: {" + effect("job_loss", "times: 1.37") + "}",
                    b = "b: {" + effect("job_loss", "times: 0.83, where: age < 40") + "}";
  EXPECT_THAT(
      differing(run("name: p\nlevers: {" + a + ", " + b + "}\n"), run("name: p\nlevers: {" + b + ", " + a + "}\n")),
      IsEmpty());
}

TEST(Lever, and_shock_act_alike) {
  EXPECT_THAT(
      differing(run(lever(effect("job_loss", "times: 2"))), run(lever(effect("job_loss", "times: 2"), "shocks"))),
      IsEmpty());
}

TEST(Lever, costs_a_year_exactly_what_it_says_and_a_sample_its_part) {
  const Series with =
      run(lever("cost: {2015-01: 1000 PLN/year, 2016-01: 77 PLN/month}, payers: {state: 30 %, city: "
                "rest}"));
  const auto flow = [&](const std::string& payer) { return with.at("money_flow[" + payer + ">providers:change]"); };
  // 5 % of the city: 50 PLN a year, then 3.85 PLN a month.
  double first_year = 0;
  for (std::size_t k = 0; k < 12; ++k) first_year += (flow("state")[k] + flow("city")[k]) / 100;
  EXPECT_DOUBLE_EQ(first_year, 50);
  EXPECT_NEAR(flow("state")[0], 0.3 * 416, 0.6);
  EXPECT_DOUBLE_EQ(flow("state")[20] + flow("city")[20], 385);
}

TEST(LeverCost, of_a_year_falls_due_in_twelfths_that_add_up) {
  const Lever lever{.key = "a",
                    .from = {},
                    .until = {},
                    .cost = Dated<units::MoneyRate>(units::MoneyRate{Money{1'000'001}, "year"}),
                    .funding = {}};
  Money all;
  for (int k = 1; k <= 12; ++k) {
    const Money due = lever.due(Month{2015, k});
    EXPECT_NEAR(static_cast<double>(due.minor()), 1'000'001 / 12.0, 1);
    all += due;
  }
  EXPECT_EQ(all, Money{1'000'001});
}

TEST(LeverOnProgrammes, reaches_those_of_a_condition_on_the_programme) {
  const Series before = run("name: p\n");
  const Series with =
      run(lever(effect("programme.cost", "times: 2, where: domain == unemployment") + ", from: 2015-01"));
  EXPECT_EQ(sum(with.at("programme_spending[integration]")), 2 * sum(before.at("programme_spending[integration]")));
  EXPECT_EQ(with.at("programme_spending[family_supplement]"), before.at("programme_spending[family_supplement]"));
  EXPECT_EQ(with.at("programme_entries[integration]"), before.at("programme_entries[integration]"));
}

TEST(LeverOnProgrammes, changes_who_applies_by_person) {
  const std::string none = "name: p\nprogrammes: {integration: {initial: 0}}\n";
  const Series before = run(none);
  const Series nobody = run(none + "levers: {change: {" +
                            effect("take_up.applies", "times: 0, where: programme == integration") + "}}\n");
  EXPECT_THAT(nobody.at("programme_applications[integration]"), Each(0.0));
  EXPECT_EQ(nobody.at("programme_applications[family_supplement]"),
            before.at("programme_applications[family_supplement]"));
  const Series women =
      run(none + "levers: {change: {" +
          effect("take_up.applies", "times: 0, where: programme == integration and sex == male") + "}}\n");
  const double some = sum(women.at("programme_applications[integration]")),
               all = sum(before.at("programme_applications[integration]"));
  EXPECT_GT(some, 0.2 * all);
  EXPECT_LT(some, 0.8 * all);
}

TEST(LeverOnProgrammes, combines_factors_before_sums_for_each_person) {
  const std::string all = "a: {" + effect("take_up.applies", "times: 3, where: programme == integration") + "}";
  const std::string sum = "b: {" + effect("take_up.applies", "plus: 0.05/month, where: programme == integration") + "}";
  const std::string person =
      "c: {" + effect("take_up.applies", "times: 1, where: age >= 0 and kind == social_integration") + "}";
  const std::string none = "name: p\nprogrammes: {integration: {initial: 0}}\nlevers: {";
  EXPECT_THAT(differing(run(none + all + ", " + sum + "}\n"), run(none + all + ", " + sum + ", " + person + "}\n")),
              IsEmpty());
}

TEST(LeverOnProgrammes, knows_kinds_also_where_a_programme_has_none) {
  const Series before = run("name: p\n");
  const Series with = run(lever(effect("programme.cost", "times: 2, where: kind == social_integration")));
  EXPECT_EQ(sum(with.at("programme_spending[integration]")), 2 * sum(before.at("programme_spending[integration]")));
  EXPECT_THAT(
      differing(before, run(lever(effect("programme.amount", "times: 1.0001, where: kind == social_integration")))),
      IsEmpty());
}

TEST(LeverOnProgrammes, adds_places) {
  const Series more =
      run(lever(effect("provider.places", "plus: 40, where: provider == integration_centre") + ", from: 2016-01"));
  const Series stated = run("name: p\nproviders: {integration_centre: {places: {2016-01: 80}}}\n");
  EXPECT_THAT(differing(more, stated), IsEmpty());
}

TEST(LeverOnProgrammes, stretches_effects) {
  const std::string of_integration = ", where: programme == integration";
  const Series none = run(lever(effect("programme.effect", "times: 0" + of_integration)));
  const Series without = run("name: p\nprogrammes: {integration: {effects: ~}}\n");
  EXPECT_THAT(differing(none, without), IsEmpty());
}

TEST(Range, is_the_figure_itself_in_the_middle_and_differs_between_replicates) {
  const Series with = run(lever(effect("departure", "times: 1, range: 0.2..5")));
  const Series again = run(lever(effect("departure", "times: 1, range: 0.2..5")) + "payers: {other: {title: Other}}\n");
  EXPECT_THAT(differing(with, again), IsEmpty());
  const Series before = run("name: p\n");
  const auto ratio = [&](std::size_t replicate) {
    double a = 0, b = 0;
    for (std::size_t k = 0; k < 36; ++k)
      a += with.at("departures")[replicate * 36 + k], b += before.at("departures")[replicate * 36 + k];
    return a / b;
  };
  EXPECT_GT(std::abs(std::log(ratio(0) / ratio(1))), 0.1) << ratio(0) << " " << ratio(1);
}

}  // namespace
}  // namespace oikos::testing
