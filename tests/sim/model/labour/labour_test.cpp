#include "sim/model/labour/labour.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/tiny_world.hpp"

namespace oikos::labour {
namespace {

using oikos::test::Bench;
using oikos::test::TinyWorld;
const Month january{2020, 1};
constexpr double scale = 4294967296.0;

/// Only finding and losing work, the same for everybody.
LabourParams two_states(double finding, double losing) {
  LabourParams p;
  p.finding.fill(finding);
  p.finding_education.fill(1);
  p.finding_age.fill(1);
  p.losing = losing;
  p.losing_education.fill(1);
  p.losing_age.fill(1);
  return p;
}

std::shared_ptr<BaselinePaths> no_alignment(int months) { return std::make_shared<BaselinePaths>(months); }

int in_state(const World& world, Labour state) {
  int n = 0;
  for (Row row = 0; row < world.persons.size(); ++row) n += world.persons[person::labour][row] == state;
  return n;
}

TEST(LabourHazards, step_with_the_duration_of_unemployment) {
  LabourParams p = two_states(0, 0);
  p.finding = {0.10, 0.08, 0.06, 0.04, 0.02};
  const LabourHazards hazards(p);
  const auto at = [&](int months) {
    return hazards.of_unemployed(hazards.duration_class(months), Education::low, 1).first / scale;
  };
  EXPECT_DOUBLE_EQ(at(0), 0.10);
  EXPECT_DOUBLE_EQ(at(2), 0.10);
  EXPECT_DOUBLE_EQ(at(3), 0.08);
  EXPECT_DOUBLE_EQ(at(6), 0.06);
  EXPECT_DOUBLE_EQ(at(11), 0.06);
  EXPECT_DOUBLE_EQ(at(12), 0.04);
  EXPECT_DOUBLE_EQ(at(23), 0.04);
  EXPECT_DOUBLE_EQ(at(24), 0.02);
  EXPECT_DOUBLE_EQ(at(400), 0.02);
}

TEST(LabourHazards, multiply_factors_of_education_and_age) {
  LabourParams p = two_states(0.1, 0.01);
  p.finding_education = {0.5, 1, 1, 2};
  p.finding_age = {1, 1, 0.5};
  p.losing_education = {2, 1, 1, 0.5};
  p.losing_age = {3, 1, 1};
  p.leaving = {0.002, 0.003};
  p.giving_up = 0.01;
  p.registering = {0.1, 0.2, 0.3};
  p.entering = {0.01, 0.02, 0.03};
  const LabourHazards h(p);
  EXPECT_DOUBLE_EQ(h.of_unemployed(0, Education::tertiary, 2).first / scale, 0.1);
  EXPECT_DOUBLE_EQ(h.of_unemployed(0, Education::low, 0).first / scale, 0.05);
  EXPECT_DOUBLE_EQ(h.of_unemployed(0, Education::low, 0).second / scale, 0.01);
  EXPECT_DOUBLE_EQ(h.of_employed(Sex::female, Education::low, 0).first / scale, 0.06);
  EXPECT_DOUBLE_EQ(h.of_employed(Sex::female, Education::low, 0).second / scale, 0.003);
  EXPECT_DOUBLE_EQ(h.of_inactive(2).first / scale, 0.3);
  EXPECT_DOUBLE_EQ(h.of_inactive(1).second / scale, 0.02);
}

TEST(LabourHazards, are_nowhere_above_the_largest_of_their_state) {
  LabourParams p = two_states(0.1, 0.01);
  p.finding = {0.05, 0.2, 0.1, 0.3, 0.02};
  p.finding_education = {0.5, 1, 1.5, 2};
  p.finding_age = {1.25, 1, 0.5};
  p.losing_education = {2, 1, 3, 0.5};
  p.losing_age = {0.5, 1, 4};
  p.leaving = {0.002, 0.003};
  p.giving_up = 0.01;
  p.registering = {0.1, 0.4, 0.3};
  p.entering = {0.01, 0.02, 0.25};
  const LabourHazards h(p);
  for (const double align : {0.2, 1.0, 5.0}) {
    const auto largest = h.largest(align, {});
    const auto below = [&](Labour state, double sum) {
      // Whoever draws below the sum is looked at.
      const auto draw = static_cast<std::uint32_t>(std::min(sum, scale - 1));
      EXPECT_LE(static_cast<std::int64_t>(draw >> 1), largest[static_cast<std::size_t>(state)]);
    };
    for (std::size_t age = 0; age < age_from.size(); ++age) {
      below(Labour::inactive, h.of_inactive(age).first + h.of_inactive(age).second);
      for (const auto education :
           {Education::low, Education::basic_vocational, Education::secondary, Education::tertiary}) {
        for (const Sex sex : {Sex::male, Sex::female})
          below(Labour::employed,
                h.of_employed(sex, education, age).first / align + h.of_employed(sex, education, age).second);
        for (std::size_t d = 0; d < duration_from.size(); ++d)
          below(Labour::registered_unemployed,
                h.of_unemployed(d, education, age).first * align + h.of_unemployed(d, education, age).second);
      }
    }
    for (const Labour state : {Labour::child, Labour::student, Labour::retired})
      EXPECT_EQ(largest[static_cast<std::size_t>(state)], rng::never);
  }
}

TEST(LabourHazards, classify_ages_at_25_and_55) {
  for (const auto& [age, expected] :
       {std::pair{15 * 12, 0u}, {25 * 12 - 1, 0u}, {25 * 12, 1u}, {55 * 12 - 1, 1u}, {55 * 12, 2u}})
    EXPECT_EQ(LabourHazards::age_class(age), expected) << age;
}

TEST(Transitions, of_two_states_settle_where_the_closed_form_says) {
  // u = s / (s + f), approached as (1 - s - f)^k from the start at 0.
  constexpr int people = 20'000;
  constexpr double f = 0.10, s = 0.02;
  TinyWorld tiny(january);
  for (int i = 0; i < people; ++i) tiny.add("F50");
  Bench bench(tiny.world, january, 2, 1, 4096);
  const Transitions transitions(two_states(f, s), no_alignment(60));
  for (int month = 0; month < 60; ++month) {
    bench.sweep({&transitions}, month);
    if (month != 4 && month != 59) continue;
    const double u = s / (s + f) * (1 - std::pow(1 - s - f, month + 1));
    EXPECT_NEAR(in_state(tiny.world, Labour::registered_unemployed), people * u, 4 * std::sqrt(people * u * (1 - u)));
  }
  EXPECT_EQ(in_state(tiny.world, Labour::registered_unemployed) + in_state(tiny.world, Labour::employed), people);
}

TEST(Transitions, count_jobs_found_and_lost_and_start_the_new_state_this_month) {
  TinyWorld tiny(january);
  tiny.add("F50");
  tiny.add("M50");
  tiny.world.persons[person::labour][1] = Labour::registered_unemployed;
  Bench bench(tiny.world, january);
  const Transitions transitions(two_states(1, 1), no_alignment(8));
  bench.sweep({&transitions}, 7);
  EXPECT_EQ(tiny.world.persons[person::labour][0], Labour::registered_unemployed);
  EXPECT_EQ(tiny.world.persons[person::labour][1], Labour::employed);
  EXPECT_EQ(bench.count(count::jobs_found), 1);
  EXPECT_EQ(bench.count(count::jobs_lost), 1);
  EXPECT_EQ(tiny.world.persons[person::state_since][0], to_short(january + 7));
}

TEST(Transitions, leave_children_pupils_and_the_retired_alone) {
  TinyWorld tiny(january);
  tiny.add("F40 f10 m16");
  tiny.add("F70");
  tiny.world.persons[person::labour][0] = Labour::inactive;
  LabourParams p = two_states(1, 1);
  p.entering.fill(1);
  Bench bench(tiny.world, january);
  const Transitions transitions(p, no_alignment(1));
  bench.sweep({&transitions});
  EXPECT_EQ(tiny.world.persons[person::labour][0], Labour::employed);
  EXPECT_EQ(tiny.world.persons[person::labour][1], Labour::child);
  EXPECT_EQ(tiny.world.persons[person::labour][2], Labour::student);
  EXPECT_EQ(tiny.world.persons[person::labour][3], Labour::retired);
}

TEST(Transitions, follow_the_alignment_and_the_factors_of_programmes) {
  constexpr int people = 20'000;
  TinyWorld tiny(january);
  for (int i = 0; i < people; ++i) {
    const Row row = tiny.add("F50");
    tiny.world.persons[person::labour][row] = Labour::registered_unemployed;
    if (i % 2 == 0) tiny.world.change(row, target::job_finding, {.times = 2.0F});
  }
  auto path = no_alignment(1);
  path->labour[0] = 1.5;
  Bench bench(tiny.world, january, 3, 1, 4096);
  const Transitions transitions(two_states(0.1, 0), path);
  bench.sweep({&transitions});
  int helped = 0, others = 0;
  for (Row row = 0; row < people; ++row)
    if (tiny.world.persons[person::labour][row] == Labour::employed) ++(row % 2 == 0 ? helped : others);
  EXPECT_NEAR(others, people / 2 * 0.15, 4 * std::sqrt(people / 2 * 0.15 * 0.85));
  EXPECT_NEAR(helped, people / 2 * 0.30, 4 * std::sqrt(people / 2 * 0.30 * 0.70));
}

TEST(Transitions, raise_wages_in_the_birthday_month_of_workers_below_45) {
  LabourParams p = two_states(0, 0);
  p.wage_progression = 0.02;
  TinyWorld tiny(january);
  for (const char* person : {"F30", "F44", "F45"}) tiny.add(person);
  Bench bench(tiny.world, january);
  const Transitions transitions(p, no_alignment(13));
  for (int month = 0; month < 13; ++month) bench.sweep({&transitions}, month);
  EXPECT_EQ(tiny.world.persons[person::wage_potential][0], 1'040'400u);
  EXPECT_EQ(tiny.world.persons[person::wage_potential][1], 1'020'000u) << "at 44; no more at 45";
  EXPECT_EQ(tiny.world.persons[person::wage_potential][2], 1'000'000u);
}

TEST(Transitions, use_the_chances_of_each_month) {
  TinyWorld tiny(january);
  for (int i = 0; i < 100; ++i) tiny.add("F50");
  Bench bench(tiny.world, january);
  const Transitions transitions(
      ByMonth<LabourParams>(std::vector{two_states(0, 0), two_states(0, 1), two_states(1, 0)}), no_alignment(3));
  for (const auto& [month, unemployed] : {std::pair{0, 0}, {1, 100}, {2, 0}}) {
    bench.sweep({&transitions}, month);
    EXPECT_EQ(in_state(tiny.world, Labour::registered_unemployed), unemployed) << month;
  }
}

TEST(Transitions, let_wage_potentials_fall_by_a_negative_progression) {
  LabourParams p = two_states(0, 0);
  p.wage_progression = -0.02;
  TinyWorld tiny(january);
  tiny.add("F30");
  Bench bench(tiny.world, january);
  const Transitions transitions(p, no_alignment(1));
  bench.sweep({&transitions});
  EXPECT_EQ(tiny.world.persons[person::wage_potential][0], 980'000u);
}

}  // namespace
}  // namespace oikos::labour
