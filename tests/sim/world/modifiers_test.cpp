#include "sim/world/modifiers.hpp"

#include <gtest/gtest.h>

#include "tests/support/tiny_world.hpp"

namespace oikos {
namespace {

const Month january{2020, 1};

TEST(Modifiers, are_one_for_everybody_at_first) {
  const ModifierTable table;
  EXPECT_EQ(table.changed_persons(), 0u);
  for (std::size_t m = 0; m < modifier_names.size(); ++m) EXPECT_EQ(table.factor(static_cast<Modifier>(m), 0), 1.0F);
}

TEST(Modifiers, multiply_one_hazard_of_one_person) {
  test::TinyWorld tiny(january);
  tiny.add("F30*M32");
  ModifierTable table;
  table.multiply(tiny.world.persons, 1, Modifier::job_finding, 0.5F);
  table.multiply(tiny.world.persons, 1, Modifier::job_finding, 3.0F);
  table.multiply(tiny.world.persons, 1, Modifier::death, 2.0F);
  EXPECT_EQ(table.changed_persons(), 1u);
  EXPECT_EQ(tiny.world.persons.effects[0], 0u);
  const std::uint32_t place = tiny.world.persons.effects[1];
  EXPECT_EQ(table.factor(Modifier::job_finding, place), 1.5F);
  EXPECT_EQ(table.factor(Modifier::death, place), 2.0F);
  EXPECT_EQ(table.factor(Modifier::parting, place), 1.0F);
}

TEST(Modifiers, are_gone_after_clear) {
  test::TinyWorld tiny(january);
  tiny.add("F30");
  ModifierTable table;
  table.multiply(tiny.world.persons, 0, Modifier::birth, 0.0F);
  table.clear();
  tiny.world.persons.effects[0] = 0;
  EXPECT_EQ(table.changed_persons(), 0u);
  table.multiply(tiny.world.persons, 0, Modifier::death, 2.0F);
  EXPECT_EQ(table.factor(Modifier::birth, tiny.world.persons.effects[0]), 1.0F);
}

}  // namespace
}  // namespace oikos
