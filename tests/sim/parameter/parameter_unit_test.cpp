#include "sim/parameter/parameter_unit.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oikos {
namespace {

using U = ParameterUnit;

double value(const char* text, U unit) {
  const auto read = parse_parameter(text, unit, "PLN");
  return read ? *read : std::nan("");
}

/// "what / hint" of a refused text.
std::string refused(const char* text, U unit) {
  const auto read = parse_parameter(text, unit, "PLN");
  return read ? "accepted" : read.problem.what + " / " + read.problem.hint;
}

TEST(ParameterUnits, are_converted_to_what_rules_are_given) {
  EXPECT_EQ(value("67 years", U::months), 804);
  EXPECT_EQ(value("804 months", U::months), 804);
  EXPECT_EQ(value("65.5 years", U::months), 786);
  EXPECT_EQ(value("1 year", U::months), 12);
  EXPECT_EQ(value("30 months", U::years), 2.5);
  EXPECT_EQ(value("-2.3 years", U::years), -2.3);
  EXPECT_EQ(value("12 %", U::share), 0.12);
  EXPECT_EQ(value("0.75 %/month", U::chance), 0.0075);
  EXPECT_NEAR(value("6 %/year", U::chance), 1 - std::pow(0.94, 1 / 12.0), 1e-15);
  EXPECT_NEAR(value("0.18/year", U::chance), 1 - std::exp(-0.015), 1e-15);
  EXPECT_NEAR(value("0.02/month", U::chance), 1 - std::exp(-0.02), 1e-15);
  EXPECT_EQ(value("3000 PLN", U::money_monthly), 300'000);
  EXPECT_EQ(value("3000.55 PLN/month", U::money_monthly), 300'055);
  EXPECT_EQ(value("3000 PLN/year", U::money_yearly), 300'000);
  EXPECT_EQ(value("1000 persons/year", U::persons_yearly), 1000);
  EXPECT_EQ(value("1 person", U::persons), 1);
  EXPECT_EQ(value("50 households", U::households), 50);
  EXPECT_EQ(value("40 hours/week", U::hours), 40);
  EXPECT_EQ(value("1.5", U::number), 1.5);
}

TEST(ParameterUnits, are_refused_when_missing_or_of_another_kind_with_a_way_out) {
  EXPECT_EQ(refused("67", U::months), "unit missing / write '67 years' or '67 months'");
  EXPECT_EQ(refused("2", U::years), "unit missing / write '2 years'");
  EXPECT_EQ(refused("67years", U::months), "no space between number and unit / write '67 years'");
  EXPECT_EQ(refused("67 yeras", U::months), "unknown unit 'yeras' / did you mean 'years'?");
  EXPECT_EQ(refused("65.51 years", U::months), "not a whole number of months / ");
  EXPECT_EQ(refused("12", U::share), "unit missing / write '12 %'");
  EXPECT_EQ(refused("0.12", U::share), "unit missing / write '12 %'");
  EXPECT_EQ(refused("5 %", U::chance), "a chance without its time / write '5 %/month' or '5 %/year'");
  EXPECT_EQ(refused("3000", U::money_monthly), "currency missing / write '3000 PLN/month'");
  EXPECT_EQ(refused("3000 EUR", U::money), "currency 'EUR' is not the scenario's / convert it to PLN");
  EXPECT_EQ(refused("36000 PLN/year", U::money_monthly), "wrong unit '/year' / convert it to an amount per month");
  EXPECT_EQ(refused("1000", U::persons_yearly), "unit missing / write '1000 persons/year'");
  EXPECT_EQ(refused("1000 persons", U::persons_yearly), "unknown unit 'persons' / write '1000 persons/year'");
  EXPECT_EQ(refused("1.5 years", U::number), "a unit where a plain number is expected / write 1.5");
}

TEST(ParameterUnits, of_the_analysts_own_figures_are_told_by_their_text) {
  const auto unit = [](const char* text) {
    const auto read = parse_parameter(text, "PLN");
    return read ? (*read).unit : U::hours;
  };
  EXPECT_EQ(unit("3"), U::number);
  EXPECT_EQ(unit("3 %"), U::share);
  EXPECT_EQ(unit("3 %/year"), U::chance);
  EXPECT_EQ(unit("0.1/year"), U::chance);
  EXPECT_EQ(unit("200 PLN"), U::money);
  EXPECT_EQ(unit("200 PLN/month"), U::money_monthly);
  EXPECT_EQ(unit("200 PLN/year"), U::money_yearly);
  EXPECT_EQ(unit("6 months"), U::months);
  EXPECT_EQ(unit("6 years"), U::years);
  EXPECT_EQ(unit("6 persons"), U::persons);
  EXPECT_EQ(unit("6 persons/year"), U::persons_yearly);
  EXPECT_FALSE(parse_parameter("200 EUR", "PLN"));
}

TEST(ParameterUnits, are_shown_as_they_are_read) {
  for (const auto& [text, unit] : {std::pair{"0.75 %/month", U::chance},
                                   {"67 years", U::months},
                                   {"787 months", U::months},
                                   {"12.5 %", U::share},
                                   {"3543.83 PLN/month", U::money_monthly},
                                   {"85528 PLN/year", U::money_yearly},
                                   {"1.5", U::number},
                                   {"2 years", U::years},
                                   {"10 persons", U::persons},
                                   {"38 hours/week", U::hours}})
    EXPECT_EQ(show_parameter(value(text, unit), unit, "PLN"), text);
}

TEST(ParameterUnits, of_tables_stand_in_a_cell_of_their_own) {
  EXPECT_EQ(parameter_text("0.0092", "1/year"), "0.0092/year");
  EXPECT_EQ(parameter_text("1.5", "1"), "1.5");
  EXPECT_EQ(parameter_text("1750", "PLN/month"), "1750 PLN/month");
}

}  // namespace
}  // namespace oikos
