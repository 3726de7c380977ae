// Mistakes that only show when the parts of a scenario are held against each other, letter by letter.
#include <gmock/gmock.h>

#include "tests/sim/scenario/loading.hpp"

namespace oikos::testing {

namespace {

/// A programme without mistakes, and then some lines.
std::string programme_with(const std::string& lines) {
  return "programmes:\n  extra:\n    domain: poverty\n    eligible: age >= 18\n" + lines;
}

}  // namespace

TEST(Parameters, of_a_scenario_take_the_place_of_the_tables) {
  EXPECT_EQ(
      mistakes_of_plan("parameters: {minimum_wage: {2015-01: 1750 PLN, 2016-01: 1900 PLN}, male_birth_share: 51 %}\n"),
      "");
}

TEST(Parameters, that_nothing_reads_are_warnings) {
  const City city;
  const Prepared p = prepare(
      load_readable(city.plan("plan.yaml", "extends: baseline.yaml\nparameters: {minimum_wagee: {2015-01: 5 PLN}}\n")));
  ASSERT_EQ(p.warnings.size(), 1u);
  const std::string text = to_string(p.warnings[0]);
  EXPECT_EQ(
      text.substr(text.find("plan.yaml")),
      "plan.yaml:2:39: warning: nothing reads parameter 'minimum_wagee'\n"
      "     2 | parameters: {minimum_wagee: {2015-01: 5 PLN}}\n"
      "       |                                       ^^^^^\n"
      "  expected: a parameter that a rule reads (list them: oikos explain parameters), or one that an expression "
      "of a programme names\n"
      "  got:      'minimum_wagee'\n"
      "  hint:     did you mean 'minimum_wage'?\n");
}

TEST(Parameters, of_a_plans_own_can_be_named_in_expressions_and_change_at_their_dates) {
  const City city;
  const Prepared p = prepare(load_readable(city.plan(
      "plan.yaml",
      "extends: baseline.yaml\nparameters: {own_limit: {2015-01: 400 PLN, 2015-03: 500 PLN}}\n" +
          std::string("programmes:\n  extra:\n    domain: poverty\n    eligible: income_per_person < own_limit\n"
                      "    take_up: {applies: {rate: 10 %/month}}\n    stays_while: income_per_person < own_limit\n    "
                      "amount: 10 PLN\n"
                      "    payers: {city: rest}\n"))));
  EXPECT_EQ(p.warnings.size(), 0u);
  const auto* own = p.schema->find_parameter("own_limit");
  ASSERT_NE(own, nullptr);
  EXPECT_EQ((*p.parameter_values)[1][own->id], 40'000);
  EXPECT_EQ((*p.parameter_values)[2][own->id], 50'000);
}

TEST(Parameters, in_a_wrong_unit_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan("parameters:\n  minimum_wage: 1750 EUR\n"),
            "plan.yaml:3:17: error: parameter 'minimum_wage': currency 'EUR' is not the scenario's\n"
            "     3 |   minimum_wage: 1750 EUR\n"
            "       |                 ^^^^^^^^\n"
            "  expected: an amount of money per month, such as '3000 PLN/month'\n"
            "  got:      '1750 EUR'\n"
            "  hint:     convert it to PLN\n");
  EXPECT_EQ(mistakes_of_plan("parameters:\n  male_birth_share: 0,5\n"),
            "plan.yaml:3:21: error: parameter 'male_birth_share': decimal comma\n"
            "     3 |   male_birth_share: 0,5\n"
            "       |                     ^^^\n"
            "  expected: a share, such as '12 %'\n"
            "  got:      '0,5'\n"
            "  hint:     decimals are written with a point: 0.5\n");
}

TEST(Parameters, that_let_exits_sum_above_one_are_mistakes) {
  EXPECT_THAT(mistakes_of_plan("parameters: {job_loss: 90 %/month}\n"),
              ::testing::HasSubstr("the monthly exits of employed persons sum above 100 % in 2015-01"));
}

TEST(Parameters, outside_what_a_share_can_be_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan("parameters: {male_birth_share: {2015-01: 50 %, 2016-01: 150 %}}\n"),
            "plan.yaml:2:57: error: parameter 'male_birth_share' is out of range\n"
            "     2 | parameters: {male_birth_share: {2015-01: 50 %, 2016-01: 150 %}}\n"
            "       |                                                         ^^^^^\n"
            "  expected: 0 % to 100 %\n"
            "  got:      150 %\n"
            "  hint:     it is read as: share of boys among the newborn\n");
}

TEST(Providers, in_an_unknown_district_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan("providers:\n  integration_centre: {district: nowy_byton}\n"),
            "plan.yaml:3:34: error: unknown district\n"
            "     3 |   integration_centre: {district: nowy_byton}\n"
            "       |                                  ^^^^^^^^^^\n"
            "  expected: a district of the population tables\n"
            "  got:      'nowy_byton'\n"
            "  hint:     did you mean 'nowy_bytom'?\n");
}

