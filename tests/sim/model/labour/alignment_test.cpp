#include "sim/model/labour/alignment.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/sim/model/demography/rates.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos::labour {
namespace {

using oikos::test::Bench;
using oikos::test::TinyWorld;
const Month january{2020, 1};

LabourParams plain(double finding, double losing) {
  LabourParams p;
  p.finding.fill(finding);
  p.finding_education.fill(1);
  p.finding_age.fill(1);
  p.losing = losing;
  p.losing_education.fill(1);
  p.losing_age.fill(1);
  return p;
}

std::vector<RetirementLaw> nobody_retires(int months) {
  return std::vector<RetirementLaw>(static_cast<std::size_t>(months),
                                    RetirementLaw{.age_months = {1200, 1200}, .age_months_before = {1200, 1200}});
}

education::SchoolParams school() {
  education::SchoolParams params;
  params.attainment = {{{0.1, 0.3, 0.4, 0.2}, {0.1, 0.3, 0.4, 0.2}}};
  return params;
}

/// A world, its rules of work, and the pilot's alignment to a path.
struct Pilot {
  Pilot(const std::shared_ptr<TinyWorld>& tiny, ByMonth<LabourParams> labour, std::vector<RetirementLaw> law,
        std::vector<double> wanted)
      : months(static_cast<int>(wanted.size())),
        paths(std::make_shared<BaselinePaths>(months)),
        initial(std::make_shared<World>(declared())),
        schools(std::make_shared<const education::School>(education::make_school(tiny->world, january, {school()}))) {
    initial->assign(tiny->world);
    alignment = std::make_unique<Alignment>(
        initial, january,
        Alignment::Rules{
            labour, law, schools,
            std::make_shared<const demography::ArrivalPlan>(*initial, january, months, ByMonth<double>(0.0), 45),
            demography::DepartureParams{demography::test::constant_rate(0), 0.0},
            demography::AgeSexHazard(demography::test::constant_rate(0))},
        std::move(wanted), paths);
    schooling = std::make_unique<education::Schooling>(schools, education::EntryWages(*initial, january));
    transitions = std::make_unique<Transitions>(labour, paths);
    retirement = std::make_unique<Retirement>(law, paths);
  }
  int months;
  std::shared_ptr<BaselinePaths> paths;
  std::shared_ptr<World> initial;
  std::shared_ptr<const education::School> schools;
  std::unique_ptr<Alignment> alignment;
  std::unique_ptr<education::Schooling> schooling;
  std::unique_ptr<Transitions> transitions;
  std::unique_ptr<Retirement> retirement;
};

double rate(const World& world) {
  double unemployed = 0, employed = 0;
  for (Row row = 0; row < world.persons.size(); ++row) {
    unemployed += world.persons[person::labour][row] == Labour::registered_unemployed;
    employed += world.persons[person::labour][row] == Labour::employed;
  }
  return unemployed / (unemployed + employed);
}

TEST(Alignment, of_three_age_groups_is_what_a_hand_calculation_gives) {
  // 100 employed and 20 registered of each of the ages 20, 40 and 60; losing 2 % times 2, 1, 0.5; finding 10 % times
  // 1, 1.5, 0.5. Next month, with a factor a: U = 60 - 6 a + 7 / a, and the force stays 360.
  auto tiny = std::make_shared<TinyWorld>(january);
  for (const char* person : {"F20", "F40", "F60"})
    for (int i = 0; i < 120; ++i) {
      const Row row = tiny->add(person);
      if (i < 20) tiny->world.persons[person::labour][row] = Labour::registered_unemployed;
    }
  LabourParams p = plain(0.1, 0.02);
  p.losing_age = {2, 1, 0.5};
  p.finding_age = {1, 1.5, 0.5};
  for (const double unemployed : {54.0, 61.0, 66.0}) {
    const Pilot pilot(tiny, p, nobody_retires(1), {unemployed / 360});
    Bench bench(tiny->world, january);
    bench.resolve(*pilot.alignment);
    // 6 a^2 - (60 - U) a - 7 = 0
    const double b = 60 - unemployed, by_hand = (b + std::sqrt(b * b + 4 * 6 * 7)) / 12;
    EXPECT_NEAR(pilot.paths->labour[0], by_hand, 1e-9);
    EXPECT_NEAR(pilot.paths->unemployment.reached[0], unemployed / 360, 1e-12);
  }
}

TEST(Alignment, counts_school_leavers_and_those_who_retire_in_the_month) {
  // 100 employed of 40; 10 students of 24 all leave; 10 registered women of 60 reach the pension age: the register is
  // closed to them. Of 20 employed of 60, half retire.
  auto tiny = std::make_shared<TinyWorld>(january);
  for (int i = 0; i < 100; ++i) tiny->add("F40");
  for (int i = 0; i < 30; ++i) {
    const Row row = tiny->add("F60");
    if (i < 10) tiny->world.persons[person::labour][row] = Labour::registered_unemployed;
  }
  for (int i = 0; i < 10; ++i) tiny->world.persons[person::labour][tiny->add("F24")] = Labour::student;
  auto law = nobody_retires(1);
  law[0] = {.age_months = {780, 720}, .age_months_before = {780, 720}, .at_once = 0.5};
  const Pilot pilot(tiny, plain(0.2, 0.01), law, {0.09});
  Bench bench(tiny->world, january);
  bench.resolve(*pilot.alignment);
  const double a = pilot.paths->labour[0];
  const double unemployed = 10 * (1 - 0.2 * a) + 100 * 0.01 / a;
  const double employed = 100 * (1 - 0.01 / a) + 10 * 0.2 * a + 0.5 * (20 * (1 - 0.01 / a) + 10 * 0.2 * a);
  EXPECT_NEAR(unemployed / (unemployed + employed), 0.09, 1e-12);
}

TEST(Alignment, has_no_luck_of_its_own) {
  // The expectation goes on from expectations: what the pilot's own luck did to its people is nothing to it.
  auto tiny = std::make_shared<TinyWorld>(january);
  for (int i = 0; i < 200; ++i)
    if (i % 10 == 0) tiny->world.persons[person::labour][tiny->add("F40")] = Labour::registered_unemployed;
    else tiny->add("M30");
  std::array<std::vector<double>, 2> factors;
  for (const std::uint64_t seed : {1u, 2u}) {
    auto world = std::make_shared<TinyWorld>(january);
    world->world.assign(tiny->world);
    const Pilot pilot(world, plain(0.1, 0.02), nobody_retires(24), std::vector<double>(24, 0.12));
    Bench bench(world->world, january, seed);
    for (int month = 0; month < 24; ++month) {
      bench.resolve(*pilot.alignment, month);
      bench.sweep({pilot.schooling.get(), pilot.transitions.get(), pilot.retirement.get()}, month);
    }
    factors[seed - 1] = pilot.paths->labour;
  }
  EXPECT_EQ(factors[0], factors[1]);
}

TEST(Alignment, keeps_unemployment_on_its_path_over_years_also_with_school_and_retirement) {
  constexpr int months = 48, people = 30'000;
  auto tiny = std::make_shared<TinyWorld>(january);
  const std::array<const char*, 6> persons{"F14", "M17", "F22", "M35", "F50", "M58"};
  for (int i = 0; i < people; ++i) {
    const Row row = tiny->add(persons[static_cast<std::size_t>(i) % persons.size()]);
    PersonTable& p = tiny->world.persons;
    p[person::birth_month][row] = to_short(to_month(p[person::birth_month][row]) - i / 6 % 12);
    p[person::education][row] = static_cast<Education>(i % 4);
    if (i % 13 == 0 && p[person::labour][row] == Labour::employed)
      p[person::labour][row] = Labour::registered_unemployed;
    if (i % 7 == 0 && p[person::labour][row] == Labour::employed) p[person::labour][row] = Labour::inactive;
    p[person::state_since][row] = to_short(january - i % 30);
  }
  LabourParams labour = plain(0.1, 0.01);
  labour.finding = {0.14, 0.10, 0.08, 0.05, 0.03};
  labour.losing_age = {2, 1, 0.8};
  labour.leaving = {0.002, 0.004};
  labour.giving_up = 0.02;
  labour.registering = {0.02, 0.015, 0.005};
  labour.entering = {0.01, 0.008, 0.002};
  RetirementLaw law{.age_months = {732, 708}, .age_months_before = {732, 708}, .at_once = 0.7, .later = 0.04};
  std::vector<double> wanted;
  for (int k = 0; k < months; ++k) wanted.push_back(0.12 - 0.001 * k + (k % 12 < 3 ? 0.005 : 0));  // with a season
  const Pilot pilot(tiny, labour, std::vector<RetirementLaw>(months, law), wanted);
  Bench bench(tiny->world, january, 5, 1, 4096);
  for (int month = 0; month < months; ++month) {
    bench.resolve(*pilot.alignment, month);
    bench.sweep({pilot.schooling.get(), pilot.transitions.get(), pilot.retirement.get()}, month);
    const auto k = static_cast<std::size_t>(month);
    EXPECT_NEAR(pilot.paths->unemployment.reached[k], wanted[k], 1e-12);
    EXPECT_NEAR(rate(tiny->world), wanted[k], 4 * std::sqrt(0.1 / 20'000)) << month;
  }
}

TEST(Alignment, comes_as_near_as_its_bounds_allow_and_tells) {
  auto tiny = std::make_shared<TinyWorld>(january);
  for (int i = 0; i < 100; ++i)
    if (i < 10) tiny->world.persons[person::labour][tiny->add("F40")] = Labour::registered_unemployed;
    else tiny->add("F40");
  for (const double wanted : {0.45, 0.0}) {
    const Pilot pilot(tiny, plain(0.1, 0.01), nobody_retires(1), {wanted});
    Bench bench(tiny->world, january);
    bench.resolve(*pilot.alignment);
    const double a = wanted > 0 ? least_alignment : most_alignment;
    EXPECT_EQ(pilot.paths->labour[0], a);
    EXPECT_NEAR(pilot.paths->unemployment.reached[0], (10 * (1 - 0.1 * a) + 90 * 0.01 / a) / 100, 1e-12);
    const LargestMiss miss = largest_miss(pilot.paths->unemployment);
    EXPECT_EQ(miss.step, 0);
    EXPECT_EQ(miss.wanted, wanted);
  }
}

TEST(Alignment, leaves_the_factor_at_one_where_nobody_can_find_or_lose_work) {
  auto tiny = std::make_shared<TinyWorld>(january);
  tiny->add("F70");
  const Pilot pilot(tiny, plain(0.1, 0.01), nobody_retires(2), {0.1, 0.1});
  Bench bench(tiny->world, january);
  bench.resolve(*pilot.alignment);
  EXPECT_EQ(pilot.paths->labour, (std::vector<double>{1.0, 1.0}));
  EXPECT_EQ(largest_miss(pilot.paths->unemployment).step, -1);
}

TEST(LargestMiss, names_the_month_that_misses_most_beyond_the_tolerance) {
  const KeptPath path{.name = "rate", .tolerance = 0.5, .wanted = {1, 2, 3, 4}, .reached = {1.4, 3, 1.5, 4}};
  EXPECT_EQ(largest_miss(path).step, 2);
  EXPECT_EQ(largest_miss(path).reached, 1.5);
  EXPECT_EQ(months_missed(path), 2);
  EXPECT_EQ(largest_miss({.name = "rate", .tolerance = 2, .wanted = {1, 2}, .reached = {2, 2}}).step, -1);
}

}  // namespace
}  // namespace oikos::labour
