#include "sim/world/modifiers.hpp"

#include <gtest/gtest.h>

#include "tests/support/tiny_world.hpp"

namespace oikos {
namespace {

const Month january{2020, 1};

TEST(Modifiers, are_one_for_everybody_at_first) {
  const ModifierTable table(declared().targets().size());
  EXPECT_EQ(table.changed_persons(), 0u);
  for (std::size_t m = 0; m < declared().targets().size(); ++m) EXPECT_EQ(table.factor(m, 0), 1.0F);
}

TEST(Modifiers, multiply_one_hazard_of_one_person) {
  test::TinyWorld tiny(january);
  tiny.add("F30*M32");
  World& world = tiny.world;
  world.multiply(1, target::job_finding, 0.5F);
  world.multiply(1, target::job_finding, 3.0F);
  world.multiply(1, target::death, 2.0F);
  EXPECT_EQ(world.modifiers.changed_persons(), 1u);
  EXPECT_EQ(world.persons[person::effects][0], 0u);
  EXPECT_EQ(world.factor(1, target::job_finding), 1.5F);
  EXPECT_EQ(world.factor(1, target::death), 2.0F);
  EXPECT_EQ(world.factor(1, target::parting), 1.0F);
  EXPECT_EQ(world.factor(0, target::death), 1.0F);
}

TEST(Modifiers, are_gone_after_clear) {
  test::TinyWorld tiny(january);
  tiny.add("F30");
  World& world = tiny.world;
  world.multiply(0, target::birth, 0.0F);
  world.modifiers.clear(world.persons);
  EXPECT_EQ(world.modifiers.changed_persons(), 0u);
  EXPECT_EQ(world.factor(0, target::birth), 1.0F);
  world.multiply(0, target::death, 2.0F);
  EXPECT_EQ(world.factor(0, target::birth), 1.0F);
}

}  // namespace
}  // namespace oikos