TEST(Providers, in_an_unknown_municipality_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan("providers:\n  integration_centre: {municipality: ruda_slask}\n"),
            "plan.yaml:3:38: error: unknown municipality\n"
            "     3 |   integration_centre: {municipality: ruda_slask}\n"
            "       |                                      ^^^^^^^^^^\n"
            "  expected: a municipality of the scenario\n"
            "  got:      'ruda_slask'\n"
            "  hint:     did you mean 'ruda_slaska'?\n");
}

TEST(Dates, that_only_a_shorter_run_does_not_reach_are_no_mistakes) {
  const City city;
  const std::string dates =
      "providers: {integration_centre: {places: {2015-01: 40, 2022-01: 80}}}\n"
      "parameters: {job_loss: {2022-01: 1 %/month}}\n"
      "programmes:\n"
      "  family_supplement: {until: 2022-12, budget: {amount: {2015-01: 1 million PLN/year, 2022-01: 2 million "
      "PLN/year}}}\n"
      "  integration: {from: 2018-01, initial: ~, cost: {2015-01: 1800 PLN/place-month, 2022-01: 1900 "
      "PLN/place-month}}\n";
  const std::string plan = city.plan("plan.yaml", "extends: baseline.yaml\n" + dates);
  const auto said_of = [](const std::string& path, const Settings& set) {
    const Prepared p = prepare(load_scenario(path, set));
    std::string all;
    for (const Diagnostic& one : p.warnings) all += to_string(one);
    return all;
  };
  EXPECT_EQ(said_of(plan, {}), "");
  EXPECT_EQ(said_of(plan, {{"months", "24", "--months"}}), "");
  EXPECT_EQ(said_of(city.plan("shorter.yaml", "extends: plan.yaml\nmonths: 24\n"), {}), "");
  EXPECT_NE(mistakes(city, city.plan("own.yaml", "extends: baseline.yaml\nmonths: 24\n" + dates)), "")
      << "who writes both knows both";
}

TEST(Providers, of_one_kind_have_one_rate_of_giving_up) {
  EXPECT_EQ(
      mistakes_of_plan("providers:\n  second: {kind: social_integration, municipality: ruda_slaska, places: 4, "
                       "queue: {gives_up: 1 %/month}}\n"),
      "plan.yaml:3:94: error: providers of kind 'social_integration' have one list, but those who wait give up at "
      "different rates\n"
      "     3 |   second: {kind: social_integration, municipality: ruda_slaska, places: 4, queue: {gives_up: 1 "
      "%/month}}\n"
      "       |                                                                                              "
      "^^^^^^^^^\n"
      "  expected: the same 'queue: {gives_up: ...}' in all of them\n"
      "  got:      another in 'second' than in 'integration_centre'\n");
}

TEST(Providers, called_like_a_kind_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan("providers:\n  other: {kind: other, municipality: ruda_slaska, places: 4}\n"),
            "plan.yaml:3:3: error: a provider and a kind are both called 'other'\n"
            "     3 |   other: {kind: other, municipality: ruda_slaska, places: 4}\n"
            "       |   ^^^^^\n"
            "  expected: a name of its own for each, as programmes name either\n"
            "  got:      'other'\n");
}

TEST(Programmes, outside_the_run_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan(programme_with("    from: 2014-12\n    until: 2030-01\n")),
            "plan.yaml:6:11: error: 'from' lies outside the run\n"
            "     6 |     from: 2014-12\n"
            "       |           ^^^^^^^\n"
            "  expected: a month of the run, 2015-01 to 2029-12\n"
            "  got:      2014-12\n"
            "\n"
            "plan.yaml:7:12: error: 'until' lies outside the run\n"
            "     7 |     until: 2030-01\n"
            "       |            ^^^^^^^\n"
            "  expected: a month of the run, 2015-01 to 2029-12\n"
            "  got:      2030-01\n"
            "2 errors\n");
  EXPECT_EQ(mistakes_of_plan(programme_with("    from: 2016-01\n    until: 2029-12\n")), "");
}

