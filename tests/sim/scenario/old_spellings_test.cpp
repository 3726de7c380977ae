// Spellings of the version before, each refused with the new one as hint, letter by letter.
#include <gmock/gmock.h>

#include "tests/sim/scenario/loading.hpp"

namespace oikos::testing {

namespace {

/// What is said of a key that stands at the top of a plan.
std::string of_top_key(const std::string& key, const std::string& value, const std::string& hint) {
  return "plan.yaml:2:1: error: unknown key in scenario\n     2 | " + key + ": " + value + "\n       | " +
         std::string(key.size(), '^') +
         "\n  expected: one of name, title, start, months, replicates, seed, currency, municipalities, parameters, "
         "attributes, payers, providers, programmes, levers, shocks\n  got:      '" +
         key + "'\n  hint:     " + hint + "\n";
}

/// A programme with one more line, the sixth of the plan.
std::string with_line(const std::string& line) {
  return mistakes_of_plan("programmes:\n  extra:\n    domain: poverty\n    eligible: age >= 18\n    " + line + "\n");
}

constexpr const char* programme_keys =
    "title, domain, provider, unit, municipality, initial, eligible, stays_while, priority, amount, duration, from, "
    "until, take_up, "
    "drop_out, "
    "again_after, cost, budget, payers, effects";

/// What is said of an unknown key in that line, which begins it.
std::string of_key(const std::string& line, const std::string& hint) {
  const std::string key = line.substr(0, line.find(':'));
  return "plan.yaml:6:5: error: unknown key in programme\n     6 |     " + line + "\n       |     " +
         std::string(key.size(), '^') + "\n  expected: one of " + programme_keys + "\n  got:      '" + key +
         "'\n  hint:     " + hint + "\n";
}

}  // namespace

TEST(OldSpelling, of_the_city_and_its_tables) {
  EXPECT_EQ(mistakes_of_plan("city: Ruda\n"),
            of_top_key("city", "Ruda", "write 'municipalities: {ruda_slaska: {title: Ruda Śląska, ...}}'"));
  EXPECT_EQ(mistakes_of_plan("population: {scale: 5 %}\n"),
            of_top_key("population", "{scale: 5 %}",
                       "write 'municipalities: {NAME: {population: {tables: data, scale: 5 %}}}'"));
  EXPECT_EQ(mistakes_of_plan("tables: {age_rates: data/age_rates.csv}\n"),
            of_top_key("tables", "{age_rates: data/age_rates.csv}",
                       "write 'municipalities: {NAME: {parameters: [data/law.csv, data/age_rates.csv]}}'"));
}

TEST(OldSpelling, of_a_whole_scenario_does_not_miss_the_new_keys_too) {
  const City city;
  const std::string text =
      mistakes(city, city.plan("old.yaml",
                               "name: old\ncity: Town\ncurrency: PLN\nstart: 2015-01\nmonths: 12\nreplicates: 1\n"
                               "seed: 1\npopulation: {tables: data}\ntables: {parameters: [data/law.csv]}\n"));
  EXPECT_THAT(text, ::testing::HasSubstr("\n3 errors\n"));
  EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr("missing")));
}

TEST(OldSpelling, of_a_setting) {
  const City city;
  EXPECT_EQ(mistakes(city, (city / "baseline.yaml").string(), {{"population", "{scale: 5 %}"}}),
            "--set:1:1: error: unknown key in scenario\n"
            "     1 | population: {scale: 5 %}\n"
            "       | ^^^^^^^^^^\n"
            "  expected: one of name, title, start, months, replicates, seed, currency, municipalities, parameters, "
            "attributes, payers, providers, programmes, levers, shocks\n"
            "  got:      'population'\n"
            "  hint:     write 'municipalities: {NAME: {population: {tables: data, scale: 5 %}}}'\n");
}

TEST(OldSpelling, of_first_and_last_months) {
  EXPECT_EQ(with_line("start: 2016-01"), of_key("start: 2016-01", "write 'from', the first month"));
  EXPECT_EQ(with_line("end: 2016-01"), of_key("end: 2016-01", "write 'until', the last month"));
}

TEST(OldSpelling, of_the_budget) {
  EXPECT_EQ(with_line("envelope: 5 PLN/year"),
            of_key("envelope: 5 PLN/year", "write 'budget: {amount: 1.2 million PLN/year}'"));
}

