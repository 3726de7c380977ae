#include "sim/base/month.hpp"

#include <gtest/gtest.h>

namespace oikos {
namespace {

TEST(Month, counts_from_january_of_year_zero) {
  EXPECT_EQ(Month(0, 1).index(), 0);
  EXPECT_EQ(Month(2015, 7).index(), 2015 * 12 + 6);
  EXPECT_EQ(Month(2015, 7).year(), 2015);
  EXPECT_EQ(Month(2015, 7).month_of_year(), 7);
}

TEST(Month, every_index_gives_back_its_year_and_month_also_before_year_zero) {
  for (int year = -30; year <= 30; ++year)
    for (int month = 1; month <= 12; ++month) {
      const Month m{year, month};
      ASSERT_EQ(m.year(), year);
      ASSERT_EQ(m.month_of_year(), month);
      ASSERT_EQ(Month::from_index(m.index()), m);
    }
}

TEST(Month, arithmetic_crosses_years) {
  EXPECT_EQ(Month(2015, 11) + 3, Month(2016, 2));
  EXPECT_EQ(Month(2016, 2) - 3, Month(2015, 11));
  EXPECT_EQ(Month(2016, 2) - Month(2015, 11), 3);
  Month m{2015, 12};
  EXPECT_EQ(++m, Month(2016, 1));
  EXPECT_LT(Month(2015, 12), Month(2016, 1));
}

TEST(Month, is_read_as_year_and_month) {
  EXPECT_EQ(parse_month("2015-07"), Month(2015, 7));
  EXPECT_EQ(parse_month("2015-12"), Month(2015, 12));
  EXPECT_EQ(parse_month("2015"), std::nullopt) << "a year is twelve months";
  EXPECT_EQ(parse_month("1800-01"), Month(1800, 1));
  EXPECT_EQ(parse_month("2999-12"), Month(2999, 12));
}

TEST(Month, no_other_text_is_a_month) {
  for (const char* text : {"", "215", "20155", "2015-7", "2015-00", "2015-13", "2015/07", "2015-07-01", " 2015",
                           "2015-0x", "x015-07", "1799-12", "3000-01", "-015-07", "2015--1", "２０", "2015 07"})
    EXPECT_EQ(parse_month(text), std::nullopt) << text;
}

TEST(Month, is_written_as_it_is_read) {
  EXPECT_EQ(to_string(Month(2015, 7)), "2015-07");
  EXPECT_EQ(to_string(Month(987, 12)), "0987-12");
  for (Month m{1800, 1}; m <= Month(2999, 12); ++m) ASSERT_EQ(parse_month(to_string(m)), m);
}

TEST(Month, days_between_follow_the_gregorian_calendar) {
  EXPECT_EQ(days_between(Month(2015, 1), Month(2015, 1)), 0);
  EXPECT_EQ(days_between(Month(2015, 2), Month(2015, 3)), 28);
  EXPECT_EQ(days_between(Month(2016, 2), Month(2016, 3)), 29);
  EXPECT_EQ(days_between(Month(1900, 2), Month(1900, 3)), 28);
  EXPECT_EQ(days_between(Month(2000, 2), Month(2000, 3)), 29);
  EXPECT_EQ(days_between(Month(2016, 1), Month(2017, 1)), 366);
  EXPECT_EQ(days_between(Month(1970, 1), Month(2000, 1)), 10957);
  EXPECT_EQ(days_between(Month(2000, 1), Month(1970, 1)), -10957);
  EXPECT_EQ(days_between(Month(1600, 1), Month(2000, 1)), 146097);
}

}  // namespace
}  // namespace oikos
