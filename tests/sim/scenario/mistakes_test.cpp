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
      mistakes_of_plan(
          "parameters: {minimum_wage: {2015-01: 1750 PLN, 2016-01: 1900 PLN}, registered_unemployment_rate: 9 %}\n"),
      "");
}

TEST(Parameters, that_no_table_has_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan("parameters: {minimum_wagee: 5}\n"),
            "plan.yaml:2:14: error: unknown parameter\n"
            "     2 | parameters: {minimum_wagee: 5}\n"
            "       |              ^^^^^^^^^^^^^\n"
            "  expected: a parameter of the tables (list them: oikos explain columns)\n"
            "  got:      'minimum_wagee'\n"
            "  hint:     did you mean 'minimum_wage'?\n");
}

TEST(Parameters, in_a_wrong_unit_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan("parameters:\n  minimum_wage: 1750 EUR\n"),
            "plan.yaml:3:17: error: currency 'EUR' is not the scenario's\n"
            "     3 |   minimum_wage: 1750 EUR\n"
            "       |                 ^^^^^^^^\n"
            "  expected: an amount of money of at least 0.00 PLN, such as '850 PLN'\n"
            "  got:      '1750 EUR'\n"
            "  hint:     convert it to PLN\n");
  EXPECT_EQ(mistakes_of_plan("parameters:\n  registered_unemployment_rate: 0,5\n"),
            "plan.yaml:3:33: error: decimal comma\n"
            "     3 |   registered_unemployment_rate: 0,5\n"
            "       |                                 ^^^\n"
            "  expected: a share, such as '12 %' or 0.12\n"
            "  got:      '0,5'\n"
            "  hint:     decimals are written with a point: 0.5\n");
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

TEST(Providers, whose_places_change_after_the_run_are_mistakes) {
  EXPECT_EQ(
      mistakes_of_plan("months: 12\nproviders:\n  second:\n    title: Second\n    kind: other\n    district: wirek\n"
                       "    places: {2015-01: 4, 2016-01: 5}\n"),
      "plan.yaml:4:3: error: places of 'second' change outside the run\n"
      "     4 |   second:\n"
      "       |   ^^^^^^\n"
      "  expected: a month of the run, 2015-01 to 2015-12\n"
      "  got:      2016-01\n");
}

TEST(Programmes, outside_the_run_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan(programme_with("    start: 2014-12\n    end: 2030-02\n")),
            "plan.yaml:6:12: error: 'start' lies outside the run\n"
            "     6 |     start: 2014-12\n"
            "       |            ^^^^^^^\n"
            "  expected: a month of the run, 2015-01 to 2029-12\n"
            "  got:      2014-12\n"
            "\n"
            "plan.yaml:7:10: error: 'end' lies outside the run\n"
            "     7 |     end: 2030-02\n"
            "       |          ^^^^^^^\n"
            "  expected: a month of the run, 2015-01 to 2029-12\n"
            "  got:      2030-02\n"
            "2 errors\n");
  EXPECT_EQ(mistakes_of_plan(programme_with("    start: 2016-01\n    end: 2030-01\n")), "");
}

TEST(Programmes, that_end_before_they_start_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan(programme_with("    start: 2017-03\n    end: 2017-03\n")),
            "plan.yaml:7:10: error: a programme ends before it starts\n"
            "     7 |     end: 2017-03\n"
            "       |          ^^^^^^^\n"
            "  expected: a month after 2017-03\n"
            "  got:      2017-03\n");
}

TEST(Programmes, need_a_provider_of_their_kind) {
  EXPECT_EQ(mistakes_of_plan(programme_with("    provider: shelter\n")),
            "plan.yaml:6:15: error: no provider of this kind\n"
            "     6 |     provider: shelter\n"
            "       |               ^^^^^^^\n"
            "  expected: the kind of one of the providers of the scenario\n"
            "  got:      'shelter'\n");
}

TEST(Programmes, with_money_that_nobody_gets_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan(programme_with("    envelope: 1000 PLN/year\n    cost: 10 PLN/place-month\n")),
            "plan.yaml:3:3: error: 'extra' has an envelope but pays no cash\n"
            "     3 |   extra:\n"
            "       |   ^^^^^\n"
            "  expected: an 'amount' beside the 'envelope'\n"
            "  got:      none\n"
            "\n"
            "plan.yaml:3:3: error: cost of 'extra' is per place, but it has no provider\n"
            "     3 |   extra:\n"
            "       |   ^^^^^\n"
            "  expected: a 'provider', or a cost per person-month\n"
            "  got:      place-month\n"
            "2 errors\n");
}

TEST(Payers, with_more_than_the_whole_or_two_rests_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan(programme_with(
                "    payers: [{payer: city, share: 60 %}, {payer: state, share: 50 %, from: 2018-01}]\n")),
            "plan.yaml:6:13: error: payers' shares of 'extra' are more than the whole\n"
            "     6 |     payers: [{payer: city, share: 60 %}, {payer: state, share: 50 %, from: 2018-01}]\n"
            "       |             ^\n"
            "  expected: at most 100 % in any month\n"
            "  got:      110 % in 2018-01\n");
  EXPECT_EQ(mistakes_of_plan(programme_with("    payers: [{payer: city, share: rest}, {payer: state, share: rest}]\n")),
            "plan.yaml:6:13: error: two payers of 'extra' take the rest\n"
            "     6 |     payers: [{payer: city, share: rest}, {payer: state, share: rest}]\n"
            "       |             ^\n"
            "  expected: one 'rest' in any month\n"
            "  got:      2 in 2015-01\n");
}

TEST(Payers, that_cannot_pay_or_stop_before_they_start_are_mistakes) {
  EXPECT_EQ(mistakes_of_plan(programme_with("    payers:\n      - {payer: households, share: 10 %}\n      - {payer: "
                                            "state, share: rest, from: 2016-05, until: 2016-04}\n")),
            "plan.yaml:7:17: error: this sector cannot pay for a programme\n"
            "     7 |       - {payer: households, share: 10 %}\n"
            "       |                 ^^^^^^^^^^\n"
            "  expected: city, region, state, eu_social_fund ...\n"
            "  got:      'households'\n"
            "\n"
            "plan.yaml:8:17: error: a payer stops before it starts\n"
            "     8 |       - {payer: state, share: rest, from: 2016-05, until: 2016-04}\n"
            "       |                 ^^^^^\n"
            "  expected: until not before from\n"
            "  got:      from 2016-05 until 2016-04\n"
            "2 errors\n");
}

TEST(Files, that_are_not_there_are_shown_where_they_are_named_all_at_once) {
  EXPECT_EQ(mistakes_of_plan("population: {tables: dta}\ntables:\n  parameters: [data/law.csv, data/laws.csv]\n"),
            "plan.yaml:2:22: error: no such file or folder\n"
            "     2 | population: {tables: dta}\n"
            "       |                      ^^^\n"
            "  expected: a name as seen from the folder of this file\n"
            "  got:      'dta'\n"
            "\n"
            "plan.yaml:4:30: error: no such file or folder\n"
            "     4 |   parameters: [data/law.csv, data/laws.csv]\n"
            "       |                              ^^^^^^^^^^^^^\n"
            "  expected: a name as seen from the folder of this file\n"
            "  got:      'data/laws.csv'\n"
            "2 errors\n");
}

}  // namespace oikos::testing
