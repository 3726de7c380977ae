#include "sim/model/age_rates.hpp"

#include <gtest/gtest.h>

#include "sim/scenario/declared_parameters.hpp"
#include "sim/text/node.hpp"

namespace oikos {
namespace {

const std::string header = "rate,from,sex,age,value,unit,place,source,confidence\n";

AgeRates read(const std::string& rows, Diagnostics& diagnostics) {
  return AgeRates::read(make_source("age_rates.csv", header + rows), "", declared_age_rates(), diagnostics);
}

TEST(AgeRates, hold_from_an_age_to_the_next_row_and_to_the_last_age) {
  Diagnostics diagnostics;
  const AgeRates rates =
      read("death,,both,0,0.1,1/year,x,x,verified\ndeath,,male,50,0.2,1/year,x,x,verified\n", diagnostics);
  const auto periods = rates.need("death", diagnostics);
  diagnostics.throw_if_any();
  ASSERT_EQ(periods.size(), 1u);
  EXPECT_EQ(periods[0].yearly_rate[0][49], 0.1);
  EXPECT_EQ(periods[0].yearly_rate[0][50], 0.2);
  EXPECT_EQ(periods[0].yearly_rate[0][110], 0.2);
  EXPECT_EQ(periods[0].yearly_rate[1][110], 0.1);
}

TEST(AgeRates, are_zero_below_the_first_age) {
  Diagnostics diagnostics;
  const auto periods = read("birth,,female,15,0.1,1/year,x,x,verified\n", diagnostics).need("birth", diagnostics);
  EXPECT_EQ(periods[0].yearly_rate[1][14], 0.0);
  EXPECT_EQ(periods[0].yearly_rate[1][15], 0.1);
  EXPECT_EQ(periods[0].yearly_rate[0][15], 0.0);
}

TEST(AgeRates, have_periods) {
  Diagnostics diagnostics;
  const auto periods =
      read("death,2015-01,both,0,0.1,1/year,x,x,verified\ndeath,2020-01,both,0,0.3,1/year,x,x,verified\n", diagnostics)
          .need("death", diagnostics);
  diagnostics.throw_if_any();
  ASSERT_EQ(periods.size(), 2u);
  EXPECT_EQ(periods[1].from, (Month{2020, 1}));
  EXPECT_EQ(periods[1].yearly_rate[1][7], 0.3);
}

TEST(AgeRates, refuse_periods_that_do_not_ascend) {
  Diagnostics diagnostics;
  read("death,2020-01,both,0,0.1,1/year,x,x,verified\ndeath,2015-01,both,0,0.3,1/year,x,x,verified\n", diagnostics);
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(to_string(diagnostics.all()[0]),
            "age_rates.csv:3:1: error: periods of rate 'death' do not ascend\n"
            "     3 | death,2015-01,both,0,0.3,1/year,x,x,verified\n"
            "       | ^^^^^\n"
            "  expected: all rows of a period, then those of the next\n"
            "  got:      2015-01\n");
}

TEST(AgeRates, report_a_missing_rate_and_go_on_with_zeros) {
  Diagnostics diagnostics;
  const AgeRates rates = read("death,,both,0,0.1,1/year,x,x,verified\n", diagnostics);
  const auto periods = rates.need("birth", diagnostics);
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(diagnostics.all()[0].what, "missing rate 'birth'");
  EXPECT_EQ(periods[0].yearly_rate[0][30], 0.0);
}

TEST(AgeRates, say_their_time_in_their_unit) {
  Diagnostics diagnostics;
  const auto periods = read(
                           "death,,male,0,0.12,1/year,x,x,verified\ndeath,,male,10,0.01,1/month,x,x,verified\n"
                           "death,,male,20,10,%/year,x,x,verified\ndeath,,male,30,10,%/month,x,x,verified\n"
                           "departure_profile,,both,0,3,1,x,x,assumption\n",
                           diagnostics)
                           .need("death", diagnostics);
  diagnostics.throw_if_any();
  EXPECT_EQ(periods[0].yearly_rate[0][0], 0.12);
  EXPECT_EQ(periods[0].yearly_rate[0][10], 0.12);
  EXPECT_NEAR(periods[0].yearly_rate[0][20], 0.1053605, 1e-7);
  EXPECT_NEAR(periods[0].yearly_rate[0][30], 1.2643262, 1e-7);
}

TEST(AgeRates, are_refused_in_a_unit_that_is_no_rate) {
  Diagnostics diagnostics;
  read("death,,both,0,2,%,x,x,verified\ndeparture_profile,,both,0,2,1/year,x,x,verified\n", diagnostics);
  ASSERT_EQ(diagnostics.all().size(), 2u);
  EXPECT_EQ(to_string(diagnostics.all()[0]),
            "age_rates.csv:2:17: error: wrong unit of rate 'death'\n"
            "     2 | death,,both,0,2,%,x,x,verified\n"
            "       |                 ^\n"
            "  expected: 1/year, 1/month, %/year or %/month\n"
            "  got:      '%'\n");
  EXPECT_EQ(diagnostics.all()[1].expected, "1");
}

TEST(AgeRates, above_what_is_plausible_and_rates_that_nothing_reads_are_warnings) {
  Diagnostics diagnostics;
  read("death,,both,0,5,1/year,x,x,verified\ndeaht,,both,0,0.1,1/year,x,x,verified\n", diagnostics);
  EXPECT_TRUE(diagnostics.empty());
  ASSERT_EQ(diagnostics.warnings().size(), 2u);
  EXPECT_EQ(to_string(diagnostics.warnings()[0]),
            "age_rates.csv:2:15: warning: rate 'death' is outside its usual range\n"
            "     2 | death,,both,0,5,1/year,x,x,verified\n"
            "       |               ^\n"
            "  expected: 0 to 2/year\n"
            "  got:      5/year\n"
            "  hint:     it is the yearly rate of dying, by sex and age\n");
  EXPECT_EQ(diagnostics.warnings()[1].what, "nothing reads rate 'deaht'");
  EXPECT_EQ(diagnostics.warnings()[1].hint, "did you mean 'death'?");
}

TEST(AgeRates, of_the_own_municipality_take_over_from_those_of_all_and_other_municipalities_are_passed_over) {
  const std::string text =
      "rate,municipality,from,sex,age,value,unit,place,source,confidence\n"
      "death,,,both,0,0.1,1/year,x,x,verified\n"
      "death,,2020-01,both,0,0.2,1/year,x,x,verified\n"
      "death,ruda,2018-01,both,0,0.3,1/year,x,x,verified\n"
      "death,chorzow,,both,0,0.4,1/year,x,x,verified\n";
  Diagnostics diagnostics;
  const auto of = [&](const char* municipality) {
    return AgeRates::read(make_source("age_rates.csv", text), municipality, declared_age_rates(), diagnostics)
        .need("death", diagnostics);
  };
  const auto all = of(""), ruda = of("ruda"), chorzow = of("chorzow");
  diagnostics.throw_if_any();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[1].yearly_rate[0][0], 0.2);
  ASSERT_EQ(ruda.size(), 2u);
  EXPECT_EQ(ruda[0].yearly_rate[0][0], 0.1);
  EXPECT_EQ(ruda[1].from, (Month{2018, 1}));
  EXPECT_EQ(ruda[1].yearly_rate[0][0], 0.3);
  ASSERT_EQ(chorzow.size(), 1u);
  EXPECT_EQ(chorzow[0].yearly_rate[1][99], 0.4);
}

TEST(AgeRates, know_every_column_of_their_table) {
  Diagnostics diagnostics;
  AgeRates::read(make_source("age_rates.csv", "rate,municpality,from,sex,age,value,unit,place,source,confidence\n"), "",
                 declared_age_rates(), diagnostics);
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(
      to_string(diagnostics.all()[0]),
      "age_rates.csv:1:6: error: unknown column of a table of rates by age\n"
      "     1 | rate,municpality,from,sex,age,value,unit,place,source,confidence\n"
      "       |      ^^^^^^^^^^^\n"
      "  expected: rate, from, sex, age, value, unit, place, source, confidence; municipality and year if wanted\n"
      "  got:      'municpality'\n"
      "  hint:     did you mean 'municipality'?\n");
}

}  // namespace
}  // namespace oikos
