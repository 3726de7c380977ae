#include "sim/process/hazard.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/tiny_world.hpp"

namespace oikos {
namespace {

using test::Bench;
using test::TinyWorld;
const Month january{2020, 1};

/// 300 women of 30 to 32 years, whose chances are 10 %, 40 % and 0; and what hits them when nobody has a factor.
class Hazard : public testing::Test {
 protected:
  Hazard() : tiny(january) {
    for (int i = 0; i < 100; ++i) tiny.add("F30"), tiny.add("F31"), tiny.add("F32");
    limits.fill(rng::never);
    limits[age_sex(30, Sex::female)] = rng::limit(0.1);
    limits[age_sex(31, Sex::female)] = rng::limit(0.4);
  }
  std::vector<std::uint32_t> hit_now() {
    const Bench bench(tiny.world, january);
    Scratch scratch;
    const StepContext now = bench.now();
    scratch.start(tiny.world, chunk, now);
    const auto draws = scratch.draws(lane::attainment);
    flag_hits(scratch.target(target::birth), draws, scratch.ages(), limits, scratch);
    const auto list = scratch.flagged();
    return {list.begin(), list.end()};
  }
  void multiply_all(const TargetSpec& which, float factor) {
    for (Row row = 0; row < 300; ++row) tiny.world.change(row, which, {.times = factor});
  }
  TinyWorld tiny;
  KindLimits limits;
  const Chunk chunk{30, 240, 30, 240};
};

TEST_F(Hazard, hits_those_whose_draw_lies_within_the_limit_of_their_kind) {
  const Bench bench(tiny.world, january);
  std::vector<std::uint32_t> expected;
  for (std::uint32_t i = 0; i < chunk.persons; ++i) {
    const double draw = bench.now().draw(lane::attainment, chunk.first_person + i) / 4294967296.0;
    const std::array<double, 3> chance{0.1, 0.4, 0};
    if (draw < chance[(chunk.first_person + i) % 3]) expected.push_back(i);
  }
  EXPECT_EQ(hit_now(), expected);
  EXPECT_NEAR(static_cast<double>(expected.size()), 40, 20);
}

TEST_F(Hazard, is_the_same_under_factors_of_one_and_of_other_hazards) {
  const auto before = hit_now();
  multiply_all(target::birth, 1.0F);
  multiply_all(target::death, 5.0F);
  EXPECT_EQ(hit_now(), before);
}

/// A chance whose hazard is a quarter.
rng::Limit quarter(double chance) { return rng::limit(1 - std::pow(1 - chance, 0.25)); }

TEST_F(Hazard, under_a_factor_of_four_hits_the_less_endangered_as_the_others_without) {
  const auto before = hit_now();
  limits[age_sex(31, Sex::female)] = quarter(0.4);
  limits[age_sex(30, Sex::female)] = quarter(0.1);
  multiply_all(target::birth, 4.0F);
  EXPECT_EQ(hit_now(), before);
}

TEST_F(Hazard, is_the_same_whether_a_change_is_everybodys_or_each_ones_own) {
  const HazardChange change{.times = 2.5F, .plus = 0.02F};
  for (Row row = 0; row < 300; ++row) tiny.world.change(row, target::birth, change);
  const auto own = hit_now();
  tiny.world.modifiers.clear(tiny.world.persons);
  tiny.world.modifiers.change_all(declared().index(target::birth), change);
  EXPECT_EQ(hit_now(), own);
}

TEST(Changed, multiplies_hazards_and_adds_to_them) {
  EXPECT_DOUBLE_EQ(changed(0.19, {.times = 0.5F}), 1 - std::sqrt(0.81));
  EXPECT_DOUBLE_EQ(changed(0.1, {.times = 2.0F}), 0.19);
  EXPECT_NEAR(changed(0.1, {.times = 2.0F, .plus = 0.1F}), 1 - 0.81 * std::exp(-0.1), 1e-8);
  EXPECT_DOUBLE_EQ(changed(0.9, {.times = 3.0F}), 0.999) << "a factor never makes a chance certain";
  EXPECT_EQ(changed(0.37, {}), 0.37) << "the same bits";
  EXPECT_EQ(changed(0.0, {.times = 5.0F, .plus = 1.0F}), 0.0) << "who has no chance gets none";
  EXPECT_EQ(changed(1.0, {.times = 0.5F}), 1.0);
  EXPECT_EQ(changed(1.0, {.times = 0.0F}), 0.0);
}

TEST(Happens, agrees_with_the_changed_chance_on_every_draw_near_it) {
  for (const double chance : {1e-6, 0.004, 0.3, 0.97})
    for (const HazardChange change :
         {HazardChange{.times = 0.3F}, HazardChange{.times = 4.0F}, HazardChange{.times = 1.0F, .plus = 0.2F}}) {
      const rng::Limit limit = rng::limit(chance);
      const double threshold = changed((static_cast<double>(limit) + 1) * 0x1p-31, change) * 0x1p31;
      for (double drawn = std::max(0.0, std::floor(threshold) - 3); drawn < threshold + 3 && drawn < 0x1p31; ++drawn)
        EXPECT_EQ(happens(static_cast<std::uint32_t>(drawn) << 1, limit, change), drawn < threshold) << chance;
    }
}

TEST_F(Hazard, under_a_factor_of_nothing_hits_nobody_and_is_never_more_than_certain) {
  multiply_all(target::birth, 0.0F);
  limits[age_sex(32, Sex::female)] = rng::always;
  EXPECT_TRUE(hit_now().empty());
  tiny.world.modifiers.clear(tiny.world.persons);
  multiply_all(target::birth, 1000.0F);
  EXPECT_EQ(hit_now().size(), 240u);
}

TEST_F(Hazard, of_one_person_does_not_depend_on_who_else_has_a_factor) {
  const auto before = hit_now();
  const std::uint32_t one = before[before.size() / 2];
  tiny.world.change(chunk.first_person + one, target::birth, {.times = 0.0F});
  std::vector<std::uint32_t> expected = before;
  std::erase(expected, one);
  ASSERT_EQ(expected.size() + 1, before.size());
  EXPECT_EQ(hit_now(), expected);
}

}  // namespace
}  // namespace oikos
