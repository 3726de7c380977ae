#include "sim/process/hazard.hpp"

#include <gtest/gtest.h>

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
    for (Row row = 0; row < 300; ++row) tiny.world.multiply(row, which, factor);
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

TEST_F(Hazard, under_a_factor_of_four_hits_the_less_endangered_as_the_others_without) {
  const auto before = hit_now();
  limits[age_sex(31, Sex::female)] = rng::limit(0.1);
  limits[age_sex(30, Sex::female)] = rng::limit(0.025);
  multiply_all(target::birth, 4.0F);
  EXPECT_EQ(hit_now(), before);
}

TEST_F(Hazard, under_a_factor_of_nothing_hits_nobody_and_is_never_more_than_certain) {
  multiply_all(target::birth, 0.0F);
  limits[age_sex(32, Sex::female)] = rng::always;
  EXPECT_TRUE(hit_now().empty());
  tiny.world.modifiers.clear(tiny.world.persons);
  multiply_all(target::birth, 100.0F);
  EXPECT_EQ(hit_now().size(), 240u);
}

TEST_F(Hazard, of_one_person_does_not_depend_on_who_else_has_a_factor) {
  const auto before = hit_now();
  const std::uint32_t one = before[before.size() / 2];
  tiny.world.multiply(chunk.first_person + one, target::birth, 0.0F);
  std::vector<std::uint32_t> expected = before;
  std::erase(expected, one);
  ASSERT_EQ(expected.size() + 1, before.size());
  EXPECT_EQ(hit_now(), expected);
}

}  // namespace
}  // namespace oikos
