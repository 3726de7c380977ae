#include "sim/model/demography/fertility.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
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
  const Fertility fertility{BirthHazard(rates)};
  const Births births(0.5);
  std::int64_t born = 0;
  for (int month = 0; month < 120; ++month) {
    bench.sweep({&fertility}, month);
    bench.meet({&births}, month);
    born += bench.count(count::births);
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
  const Fertility fertility{BirthHazard(constant_rate(1e6))};
  bench.sweep({&mortality, &fertility});
  EXPECT_EQ(bench.work.of(event::birth), std::vector<Row>{0});
}

TEST(Fertility, is_nothing_where_a_programme_sets_the_factor_to_zero) {
  TinyWorld tiny(january);
  tiny.add("F30");
  tiny.add("F30");
  tiny.world.change(1, target::birth, {.times = 0.0F});
  Bench bench(tiny.world, january);
  const Fertility fertility{BirthHazard(constant_rate(1e6))};
  bench.sweep({&fertility});
  EXPECT_EQ(bench.work.of(event::birth), std::vector<Row>{0});
}

/// Women of 20 to 44 in five bands, ever more of them with a partner, and of 16 without any.
void add_women_of_all_ages(TinyWorld& tiny) {
  for (int i = 0; i < 100; ++i) tiny.add("F16");
  for (int band = 0; band < 5; ++band)
    for (int i = 0; i < 100; ++i) {
      const std::string woman = "F" + std::to_string(20 + 5 * band + i % 5);
      tiny.add(i < 15 * band + 10 ? woman + "*M40" : woman);
    }
}

ByAge<double> rates_of_all_ages() {
  ByAge<double> rates{};
  for (std::size_t age = 16; age < 45; ++age) rates[age] = 0.01 * static_cast<double>(1 + age / 5);
  return rates;
}

TEST(BirthFactors, keep_the_births_of_each_age_and_give_the_share_outside_unions) {
  TinyWorld tiny(january);
  add_women_of_all_ages(tiny);
  const ByAge<double> rates = rates_of_all_ages();
  for (const double share : {0.15, 0.242, 0.6}) {
    const UnionFactors factors = birth_factors(tiny.world, january, rates, share);
    std::array<double, 25> all{}, as_given{};
    double outside = 0, total = 0;
    const PersonTable& p = tiny.world.persons;
    for (Row row = 0; row < p.size(); ++row) {
      if (p[person::sex][row] != Sex::female) continue;
      const std::size_t age = age_index(p.age_years(row, to_short(january)));
      const bool single = p[person::partner][row] == no_row;
      const double births = rates[age] * (single ? factors.without_partner : factors.with_partner)[age];
      all[age / 5] += births, as_given[age / 5] += rates[age];
      total += births, outside += single ? births : 0;
    }
    for (std::size_t band = 0; band < all.size(); ++band) EXPECT_NEAR(all[band], as_given[band], 1e-9) << band;
    EXPECT_NEAR(outside / total, share, 1e-9);
    const double ratio = factors.without_partner[22] / factors.with_partner[22];
    for (std::size_t age = 20; age < 45; ++age)
      EXPECT_NEAR(factors.without_partner[age] / factors.with_partner[age], ratio, 1e-9) << "the same at every age";
  }
}

TEST(BirthFactors, are_one_where_there_are_no_women_and_nearly_so_where_none_has_a_partner) {
  TinyWorld tiny(january);
  add_women_of_all_ages(tiny);
  const UnionFactors factors = birth_factors(tiny.world, january, rates_of_all_ages(), 0.242);
  EXPECT_EQ(factors.with_partner[60], 1.0);
  EXPECT_EQ(factors.without_partner[60], 1.0);
  EXPECT_NEAR(factors.without_partner[16], 1.0, 1e-12);
}

