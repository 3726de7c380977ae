#include "sim/model/parameters.hpp"

#include <gtest/gtest.h>

namespace oikos {
namespace {

const std::string header = "name,from,value,unit,place,source,confidence\n";

std::string text_of(const Diagnostics& diagnostics) {
  try {
    diagnostics.throw_if_any();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

std::string errors_of(const std::string& rows) {
  Diagnostics diagnostics;
  ParameterSet::read({make_source("law.csv", header + rows)}, "PLN", diagnostics);
  return text_of(diagnostics);
}

TEST(ParameterSet, keeps_money_in_minor_units_shares_as_fractions_and_others_as_written) {
  Diagnostics diagnostics;
  const ParameterSet set = ParameterSet::read({make_source("law.csv", header + "wage,,1750.55,PLN/month,x,x,verified\n"
                                                                               "share,,12.5,%,x,x,recalled\n"
                                                                               "age,,60,years,x,x,derived\n"
                                                                               "rate,,0.3,1/year,x,x,assumption\n")},
                                              "PLN", diagnostics);
  EXPECT_TRUE(diagnostics.empty());
  const Month month{2020, 1};
  EXPECT_EQ(set.need("wage", ParameterUnit::money, month, diagnostics).at(month), 175'055);
  EXPECT_EQ(set.need("share", ParameterUnit::share, month, diagnostics).at(month), 0.125);
  EXPECT_EQ(set.need("age", ParameterUnit::years, month, diagnostics).at(month), 60);
  EXPECT_EQ(set.need("rate", ParameterUnit::yearly_rate, month, diagnostics).at(month), 0.3);
  EXPECT_EQ(set.all().size(), 4u);
  EXPECT_EQ(set.find("wage")->confidence, "verified");
  EXPECT_EQ(set.find("nothing"), nullptr);
}

TEST(ParameterSet, changes_values_at_their_dates) {
  Diagnostics diagnostics;
  const ParameterSet set = ParameterSet::read(
      {make_source("law.csv", header + "a,,1,1,x,x,verified\na,2020-07,2,1,x,x,verified\n")}, "PLN", diagnostics);
  const auto& values = set.find("a")->values;
  EXPECT_EQ(values.at(Month{1950, 1}), 1);
  EXPECT_EQ(values.at(Month{2020, 6}), 1);
  EXPECT_EQ(values.at(Month{2020, 7}), 2);
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
            "law.csv:2:1: error: unknown unit of parameter 'a'\n"
            "     2 | a,,2,EUR,x,x,verified\n"
            "       | ^\n"
            "  expected: PLN, PLN/month, PLN/year, %, 1, 1/year, months or years\n"
            "  got:      'EUR'\n");
}

TEST(ParameterSet, is_overridden_by_values_of_the_scenario_in_the_unit_of_the_parameter) {
  Diagnostics diagnostics;
  ParameterSet set = ParameterSet::read(
      {make_source("law.csv", header + "wage,,1750,PLN/month,x,x,verified\nshare,,12,%,x,x,recalled\n")}, "PLN",
      diagnostics);
  const Node mapping = parse_yaml(
      make_source("plan.yaml", "wage: {2015-01: 2000 PLN, 2020-01: 2500.50 PLN}\nshare: 15 %\n"), diagnostics);
  set.override_with(mapping, "PLN", diagnostics);
  EXPECT_EQ(text_of(diagnostics), "");
  EXPECT_EQ(set.find("wage")->values.at(Month{2019, 12}), 200'000);
  EXPECT_EQ(set.find("wage")->values.at(Month{2020, 1}), 250'050);
  EXPECT_EQ(set.find("share")->values.at(Month{2019, 12}), 0.15);
  EXPECT_EQ(set.find("share")->source, "scenario");
}

TEST(ParameterSet, reports_an_override_of_something_unknown_with_the_nearest_name) {
  Diagnostics diagnostics;
  ParameterSet set = ParameterSet::read(
      {make_source("law.csv", header + "minimum_wage,,1750,PLN/month,x,x,verified\n")}, "PLN", diagnostics);
  const Node mapping = parse_yaml(make_source("plan.yaml", "minimum_wag: 2000 PLN\n"), diagnostics);
  set.override_with(mapping, "PLN", diagnostics);
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(diagnostics.all()[0].what, "unknown parameter");
  EXPECT_EQ(diagnostics.all()[0].got, "'minimum_wag'");
  EXPECT_EQ(diagnostics.all()[0].hint, "did you mean 'minimum_wage'?");
}

}  // namespace
}  // namespace oikos
