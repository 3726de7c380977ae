#include "sim/expr/screen.hpp"

#include <gtest/gtest.h>

#include "sim/base/contract.hpp"
#include "tests/sim/expr/grown_trees.hpp"

namespace oikos::expr::example {
namespace {

Program condition(const std::string& text) {
  return program(text, Goal::exactly("condition", {Kind::boolean, nullptr}));
}

/// Each condition of a screen against the evaluator, over all rows and over every third.
void expect_same(const std::vector<std::string>& texts, std::uint32_t first, std::uint32_t count) {
  const Schema names = schema();
  const Source source;
  Screen screen(names);
  for (const auto& text : texts) screen.add(condition(text));
  Screen::Room room;
  room.start(screen, source, first, count);
  std::vector<std::uint32_t> every_third;
  for (std::uint32_t row = first; row < first + count; row += 3) every_third.push_back(row);
  Evaluator evaluator;
  std::vector<std::uint32_t> expected, found;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    evaluator.select_range(condition(texts[i]), source, first, count, expected);
    screen.select(i, room, found);
    EXPECT_EQ(found, expected) << texts[i];
    evaluator.select(condition(texts[i]), source, every_third, expected);
    screen.select(i, room, every_third, found);
    EXPECT_EQ(found, expected) << texts[i];
  }
}

const std::vector<std::string> kinds_of_conditions{
    "age >= 18",
    "18 years <= age",
    "age > 17.5",
    "age < 18.5",
    "age == 30",
    "age == 30.5",
    "age != 30",
    "age != 30.5",
    "age >= 1000000",
    "age < 1000000",
    "age >= 255.5",
    "age < 255.5",
    "age >= -1",
    "age > -0.5 and age != 256",
    "monthly_income >= minimum_wage",
    "monthly_income == 0 PLN or monthly_income != 0 PLN",
    "monthly_income < 90071992547409.91 PLN and migrant",
    "not (age >= 18)",
    "migrant",
    "not migrant",
    "not not disabled",
    "labour == registered_unemployed",
    "labour in (employed, registered_unemployed, retired)",
    "labour not in (employed, registered_unemployed)",
    "age >= 18 and age < 65 and labour == registered_unemployed and months_in_state >= 12",
    "age >= 18 and (migrant or disabled) and not (labour == employed or education == low)",
    "monthly_income < 2000 PLN",
    "labour == registered_unemployed and monthly_income < 2000 PLN",
    "labour == registered_unemployed or monthly_income < 2000 PLN",
    "age >= 18 and monthly_income == 0 PLN",
    "age < pension_age",
    "age < pension_age and labour == retired",
    "age >= 18 and age < 18",
    "age >= 18 and dependent_children > 0 and (monthly_income / dependent_children else 0 PLN) < 900 PLN",
    "true",
    "false",
    "between(age, 20, 30)",
    "between(age, 20, 30) and migrant",
    "if migrant then age >= 18 else age >= 65",
};

TEST(Screen, finds_the_rows_that_the_evaluator_finds) {
  for (const std::uint32_t count : {1u, 63u, 64u, 65u, 1000u, 4096u}) expect_same(kinds_of_conditions, 1234, count);
}

TEST(Screen, of_random_conditions_finds_them_too) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Grower grower(seed);
    std::vector<std::string> texts;
    for (int i = 0; i < 40; ++i) texts.push_back(grower.boolean(1 + i % 4).text);
    expect_same(texts, static_cast<std::uint32_t>(seed * 100), 200);
  }
}

TEST(Screen, may_be_turned_to_other_rows) {
  const Schema names = schema();
  const Source source;
  Screen screen(names);
  for (const auto& text : kinds_of_conditions) screen.add(condition(text));
  Screen::Room room;
  Evaluator evaluator;
  std::vector<std::uint32_t> expected, found;
  for (const auto& [first, count] : {std::pair{0u, 500u}, {500u, 77u}, {7u, 900u}}) {
    room.start(screen, source, first, count);
    for (std::size_t i = kinds_of_conditions.size(); i-- > 0;) {
      evaluator.select_range(condition(kinds_of_conditions[i]), source, first, count, expected);
      screen.select(i, room, found);
      EXPECT_EQ(found, expected) << kinds_of_conditions[i];
    }
  }
}

TEST(Screen, of_few_conditions_finds_them_too) {
  for (const auto& text : kinds_of_conditions) {
    expect_same({text}, 99, 1000);
    expect_same({text, "labour == retired and age >= 60 and rent > 100 PLN"}, 99, 1000);
  }
}

TEST(Screen, reads_each_column_once_and_no_row_that_cannot_pass) {
  const Schema names = schema();
  const Source source;
  Screen screen(names);
  for (int age = 18; age < 60; ++age)
    screen.add(condition("labour == child and age >= " + std::to_string(age) +
                         " and migrant and not migrant and "
                         "(rent / monthly_income else 0) < 0.3"));
  Screen::Room room;
  room.start(screen, source, 0, 1000);
  std::vector<std::uint32_t> found;
  for (std::size_t i = 0; i < screen.size(); ++i) {
    screen.select(i, room, found);
    EXPECT_TRUE(found.empty());
  }
  EXPECT_EQ(source.loaded, 1000u) << "migrant; the other columns cannot change that nobody passes";
}

TEST(Screen, takes_conditions_only) {
  const Schema names = schema();
  Screen screen(names);
  EXPECT_THROW(screen.add(program("age + 1 year")), ContractError);
}

}  // namespace
}  // namespace oikos::expr::example
