#include <gtest/gtest.h>

#include "tests/sim/programme/town.hpp"

namespace oikos {
namespace {

using test::Town;

Effect while_enrolled(double times) { return test::effect_on(target::job_finding, times); }
Effect after_exit(double times, int fade, bool completed_only = false) {
  return test::effect_on(target::job_finding, times,
                         completed_only ? EffectSpec::When::after_completion : EffectSpec::When::after_exit, fade);
}
float factor(const Town& town, Row row, const TargetSpec& which = target::job_finding) {
  const World& world = town.tiny.world;
  return world.change_of(row, which).times;
}

TEST(Effect, fades_in_a_straight_line_after_exit) {
  const Effect effect = after_exit(1.4, 4);
  const auto times = [&](int months) { return effect.change(1.4, effect.faded(months)).times; };
  EXPECT_FLOAT_EQ(times(0), 1.4F);
  EXPECT_FLOAT_EQ(times(1), 1.3F);
  EXPECT_FLOAT_EQ(times(4), 1.0F);
  EXPECT_FLOAT_EQ(times(9), 1.0F);
  EXPECT_DOUBLE_EQ(after_exit(1.4, 0).faded(500), 1.0) << "for ever without a time";
}

TEST(Effects, hold_while_enrolled_for_the_enrolled_alone) {
  Town town;
  town.tiny.add("F30");
  town.tiny.add("F10");
  Programme p = town.programme("course", "age >= 18");
  p.duration = units::MonthRange{2, 2};
  p.effects = {while_enrolled(0.5), after_exit(1.4, 4)};
  town.open({p});
  // Enrolled in months 0 and 1, out in month 2 and in again at once.
  town.month();
  EXPECT_FLOAT_EQ(factor(town, 0), 0.5F);
  EXPECT_EQ(town.tiny.world.persons[person::effects][1], 0u);
  town.month();
  EXPECT_FLOAT_EQ(factor(town, 0), 0.5F);
  town.month();
  EXPECT_FLOAT_EQ(factor(town, 0), 0.5F * 1.4F) << "the second stay beside the effect of the first";
}

TEST(Effects, of_exit_are_whole_in_the_month_of_leaving_and_gone_after_the_fade) {
  Town town;
  town.tiny.add("F30");
  Programme p = town.programme("course", "age >= 18");
  p.duration = units::MonthRange{1, 1};
  p.again_after = 1000;
  p.effects = {after_exit(1.4, 4)};
  town.open({p});
  const std::vector<float> expected{1.0F, 1.4F, 1.3F, 1.2F, 1.1F, 1.0F, 1.0F};
  for (const float wanted : expected) {
    town.month();
    EXPECT_FLOAT_EQ(factor(town, 0), wanted);
  }
  EXPECT_EQ(town.tiny.world.persons[person::effects][0], 0u);
  EXPECT_FALSE(town.tiny.world.modifiers.has_own());
}

TEST(Effects, are_forgotten_with_the_episode_once_they_have_faded) {
  Town town;
  town.tiny.add("F30");
  Programme p = town.programme("course", "age >= 18");
  p.duration = units::MonthRange{1, 1};
  p.until = Month{2020, 1};
  p.effects = {after_exit(1.4, 3)};
  town.open({p});
  std::vector<std::size_t> remembered;
  for (int month = 0; month < 6; ++month) {
    town.month();
    remembered.push_back(town.state().episodes.size());
  }
  EXPECT_EQ(remembered, (std::vector<std::size_t>{1, 1, 1, 1, 0, 0}));
}

TEST(Effects, of_completion_are_not_for_who_left_early) {
  Town town;
  town.tiny.add("F30");
  town.tiny.add("F30");
  Programme p = town.programme("course", "age >= 18");
  p.stays_while = town.expression("labour == employed");
  p.duration = units::MonthRange{2, 2};
  p.again_after = 1000;
  p.effects = {after_exit(1.4, 0, true)};
  town.open({p});
  town.month();
  town.tiny.world.persons[person::labour][1] = Labour::inactive;
  town.month();
  town.month();
  EXPECT_FLOAT_EQ(factor(town, 0), 1.4F);
  EXPECT_FLOAT_EQ(factor(town, 1), 1.0F);
}

TEST(Effects, of_exit_begin_anew_with_each_exit) {
  Town town;
  town.tiny.add("F30");
  Programme p = town.programme("course", "age >= 18");
  p.duration = units::MonthRange{1, 1};
  p.again_after = 3;
  p.effects = {after_exit(2.0, 10)};
  town.open({p});
  // In in month 0, out in month 1, in again in month 4, out in month 5.
  const std::vector<float> expected{1.0F, 2.0F, 1.9F, 1.8F, 1.7F, 2.0F, 1.9F};
  for (const float wanted : expected) {
    town.month();
    EXPECT_FLOAT_EQ(factor(town, 0), wanted);
  }
}

TEST(Effects, of_several_programmes_multiply) {
  Town town;
  town.tiny.add("F30");
  Programme one = town.programme("one", "age >= 18"), two = town.programme("two", "age >= 18");
  one.effects = {while_enrolled(0.5)};
  two.effects = {while_enrolled(3)};
  two.effects.push_back(test::effect_on(target::death, 0.25));
  town.open({one, two});
  town.month();
  town.month();
  EXPECT_FLOAT_EQ(factor(town, 0), 1.5F) << "of this month, not piled up over months";
  EXPECT_FLOAT_EQ(factor(town, 0, target::death), 0.25F);
}

}  // namespace
}  // namespace oikos
