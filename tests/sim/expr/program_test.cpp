#include "sim/expr/program.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/sim/expr/example_schema.hpp"

namespace oikos::expr {
namespace {

using example::kind_of;
using example::program;
using example::value_at;

std::string canonical(std::string_view text) { return to_string(program(text)); }

TEST(Program, knows_precedence) {
  EXPECT_EQ(value_at("2 + 3 * 4"), 14.0);
  EXPECT_EQ(value_at("(2 + 3) * 4"), 20.0);
  EXPECT_EQ(value_at("10 - 4 - 3"), 3.0);
  EXPECT_EQ(value_at("24 / 4 / 2"), 3.0);
  EXPECT_EQ(value_at("-2 * -3"), 6.0);
  EXPECT_EQ(value_at("2 - -3"), 5.0);
  EXPECT_EQ(value_at("if true or false and false then 1 else 0"), 1.0);
  EXPECT_EQ(value_at("if (true or false) and false then 1 else 0"), 0.0);
  EXPECT_EQ(value_at("if not 1 > 2 then 1 else 0"), 1.0);
  EXPECT_EQ(value_at("if false then 1 else 2 + 3"), 5.0);
  EXPECT_EQ(value_at("if false then 1 else if true then 2 else 3"), 2.0);
}

TEST(Program, reads_units_exactly) {
  EXPECT_EQ(value_at("0.07 PLN"), 7.0);
  EXPECT_EQ(value_at("1234.56 PLN"), 123456.0);
  EXPECT_EQ(value_at("85 %"), 0.85);
  EXPECT_EQ(value_at("85% * 200"), 170.0);
  EXPECT_EQ(value_at("1 year + 6 months"), 18.0);
  EXPECT_EQ(kind_of("1 year + 6 months"), Kind::months);
}

TEST(Program, has_functions) {
  EXPECT_EQ(value_at("min(3, 1, 2)"), 1.0);
  EXPECT_EQ(value_at("max(3, 1, 2)"), 3.0);
  EXPECT_EQ(value_at("abs(-3)"), 3.0);
  EXPECT_EQ(value_at("floor(-1.5)"), -2.0);
  EXPECT_EQ(value_at("ceil(-1.5)"), -1.0);
  EXPECT_EQ(value_at("round(2.5)"), 3.0);
  EXPECT_EQ(value_at("round(-2.5)"), -3.0);
  EXPECT_EQ(value_at("round(0.49999999999999994)"), 0.0);
  EXPECT_EQ(value_at("clamp(7, 1, 5)"), 5.0);
  EXPECT_EQ(value_at("clamp(-7, 1, 5)"), 1.0);
  EXPECT_EQ(value_at("between(5, 1, 5)"), 1.0);
  EXPECT_EQ(value_at("between(6, 1, 5)"), 0.0);
}

TEST(Program, rounds_money_to_whole_currency_units) {
  EXPECT_EQ(value_at("floor(12.99 PLN)"), 1200.0);
  EXPECT_EQ(value_at("ceil(12.01 PLN)"), 1300.0);
  EXPECT_EQ(value_at("round(12.50 PLN)"), 1300.0);
  for (const std::uint32_t row : {1u, 2u, 3u, 4u})
    EXPECT_EQ(value_at("floor(monthly_income)", row),
              std::floor(example::Source::value(example::income, row) / 100.0) * 100.0);
}

TEST(Program, gives_the_else_of_a_division_where_the_divisor_is_0) {
  std::uint32_t childless = 0;
  while (example::Source::value(example::children, childless) != 0.0) ++childless;
  EXPECT_EQ(value_at("6 / dependent_children else 5", childless), 5.0);
  EXPECT_EQ(value_at("6 / 3 else 5"), 2.0);
  EXPECT_EQ(value_at("6 / dependent_children else 5 * 2", childless), 10.0);
  EXPECT_EQ(value_at("if true then (6 / dependent_children else 5) else 1", childless), 5.0);
  EXPECT_EQ(value_at("if true then 6 / 3 else 1"), 2.0);
}

TEST(Program, joins_units) {
  EXPECT_EQ(kind_of("monthly_income - rent"), Kind::money);
  EXPECT_EQ(kind_of("0.5 * monthly_income"), Kind::money);
  EXPECT_EQ(kind_of("monthly_income / 2"), Kind::money);
  EXPECT_EQ(kind_of("monthly_income / minimum_wage else 0"), Kind::number);
  EXPECT_EQ(kind_of("months_in_state + 6 * dependent_children"), Kind::months);
  EXPECT_EQ(kind_of("age - 18"), Kind::years);
  EXPECT_EQ(kind_of("age / 1 year"), Kind::number);
  EXPECT_EQ(kind_of("12 * age"), Kind::months);
  EXPECT_EQ(kind_of("months_in_state / 12"), Kind::years);
  EXPECT_EQ(kind_of("12 * age >= months_in_state"), Kind::boolean);
  EXPECT_EQ(kind_of("if migrant then 500 PLN else monthly_income"), Kind::money);
}

TEST(Program, turns_literals_in_months_and_years_into_each_other) {
  EXPECT_EQ(canonical("age >= 216 months"), "age >= 18 years");
  EXPECT_EQ(canonical("months_in_state >= 2 years"), "months_in_state >= 24 months");
  EXPECT_EQ(canonical("between(age, 216 months, 65 years)"), "between(age, 18 years, 65 years)");
}

TEST(Program, takes_enumeration_names_from_the_other_side) {
  EXPECT_EQ(canonical("labour==registered_unemployed"), "labour == registered_unemployed");
  EXPECT_EQ(canonical("employed != labour"), "employed != labour");
  EXPECT_EQ(canonical("education in (low,basic_vocational)"), "education in (low, basic_vocational)");
  EXPECT_EQ(canonical("not tenure in (owner)"), "tenure not in (owner)");
  EXPECT_EQ(canonical("(if migrant then labour else retired) == retired"),
            "(if migrant then labour else retired) == retired");
}

TEST(Program, takes_enumeration_names_from_the_goal) {
  static const Schema schema = example::schema();
  const Goal goal = Goal::exactly("new state", {Kind::enumeration, schema.find_domain("labour_state")});
  Diagnostics diagnostics;
  const auto made = compile("if migrant then employed else labour", {}, schema, goal, diagnostics);
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(to_string(*made), "if migrant then employed else labour");
}

TEST(Program, folds_constants) {
  EXPECT_EQ(canonical("age + (1 + 2 * 3)"), "age + 7");
  EXPECT_EQ(canonical("monthly_income < 2 * 600.25 PLN"), "monthly_income < 1200.5 PLN");
  EXPECT_EQ(canonical("true and migrant"), "migrant");
  EXPECT_EQ(canonical("migrant or 1 < 2"), "true");
  EXPECT_EQ(canonical("if 1 > 2 then age else age - 1"), "age - 1");
  EXPECT_EQ(canonical("rent / 2 else 0 PLN"), "rent / 2");
  EXPECT_EQ(program("3 * 4").constant(), 12.0);
  EXPECT_EQ(program("age").constant(), std::nullopt);
  EXPECT_EQ(program("minimum_wage").constant(), std::nullopt);
}

TEST(Program, knows_what_it_reads) {
  const auto made =
      program("rent < 0.3 * minimum_wage and age > 3 and rent > 0 PLN and (false and migrant or disabled)");
  EXPECT_THAT(made.reads(), testing::ElementsAre(example::age, example::rent, example::disabled));
  EXPECT_THAT(made.parameters(), testing::ElementsAre(0u));
}

/// Goal: scenario files can be written out and read back. Method: every printed form compiles to the same program.
TEST(Program, round_trips_through_its_canonical_text) {
  const std::string_view texts[] = {
      "age >= 18 and age < 65 and labour == registered_unemployed and months_in_state >= 12",
      "-age",
      "-(-age)",
      "-(age + 1)",
      "age - (age - 1)",
      "age / (age / 1 year else 1) else 0",
      "(rent / monthly_income else 0) * 100 %",
      "rent / monthly_income else 0 / 3",
      "if migrant then (rent / monthly_income else 0) else 1",
      "if migrant then 1 + (2 years / age else 0) else 3",
      "if (if migrant then disabled else migrant) then 1 else 2",
      "if migrant then if disabled then 1 else 2 else 3",
      "(if migrant then 1 else 2) + (if disabled then 1 else 2)",
      "not (migrant and disabled) or not migrant and disabled",
      "migrant and (disabled and migrant)",
      "tenure not in (owner, social) or not (education == low)",
      "1 / 3 * age",
      "monthly_income * 0.1 - 0.333333 PLN",
      "monthly_income / 2 == 1 PLN",
      "0.1 months * 3",
      "clamp(age, 1 month, max(3, 5 months, age))",
      "floor(rent) == round(-rent)",
      "rent + -5.05 PLN",
      "0.01 PLN",
      "100000 PLN",
      "true",
      "if true then 3 else 2",
      "age == -0"};
  for (const auto text : texts) {
    const auto once = program(text);
    EXPECT_EQ(once, program(to_string(once))) << text << "\n" << to_string(once);
  }
  EXPECT_EQ(canonical("if migrant then (1/dependent_children else 0) else 1"),
            "if migrant then (1 / dependent_children else 0) else 1");
  EXPECT_EQ(canonical("((1 / dependent_children else 0)) / dependent_children else 2"),
            "1 / dependent_children else 0 / dependent_children else 2");
}

TEST(Program, accepts_a_number_where_a_time_is_wanted) {
  EXPECT_EQ(program("12", Goal::exactly("duration", {Kind::months})).type().kind, Kind::months);
  EXPECT_EQ(program("2 years", Goal::exactly("duration", {Kind::months})).constant(), 24.0);
}

}  // namespace
}  // namespace oikos::expr
