#include "sim/parameter/parameter_set.hpp"

#include <gtest/gtest.h>

#include <array>

#include "sim/text/overlay.hpp"
namespace oikos {
namespace {

const std::string header = "name,from,value,unit,place,source,confidence\n";
const Month start{2015, 1};

std::vector<ParameterSpec> declared() {
  using U = ParameterUnit;
  return {{"wage", U::money_monthly, {0, 2e9}, {0, 2e9}, "mean wage"},
          {"floor", U::money_monthly, {0, 2e9}, {0.1, 1}, "least wage", ParameterRead::by_month, "wage"},
          {"age", U::months, {480, 1200}, {600, 900}, "pension age"},
          {"loss", U::chance, {0, 1}, {0, 0.1}, "chance of losing work"},
          {"people", U::persons, {1, 1e9}, {100, 1e8}, "persons at the start", ParameterRead::at_start}};
}

std::string text_of(const Diagnostics& diagnostics) {
  try {
    diagnostics.throw_if_any();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

ParameterSet read(const std::string& table, Diagnostics& diagnostics, const std::string& municipality = "") {
  const std::array tables{make_source("law.csv", table)};
  return ParameterSet::read(tables, declared(), {"PLN", municipality, start, 24}, diagnostics);
}

std::string errors_of(const std::string& rows) {
  Diagnostics diagnostics;
  read(header + rows, diagnostics);
  return text_of(diagnostics);
}

const std::string good =
    "wage,,4000,PLN/month,x,one,verified\nwage,2015-07,5000,PLN/month,x,two,recalled\nfloor,,1750.5,PLN/month,x,x,"
    "derived\nage,,65,years,x,x,recalled\nloss,,0.75,%/"
    "month,x,x,assumption\npeople,,1000,persons,x,x,assumption\n";

/// The good table with a plan over it.
ParameterSet planned(const std::string& plan, Diagnostics& diagnostics) {
  ParameterSet set = read(header + good, diagnostics);
  set.lay_over(parse_yaml(make_source("plan.yaml", plan), diagnostics), diagnostics);
  return set;
}

std::string plan_errors(const std::string& plan) {
  Diagnostics diagnostics;
  planned(plan, diagnostics);
  return text_of(diagnostics);
}

TEST(ParameterSet, gives_rules_the_value_of_each_month_in_their_unit) {
  Diagnostics diagnostics;
  const ParameterSet set = read(header + good, diagnostics);
  set.check({}, diagnostics);
  EXPECT_EQ(text_of(diagnostics), "");
  const auto wage = set.by_month("wage");
  EXPECT_EQ(wage.at(5), 400'000);
  EXPECT_EQ(wage.at(6), 500'000);
  EXPECT_EQ(set.by_month("age").at(23), 780);
  EXPECT_EQ(set.by_month("loss").at(0), 0.0075);
  EXPECT_EQ(set.at_start("people"), 1000);
  EXPECT_EQ(set.find("wage")->row_at(Month{2015, 6}).source, "one");
  EXPECT_EQ(set.find("wage")->row_at(Month{2019, 6}).confidence, "recalled");
  EXPECT_EQ(set.find("nothing"), nullptr);
}

TEST(ParameterSet, gives_only_what_is_declared_so) {
  Diagnostics diagnostics;
  const ParameterSet set = read(header + good, diagnostics);
  EXPECT_THROW(set.by_month("nothing"), ContractError);
  EXPECT_THROW(set.by_month("people"), ContractError);
  EXPECT_THROW(set.at_start("wage"), ContractError);
}

TEST(ParameterSet, refuses_dates_that_do_not_ascend) {
  EXPECT_EQ(errors_of("a,2020-07,2,1,x,x,verified\na,2020-07,3,1,x,x,verified\n"),
            "law.csv:3:1: error: dates of parameter 'a' do not ascend\n"
            "     3 | a,2020-07,3,1,x,x,verified\n"
            "       | ^\n"
            "  expected: each row later than the one above\n"
            "  got:      2020-07\n");
}

TEST(ParameterSet, refuses_a_name_in_two_places) {
  EXPECT_EQ(errors_of("a,,2,1,x,x,verified\nb,,3,1,x,x,verified\na,,4,1,x,x,verified\n"),
            "law.csv:4:1: error: parameter 'a' stands twice\n"
            "     4 | a,,4,1,x,x,verified\n"
            "       | ^\n"
            "  expected: all dates of a parameter in rows that follow on each other\n"
            "  got:      the first in law.csv:2\n");
}

TEST(ParameterSet, refuses_an_unknown_unit) {
  EXPECT_EQ(errors_of("a,,2,EUR,x,x,verified\n"),
            "law.csv:2:6: error: unknown unit of parameter 'a'\n"
            "     2 | a,,2,EUR,x,x,verified\n"
            "       |      ^^^\n"
            "  expected: PLN, PLN/month, PLN/year, %, %/month, %/year, 1/month, 1/year, 1, months, years, persons, "
            "persons/year, households or hours/week\n"
            "  got:      'EUR'\n");
}

TEST(ParameterSet, refuses_a_chance_without_its_time_in_a_table) {
  EXPECT_EQ(errors_of("loss,,0.75,%,x,x,verified\n"),
            "law.csv:2:12: error: wrong unit of parameter 'loss'\n"
            "     2 | loss,,0.75,%,x,x,verified\n"
            "       |            ^\n"
            "  expected: a chance per time, such as '4 %/month', '6 %/year' or '0.18/year'\n"
            "  got:      '%'\n"
            "  hint:     write %/month or %/year\n");
}

TEST(ParameterSet, refuses_dates_of_what_is_read_once) {
  EXPECT_EQ(errors_of("people,2015-01,1000,persons,x,x,verified\n"),
            "law.csv:2:8: error: parameter 'people' is read once, at the start, and has no dates\n"
            "     2 | people,2015-01,1000,persons,x,x,verified\n"
            "       |        ^^^^^^^\n"
            "  expected: an empty cell\n"
            "  got:      '2015-01'\n");
  EXPECT_EQ(plan_errors("people: {2015-01: 900 persons}\n"),
            "plan.yaml:1:19: error: parameter 'people' is read once, at the start, and has no dates\n"
            "     1 | people: {2015-01: 900 persons}\n"
            "       |                   ^^^^^^^^^^^\n"
            "  expected: one value, such as '900 persons'\n"
            "  got:      a value from 2015-01\n");
}

TEST(ParameterSet, knows_every_column_of_its_tables) {
  Diagnostics diagnostics;
  read("name,municpality,from,value,unit,place,source,confidence\n", diagnostics);
  EXPECT_EQ(text_of(diagnostics),
            "law.csv:1:6: error: unknown column of a table of parameters\n"
            "     1 | name,municpality,from,value,unit,place,source,confidence\n"
            "       |      ^^^^^^^^^^^\n"
            "  expected: name, from, value, unit, place, source, confidence; municipality and year if wanted\n"
            "  got:      'municpality'\n"
            "  hint:     did you mean 'municipality'?\n");
}

TEST(ParameterSet, takes_the_own_municipalitys_rows_over_those_of_all_and_passes_over_others) {
  const std::string table =
      "name,municipality,from,value,unit,place,source,confidence\n"
      "wage,,,4000,PLN/month,Poland,x,verified\nwage,,2015-07,5000,PLN/month,Poland,x,verified\n"
      "wage,ruda,2015-04,3000,PLN/month,Ruda,x,verified\nwage,chorzow,,2000,PLN/month,Ruda,x,verified\n";
  Diagnostics diagnostics;
  const auto wages = [&](const char* municipality) { return read(table, diagnostics, municipality).by_month("wage"); };
  const auto all = wages(""), ruda = wages("ruda"), chorzow = wages("chorzow"), other = wages("warszawa");
  EXPECT_EQ(text_of(diagnostics), "");
  EXPECT_EQ(all.at(6), 500'000);
  EXPECT_EQ(ruda.at(2), 400'000);
  EXPECT_EQ(ruda.at(3), 300'000);
  EXPECT_EQ(ruda.at(23), 300'000) << "its own rows take over from their first month";
  EXPECT_EQ(chorzow.at(0), 200'000) << "the place of origin never selects";
  EXPECT_EQ(other.at(23), 500'000);
}

TEST(ParameterSet, lets_a_plain_value_of_a_plan_replace_all_months) {
  Diagnostics diagnostics;
  const ParameterSet set = planned("wage: 4500 PLN\nage: 67 years\n", diagnostics);
  EXPECT_EQ(text_of(diagnostics), "");
  EXPECT_EQ(set.by_month("wage").at(0), 450'000);
  EXPECT_EQ(set.by_month("wage").at(23), 450'000);
  EXPECT_EQ(set.by_month("age").at(0), 804);
  EXPECT_EQ(set.find("wage")->rows.size(), 1u);
  EXPECT_EQ(set.find("wage")->rows[0].source, "scenario");
}

TEST(ParameterSet, lets_dated_values_of_a_plan_take_over_from_their_first_month) {
  Diagnostics diagnostics;
  const ParameterSet set = planned("wage: {2015-04: 4500 PLN, 2016-01: 4600 PLN/month}\n", diagnostics);
  EXPECT_EQ(text_of(diagnostics), "");
  const auto wage = set.by_month("wage");
  EXPECT_EQ(wage.at(2), 400'000) << "the table's earlier months stay";
  EXPECT_EQ(wage.at(3), 450'000);
  EXPECT_EQ(wage.at(6), 450'000) << "the table's later dates are gone";
  EXPECT_EQ(wage.at(12), 460'000);
  EXPECT_EQ(set.find("wage")->row_at(start).source, "one");
  EXPECT_EQ(set.find("wage")->row_at(Month{2015, 4}).source, "scenario");
}

TEST(ParameterSet, joins_the_dates_of_a_plan_along_straight_lines_when_it_says_so) {
  Diagnostics diagnostics;
  const ParameterSet set = planned("wage: {2015-03: 4000 PLN, 2015-05: 4400 PLN, between: linear}\n", diagnostics);
  EXPECT_EQ(text_of(diagnostics), "");
  const auto wage = set.by_month("wage");
  EXPECT_EQ(wage.at(1), 400'000);
  EXPECT_EQ(wage.at(2), 410'000) << "the middle of the month";
  EXPECT_EQ(wage.at(3), 430'000);
  EXPECT_EQ(wage.at(23), 440'000);
  EXPECT_EQ(plan_errors("age: {2015-03: 60 years, 2016-03: 67 years, between: linear}\n"),
            "plan.yaml:1:45: error: this value changes in steps\n"
            "     1 | age: {2015-03: 60 years, 2016-03: 67 years, between: linear}\n"
            "       |                                             ^^^^^^^\n"
            "  expected: months and their values\n"
            "  got:      'between'\n"
            "  hint:     leave 'between' out\n");
}

TEST(ParameterSet, keeps_the_source_that_a_plan_states) {
  Diagnostics diagnostics;
  const ParameterSet set =
      planned("loss: {is: {2015-03: 1 %/month}, source: own survey, confidence: derived}\n", diagnostics);
  EXPECT_EQ(text_of(diagnostics), "");
  EXPECT_EQ(set.by_month("loss").at(1), 0.0075);
  EXPECT_EQ(set.by_month("loss").at(2), 0.01);
  EXPECT_EQ(set.find("loss")->row_at(Month{2015, 3}).source, "own survey");
  EXPECT_EQ(set.find("loss")->row_at(Month{2015, 3}).confidence, "derived");
}

TEST(ParameterSet, takes_names_that_nobody_declares_as_the_analysts_own) {
  Diagnostics diagnostics;
  const ParameterSet set = planned("bonus: {2015-01: 200 PLN, 2015-05: 250 PLN}\n", diagnostics);
  set.check({}, diagnostics);
  EXPECT_EQ(text_of(diagnostics), "");
  const Parameter* bonus = set.find("bonus");
  ASSERT_NE(bonus, nullptr);
  EXPECT_EQ(bonus->spec, nullptr);
  EXPECT_EQ(bonus->unit, ParameterUnit::money);
  EXPECT_EQ(bonus->values.at(Month{2015, 5}), 25'000);
}

TEST(ParameterSet, refuses_mistakes_of_a_plan_each_with_a_way_out) {
  EXPECT_EQ(plan_errors("age: 67\n"),
            "plan.yaml:1:6: error: parameter 'age': unit missing\n"
            "     1 | age: 67\n"
            "       |      ^^\n"
            "  expected: years or whole months, such as '67 years' or '804 months'\n"
            "  got:      '67'\n"
            "  hint:     write '67 years' or '67 months'\n");
  EXPECT_EQ(plan_errors("[1]\n"),
            "plan.yaml:1:1: error: parameters are no mapping\n"
            "     1 | [1]\n"
            "       | ^\n"
            "  expected: NAME: VALUE, or NAME: {2015-07: VALUE, 2018-01: VALUE} (list them: oikos explain parameters)\n"
            "  got:      a list of 1 value\n");
  EXPECT_EQ(plan_errors("wage: {is: 4000 PLN, sorce: me}\n"),
            "plan.yaml:1:22: error: unknown key of a parameter\n"
            "     1 | wage: {is: 4000 PLN, sorce: me}\n"
            "       |                      ^^^^^\n"
            "  expected: a month such as 2015-07, or is, source, confidence\n"
            "  got:      'sorce'\n"
            "  hint:     did you mean 'source'?\n");
  EXPECT_EQ(plan_errors("wage: {source: me}\n"),
            "plan.yaml:1:1: error: parameter 'wage' has no value\n"
            "     1 | wage: {source: me}\n"
            "       | ^^^^\n"
            "  expected: is: the value, or its values by month\n"
            "  got:      a mapping with 1 key\n");
  EXPECT_EQ(plan_errors("bonus: {2015-01: 200 PLN, 2015-05: 3 %}\n"),
            "plan.yaml:1:36: error: parameter 'bonus': wrong unit\n"
            "     1 | bonus: {2015-01: 200 PLN, 2015-05: 3 %}\n"
            "       |                                    ^^^\n"
            "  expected: an amount of money, such as '3000 PLN'\n"
            "  got:      '3 %'\n");
}

std::string check_errors(const std::string& plan) {
  Diagnostics diagnostics;
  planned(plan, diagnostics).check({}, diagnostics);
  return text_of(diagnostics);
}

TEST(ParameterSet, refuses_values_out_of_range_and_names_the_row) {
  EXPECT_EQ(check_errors("age: {2015-01: 65 years, 2016-01: 200 years}\n"),
            "plan.yaml:1:35: error: parameter 'age' is out of range\n"
            "     1 | age: {2015-01: 65 years, 2016-01: 200 years}\n"
            "       |                                   ^^^^^^^^^\n"
            "  expected: 40 years to 100 years\n"
            "  got:      200 years\n"
            "  hint:     it is read as: pension age\n");
}

TEST(ParameterSet, warns_of_values_outside_what_is_usual) {
  Diagnostics diagnostics;
  planned("loss: 90 %/month\nfloor: {2015-08: 6000 PLN}\n", diagnostics).check({}, diagnostics);
  EXPECT_EQ(text_of(diagnostics), "");
  ASSERT_EQ(diagnostics.warnings().size(), 2u);
  EXPECT_EQ(to_string(diagnostics.warnings()[0]),
            "plan.yaml:2:18: warning: parameter 'floor' is outside its usual range\n"
            "     2 | floor: {2015-08: 6000 PLN}\n"
            "       |                  ^^^^^^^^\n"
            "  expected: 0.1 to 1 times wage, 5000 PLN/month in 2015-08\n"
            "  got:      6000 PLN/month\n"
            "  hint:     it is read as: least wage\n");
  EXPECT_EQ(to_string(diagnostics.warnings()[1]),
            "plan.yaml:1:7: warning: parameter 'loss' is outside its usual range\n"
            "     1 | loss: 90 %/month\n"
            "       |       ^^^^^^^^^^\n"
            "  expected: 0 %/month to 10 %/month\n"
            "  got:      90 %/month\n"
            "  hint:     it is read as: chance of losing work\n");
}

TEST(ParameterSet, reports_values_that_begin_after_the_run_and_own_ones_too) {
  EXPECT_EQ(check_errors("bonus: {2016-06: 200 PLN}\n"),
            "plan.yaml:1:18: error: parameter 'bonus' has no value at the start of the run\n"
            "     1 | bonus: {2016-06: 200 PLN}\n"
            "       |                  ^^^^^^^\n"
            "  expected: a value in force in 2015-01\n"
            "  got:      the first one from 2016-06\n"
            "  hint:     no rule knows it, so it is your own: write 'bonus: {2015-01: ..., 2016-06: ...}'\n");
}

// Goal: no figure gets the confidence of another one.
TEST(ParameterSet, gives_earlier_values_of_another_text_no_source_of_the_plan) {
  Diagnostics diagnostics;
  ParameterSet set = read(header + good, diagnostics);
  const Node below = parse_yaml(
      make_source("below.yaml", "own: {is: {2015-01: 200 PLN}, source: b, confidence: verified}\n"), diagnostics);
  const Node plan = parse_yaml(
      make_source("plan.yaml", "own: {is: {2016-01: 300 PLN}, source: p, confidence: assumption}\n"), diagnostics);
  set.lay_over(overlay(below, plan, diagnostics), diagnostics);
  diagnostics.throw_if_any();
  EXPECT_EQ(set.find("own")->row_at(Month{2015, 1}).confidence, "");
  EXPECT_EQ(set.find("own")->row_at(Month{2016, 1}).confidence, "assumption");
  EXPECT_EQ(set.find("own")->row_at(Month{2016, 1}).source, "p");
}

TEST(ParameterSet, warns_of_plans_whose_changes_the_run_does_not_reach) {
  Diagnostics diagnostics;
  planned("loss: {2018-01: 5 %/month}\n", diagnostics).check({}, diagnostics);
  EXPECT_EQ(text_of(diagnostics), "");
  ASSERT_EQ(diagnostics.warnings().size(), 1u);
  EXPECT_EQ(to_string(diagnostics.warnings()[0]),
            "plan.yaml:1:17: warning: parameter 'loss' changes after the run\n"
            "     1 | loss: {2018-01: 5 %/month}\n"
            "       |                 ^^^^^^^^^\n"
            "  expected: a month of the run, 2015-01 to 2016-12\n"
            "  got:      2018-01\n");
}

}  // namespace
}  // namespace oikos
