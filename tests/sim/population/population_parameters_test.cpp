#include "sim/population/population_parameters.hpp"

#include <gtest/gtest.h>

#include "tests/sim/population/city_input.hpp"

namespace oikos::population {
namespace {

TEST(PopulationParameters, are_those_in_force_in_the_month_of_the_start) {
  Diagnostics diagnostics;
  const PopulationParameters p = parameters_of(city_parameters(diagnostics));
  diagnostics.throw_if_any();
  EXPECT_EQ(p.persons, 140302);
  EXPECT_EQ(p.households, 58042);
  EXPECT_EQ(p.school_leaving_age, 16);
  EXPECT_EQ(p.unemployment_rate, 0.079);
  EXPECT_EQ(p.participation_men_15_24, 0.3912);
  EXPECT_EQ(p.average_wage, 3543.83) << "the wage of the run's first month, not another year's";
  EXPECT_EQ(p.minimum_wage, 1750);
  EXPECT_EQ(p.pension_minimum, 844.45) << "880.45 is in force from March 2015";
  EXPECT_EQ(p.partner_age_gap_mean, 2);
  EXPECT_DOUBLE_EQ(p.pension_age_men * 12, 787);
  EXPECT_DOUBLE_EQ(p.pension_age_women * 12, 727);
  EXPECT_EQ(p.pension_mean_women, 1700);
}

TEST(PopulationParameters, follow_a_plan) {
  Diagnostics diagnostics;
  ParameterSet set = city_parameters(diagnostics);
  set.lay_over(
      parse_yaml(make_source("plan.yaml", "average_wage: {2015-01: 4000 PLN}\nlone_father_share: 20 %\n"), diagnostics),
      diagnostics);
  const PopulationParameters p = parameters_of(set);
  diagnostics.throw_if_any();
  EXPECT_EQ(p.average_wage, 4000);
  EXPECT_EQ(p.lone_father_share, 0.2);
}

TEST(PopulationParameters, refuse_a_working_age_that_is_no_whole_year) {
  Diagnostics diagnostics;
  ParameterSet set = city_parameters(diagnostics);
  set.lay_over(parse_yaml(make_source("plan.yaml", "earliest_work_age: 190 months\n"), diagnostics), diagnostics);
  set.check({}, diagnostics);
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(to_string(diagnostics.all()[0]),
            "plan.yaml:1:20: error: parameter 'earliest_work_age' is not a whole number of years\n"
            "     1 | earliest_work_age: 190 months\n"
            "       |                    ^^^^^^^^^^\n"
            "  expected: whole years, such as '16 years'\n"
            "  got:      190 months\n"
            "  hint:     it is read as: age from which persons may be at work or registered, whole years\n");
}

}  // namespace
}  // namespace oikos::population