TEST(Programmes, that_end_before_they_start_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan(programme_with("    from: 2017-03\n    until: 2017-02\n")),
            "plan.yaml:7:12: error: a programme ends before it starts\n"
            "     7 |     until: 2017-02\n"
            "       |            ^^^^^^^\n"
            "  expected: a month from 2017-03 on\n"
            "  got:      2017-02\n");
  EXPECT_EQ(mistakes_of_plan(programme_with("    from: 2017-03\n    until: 2017-03\n")), "") << "one month";
}

TEST(Programmes, need_a_provider_or_its_kind) {
  EXPECT_EQ(mistakes_of_plan(programme_with("    provider: shelter\n")),
            "plan.yaml:6:15: error: no such kind of provider, and no such provider\n"
            "     6 |     provider: shelter\n"
            "       |               ^^^^^^^\n"
            "  expected: the kind of one of the providers of the scenario, or its key\n"
            "  got:      'shelter'\n");
}

TEST(Programmes, miss_their_provider_where_the_plan_removed_it) {
  EXPECT_EQ(mistakes_of_plan("providers: ~\n"),
            "plan.yaml:2:1: error: a programme still needs what is removed here\n"
            "     2 | providers: ~\n"
            "       | ^^^^^^^^^\n"
            "  expected: a provider that stays, or no programme\n"
            "  got:      programmes with 'provider: social_integration'\n");
  EXPECT_EQ(mistakes_of_plan("providers:\n  integration_centre: ~\n"),
            "plan.yaml:3:3: error: a programme still needs what is removed here\n"
            "     3 |   integration_centre: ~\n"
            "       |   ^^^^^^^^^^^^^^^^^^\n"
            "  expected: a provider that stays, or no programme\n"
            "  got:      programmes with 'provider: social_integration'\n");
}

TEST(RequiredKeys, are_missed_where_the_plan_removed_them) {
  EXPECT_EQ(mistakes_of_plan("months: ~\n"),
            "plan.yaml:2:1: error: missing key 'months' in scenario\n"
            "     2 | months: ~\n"
            "       | ^^^^^^\n"
            "  expected: months: a whole number from 1 to 1200; months to run\n"
            "  got:      ~, which removes it\n");
}

TEST(Programmes, with_money_that_nobody_gets_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan(programme_with("    budget: {amount: 1000 PLN/year}\n    cost: 10 PLN/place-month\n")),
            "plan.yaml:3:3: error: cost of 'extra' is per place, but it has no provider\n"
            "     3 |   extra:\n"
            "       |   ^^^^^\n"
            "  expected: a 'provider', or a cost per person-month\n"
            "  got:      place-month\n"
            "\n"
            "plan.yaml:6:13: error: 'extra' has a budget but pays no cash\n"
            "     6 |     budget: {amount: 1000 PLN/year}\n"
            "       |             ^\n"
            "  expected: an 'amount' beside the 'budget'\n"
            "  got:      none\n"
            "2 errors\n");
}

TEST(Budgets, by_priority_need_one_and_an_amount_from_the_first_month) {
  EXPECT_EQ(mistakes_of_plan(programme_with("    amount: 10 PLN\n    budget: {amount: {2018-01: 1 thousand PLN/year}, "
                                            "ration: priority}\n")),
            "plan.yaml:7:13: error: 'extra' rations by priority but has none\n"
            "     7 |     budget: {amount: {2018-01: 1 thousand PLN/year}, ration: priority}\n"
            "       |             ^\n"
            "  expected: a 'priority' beside the 'budget'\n"
            "  got:      none\n"
            "  hint:     'priority: 0 PLN - income_per_person' pays the poorest first\n"
            "\n"
            "plan.yaml:7:13: error: the budget of 'extra' has no amount when it begins\n"
            "     7 |     budget: {amount: {2018-01: 1 thousand PLN/year}, ration: priority}\n"
            "       |             ^\n"
            "  expected: an amount in force in 2015-01\n"
            "  got:      the first one from 2018-01\n"
            "2 errors\n");
}

TEST(Payers, with_more_than_the_whole_or_two_rests_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan(programme_with("    amount: 1 PLN\n    payers: {city: 60 %, state: {2018-01: 50 %}}\n")),
            "plan.yaml:7:13: error: nobody pays 40 % of 'extra' in 2015-01\n"
            "     7 |     payers: {city: 60 %, state: {2018-01: 50 %}}\n"
            "       |             ^\n"
            "  expected: in every month 100 %, or exactly one 'rest'\n"
            "  got:      60 %\n"
            "  hint:     write who takes the rest: 'city: rest'\n");
  EXPECT_EQ(mistakes_of_plan(programme_with("    amount: 1 PLN\n    payers: {city: 60 %, state: {2015-01: 40 %, "
                                            "2018-01: 50 %}}\n")),
            "plan.yaml:7:13: error: payers' shares of 'extra' are more than the whole\n"
            "     7 |     payers: {city: 60 %, state: {2015-01: 40 %, 2018-01: 50 %}}\n"
            "       |             ^\n"
            "  expected: at most 100 % in any month\n"
            "  got:      110 % in 2018-01: city 60 %, state 50 %\n"
            "  hint:     end a share by another from that month on, such as '0 %'\n");
  EXPECT_EQ(mistakes_of_plan(programme_with("    amount: 1 PLN\n    payers: {city: rest, state: rest}\n")),
            "plan.yaml:7:13: error: two payers of 'extra' take the rest\n"
            "     7 |     payers: {city: rest, state: rest}\n"
            "       |             ^\n"
            "  expected: in every month 100 %, or exactly one 'rest'\n"
            "  got:      2 in 2015-01\n");
}

