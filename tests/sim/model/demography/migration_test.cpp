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

ByAge<double> everywhere(double probability) {
  ByAge<double> all{};
  all.fill(probability);
  return all;
}

TEST(Departures, take_the_whole_household) {
  TinyWorld tiny(january);
  tiny.add("F30*M32 f5");
  tiny.add("F70");
  Bench bench(tiny.world, january);
  const Departures departures(everywhere(1));
  const Leavings leavings;
  bench.sweep({&departures});
  EXPECT_EQ(bench.work.of(Event::departure), (std::vector<Row>{0, 1, 2, 3}));
  bench.meet({&leavings});
  EXPECT_EQ(tiny.world.persons.size(), 0u);
  EXPECT_EQ(bench.count(Count::departures), 4);
}

TEST(Departures, follow_the_age_of_the_reference_person_alone) {
  ByAge<double> old{};
  for (std::size_t age = 60; age < old.size(); ++age) old[age] = 1;
  TinyWorld tiny(january);
  tiny.add("F59*M70");
  tiny.add("F60*M30");
  Bench bench(tiny.world, january);
  const Departures departures(old);
  bench.sweep({&departures});
  EXPECT_EQ(bench.work.of(Event::departure), (std::vector<Row>{2, 3}));
}

TEST(Departures, leave_the_dying_behind_and_do_not_happen_when_the_reference_person_dies) {
  TinyWorld tiny(january);
  tiny.add("F50 M110");
  tiny.add("M110 F50");
  Bench bench(tiny.world, january);
  const Mortality mortality{AgeSexHazard(constant_rate(0))};
  const Departures departures(everywhere(1));
  const Deaths deaths;
  const Leavings leavings;
  bench.sweep({&mortality, &departures});
  EXPECT_EQ(bench.work.of(Event::departure), std::vector<Row>{0});
  bench.meet({&deaths, &leavings});
  ASSERT_EQ(tiny.world.persons.size(), 1u);
  EXPECT_EQ(tiny.world.persons.identity[0], 3u);
}

TEST(DepartureProbabilities, lose_the_persons_asked_for_in_expectation) {
  TinyWorld tiny(january);
  for (int i = 0; i < 300; ++i) tiny.add(i % 2 == 0 ? "F30*M32 f5" : "F70");
  ByAge<double> profile{};
  for (std::size_t age = 0; age < profile.size(); ++age) profile[age] = age < 50 ? 2.0 : 1.0;
  const auto monthly = departure_probabilities(tiny.world, january, profile, 60);
  double yearly = 0;
  for (std::uint32_t h = 0; h < 300; ++h)
    yearly += 12 * monthly[h % 2 == 0 ? 30 : 70] * tiny.world.households.members[h];
  EXPECT_NEAR(yearly, 60, 1e-9);
  EXPECT_NEAR(monthly[30], 2 * monthly[70], 1e-15);
}

