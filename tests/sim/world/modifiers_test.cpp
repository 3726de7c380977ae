#include "sim/world/modifiers.hpp"

#include <gtest/gtest.h>

#include "tests/support/tiny_world.hpp"

namespace oikos {
namespace {

const Month january{2020, 1};

TEST(Modifiers, are_one_for_everybody_at_first) {
  const ModifierTable table(declared().targets().size());
  EXPECT_FALSE(table.has_own());
  EXPECT_FALSE(table.has_common());
  for (std::size_t m = 0; m < declared().targets().size(); ++m) EXPECT_TRUE(table.change(m, 0).none());
}

TEST(Modifiers, multiply_one_hazard_of_one_person) {
  test::TinyWorld tiny(january);
  tiny.add("F30*M32");
  World& world = tiny.world;
  world.change(1, target::job_finding, {.times = 0.5F});
  world.change(1, target::job_finding, {.times = 3.0F});
  world.change(1, target::death, {.times = 2.0F});
  EXPECT_TRUE(world.modifiers.has_own());
  EXPECT_EQ(world.persons[person::effects][0], 0u);
  EXPECT_EQ(world.change_of(1, target::job_finding).times, 1.5F);
  EXPECT_EQ(world.change_of(1, target::death).times, 2.0F);
  EXPECT_EQ(world.change_of(1, target::parting).times, 1.0F);
  EXPECT_EQ(world.change_of(0, target::death).times, 1.0F);
}

TEST(Modifiers, are_gone_after_clear) {
  test::TinyWorld tiny(january);
  tiny.add("F30");
  World& world = tiny.world;
  world.change(0, target::birth, {.times = 0.0F});
  world.modifiers.clear(world.persons);
  EXPECT_FALSE(world.modifiers.has_own());
  EXPECT_EQ(world.change_of(0, target::birth).times, 1.0F);
  world.change(0, target::death, {.times = 2.0F});
  EXPECT_EQ(world.change_of(0, target::birth).times, 1.0F);
}

TEST(Modifiers, of_everybody_stand_below_those_of_one_person) {
  test::TinyWorld tiny(january);
  tiny.add("F30*M32");
  World& world = tiny.world;
  world.modifiers.change_all(declared().index(target::death), {.times = 2.0F});
  world.change(1, target::death, {.times = 3.0F, .plus = 0.01F});
  EXPECT_EQ(world.change_of(0, target::death), (HazardChange{2.0F, 0.0F}));
  EXPECT_EQ(world.change_of(1, target::death), (HazardChange{6.0F, 0.01F}));
  EXPECT_EQ(world.modifiers.largest(declared().index(target::death)), (HazardChange{6.0F, 0.01F}));
  world.modifiers.clear(world.persons);
  EXPECT_TRUE(world.change_of(0, target::death).none());
}

TEST(Modifiers, of_persons_changed_alike_share_a_place) {
  test::TinyWorld tiny(january);
  for (int i = 0; i < 100; ++i) tiny.add("F30");
  World& world = tiny.world;
  for (Row row = 0; row < 100; ++row) {
    world.change(row, target::death, {.times = 2.0F});
    if (row % 2 == 0) world.change(row, target::birth, {.times = 0.5F});
  }
  const auto& places = world.persons[person::effects];
  for (Row row = 2; row < 100; ++row) EXPECT_EQ(places[row], places[row - 2]);
  EXPECT_NE(places[0], places[1]);
}

}  // namespace
}  // namespace oikos