TEST(Payers, leave_nothing_uncovered_in_any_month_in_which_something_is_paid) {
  // A fund that ends takes its part with it.
  EXPECT_EQ(mistakes_of_plan(programme_with("    amount: 1 PLN\n    payers: {fund: 60 %, city: 40 %}\n"
                                            "payers:\n  fund: {until: 2022-12}\n")),
            "plan.yaml:7:13: error: nobody pays 60 % of 'extra' in 2023-01\n"
            "     7 |     payers: {fund: 60 %, city: 40 %}\n"
            "       |             ^\n"
            "  expected: in every month 100 %, or exactly one 'rest'\n"
            "  got:      40 %\n"
            "  hint:     write who takes the rest: 'city: rest'\n");
  const std::string fund = "payers:\n  fund: {from: 2016-01, until: 2022-12}\n";
  EXPECT_EQ(mistakes_of_plan(programme_with("    amount: 1 PLN\n    payers: {fund: 60 %, city: rest}\n" + fund)), "");
  EXPECT_EQ(mistakes_of_plan(programme_with("    from: 2016-01\n    until: 2022-12\n    amount: 1 PLN\n"
                                            "    payers: {fund: 60 %, city: 40 %}\n" +
                                            fund)),
            "")
      << "the programme is open only while the fund pays";
  EXPECT_EQ(mistakes_of_plan(programme_with("    cost: {2016-01: 5 PLN/person-month}\n    until: 2022-12\n"
                                            "    payers: {fund: 100 %}\n" +
                                            fund)),
            "")
      << "nothing is paid before";
  EXPECT_EQ(mistakes_of_plan(programme_with("    payers: {city: 60 %}\n")), "") << "nothing is ever paid";
}

TEST(Payers, that_cannot_pay_or_stop_before_they_start_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan(programme_with("    payers: {households: 10 %, city: rest}\n")),
            "plan.yaml:6:14: error: this sector cannot pay for a programme\n"
            "     6 |     payers: {households: 10 %, city: rest}\n"
            "       |              ^^^^^^^^^^\n"
            "  expected: one of city, state, social_insurance, health_fund, eu_social_fund\n"
            "  got:      'households'\n");
  EXPECT_EQ(mistakes_of_plan("payers:\n  fund: {from: 2016-05, until: 2016-04}\n"),
            "plan.yaml:3:32: error: a payer stops before it starts\n"
            "     3 |   fund: {from: 2016-05, until: 2016-04}\n"
            "       |                                ^^^^^^^\n"
            "  expected: a month from 2016-05 on\n"
            "  got:      2016-04\n");
  EXPECT_EQ(mistakes_of_plan("payers:\n  city: {title: The city}\n"),
            "plan.yaml:3:3: error: a payer has the name of a sector that is there already\n"
            "     3 |   city: {title: The city}\n"
            "       |   ^^^^\n"
            "  expected: another name\n"
            "  got:      'city'\n"
            "  hint:     leave it out: programmes may name it as it is\n");
}

TEST(Payers, nobody_knows_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan(programme_with("    payers: {ctiy: rest}\n")),
            "plan.yaml:6:14: error: unknown payer\n"
            "     6 |     payers: {ctiy: rest}\n"
            "       |              ^^^^\n"
            "  expected: one of city, state, social_insurance, health_fund, eu_social_fund\n"
            "  got:      'ctiy'\n"
            "  hint:     did you mean 'city'?\n");
  EXPECT_EQ(mistakes_of_plan(programme_with("    payers: {region: rest}\n")),
            "plan.yaml:6:14: error: unknown payer\n"
            "     6 |     payers: {region: rest}\n"
            "       |              ^^^^^^\n"
            "  expected: one of city, state, social_insurance, health_fund, eu_social_fund\n"
            "  got:      'region'\n"
            "  hint:     declare it: 'payers: {region: {title: ...}}'\n");
}