TEST(DepartureProbabilities, of_a_profile_of_zeros_are_zero) {
  TinyWorld tiny(january);
  tiny.add("F30");
  EXPECT_EQ(departure_probabilities(tiny.world, january, everywhere(0), 10), everywhere(0));
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

TEST(Arrivals, bring_the_number_of_persons_asked_for) {
  const auto from = donors();
  const Arrivals arrivals(world_of(from), january, 90, 65);  // 90 persons a year are 2.5 households of 3 a month
  TinyWorld tiny(january);
  tiny.add("F50");
  Bench bench(tiny.world, january);
  std::vector<std::int64_t> monthly;
  std::int64_t before = 0;
  for (int month = 0; month < 24; ++month) {
    bench.meet({&arrivals}, month);
    monthly.push_back(bench.count(Count::arrivals) - before);
    before += monthly.back();
  }
  EXPECT_EQ(bench.count(Count::arrivals), 180);
  EXPECT_EQ(tiny.world.persons.size(), 181u);
  for (int month = 0; month < 24; ++month) EXPECT_EQ(monthly[static_cast<std::size_t>(month)], month % 2 == 0 ? 6 : 9);
}

TEST(Arrivals, copy_a_household_as_old_as_it_was_with_its_relations_inside) {
  const auto from = donors();
  const Arrivals arrivals(world_of(from), january, 360, 65);
  TinyWorld tiny(january);
  tiny.add("F50");
  Bench bench(tiny.world, january);
  bench.meet({&arrivals}, 13);
  const World& w = tiny.world;
  const ShortMonth now = to_short(january + 13);
  ASSERT_EQ(w.households.size(), 11u);
  for (std::uint32_t h = 1; h < w.households.size(); ++h) {
    const Row r = w.households.first[h];
    ASSERT_EQ(w.households.members[h], 3);
    const bool couple = w.persons.partner[r] != no_row;
    EXPECT_EQ(w.persons.age_years(r, now), couple ? 30 : 40);
    EXPECT_EQ(w.persons.age_years(r + 2, now), couple ? 5 : 9);
    EXPECT_EQ(w.persons.partner[r], couple ? r + 1 : no_row);
    EXPECT_EQ(w.persons.mother[r + 2], r);
    EXPECT_EQ(w.persons.father[r + 2], couple ? r + 1 : no_row);
    EXPECT_EQ(w.persons.state_since[r], now - 12);
    EXPECT_EQ(w.households.district[h], couple ? 2 : 3);
    EXPECT_EQ(w.households.tenure[h], couple ? Tenure::social : Tenure::owner);
  }
}

TEST(Arrivals, are_the_same_people_in_worlds_that_differ) {
  const auto from = donors();
  const Arrivals arrivals(world_of(from), january, 360, 65);
  std::vector<std::vector<std::pair<std::uint64_t, ShortMonth>>> arrived(2);
  for (const std::size_t which : {0u, 1u}) {
    TinyWorld tiny(january);
    tiny.add(which == 0 ? "F50" : "F50*M50 f20");
    if (which == 1) tiny.add("M40");
    const Row old = tiny.world.persons.size();
    Bench bench(tiny.world, january);
    if (which == 1) bench.say(Event::death, 3);
    const Deaths deaths;
    bench.meet({&deaths, &arrivals}, 5);
    for (Row row = 0; row < tiny.world.persons.size(); ++row)
      if (tiny.world.persons.identity[row] >= old)
        arrived[which].emplace_back(tiny.world.persons.identity[row], tiny.world.persons.birth_month[row]);
  }
  EXPECT_EQ(arrived[0].size(), 30u);
  EXPECT_EQ(arrived[0], arrived[1]);
}

TEST(Arrivals, have_names_of_their_own) {
  const auto from = donors();
  const Arrivals arrivals(world_of(from), january, 720, 65);
  TinyWorld tiny(january);
  tiny.add("F50");
  Bench bench(tiny.world, january);
  for (int month = 0; month < 12; ++month) bench.meet({&arrivals}, month);
  std::map<std::uint64_t, int> persons, households;
  for (Row row = 0; row < tiny.world.persons.size(); ++row) ++persons[tiny.world.persons.identity[row]];
  for (std::uint32_t h = 0; h < tiny.world.households.size(); ++h) ++households[tiny.world.households.identity[h]];
  EXPECT_EQ(persons.size(), tiny.world.persons.size());
  EXPECT_EQ(households.size(), tiny.world.households.size());
}

TEST(Arrivals, do_not_happen_without_a_household_to_copy) {
  auto tiny = std::make_shared<TinyWorld>(january);
  tiny->add("F90");
  const Arrivals arrivals(world_of(tiny), january, 100, 65);
  TinyWorld city(january);
  city.add("F50");
  Bench bench(city.world, january);
  bench.meet({&arrivals}, 3);
  EXPECT_EQ(city.world.persons.size(), 1u);
}

}  // namespace
}  // namespace oikos::demography
