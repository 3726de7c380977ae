#include "sim/expr/possible.hpp"

#include <gtest/gtest.h>

#include "tests/sim/expr/grown_trees.hpp"

/// What can be said of conditions without looking at rows.
namespace oikos::expr {
namespace {

using example::Grower;
using example::Grown;
using example::Source;

/// The example schema with facts about its rows.
const Schema& schema() {
  static const Schema made = [] {
    Schema s = example::schema();
    s.add_fact("labour != child or age < 20");
    s.add_fact("dependent_children == 0 or age >= 15");
    return s;
  }();
  return made;
}

Possible reasoning() {
  Possible possible(schema());
  possible.set_parameter("minimum_wage", 300'000, 400'000);
  possible.set_parameter("pension_age", 60, 67);
  return possible;
}

bool can_be(std::string_view condition) {
  const Possible possible = reasoning();
  return possible.where(possible.anybody(), condition).has_value();
}
bool must_be(std::string_view condition) {
  const Possible possible = reasoning();
  return possible.always(possible.anybody(), condition);
}

TEST(Possible, conditions_that_nobody_can_meet) {
  for (const char* text : {
           "false",
           "age < 0",
           "age > 200",
           "age >= 65 and age < 18",
           "labour == employed and labour == retired",
           "labour == employed and labour in (child, student)",
           "labour == child and age >= 30",
           "age >= 30 and labour == child",
           "dependent_children >= 1 and age < 15",
           "dependent_children > 1 and dependent_children < 2",
           "dependent_children == 1.5",
           "between(age, 65, 70) and age < 60",
           "not (age < 50) and not (age > 40)",
           "(age < 18 or age > 65) and age == 40",
           "(labour == child or labour == student) and labour == retired",
           "(labour == child and age >= 30) or (labour == child and age >= 40)",
           "age + 5 > 100",
           "2 * age > 180",
           "age - 10 >= pension_age and age < 65",
           "age >= pension_age and age < 60",
           "monthly_income < 0 PLN",
           "monthly_income > minimum_wage and monthly_income < 2000 PLN",
           "min(age, 30) > 30",
           "max(age, 30) < 30",
           "max(age, 50) < 60 and age > 70",
           "abs(dependent_children) < 0",
           "clamp(age, 20, 30) > 30",
           "(monthly_income / (rent) else 0) < 0",
           "if age > 50 then age < 40 else age > 60",
           "migrant and not migrant",
           "tenure not in (owner, municipal, social, private_rent)",
           "education == low and education != low",
           "months_in_state >= 5 years",
       }) {
    EXPECT_FALSE(can_be(text)) << text;
    EXPECT_TRUE(must_be("not (" + std::string(text) + ")")) << text;
  }
}

TEST(Possible, conditions_that_somebody_may_meet) {
  for (const char* text : {
           "true",
           "age == 0",
           "age >= 65 and age <= 65",
           "labour == child and age < 7",
           "labour == child and age >= 19",
           "labour == student and age >= 30",
           "dependent_children >= 1 and age == 15",
           "age >= pension_age and age < 61",
           "monthly_income < minimum_wage and rent > monthly_income",
           "(age < 18 or age > 65) and age == 70",
           "months_in_state >= 59",
           "abs(age - 40) < 5",
           "(rent / monthly_income else 1) > 0.4",
       }) {
    EXPECT_TRUE(can_be(text)) << text;
    EXPECT_FALSE(must_be("not (" + std::string(text) + ")")) << text;
  }
}

TEST(Possible, conditions_that_everybody_meets) {
  for (const char* text : {"age >= 0", "monthly_income >= 0 PLN", "age < 90 or migrant", "migrant or not migrant",
                           "labour != child or age < 25", "pension_age >= 60"})
    EXPECT_TRUE(must_be(text)) << text;
}

TEST(Possible, what_is_known_of_those_who_meet_a_condition_holds_for_amounts) {
  const Possible possible = reasoning();
  const auto poor = possible.where(possible.anybody(), "monthly_income < 800 PLN and dependent_children >= 2");
  ASSERT_TRUE(poor);
  const Interval amount = possible.range(*poor, "100 PLN * dependent_children");
  EXPECT_EQ(amount.least, 20'000);
  EXPECT_EQ(amount.most, 30'000);
  const Interval gap = possible.range(*poor, "800 PLN - monthly_income");
  EXPECT_EQ(gap.least, 1);
  EXPECT_EQ(gap.most, 80'000);
}

TEST(Possible, later_only_what_lasts_is_still_known) {
  const Possible possible = reasoning();
  const auto old = possible.where(possible.anybody(), "age >= 65 and labour == retired");
  ASSERT_TRUE(old);
  const Picture later = possible.later(*old, 24);
  EXPECT_TRUE(possible.always(later, "age >= 65"));
  EXPECT_FALSE(possible.always(later, "labour == retired"));
  const auto small = possible.where(possible.anybody(), "age < 3");
  ASSERT_TRUE(small);
  EXPECT_FALSE(possible.where(possible.later(*small, 12), "age >= 4"));
  EXPECT_TRUE(possible.where(possible.later(*small, 24), "age >= 4"));
}

/// Goal: never "impossible" for what is possible, never "always" for what fails, never a value outside its interval,
/// and every row that meets a condition lies inside its picture. Method: random texts against a naive evaluator. Each
/// half of a conjunction is narrowed by the other, so conjunctions of three are tried too.
TEST(Possible, errs_to_the_wide_side) {
  const Schema plain = example::schema();
  Possible possible(plain);
  possible.set_parameter("minimum_wage", 350'000, 350'000);
  possible.set_parameter("pension_age", 67, 67);
  int impossible = 0, certain = 0;
  for (std::uint64_t seed = 1; seed <= 1200; ++seed) {
    Grower grower(seed * 7919);
    const Grown a = grower.boolean(3), b = grower.boolean(2), c = grower.boolean(2), number = grower.number(3);
    const std::string text = a.text + " and " + b.text + " and not " + c.text;
    const auto picture = possible.where(possible.anybody(), text);
    const bool always = possible.always(possible.anybody(), "not (" + text + ")");
    const Interval range = possible.range(picture.value_or(possible.anybody()), number.text);
    ASSERT_EQ(always, !picture.has_value()) << text;
    impossible += !picture;
    for (std::uint32_t row = 0; row < 400; ++row) {
      const bool meets = a.at(row) != 0 && b.at(row) != 0 && c.at(row) == 0;
      if (!meets) continue;
      ASSERT_TRUE(picture.has_value()) << text << " at row " << row;
      const double value = number.at(row);
      ASSERT_TRUE(std::isnan(value) ? range.may_be_nan : value >= range.least && value <= range.most)
          << number.text << " where " << text << " at row " << row << ": " << value << " outside " << range.least
          << " to " << range.most;
    }
    const Grown any = grower.boolean(3);
    if (!possible.always(possible.anybody(), any.text)) continue;
    ++certain;
    for (std::uint32_t row = 0; row < 400; ++row) ASSERT_NE(any.at(row), 0.0) << any.text << " at row " << row;
  }
  // The test would be empty if nothing were ever found.
  EXPECT_GT(impossible, 100);
  EXPECT_GT(certain, 20);
}

/// A text of hundreds of alternatives beside each other costs no more than a moment, and says "possible".
TEST(Possible, long_texts_are_not_looked_through) {
  std::string text = "(age < 10 or age > 80)";
  for (int i = 0; i < 180; ++i) text += " and (age < " + std::to_string(i % 40) + " or age > 40 or migrant)";
  EXPECT_TRUE(can_be(text + " and migrant"));
}

}  // namespace
}  // namespace oikos::expr