TEST(Keep, is_the_baselines) {
  EXPECT_EQ(mistakes_of_plan("municipalities: {ruda_slaska: {keep: {registered_unemployment_rate: 5 %}}}\n"),
            "plan.yaml:2:32: error: a plan cannot change what its baseline is held to\n"
            "     2 | municipalities: {ruda_slaska: {keep: {registered_unemployment_rate: 5 %}}}\n"
            "       |                                ^^^^\n"
            "  expected: 'keep' in the file that extends no other\n"
            "  got:      'keep'\n"
            "  hint:     change what the plan does, such as 'parameters: {job_loss: ...}'\n");
}

TEST(Keep, knows_what_can_be_kept) {
  const City city;
  EXPECT_EQ(mistakes(city, (city / "baseline.yaml").string(), {{"municipalities/*/keep", "{unemployment_rate: 5 %}"}}),
            "--set:1:25: error: unknown path to keep\n"
            "     1 | municipalities/*/keep: {unemployment_rate: 5 %}\n"
            "       |                         ^^^^^^^^^^^^^^^^^\n"
            "  expected: one of registered_unemployment_rate\n"
            "  got:      'unemployment_rate'\n"
            "  hint:     did you mean 'registered_unemployment_rate'?\n");
  EXPECT_EQ(mistakes(city, (city / "baseline.yaml").string(),
                     {{"municipalities/*/keep/registered_unemployment_rate", "{table: no.csv}"}}),
            "--set:1:61: error: no such file or folder\n"
            "     1 | municipalities/*/keep/registered_unemployment_rate: {table: no.csv}\n"
            "       |                                                             ^^^^^^\n"
            "  expected: a name as seen from the folder of this file\n"
            "  got:      'no.csv'\n");
  EXPECT_EQ(mistakes(city, (city / "baseline.yaml").string(),
                     {{"municipalities/*/keep/registered_unemployment_rate", "{2015-02: 5 %}"}}),
            "--set:1:23: error: 'registered_unemployment_rate' has no value at the start of the run\n"
            "     1 | municipalities/*/keep/registered_unemployment_rate: {2015-02: 5 %}\n"
            "       |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "  expected: a value in force in 2015-01\n"
            "  got:      the first one from 2015-02\n");
}

TEST(Tables, of_rates_by_age_are_told_by_their_header_and_there_is_one) {
  EXPECT_EQ(mistakes_of_plan("municipalities: {ruda_slaska: {parameters: [data/law.csv]}}\n"),
            "plan.yaml:2:45: error: no table of rates by age\n"
            "     2 | municipalities: {ruda_slaska: {parameters: [data/law.csv]}}\n"
            "       |                                             ^^^^^^^^^^^^\n"
            "  expected: one table whose columns are rate, from, sex, age, value, unit, place, source, confidence\n"
            "  got:      none\n");
}

TEST(Parameters, are_a_mapping) {
  EXPECT_EQ(mistakes_of_plan("parameters: [1]\n"),
            "plan.yaml:2:13: error: wrong kind of value\n"
            "     2 | parameters: [1]\n"
            "       |             ^\n"
            "  expected: a mapping from parameter names to values\n"
            "  got:      a list of 1 value\n");
}

TEST(Currency, is_a_code_and_nothing_else_is_said_when_it_is_none) {
  EXPECT_EQ(mistakes_of_plan("currency: \"z(\"\n"),
            "plan.yaml:2:11: error: not a currency code\n"
            "     2 | currency: \"z(\"\n"
            "       |           ^^^^\n"
            "  expected: a code of three capital letters, such as PLN\n"
            "  got:      'z('\n");
}

TEST(Files, that_are_not_there_are_shown_where_they_are_named_all_at_once) {
  EXPECT_EQ(
      mistakes_of_plan("municipalities:\n  ruda_slaska:\n    population: {tables: dta}\n    parameters: [data/law.csv, "
                       "data/laws.csv]\n"),
      "plan.yaml:4:26: error: no such file or folder\n"
      "     4 |     population: {tables: dta}\n"
      "       |                          ^^^\n"
      "  expected: a name as seen from the folder of this file\n"
      "  got:      'dta'\n"
      "\n"
      "plan.yaml:5:32: error: no such file or folder\n"
      "     5 |     parameters: [data/law.csv, data/laws.csv]\n"
      "       |                                ^^^^^^^^^^^^^\n"
      "  expected: a name as seen from the folder of this file\n"
      "  got:      'data/laws.csv'\n"
      "2 errors\n");
}

}  // namespace oikos::testing
