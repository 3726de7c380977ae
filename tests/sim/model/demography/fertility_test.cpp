#include "sim/model/demography/fertility.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "sim/model/demography/mortality.hpp"
#include "tests/sim/model/demography/rates.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos::demography {
namespace {

using oikos::test::Bench;
using oikos::test::TinyWorld;
using test::constant_rate;
const Month january{2020, 1};

TEST(Fertility, of_a_cohort_completes_to_the_sum_of_its_rates) {
  // Rates by age 20 .. 29; a woman bears at most once a month, so a year has 12 trials of 1 - exp(-f / 12).
  auto rates = constant_rate(0);
  double expected = 0;
  for (int age = 20; age < 30; ++age) {
    const double f = 0.02 + 0.01 * (age - 20);
    for (auto& sex : rates[0].yearly_rate) sex[static_cast<std::size_t>(age)] = f;
    expected += 12 * (1 - std::exp(-f / 12));
  }
  constexpr int women = 4000;
  TinyWorld tiny(january);
  for (int i = 0; i < women; ++i) tiny.add("F20");
  Bench bench(tiny.world, january, 5, 1, 4096);
  const Fertility fertility{AgeSexHazard(rates)};
  const Births births(0.5);
  std::int64_t born = 0;
  for (int month = 0; month < 120; ++month) {
    bench.sweep({&fertility}, month);
    bench.meet({&births}, month);
    born += bench.count(Count::births);
  }
  EXPECT_NEAR(static_cast<double>(born), women * expected, 4 * std::sqrt(women * expected));
  EXPECT_EQ(tiny.world.persons.size(), women + born);
}

TEST(Fertility, is_for_women_who_neither_die_nor_depart_this_month) {
  TinyWorld tiny(january);
  tiny.add("F30*M30");
  tiny.add("F110");
  Bench bench(tiny.world, january);
  const Mortality mortality{AgeSexHazard(constant_rate(0))};
  const Fertility fertility{AgeSexHazard(constant_rate(1e6))};
  bench.sweep({&mortality, &fertility});
  EXPECT_EQ(bench.work.of(Event::birth), std::vector<Row>{0});
}

TEST(Fertility, is_nothing_where_a_programme_sets_the_factor_to_zero) {
  TinyWorld tiny(january);
  tiny.add("F30");
  tiny.add("F30");
  tiny.world.modifiers.multiply(tiny.world.persons, 1, Modifier::birth, 0.0F);
  Bench bench(tiny.world, january);
  const Fertility fertility{AgeSexHazard(constant_rate(1e6))};
  bench.sweep({&fertility});
  EXPECT_EQ(bench.work.of(Event::birth), std::vector<Row>{0});
}

TEST(Births, give_the_child_its_parents_its_household_and_the_age_of_nought) {
  TinyWorld tiny(january);
  tiny.add("M70");
  const Row mother = tiny.add("F30*M32 f5");
  tiny.world.persons.children_born[mother] = 1;
  Bench bench(tiny.world, january);
  bench.say(Event::birth, mother);
  const Births births(1.0);
  bench.meet({&births});
  const PersonTable& p = tiny.world.persons;
  ASSERT_EQ(p.size(), 5u);
  EXPECT_EQ(p.mother[4], mother);
  EXPECT_EQ(p.father[4], mother + 1);
  EXPECT_EQ(p.household[4], 1u);
  EXPECT_EQ(p.age_months(4, to_short(january)), 0);
  EXPECT_EQ(p.sex[4], Sex::male);
  EXPECT_EQ(p.labour[4], Labour::child);
  EXPECT_EQ(p.state_since[4], to_short(january));
  EXPECT_EQ(p.children_born[mother], 2);
  EXPECT_EQ(tiny.world.households.members[1], 4);
}

TEST(Births, name_a_child_by_mother_and_order_whatever_the_world_and_the_luck) {
  std::set<std::uint64_t> names;
  for (const int world : {0, 1}) {
    TinyWorld tiny(january);
    if (world == 1) tiny.add("F50 M20 M22");
    const Row mother = tiny.add("F30");
    tiny.world.persons.identity[mother] = 4242;
    Bench bench(tiny.world, january + 7 * world, static_cast<std::uint64_t>(world));
    const Births births(0.5);
    bench.say(Event::birth, mother);
    bench.meet({&births});
    names.insert(tiny.world.persons.identity[tiny.world.persons.size() - 1]);
  }
  EXPECT_EQ(names, std::set<std::uint64_t>{rng::newborn_identity(PersonId{4242}, 1).value()});
}

TEST(Births, are_boys_in_the_share_asked_for) {
  constexpr int women = 10'000;
  TinyWorld tiny(january);
  for (int i = 0; i < women; ++i) tiny.add("F30");
  Bench bench(tiny.world, january, 9);
  for (Row row = 0; row < women; ++row) bench.say(Event::birth, row);
  const Births births(0.515);
  bench.meet({&births});
  int boys = 0;
  for (Row row = 0; row < tiny.world.persons.size(); ++row)
    boys += tiny.world.persons.labour[row] == Labour::child && tiny.world.persons.sex[row] == Sex::male;
  EXPECT_NEAR(boys, women * 0.515, 4 * std::sqrt(women * 0.25));
}

}  // namespace
}  // namespace oikos::demography