TEST(Fertility, gives_births_outside_unions_in_the_share_asked_for_and_in_all_as_many_as_before) {
  TinyWorld tiny(january);
  constexpr int women = 20'000;
  for (int i = 0; i < women; ++i) tiny.add(i % 2 == 0 ? "F30*M32" : "F30");
  const auto rates = constant_rate(0.6);
  const auto born = [&](const BirthHazard& hazard, int step) {
    Bench bench(tiny.world, january, 3, 1, 4096);
    const Fertility fertility{hazard};
    bench.sweep({&fertility}, step);
    int with = 0, without = 0;
    for (const Row row : bench.work.of(event::birth))
      ++(tiny.world.persons[person::partner][row] == no_row ? without : with);
    return std::pair{with, without};
  };
  // A share of 20 % from the start, 40 % from the year after.
  const Dated<double> share(std::vector<Dated<double>::Change>{{Dated<double>::always(), 0.2}, {january + 12, 0.4}});
  const BirthHazard hazard(rates, tiny.world, january, share);
  const double all = women * (1 - std::exp(-0.05)), near = 4 * std::sqrt(all);
  const auto before = born(BirthHazard(rates), 0), now = born(hazard, 0), later = born(hazard, 12);
  EXPECT_NEAR(before.first, all / 2, near);
  EXPECT_NEAR(now.first + now.second, all, near);
  EXPECT_NEAR(now.second, 0.2 * all, near);
  EXPECT_NEAR(later.second, 0.4 * all, near);
}

TEST(Fertility, of_a_programme_multiplies_the_chance_of_the_own_union) {
  TinyWorld tiny(january);
  constexpr int women = 20'000;
  for (int i = 0; i < women; ++i) tiny.add(i % 2 == 0 ? "F30*M32" : "F30");
  const BirthHazard hazard(constant_rate(0.6), tiny.world, january, 0.1);
  const auto outside = [&] {
    Bench bench(tiny.world, january, 3, 1, 4096);
    const Fertility fertility{hazard};
    bench.sweep({&fertility});
    return std::ranges::count_if(bench.work.of(event::birth),
                                 [&](Row row) { return tiny.world.persons[person::partner][row] == no_row; });
  };
  const auto before = static_cast<double>(outside());
  for (Row row = 0; row < tiny.world.persons.size(); ++row) tiny.world.change(row, target::birth, {.times = 3.0F});
  EXPECT_NEAR(static_cast<double>(outside()), 3 * before, 4 * std::sqrt(3 * before) + 12 * std::sqrt(before));
}

TEST(Births, give_the_child_its_parents_its_household_and_the_age_of_nought) {
  TinyWorld tiny(january);
  tiny.add("M70");
  const Row mother = tiny.add("F30*M32 f5");
  tiny.world.persons[person::children_born][mother] = 1;
  Bench bench(tiny.world, january);
  bench.say(event::birth, mother);
  const Births births(1.0);
  bench.meet({&births});
  const PersonTable& p = tiny.world.persons;
  ASSERT_EQ(p.size(), 5u);
  EXPECT_EQ(p[person::mother][4], mother);
  EXPECT_EQ(p[person::father][4], mother + 1);
  EXPECT_EQ(p[person::household][4], 1u);
  EXPECT_EQ(p.age_months(4, to_short(january)), 0);
  EXPECT_EQ(p[person::sex][4], Sex::male);
  EXPECT_EQ(p[person::labour][4], Labour::child);
  EXPECT_EQ(p[person::state_since][4], to_short(january));
  EXPECT_EQ(p[person::children_born][mother], 2);
  EXPECT_EQ(tiny.world.households[household::members][1], 4);
}

TEST(Births, name_a_child_by_mother_and_order_whatever_the_world_and_the_luck) {
  std::set<std::uint64_t> names;
  for (const int world : {0, 1}) {
    TinyWorld tiny(january);
    if (world == 1) tiny.add("F50 M20 M22");
    const Row mother = tiny.add("F30");
    tiny.world.persons[person::identity][mother] = 4242;
    Bench bench(tiny.world, january + 7 * world, static_cast<std::uint64_t>(world));
    const Births births(0.5);
    bench.say(event::birth, mother);
    bench.meet({&births});
    names.insert(tiny.world.persons[person::identity][tiny.world.persons.size() - 1]);
  }
  EXPECT_EQ(names, std::set<std::uint64_t>{rng::newborn_identity(PersonId{4242}, 1).value()});
}

TEST(Births, are_boys_in_the_share_asked_for) {
  constexpr int women = 10'000;
  TinyWorld tiny(january);
  for (int i = 0; i < women; ++i) tiny.add("F30");
  Bench bench(tiny.world, january, 9);
  for (Row row = 0; row < women; ++row) bench.say(event::birth, row);
  const Births births(0.515);
  bench.meet({&births});
  int boys = 0;
  for (Row row = 0; row < tiny.world.persons.size(); ++row)
    boys +=
        tiny.world.persons[person::labour][row] == Labour::child && tiny.world.persons[person::sex][row] == Sex::male;
  EXPECT_NEAR(boys, women * 0.515, 4 * std::sqrt(women * 0.25));
}

}  // namespace
}  // namespace oikos::demography