TEST(OldSpelling, of_take_up) {
  const auto of_take_up = [](const std::string& key, const std::string& value, const std::string& hint) {
    return "plan.yaml:6:15: error: unknown key in take_up\n     6 |     take_up: {" + key + ": " + value +
           "}\n       |               " + std::string(key.size(), '^') +
           "\n  expected: one of applies, decision\n  got:      '" + key + "'\n  hint:     " + hint + "\n";
  };
  EXPECT_EQ(with_line("take_up: {monthly: 4 %}"), of_take_up("monthly", "4 %", "write 'applies: {rate: 4 %/month}'"));
  EXPECT_EQ(with_line("take_up: {refused: 5 %}"),
            of_take_up("refused", "5 %", "write 'decision: {wrongly_refused: 5 %}'"));
  EXPECT_EQ(with_line("take_up: {gives_up: 3 %}"),
            of_take_up("gives_up", "3 %", "write 'queue: {gives_up: 3 %/month}' in the provider"));
}

TEST(OldSpelling, of_chances_without_their_time) {
  EXPECT_EQ(with_line("drop_out: 2 %"),
            "plan.yaml:6:15: error: a chance without its time\n"
            "     6 |     drop_out: 2 %\n"
            "       |               ^^^\n"
            "  expected: a chance per time, such as '4 %/month', '6 %/year' or '0.18/year'\n"
            "  got:      '2 %'\n"
            "  hint:     write '2 %/month' or '2 %/year'\n");
}

TEST(OldSpelling, of_payers_as_a_list) {
  EXPECT_EQ(with_line("payers: [{payer: city, share: rest}]"),
            "plan.yaml:6:13: error: wrong kind of value\n"
            "     6 |     payers: [{payer: city, share: rest}]\n"
            "       |             ^\n"
            "  expected: a mapping from names you choose; each: a share from 0 % to 100 %, such as '12 %' or 0.12, or "
            "rest, or such values by month: {2015-07: ..., 2018-01: ...}\n"
            "  got:      a list of 1 value\n"
            "  hint:     write a mapping from payers: {eu_social_fund: {2016-01: 60 %, 2023-01: 0 %}, city: rest}\n");
}

TEST(OldSpelling, of_effects_as_a_list) {
  EXPECT_EQ(with_line("effects: [{on: death, times: 2}]"),
            "plan.yaml:6:14: error: wrong kind of value\n"
            "     6 |     effects: [{on: death, times: 2}]\n"
            "       |              ^\n"
            "  expected: a mapping from targets: {job_finding: {times: 0.7, ...}}\n"
            "  got:      a list of 1 value\n"
            "  hint:     write a mapping from targets: {job_finding: {times: 0.7, ...}}\n");
}

TEST(OldSpelling, of_an_effects_target) {
  EXPECT_EQ(with_line("effects: {death: {on: death, times: 2, while: enrolled, source: s, confidence: assumption}}"),
            "plan.yaml:6:23: error: unknown key in effect of a programme\n"
            "     6 |     effects: {death: {on: death, times: 2, while: enrolled, source: s, confidence: assumption}}\n"
            "       |                       ^^\n"
            "  expected: one of times, plus, where, while, after, ramp, fade, range, source, confidence\n"
            "  got:      'on'\n"
            "  hint:     the target is the key: 'effects: {job_finding: {times: 0.7, ...}}'\n");
}

TEST(OldSpelling, of_years_for_months) {
  EXPECT_EQ(with_line("until: 2022"),
            "plan.yaml:6:12: error: a year where a month is meant\n"
            "     6 |     until: 2022\n"
            "       |            ^^^^\n"
            "  expected: a month from 1800-01 to 2999-12, such as 2015-07\n"
            "  got:      '2022'\n"
            "  hint:     write 2022-12\n");
  EXPECT_EQ(mistakes_of_plan("providers:\n  integration_centre: {places: {2018: 80}}\n"),
            "plan.yaml:3:33: error: a year where a month is meant\n"
            "     3 |   integration_centre: {places: {2018: 80}}\n"
            "       |                                 ^^^^\n"
            "  expected: a month from 1800-01 to 2999-12, such as 2015-07\n"
            "  got:      '2018'\n"
            "  hint:     write 2018-01\n");
}

}  // namespace oikos::testing
