#include "sim/text/units.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace oikos::units {
namespace {

template <class T>
std::string why(const Parsed<T>& parsed) {
  return parsed ? "fine" : parsed.problem.what + (parsed.problem.hint.empty() ? "" : " | " + parsed.problem.hint);
}

TEST(Number, reads_decimal_points_and_exponents) {
  EXPECT_EQ(*parse_number("0"), 0.0);
  EXPECT_EQ(*parse_number("-12.5"), -12.5);
  EXPECT_EQ(*parse_number("3e-4"), 3e-4);
  EXPECT_EQ(*parse_number("0.1"), 0.1);
}

TEST(Number, says_what_is_wrong_with_the_writing) {
  EXPECT_EQ(why(parse_number("1,5")), "decimal comma | decimals are written with a point: 1.5");
  EXPECT_EQ(why(parse_number("1 200")), "digits are grouped | write 1200 for 1 200");
  EXPECT_EQ(why(parse_number("1\xC2\xA0"
                             "200")),
            "digits are grouped | write 1200 for 1 200");
  EXPECT_EQ(why(parse_number("1_200")), "digits are grouped | write 1200 for 1_200");
  EXPECT_EQ(why(parse_number("1,200,000")), "digits are grouped | write 1200000 for 1,200,000");
  EXPECT_EQ(why(parse_number("010")), "a leading zero | write 10");
  EXPECT_EQ(why(parse_number("+5")), "a plus sign before a number | write 5");
  EXPECT_EQ(why(parse_number(".5")), "not a number | write 0.5");
  EXPECT_EQ(why(parse_number(" 13")), "spaces around a number | write 13");
  EXPECT_EQ(why(parse_number("12 %")), "a unit where a plain number is expected | write 0.12");
  EXPECT_EQ(why(parse_number("")), "empty value");
  EXPECT_EQ(why(parse_number("1e999")), "number too large or too small to be held");
  for (const char* text : {"nan", "inf", "0x10", "1.", "--1", "1e", "12:30", "1.2.3", "-"})
    EXPECT_FALSE(parse_number(text)) << text;
}

TEST(Integer, is_whole_and_fits) {
  EXPECT_EQ(*parse_integer("-42"), -42);
  EXPECT_EQ(*parse_integer("9223372036854775807"), INT64_MAX);
  EXPECT_EQ(why(parse_integer("9223372036854775808")), "number too large or too small to be held");
  EXPECT_EQ(why(parse_integer("1.0")), "not a whole number");
  EXPECT_EQ(why(parse_integer("1e3")), "not a whole number");
  EXPECT_EQ(why(parse_integer("five")), "not a whole number");
}

/// Goal: percent and fraction are the same number to the last bit, which dividing by 100 would not give.
TEST(Share, percent_has_the_bits_of_the_fraction) {
  EXPECT_EQ(*parse_share("12 %"), 0.12);
  EXPECT_EQ(*parse_share("0.29"), *parse_share("29%"));
  EXPECT_EQ(*parse_share("7 %"), 0.07);
  EXPECT_EQ(*parse_share("0.57 %"), 0.0057);
  EXPECT_EQ(*parse_share("100 %"), 1.0);
  EXPECT_EQ(*parse_share("120 %"), 1.2) << "bounds are the codec's business";
  EXPECT_EQ(why(parse_share("12")), "a share above 1 without '%' | write '12 %' if percent is meant");
  EXPECT_EQ(why(parse_share("1,5 %")), "decimal comma | decimals are written with a point: 1.5 %");
  EXPECT_EQ(why(parse_share("5 percent")), "unknown unit 'percent' | write '5 %'");
  EXPECT_EQ(why(parse_share("half")), "not a share");
}

TEST(Share, is_exact_in_parts_per_million) {
  EXPECT_EQ(*parse_share_ppm("12 %"), 120'000);
  EXPECT_EQ(*parse_share_ppm("33.3333 %"), 333'333);
  EXPECT_EQ(*parse_share_ppm("0.85"), 850'000);
  EXPECT_EQ(why(parse_share_ppm("33.33333 %")),
            "more decimals than parts per million can hold | give at most four decimals of a percent");
}

TEST(ChanceText, says_its_time_in_its_unit) {
  EXPECT_EQ(*parse_chance("4 %/month"), (Chance{0.04, ChanceUnit::probability_per_month}));
  EXPECT_EQ(*parse_chance("6%/year"), (Chance{0.06, ChanceUnit::probability_per_year}));
  EXPECT_EQ(*parse_chance("0.02/month"), (Chance{0.02, ChanceUnit::hazard_per_month}));
  EXPECT_EQ(*parse_chance("12 / year"), (Chance{12, ChanceUnit::hazard_per_year}));
  EXPECT_EQ(parse_chance("100 %/month")->monthly(), 1.0);
  EXPECT_EQ(parse_chance("29 %/month")->monthly(), 0.29) << "the bits of the fraction";
}

TEST(ChanceText, says_what_is_wrong) {
  EXPECT_EQ(why(parse_chance("4 %")), "a chance without its time | write '4 %/month' or '4 %/year'");
  EXPECT_EQ(why(parse_chance("0.04")), "a chance without its time | write '0.04/month' or '0.04/year'");
  EXPECT_EQ(why(parse_chance("4 %/week")), "wrong unit '/week' | convert it to /month or /year");
  EXPECT_EQ(why(parse_chance("4 %/mnoth")), "wrong unit '/mnoth' | did you mean 'month'?");
  EXPECT_EQ(why(parse_chance("4 percent/month")), "unknown unit 'percent/month'");
  EXPECT_EQ(why(parse_chance("4,5 %/month")), "decimal comma | decimals are written with a point: 4.5 %/month");
  EXPECT_EQ(why(parse_chance("-1 %/month")), "a negative chance");
  EXPECT_EQ(why(parse_chance("150 %/year")), "a probability above 100 % | a hazard may be above 1: write '1.5/year'");
  EXPECT_EQ(why(parse_chance("often")), "not a chance");
  EXPECT_EQ(why(parse_chance("")), "empty value");
}

TEST(ChanceText, units_of_tables) {
  EXPECT_EQ(chance_unit("%/month"), ChanceUnit::probability_per_month);
  EXPECT_EQ(chance_unit("%/year"), ChanceUnit::probability_per_year);
  EXPECT_EQ(chance_unit("1/month"), ChanceUnit::hazard_per_month);
  EXPECT_EQ(chance_unit("1/year"), ChanceUnit::hazard_per_year);
  EXPECT_EQ(chance_unit("%"), std::nullopt);
}

TEST(MoneyText, is_read_in_minor_units) {
  EXPECT_EQ(*parse_money("850 PLN", "PLN"), Money{85'000});
  EXPECT_EQ(*parse_money("-0.05 PLN", "PLN"), Money{-5});
  EXPECT_EQ(*parse_money("1234.5 PLN", "PLN"), Money{123'450});
  EXPECT_EQ(*parse_money("92233720368547758.07 PLN", "PLN"), Money{INT64_MAX});
}

TEST(MoneyText, thousands_and_millions_are_words) {
  EXPECT_EQ(*parse_money("400 thousand PLN", "PLN"), Money{40'000'000});
  EXPECT_EQ(*parse_money("1.2 million PLN", "PLN"), Money{120'000'000});
  EXPECT_EQ(*parse_money("0.00000001 million PLN", "PLN"), Money{1});
  EXPECT_EQ(*parse_money_rate("20 million PLN/year", "PLN", std::vector<std::string>{"year"}),
            (MoneyRate{Money{2'000'000'000}, "year"}));
  EXPECT_EQ(why(parse_money("0.000000001 million PLN", "PLN")), "more than two decimals in an amount of money");
  EXPECT_EQ(why(parse_money("2 million", "PLN")), "currency missing | write '2 million PLN'");
  EXPECT_EQ(why(parse_money("2 millions PLN", "PLN")),
            "currency 'millions PLN' is not the scenario's | did you mean 'million PLN'?");
  EXPECT_EQ(why(parse_money("90000000000000000 million PLN", "PLN")), "amount too large to be held");
}

TEST(CurrencyText, is_three_capital_letters) {
  EXPECT_EQ(*parse_currency("PLN"), "PLN");
  EXPECT_EQ(why(parse_currency("pln")), "not a currency code | write PLN");
  EXPECT_EQ(why(parse_currency("zł")), "not a currency code");
  EXPECT_EQ(why(parse_currency("PL/N")), "not a currency code");
  EXPECT_EQ(why(parse_currency("")), "empty value");
}

TEST(MoneyText, says_what_is_missing) {
  EXPECT_EQ(why(parse_money("850", "PLN")), "currency missing | write '850 PLN'");
  EXPECT_EQ(why(parse_money("850PLN", "PLN")), "no space between number and currency | write '850 PLN'");
  EXPECT_EQ(why(parse_money("850 EUR", "PLN")), "currency 'EUR' is not the scenario's | convert it to PLN");
  EXPECT_EQ(why(parse_money("8.505 PLN", "PLN")), "more than two decimals in an amount of money");
  EXPECT_EQ(why(parse_money("92233720368547758.08 PLN", "PLN")), "amount too large to be held");
  EXPECT_EQ(why(parse_money("850 PLN/month", "PLN")),
            "an amount per time where an amount is expected | write '850 PLN'");
  EXPECT_EQ(why(parse_money("2 mln PLN", "PLN")), "a short form 'mln' | write '2 million PLN'");
  EXPECT_EQ(why(parse_money("3 tys. PLN", "PLN")), "a short form 'tys.' | write '3 thousand PLN'");
  EXPECT_EQ(why(parse_money("1 200 PLN", "PLN")), "digits are grouped | write 1200 for 1 200");
  EXPECT_EQ(why(parse_money("1200,50 PLN", "PLN")), "decimal comma | decimals are written with a point: 1200.50");
  EXPECT_EQ(why(parse_money("PLN", "PLN")), "not an amount of money");
  EXPECT_EQ(why(parse_money("1e3 PLN", "PLN")), "not an amount of money");
}

TEST(MoneyText, per_something_names_one_of_the_units) {
  const std::vector<std::string> per{"month", "place-month"};
  EXPECT_EQ(*parse_money_rate("850 PLN/month", "PLN", per), (MoneyRate{Money{85'000}, "month"}));
  EXPECT_EQ(*parse_money_rate("1.5 PLN / place-month", "PLN", per), (MoneyRate{Money{150}, "place-month"}));
  EXPECT_EQ(why(parse_money_rate("850 PLN", "PLN", per)), "an amount without 'per what' | write '850 PLN/month'");
  EXPECT_EQ(why(parse_money_rate("850 PLN/year", "PLN", per)),
            "wrong unit '/year' | convert it to an amount per month");
  EXPECT_EQ(why(parse_money_rate("850 PLN/mnoth", "PLN", per)), "wrong unit '/mnoth' | did you mean 'month'?");
}

TEST(Duration, is_whole_months) {
  EXPECT_EQ(*parse_duration_months("9 months"), 9);
  EXPECT_EQ(*parse_duration_months("1 month"), 1);
  EXPECT_EQ(*parse_duration_months("2 years"), 24);
  EXPECT_EQ(why(parse_duration_months("9")), "unit missing | write '9 months'");
  EXPECT_EQ(why(parse_duration_months("9months")), "no space between number and unit | write '9 months'");
  EXPECT_EQ(why(parse_duration_months("9 mnoths")), "unknown unit 'mnoths' | did you mean 'months'?");
  EXPECT_EQ(why(parse_duration_months("3 weeks")), "unknown unit 'weeks'");
  EXPECT_EQ(why(parse_duration_months("1.5 years")), "not a whole number");
  EXPECT_EQ(why(parse_duration_months("-3 months")), "duration out of range");
  EXPECT_EQ(why(parse_duration_months("long")), "not a duration");
}

TEST(Duration, ranges_have_a_first_and_a_last_month) {
  EXPECT_EQ(*parse_duration_range("9..12 months"), (MonthRange{9, 12}));
  EXPECT_EQ(*parse_duration_range("1 .. 2 years"), (MonthRange{12, 24}));
  EXPECT_EQ(*parse_duration_range("9 months"), (MonthRange{9, 9}));
  EXPECT_EQ(why(parse_duration_range("12..9 months")), "the range ends before it begins | write '9..12 months'");
  EXPECT_EQ(why(parse_duration_range("9..12")), "unit missing | write '9..12 months'");
  EXPECT_EQ(why(parse_duration_range("9-12 months")), "not a duration");
  EXPECT_EQ(why(parse_duration_range("9...12 months")), "not a duration | write '9..12 months'");
}

TEST(Quantity, has_its_unit_in_singular_or_plural) {
  EXPECT_EQ(*parse_quantity("5 hours", "hour"), 5.0);
  EXPECT_EQ(*parse_quantity("1 hour", "hour"), 1.0);
  EXPECT_EQ(*parse_quantity("12.5 hours/week", "hour/week"), 12.5);
  EXPECT_EQ(*parse_quantity("3 thousand households", "household"), 3000.0);
  EXPECT_EQ(*parse_quantity("0.1 million hours", "hour"), 100'000.0);
  EXPECT_EQ(why(parse_quantity("5", "hour")), "unit missing | write '5 hours'");
  EXPECT_EQ(why(parse_quantity("5 horus", "hour")), "unknown unit 'horus' | did you mean 'hours'?");
}

TEST(Age, may_be_plain_where_the_caller_says_so) {
  EXPECT_EQ(*parse_age("18 years", false), 18);
  EXPECT_EQ(*parse_age("18", true), 18);
  EXPECT_EQ(why(parse_age("18", false)), "unit missing | write '18 years'");
  EXPECT_EQ(why(parse_age("18 months", true)), "unknown unit 'months'");
}

TEST(MonthText, knows_the_usual_slips) {
  EXPECT_EQ(*parse_month("2015-07"), Month(2015, 7));
  EXPECT_EQ(why(parse_month("2015")), "a year where a month is meant | write 2015-01");
  EXPECT_EQ(why(parse_month("2022", MonthRole::last)), "a year where a month is meant | write 2022-12");
  EXPECT_EQ(why(parse_month("2015-7")), "not a month | write 2015-07");
  EXPECT_EQ(why(parse_month("2015-07-01")), "a day where a month is expected | write 2015-07");
  EXPECT_EQ(why(parse_month("2015-13")), "not a month");
  EXPECT_EQ(why(parse_month("July")), "not a month");
}

TEST(Boolean, is_yes_or_no_and_nothing_else) {
  EXPECT_TRUE(*parse_boolean("yes"));
  EXPECT_FALSE(*parse_boolean("no"));
  EXPECT_EQ(why(parse_boolean("true")), "not yes or no | write yes");
  EXPECT_EQ(why(parse_boolean("No")), "not yes or no | write no");
  EXPECT_EQ(why(parse_boolean("maybe")), "not yes or no");
}

TEST(Identifier, is_lower_case_ascii) {
  EXPECT_EQ(*parse_identifier("day_centre_2"), "day_centre_2");
  EXPECT_EQ(why(parse_identifier("Day Centre")), "not a name | write day_centre");
  EXPECT_EQ(why(parse_identifier("2nd")), "not a name");
  EXPECT_EQ(why(parse_identifier("świetlica")), "not a name");
  EXPECT_EQ(why(parse_identifier(std::string(65, 'a'))), "a name longer than 64 characters");
}

TEST(OneOf, suggests_the_nearest_word) {
  const std::vector<std::string> names{"female", "male"};
  EXPECT_EQ(*parse_one_of("male", names), 1u);
  EXPECT_EQ(why(parse_one_of("femal", names)), "unknown word 'femal' | did you mean 'female'?");
  EXPECT_EQ(why(parse_one_of("x", names)), "unknown word 'x'");
}

}  // namespace
}  // namespace oikos::units
