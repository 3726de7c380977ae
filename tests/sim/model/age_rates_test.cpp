#include "sim/model/age_rates.hpp"

#include <gtest/gtest.h>

#include "sim/text/node.hpp"

namespace oikos {
namespace {

const std::string header = "rate,from,sex,age,value,unit,place,source,confidence\n";

AgeRates read(const std::string& rows, Diagnostics& diagnostics) {
  return AgeRates::read(make_source("age_rates.csv", header + rows), diagnostics);
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

}  // namespace
}  // namespace oikos
