#include "sim/world/expression_columns.hpp"

#include <gtest/gtest.h>

#include <map>
#include <numeric>

#include "sim/base/contract.hpp"
#include "sim/expr/evaluate.hpp"
#include "sim/expr/program.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos {
namespace {

const Month january{2020, 1};
const std::vector<std::string> districts{"north", "south"};

/// A mother of a household of three, seen through every name.
struct Family {
  Family() {
    tiny.add("M50");
    mother = tiny.add("F30*M32 f5", 1, Tenure::social);
    PersonTable& p = tiny.world.persons;
    HouseholdTable& h = tiny.world.households;
    p[person::birth_month][mother] = static_cast<ShortMonth>(p[person::birth_month][mother] - 7);
    p[person::education][mother] = Education::secondary;
    p[person::labour][mother] = Labour::registered_unemployed;
    p[person::state_since][mother] = to_short(january - 5);
    p[person::children_born][mother] = 2;
    p[person::gross_wage][mother] = 123'456;
    p[person::pension][mother] = 77'777;
    p[person::net_income][mother] = 90'001;
    h[household::dependent_children][1] = 1;
    h[household::type][1] = HouseholdType::couple_with_children;
    h[household::market_income][1] = 100'000;
    h[household::child_benefit][1] = 50'000;
    h[household::social_assistance][1] = 3'000;
    h[household::programme_cash][1] = 9'999;
    h[household::equivalence_size][1] = 18;
  }
  test::TinyWorld tiny{january};
  Row mother = 0;
};

double value_of(const Family& family, const std::string& text, Row row) {
  const expr::Schema schema = person_schema(declared(), "PLN", districts);
  Diagnostics diagnostics;
  const auto program = expr::compile(text, {}, schema, expr::Goal::anything("expression"), diagnostics);
  diagnostics.throw_if_any();
  expr::Evaluator evaluator;
  double out = 0;
  evaluator.evaluate(*program, WorldColumns(family.tiny.world, january, {}), std::vector<std::uint32_t>{row},
                     {&out, 1});
  return out;
}

TEST(ExpressionColumns, give_the_values_of_the_person_and_the_household) {
  const Family family;
  const std::map<std::string, double> expected{{"age", 30},
                                               {"age_months", 367},
                                               {"sex", 1},
                                               {"education", 2},
                                               {"labour", 3},
                                               {"months_in_state", 5},
                                               {"children_born", 2},
                                               {"has_partner", 1},
                                               {"gross_wage", 123'456},
                                               {"pension", 0},
                                               {"net_income", 90'001},
                                               {"household_size", 3},
                                               {"dependent_children", 1},
                                               {"household_type", 4},
                                               {"tenure", 2},
                                               {"district", 1},
                                               {"municipality", 0},
                                               {"household_income", 153'000},
                                               {"income_per_person", 51'000},
                                               {"equivalised_income", 85'000},
                                               {"child_benefit", 50'000},
                                               {"social_assistance", 3'000}};
  const expr::Schema schema = person_schema(declared(), "PLN", districts);
  EXPECT_EQ(schema.columns().size(), expected.size()) << "a new column needs its value here";
  const WorldColumns columns(family.tiny.world, january, {});
  for (const auto& [name, value] : expected) {
    const expr::Column* column = schema.find(name);
    ASSERT_NE(column, nullptr) << name;
    const std::vector<std::uint32_t> rows{family.mother};
    double out = -1;
    columns.load(column->id, rows, &out);
    EXPECT_EQ(out, value) << name;
  }
}

TEST(ExpressionColumns, are_the_same_by_list_and_by_range) {
  const Family family;
  const expr::Schema schema = person_schema(declared(), "PLN", districts);
  const WorldColumns columns(family.tiny.world, january, {});
  std::vector<std::uint32_t> rows(3);
  std::iota(rows.begin(), rows.end(), 1u);
  for (const expr::Column& column : schema.columns()) {
    std::vector<double> by_list(3), by_range(3);
    if (column.name == "equivalised_income") continue;  // households of no consumption units are never asked
    columns.load(column.id, rows, by_list.data());
    columns.load_range(column.id, 1, 3, by_range.data());
    EXPECT_EQ(by_list, by_range) << column.name;
  }
}

TEST(ExpressionColumns, count_pensions_of_the_retired_only) {
  Family family;
  family.tiny.world.persons[person::labour][family.mother] = Labour::retired;
  EXPECT_EQ(value_of(family, "pension", family.mother), 77'777);
}

TEST(ExpressionColumns, name_states_by_their_words) {
  const Family family;
  EXPECT_EQ(value_of(family, "labour == registered_unemployed and district == south", family.mother), 1);
  EXPECT_EQ(value_of(family, "household_type == couple_with_children and tenure != owner", family.mother), 1);
  EXPECT_EQ(value_of(family, "has_partner", 0), 0);
  EXPECT_EQ(value_of(family, "sex == male and age == 50", 0), 1);
  EXPECT_EQ(value_of(family, "income_per_person < 510.01 PLN and income_per_person >= 510 PLN", family.mother), 1);
}

TEST(ExpressionColumns, give_parameters_by_their_number) {
  const Family family;
  const std::vector<double> values{1.5, 54'200};
  const WorldColumns columns(family.tiny.world, january, values);
  EXPECT_EQ(columns.parameter(1), 54'200);
}

TEST(ExpressionColumns, ask_only_for_columns_of_the_schema) {
  const Family family;
  double out = 0;
  const std::vector<std::uint32_t> rows{0};
  EXPECT_THROW(WorldColumns(family.tiny.world, january, {}).load(999, rows, &out), ContractError);
}

TEST(ExpressionColumns, ask_members_kin_and_the_reference_person) {
  Family family;
  // The mother's own mother lives alone; the mother has a half-sister there by another father.
  const Row grandmother = family.tiny.add("F58 f9");
  family.tiny.world.persons[person::mother][family.mother] = grandmother;
  const Row child = family.mother + 2, partner = family.mother + 1, aunt = grandmother + 1;
  const auto value = [&](const std::string& text, Row row) { return value_of(family, text, row); };
  EXPECT_EQ(value("members.count(age >= 18)", child), 2);
  EXPECT_EQ(value("members.sum(if age < 18 then 1 else 0)", partner), 1);
  EXPECT_EQ(value("(mother.age else 0 years)", child), 30);
  EXPECT_EQ(value("(father.age else 0 years)", child), 32);
  EXPECT_EQ(value("(mother.age else 0 years)", partner), 0);
  EXPECT_EQ(value("parents.count()", child), 2);
  EXPECT_EQ(value("children.count()", family.mother), 1);
  EXPECT_EQ(value("children.any(age < 6)", partner), 1);
  EXPECT_EQ(value("children.count()", grandmother), 2);
  EXPECT_EQ(value("siblings.count()", aunt), 1);
  EXPECT_EQ(value("(siblings.max(age) else 0 years)", aunt), 30);
  EXPECT_EQ(value("siblings.count()", child), 0);
  EXPECT_EQ(value("both.count(sex == female)", partner), 1);
  EXPECT_EQ(value("(partner.age else 0 years)", family.mother), 32);
  EXPECT_EQ(value("reference.age", child), 30);
  EXPECT_EQ(value("reference.labour == registered_unemployed", partner), 1);
  EXPECT_EQ(value("mother.sum(siblings.count())", child), 1) << "an aunt";
}

}  // namespace
}  // namespace oikos
