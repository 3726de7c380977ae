#include "sim/model/demography/migration.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "sim/model/demography/mortality.hpp"
#include "tests/sim/model/demography/rates.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos::demography {
namespace {

using oikos::test::Bench;
using oikos::test::TinyWorld;
using test::constant_rate;
const Month january{2020, 1};

ByAge<double> everywhere(double relative) {
  ByAge<double> all{};
  all.fill(relative);
  return all;
}

DepartureParams departing(const ByAge<double>& profile, ByMonth<double> persons_yearly) {
  return {{RatePeriod{Month{1800, 1}, {profile, profile}}}, std::move(persons_yearly)};
}

/// Paths in which a profile of 1 and twelve persons asked for a year make a household certain to leave.
std::shared_ptr<BaselinePaths> certain(int months = 1) {
  auto paths = std::make_shared<BaselinePaths>(months);
  paths->departures.assign(static_cast<std::size_t>(months), 1.0);
  return paths;
}

TEST(Departures, take_the_whole_household) {
  TinyWorld tiny(january);
  tiny.add("F30*M32 f5");
  tiny.add("F70");
  Bench bench(tiny.world, january);
  const Departures departures(departing(everywhere(1), 12.0), january, certain());
  const Leavings leavings;
  bench.sweep({&departures});
  EXPECT_EQ(bench.work.of(event::departure), (std::vector<Row>{0, 1, 2, 3}));
  bench.meet({&leavings});
  EXPECT_EQ(tiny.world.persons.size(), 0u);
  EXPECT_EQ(bench.count(count::departures), 4);
}

TEST(Departures, follow_the_age_of_the_reference_person_alone) {
  ByAge<double> old{};
  for (std::size_t age = 60; age < old.size(); ++age) old[age] = 1;
  TinyWorld tiny(january);
  tiny.add("F59*M70");
  tiny.add("F60*M30");
  Bench bench(tiny.world, january);
  const Departures departures(departing(old, 12.0), january, certain());
  bench.sweep({&departures});
  EXPECT_EQ(bench.work.of(event::departure), (std::vector<Row>{2, 3}));
}

TEST(Departures, leave_the_dying_behind_and_do_not_happen_when_the_reference_person_dies) {
  TinyWorld tiny(january);
  tiny.add("F50 M110");
  tiny.add("M110 F50");
  Bench bench(tiny.world, january);
  const Mortality mortality{AgeSexHazard(constant_rate(0))};
  const Departures departures(departing(everywhere(1), 12.0), january, certain());
  const Deaths deaths;
  const Leavings leavings;
  bench.sweep({&mortality, &departures});
  EXPECT_EQ(bench.work.of(event::departure), std::vector<Row>{0});
  bench.meet({&deaths, &leavings});
  ASSERT_EQ(tiny.world.persons.size(), 1u);
  EXPECT_EQ(tiny.world.persons[person::identity][0], 3u);
}

TEST(Departures, of_a_plan_that_asks_for_more_are_more_in_proportion) {
  constexpr int people = 20'000;
  for (const double asked : {3.0, 6.0}) {
    TinyWorld tiny(january);
    for (int i = 0; i < people; ++i) tiny.add("F50");
    Bench bench(tiny.world, january, 3, 1, 4096);
    auto paths = certain();
    paths->departures[0] = 0.2;
    const Departures departures(departing(everywhere(1), asked), january, paths);
    bench.sweep({&departures});
    const double chance = asked / 12 * 0.2;
    EXPECT_NEAR(static_cast<double>(bench.work.of(event::departure).size()), people * chance,
                4 * std::sqrt(people * chance));
  }
}

TEST(Departures, follow_the_profile_in_force_by_sex) {
  DepartureParams params = departing(everywhere(0), 12.0);
  params.profile[0].yearly_rate[1] = everywhere(1);
  params.profile.push_back({january + 1, {everywhere(1), everywhere(0)}});
  TinyWorld tiny(january);
  for (const char* person : {"F50", "M50"}) tiny.add(person);
  Bench bench(tiny.world, january);
  const Departures departures(params, january, certain(2));
  bench.sweep({&departures}, 0);
  EXPECT_EQ(bench.work.of(event::departure), std::vector<Row>{0});
  bench.sweep({&departures}, 1);
  EXPECT_EQ(bench.work.of(event::departure), std::vector<Row>{1});
}

/// 300 households, half of them of three persons with twice the chance.
TinyWorld& mixed(TinyWorld& tiny) {
  for (int i = 0; i < 300; ++i) tiny.add(i % 2 == 0 ? "F30*M32 f5" : "F70");
  return tiny;
}
ByAge<double> twice_below_50() {
  ByAge<double> profile = everywhere(1);
  for (std::size_t age = 0; age < 50; ++age) profile[age] = 2;
  return profile;
}

TEST(DepartureLevel, makes_the_persons_asked_for_leave_in_expectation) {
  TinyWorld tiny(january);
  mixed(tiny);
  auto paths = std::make_shared<BaselinePaths>(2);
  const DepartureParams params = departing(twice_below_50(), ByMonth<double>(std::vector{60.0, 90.0}));
  const DepartureLevel level(params, AgeSexHazard(constant_rate(0)), paths);
  Bench bench(tiny.world, january);
  for (const int month : {0, 1}) {
    bench.resolve(level, month);
    const KindLimits limits = params.limits(january + month, month, paths->departures[static_cast<std::size_t>(month)]);
    double yearly = 0;
    for (std::uint32_t h = 0; h < 300; ++h)
      yearly += 12 * (limits[age_sex(h % 2 == 0 ? 30 : 70, Sex::female)] + 1) * 0x1p-31 *
                tiny.world.households[household::members][h];
    EXPECT_NEAR(yearly, month == 0 ? 60 : 90, 1e-4) << "as exact as limits of draws are";
  }
  EXPECT_EQ(paths->departures_yearly.wanted, (std::vector<double>{60, 90}));
  EXPECT_NEAR(paths->departures_yearly.reached[1], 90, 1e-9);
}

TEST(DepartureLevel, counts_on_nobody_who_dies) {
  TinyWorld tiny(january);
  for (int i = 0; i < 100; ++i) tiny.add("F30*M32");
  auto paths = std::make_shared<BaselinePaths>(1);
  const double q = monthly_from_yearly_rate(1.2);
  const DepartureLevel level(departing(everywhere(1), 12.0), AgeSexHazard(constant_rate(1.2)), paths);
  Bench bench(tiny.world, january);
  bench.resolve(level);
  EXPECT_NEAR(paths->departures[0] * 100 * (1 - q) * (1 + (1 - q)), 1, 1e-8);
}

TEST(DepartureLevel, keeps_departures_where_they_are_asked_for_while_the_city_changes) {
  // Old households only, after young ones left: the chance of the old rises.
  TinyWorld young(january), old(january);
  for (int i = 0; i < 50; ++i) young.add("F30"), old.add("F70");
  std::array<double, 2> chance{};
  for (const std::size_t which : {0u, 1u}) {
    auto paths = std::make_shared<BaselinePaths>(1);
    const DepartureLevel level(departing(twice_below_50(), 12.0), AgeSexHazard(constant_rate(0)), paths);
    Bench bench(which == 0 ? young.world : old.world, january);
    bench.resolve(level);
    chance[which] = paths->departures[0];
  }
  EXPECT_NEAR(chance[1], 2 * chance[0], 1e-12);
}

TEST(DepartureLevel, tells_what_cannot_be_reached) {
  TinyWorld tiny(january);
  mixed(tiny);
  auto paths = std::make_shared<BaselinePaths>(1);
  Bench bench(tiny.world, january);
  const DepartureLevel level(departing(everywhere(1), 12.0 * 1000), AgeSexHazard(constant_rate(0)), paths);
  bench.resolve(level);
  EXPECT_NEAR(paths->departures_yearly.reached[0], 12.0 * 600, 1e-6) << "all of them, each month";
  const DepartureLevel none(departing(everywhere(0), 10.0), AgeSexHazard(constant_rate(0)), paths);
  bench.resolve(none);
  EXPECT_EQ(paths->departures_yearly.reached[1], 0.0);
  EXPECT_EQ(paths->departures[0], 0.0);
}

/// Households that others are copied from: 2 of 3 persons each qualify, the third is too old.
std::shared_ptr<TinyWorld> donors() {
  auto tiny = std::make_shared<TinyWorld>(january);
  tiny->add("F30*M32 f5", 2, Tenure::social);
  tiny->add("F40 m8 m9", 3, Tenure::owner);
  tiny->add("F90", 1);
  return tiny;
}
std::shared_ptr<const World> world_of(const std::shared_ptr<TinyWorld>& tiny) { return {tiny, &tiny->world}; }
Arrivals arriving(const std::shared_ptr<TinyWorld>& from, ByMonth<double> persons_yearly, ByMonth<int> oldest = 65) {
  return {rng::PlaceCode("town"), world_of(from), january,
          std::make_shared<const ArrivalPlan>(from->world, january, 24, persons_yearly, oldest)};
}

TEST(Arrivals, bring_the_number_of_persons_asked_for) {
  const auto from = donors();
  const Arrivals arrivals = arriving(from, 90.0);  // 90 persons a year are 2.5 households of 3 a month
  TinyWorld tiny(january);
  tiny.add("F50");
  Bench bench(tiny.world, january);
  std::vector<std::int64_t> monthly;
  std::int64_t before = 0;
  for (int month = 0; month < 24; ++month) {
    bench.meet({&arrivals}, month);
    monthly.push_back(bench.count(count::arrivals) - before);
    before += monthly.back();
  }
  EXPECT_EQ(bench.count(count::arrivals), 180);
  EXPECT_EQ(tiny.world.persons.size(), 181u);
  for (int month = 0; month < 24; ++month) EXPECT_EQ(monthly[static_cast<std::size_t>(month)], month % 2 == 0 ? 6 : 9);
}

TEST(Arrivals, follow_the_number_and_the_oldest_age_of_each_month) {
  const auto from = donors();
  std::vector<double> yearly(24, 360);
  std::vector<int> oldest(24, 65);
  for (std::size_t month = 6; month < 24; ++month) yearly[month] = 72, oldest[month] = 30;
  const ArrivalPlan plan(from->world, january, 24, ByMonth<double>(yearly), ByMonth<int>(oldest));
  for (int month = 0; month < 24; ++month) {
    EXPECT_EQ(plan.households(month), month < 6 ? 10u : 2u) << month;
    EXPECT_EQ(plan.candidates(month).size(), month < 6 ? 2u : 1u) << month;
  }
}

TEST(Arrivals, copy_a_household_as_old_as_it_was_with_its_relations_inside) {
  const auto from = donors();
  const Arrivals arrivals = arriving(from, 360.0);
  TinyWorld tiny(january);
  tiny.add("F50");
  Bench bench(tiny.world, january);
  bench.meet({&arrivals}, 13);
  const World& w = tiny.world;
  const ShortMonth now = to_short(january + 13);
  ASSERT_EQ(w.households.size(), 11u);
  for (std::uint32_t h = 1; h < w.households.size(); ++h) {
    const Row r = w.households[household::first][h];
    ASSERT_EQ(w.households[household::members][h], 3);
    const bool couple = w.persons[person::partner][r] != no_row;
    EXPECT_EQ(w.persons.age_years(r, now), couple ? 30 : 40);
    EXPECT_EQ(w.persons.age_years(r + 2, now), couple ? 5 : 9);
    EXPECT_EQ(w.persons[person::partner][r], couple ? r + 1 : no_row);
    EXPECT_EQ(w.persons[person::mother][r + 2], r);
    EXPECT_EQ(w.persons[person::father][r + 2], couple ? r + 1 : no_row);
    EXPECT_EQ(w.persons[person::state_since][r], now - 12);
    EXPECT_EQ(w.households[household::district][h], couple ? 2 : 3);
    EXPECT_EQ(w.households[household::tenure][h], couple ? Tenure::social : Tenure::owner);
  }
}

TEST(Arrivals, are_the_same_people_in_worlds_that_differ) {
  const auto from = donors();
  const Arrivals arrivals = arriving(from, 360.0);
  std::vector<std::vector<std::pair<std::uint64_t, ShortMonth>>> arrived(2);
  for (const std::size_t which : {0u, 1u}) {
    TinyWorld tiny(january);
    tiny.add(which == 0 ? "F50" : "F50*M50 f20");
    if (which == 1) tiny.add("M40");
    const Row old = tiny.world.persons.size();
    Bench bench(tiny.world, january);
    if (which == 1) bench.say(event::death, 3);
    const Deaths deaths;
    bench.meet({&deaths, &arrivals}, 5);
    for (Row row = 0; row < tiny.world.persons.size(); ++row)
      if (tiny.world.persons[person::identity][row] >= old)
        arrived[which].emplace_back(tiny.world.persons[person::identity][row],
                                    tiny.world.persons[person::birth_month][row]);
  }
  EXPECT_EQ(arrived[0].size(), 30u);
  EXPECT_EQ(arrived[0], arrived[1]);
}

TEST(Arrivals, have_names_of_their_own) {
  const auto from = donors();
  const Arrivals arrivals = arriving(from, 720.0);
  TinyWorld tiny(january);
  tiny.add("F50");
  Bench bench(tiny.world, january);
  for (int month = 0; month < 12; ++month) bench.meet({&arrivals}, month);
  std::map<std::uint64_t, int> persons, households;
  for (Row row = 0; row < tiny.world.persons.size(); ++row) ++persons[tiny.world.persons[person::identity][row]];
  for (std::uint32_t h = 0; h < tiny.world.households.size(); ++h)
    ++households[tiny.world.households[household::identity][h]];
  EXPECT_EQ(persons.size(), tiny.world.persons.size());
  EXPECT_EQ(households.size(), tiny.world.households.size());
}

TEST(Arrivals, do_not_happen_without_a_household_to_copy) {
  auto tiny = std::make_shared<TinyWorld>(january);
  tiny->add("F90");
  const Arrivals arrivals = arriving(tiny, 100.0);
  TinyWorld city(january);
  city.add("F50");
  Bench bench(city.world, january);
  bench.meet({&arrivals}, 3);
  EXPECT_EQ(city.world.persons.size(), 1u);
}

}  // namespace
}  // namespace oikos::demography
