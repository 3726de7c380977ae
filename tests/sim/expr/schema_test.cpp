#include "sim/expr/schema.hpp"

#include <gtest/gtest.h>

#include "sim/base/contract.hpp"
#include "tests/sim/expr/example_schema.hpp"

namespace oikos::expr {
namespace {

TEST(Schema, finds_columns_and_parameters_by_name) {
  const Schema schema = example::schema();
  ASSERT_NE(schema.find("age"), nullptr);
  EXPECT_EQ(schema.find("age")->type.kind, Kind::years);
  EXPECT_EQ(schema.find("minimum_wage"), nullptr);
  EXPECT_EQ(schema.find_parameter("minimum_wage")->id, 0u);
  EXPECT_EQ(schema.names().size(), 12u);
  EXPECT_EQ(schema.names().front(), "age");
  EXPECT_EQ(schema.names().back(), "pension_age");
}

TEST(Schema, shows_own_units_before_those_of_the_type) {
  const Schema schema = example::schema();
  EXPECT_EQ(schema.unit_of(*schema.find("rent")), "PLN/month");
  EXPECT_EQ(schema.unit_of(*schema.find("age")), "years");
  EXPECT_EQ(schema.unit_of(*schema.find("dependent_children")), "");
  EXPECT_EQ(schema.unit_of(*schema.find("tenure")), "tenure_kind");
}

TEST(Schema, refuses_names_that_mean_something_already) {
  Schema schema = example::schema();
  for (const auto* name : {"age", "minimum_wage", "and", "if", "true", "months", "min", "PLN", "", "9lives", "a b"}) {
    EXPECT_FALSE(schema.is_free(name)) << name;
    EXPECT_THROW(schema.add_column({name, {Kind::number}, "", 99}), ContractError) << name;
  }
  EXPECT_TRUE(schema.is_free("debt"));
}

TEST(Schema, refuses_an_id_twice) {
  Schema schema = example::schema();
  EXPECT_THROW(schema.add_column({"debt", {Kind::money}, "", example::age}), ContractError);
}

TEST(Schema, keeps_domains_in_place_while_it_grows) {
  Schema schema("PLN");
  const auto* first = schema.add_domain("first", {"a"});
  for (int i = 0; i < 100; ++i) schema.add_domain("more" + std::to_string(i), {"x"});
  EXPECT_EQ(schema.find_domain("first"), first);
  EXPECT_EQ(first->code("a"), 0u);
  EXPECT_EQ(first->code("b"), std::nullopt);
}

}  // namespace
}  // namespace oikos::expr
