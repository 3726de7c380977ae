#include "sim/model/demography/unions.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "sim/model/demography/fertility.hpp"
#include "sim/model/demography/migration.hpp"
#include "sim/model/demography/mortality.hpp"
#include "tests/sim/model/demography/rates.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos::demography {
namespace {

using oikos::test::Bench;
using oikos::test::find_person;
using oikos::test::TinyWorld;
using test::constant_rate;
const Month january{2020, 1};

/// Identities of those who live with a person, the person first.
std::vector<std::uint64_t> home_of(const World& world, std::uint64_t identity) {
  const Row row = find_person(world, identity);
  std::vector<std::uint64_t> all{identity};
  if (row == no_row) return {};
  const std::uint32_t h = world.persons.household[row];
  for (Row other = world.households.first[h]; other < world.households.first[h] + world.households.members[h]; ++other)
    if (other != row) all.push_back(world.persons.identity[other]);
  std::sort(all.begin() + 1, all.end());
  return all;
}
using Home = std::vector<std::uint64_t>;

TEST(UnionHazards, part_couples_at_the_rate_given_and_the_woman_decides) {
  constexpr int couples = 20'000;
  TinyWorld tiny(january);
  for (int i = 0; i < couples; ++i) tiny.add("M40*F39");
  Bench bench(tiny.world, january, 4, 1, 4096);
  const UnionHazards hazards(monthly_from_yearly_rate(0.6), AgeSexHazard(constant_rate(0)));
  bench.sweep({&hazards});
  const double p = 1 - std::exp(-0.05);
  const auto& parting = bench.work.of(Event::parting);
  EXPECT_NEAR(static_cast<double>(parting.size()), couples * p, 4 * std::sqrt(couples * p));
  for (const Row row : parting) ASSERT_EQ(tiny.world.persons.sex[row], Sex::female);
  EXPECT_TRUE(bench.work.of(Event::seeks_partner).empty());
}

TEST(UnionHazards, of_two_women_or_two_men_part_once_a_couple) {
  TinyWorld tiny(january);
  tiny.add("F40*F39");
  tiny.add("M40*M39");
  Bench bench(tiny.world, january);
  const UnionHazards hazards(1.0, AgeSexHazard(constant_rate(0)));
  bench.sweep({&hazards});
  EXPECT_EQ(bench.work.of(Event::parting), (std::vector<Row>{0, 2}));
}

TEST(UnionHazards, let_only_singles_of_the_ages_with_a_rate_look_for_a_partner) {
  TinyWorld tiny(january);
  tiny.add("F40*M39");
  tiny.add("F17");
  tiny.add("F18");
  tiny.add("M50");
  Bench bench(tiny.world, january);
  const UnionHazards hazards(0.0, AgeSexHazard(constant_rate(1e9, 18, 50)));
  bench.sweep({&hazards});
  EXPECT_EQ(bench.work.of(Event::seeks_partner), std::vector<Row>{3});
}

TEST(UnionHazards, of_couples_are_multiplied_by_the_factor_of_who_decides_and_those_of_singles_are_not) {
  constexpr int couples = 4000;
  TinyWorld tiny(january);
  for (int i = 0; i < couples; ++i) tiny.add("F40*M40"), tiny.add("M45");
  const auto happen = [&] {
    Bench bench(tiny.world, january, 5);
    const UnionHazards hazards(monthly_from_yearly_rate(2.4), AgeSexHazard(constant_rate(2.4, 18, 60)));
    bench.sweep({&hazards});
    return std::pair{bench.work.of(Event::parting), bench.work.of(Event::seeks_partner)};
  };
  const auto [parting, seeking] = happen();
  for (Row row = 0; row < tiny.world.persons.size(); ++row)
    if (row % 3 != 1)
      tiny.world.modifiers.multiply(tiny.world.persons, row, Modifier::parting, row < 6000 ? 0.0F : 0.5F);
  const auto [parting_less, seeking_less] = happen();
  EXPECT_EQ(seeking_less, seeking);
  for (const Row row : parting_less) EXPECT_GE(row, 6000u);
  const double p = 1 - std::exp(-0.2);
  EXPECT_NEAR(static_cast<double>(parting.size()), couples * p, 4 * std::sqrt(couples * p));
  EXPECT_NEAR(static_cast<double>(parting_less.size()), couples / 2 * p / 2, 4 * std::sqrt(couples / 2 * p / 2));
}

TEST(Partings, move_the_partner_out_and_leave_the_children_with_who_decides) {
  TinyWorld tiny(january);
  tiny.add("F40*M42 f10 m3", 4);
  Bench bench(tiny.world, january);
  bench.say(Event::parting, 0);
  const Partings partings(Tenure::private_rent);
  bench.meet({&partings});
  EXPECT_EQ(home_of(tiny.world, 0), (Home{0, 2, 3}));
  EXPECT_EQ(home_of(tiny.world, 1), Home{1});
  const Row man = find_person(tiny.world, 1);
  EXPECT_EQ(tiny.world.persons.partner[0], no_row);
  EXPECT_EQ(tiny.world.persons.partner[man], no_row);
  EXPECT_EQ(tiny.world.persons.father[1], man) << "he stays the father";
  EXPECT_EQ(tiny.world.households.district[1], 4);
  EXPECT_EQ(tiny.world.households.tenure[1], Tenure::private_rent);
  EXPECT_EQ(bench.count(Count::unions_dissolved), 1);
}

TEST(Partings, take_along_the_children_of_whom_only_the_leaving_one_is_a_parent) {
  TinyWorld tiny(january);
  tiny.add("M42*F40 f10");  // the girl is the man's only
  tiny.world.persons.mother[2] = no_row;
  Bench bench(tiny.world, january);
  bench.say(Event::parting, 1);
  const Partings partings(Tenure::private_rent);
  bench.meet({&partings});
  EXPECT_EQ(home_of(tiny.world, 0), (Home{0, 2}));
  EXPECT_EQ(home_of(tiny.world, 1), Home{1});
}

TEST(Partings, do_not_happen_when_one_of_the_two_has_died) {
  TinyWorld tiny(january);
  tiny.add("F40*M42");
  Bench bench(tiny.world, january);
  bench.say(Event::parting, 0);
  bench.say(Event::death, 1);
  const Deaths deaths;
  const Partings partings(Tenure::private_rent);
  bench.meet({&deaths, &partings});
  EXPECT_EQ(bench.count(Count::unions_dissolved), 0);
  EXPECT_EQ(tiny.world.households.size(), 1u);
}

Couples::Rule one_market(double gap = 2, double largest = 10) {
  return {.preferred_gap = gap, .largest_gap = largest, .market_places = 1, .tenure = Tenure::private_rent};
}

TEST(Couples, join_as_partners_of_each_other_in_the_womans_home) {
  TinyWorld tiny(january);
  tiny.add("F40");
  tiny.add("M42");
  Bench bench(tiny.world, january);
  bench.say(Event::seeks_partner, 0);
  bench.say(Event::seeks_partner, 1);
  const Couples couples(one_market());
  bench.meet({&couples});
  EXPECT_EQ(tiny.world.persons.partner[0], 1u);
  EXPECT_EQ(tiny.world.persons.partner[1], 0u);
  EXPECT_EQ(tiny.world.households.size(), 1u);
  EXPECT_EQ(bench.count(Count::unions_formed), 1);
}

TEST(Couples, choose_the_man_nearest_to_the_preferred_age_within_the_limit) {
  TinyWorld tiny(january);
  tiny.add("F40");
  for (const char* man : {"M30", "M41", "M43", "M60"}) tiny.add(man);
  Bench bench(tiny.world, january);
  for (Row row = 0; row < 5; ++row) bench.say(Event::seeks_partner, row);
  const Couples couples(one_market(3));
  bench.meet({&couples});
  EXPECT_EQ(home_of(tiny.world, 0), (Home{0, 3}));
  EXPECT_EQ(bench.count(Count::unions_formed), 1);
}

TEST(Couples, do_not_form_beyond_the_largest_gap) {
  for (const int age : {31, 32, 52, 53}) {
    TinyWorld tiny(january);
    tiny.add("F40");
    tiny.add("M" + std::to_string(age));
    Bench bench(tiny.world, january);
    bench.say(Event::seeks_partner, 0);
    bench.say(Event::seeks_partner, 1);
    const Couples couples(one_market());
    bench.meet({&couples});
    EXPECT_EQ(bench.count(Count::unions_formed), age == 32 || age == 52 ? 1 : 0) << age;
  }
}

TEST(Couples, never_form_inside_a_household) {
  TinyWorld tiny(january);
  tiny.add("F40 M42");
  Bench bench(tiny.world, january);
  bench.say(Event::seeks_partner, 0);
  bench.say(Event::seeks_partner, 1);
  const Couples couples(one_market());
  bench.meet({&couples});
  EXPECT_EQ(bench.count(Count::unions_formed), 0);
}

TEST(Couples, bring_the_children_of_lone_parents_along) {
  TinyWorld tiny(january);
  tiny.add("F40 f10");
  tiny.add("M42 m12 f3");
  Bench bench(tiny.world, january);
  bench.say(Event::seeks_partner, 0);
  bench.say(Event::seeks_partner, 2);
  const Couples couples(one_market());
  bench.meet({&couples});
  EXPECT_EQ(home_of(tiny.world, 0), (Home{0, 1, 2, 3, 4}));
}

TEST(Couples, of_two_who_live_with_their_parents_found_a_home_in_the_womans_district) {
  TinyWorld tiny(january);
  tiny.add("F50*M50 f25", 1);
  tiny.add("F51*M52 m27", 2);
  Bench bench(tiny.world, january);
  bench.say(Event::seeks_partner, 2);
  bench.say(Event::seeks_partner, 5);
  const Couples couples(one_market());
  bench.meet({&couples});
  EXPECT_EQ(home_of(tiny.world, 2), (Home{2, 5}));
  ASSERT_EQ(tiny.world.households.size(), 3u);
  EXPECT_EQ(tiny.world.households.district[2], 1);
  EXPECT_EQ(tiny.world.households.tenure[2], Tenure::private_rent);
}

TEST(Couples, of_a_woman_with_her_parents_and_a_man_alone_live_in_his_home) {
  TinyWorld tiny(january);
  tiny.add("F50*M50 f25", 1);
  tiny.add("M27", 2);
  Bench bench(tiny.world, january);
  bench.say(Event::seeks_partner, 2);
  bench.say(Event::seeks_partner, 3);
  const Couples couples(one_market());
  bench.meet({&couples});
  EXPECT_EQ(home_of(tiny.world, 2), (Home{2, 3}));
  EXPECT_EQ(tiny.world.households.district[tiny.world.persons.household[find_person(tiny.world, 2)]], 2);
}

TEST(HomeLeaving, is_for_adult_children_who_live_with_a_parent_and_are_single) {
  TinyWorld tiny(january);
  tiny.add("F50*M50 f25 m17");
  tiny.add("F25");
  tiny.add("F50 M26");
  Bench bench(tiny.world, january);
  const HomeLeaving leaving{AgeSexHazard(constant_rate(1e9, 18))};
  bench.sweep({&leaving});
  EXPECT_EQ(bench.work.of(Event::leaves_home), std::vector<Row>{2});
}

TEST(NewHomes, are_founded_in_the_district_of_the_parents) {
  TinyWorld tiny(january);
  tiny.add("F50 f25", 3);
  Bench bench(tiny.world, january);
  bench.say(Event::leaves_home, 1);
  const NewHomes homes(Tenure::municipal);
  bench.meet({&homes});
  EXPECT_EQ(home_of(tiny.world, 1), Home{1});
  EXPECT_EQ(tiny.world.households.district[1], 3);
  EXPECT_EQ(tiny.world.households.tenure[1], Tenure::municipal);
}

TEST(NewHomes, wait_when_no_adult_would_stay) {
  TinyWorld tiny(january);
  tiny.add("F50 f25 m10");
  Bench bench(tiny.world, january);
  bench.say(Event::death, 0);
  bench.say(Event::leaves_home, 1);
  const Deaths deaths;
  const NewHomes homes(Tenure::municipal);
  bench.meet({&deaths, &homes});
  EXPECT_EQ(home_of(tiny.world, 1), (Home{1, 2})) << "the grown-up sister stays with the boy";
}

TEST(Guardianship, brings_orphans_to_the_other_parent) {
  TinyWorld tiny(january);
  tiny.add("F40 f10");
  const Row father = tiny.add("M42*F39");
  tiny.world.persons.father[1] = father;
  Bench bench(tiny.world, january);
  bench.say(Event::death, 0);
  const Deaths deaths;
  const Guardianship guardianship;
  bench.meet({&deaths, &guardianship});
  EXPECT_EQ(home_of(tiny.world, 1), (Home{1, 2, 3}));
}

TEST(Guardianship, else_to_a_couple_with_a_child_in_the_district) {
  TinyWorld tiny(january);
  tiny.add("F40 f10", 1);
  tiny.add("F40*M42 f10", 2);
  tiny.add("F40*M42", 1);
  tiny.add("F40*M42 m7", 1);
  Bench bench(tiny.world, january);
  bench.say(Event::death, 0);
  const Deaths deaths;
  const Guardianship guardianship;
  bench.meet({&deaths, &guardianship});
  EXPECT_EQ(home_of(tiny.world, 1), (Home{1, 7, 8, 9}));
}

TEST(Guardianship, else_sends_the_child_out_of_the_city_and_counts_it) {
  TinyWorld tiny(january);
  tiny.add("F40 f10", 1);
  tiny.add("F40*M42 f10", 2);
  Bench bench(tiny.world, january);
  bench.say(Event::death, 0);
  const Deaths deaths;
  const Guardianship guardianship;
  bench.meet({&deaths, &guardianship});
  EXPECT_EQ(find_person(tiny.world, 1), no_row);
  EXPECT_EQ(bench.count(Count::departures), 1);
}

TEST(Guardianship, leaves_children_alone_while_an_adult_stays) {
  TinyWorld tiny(january);
  tiny.add("F40*M40 f10");
  tiny.add("F40*M42 f10");
  Bench bench(tiny.world, january);
  bench.say(Event::death, 0);
  const Deaths deaths;
  const Guardianship guardianship;
  bench.meet({&deaths, &guardianship});
  EXPECT_EQ(home_of(tiny.world, 1), (Home{1, 2}));
}

/// A household with an adult in it, or nobody below 18.
void expect_no_children_alone(const World& world, ShortMonth now) {
  for (std::uint32_t h = 0; h < world.households.size(); ++h) {
    bool adult = false;
    const Row first = world.households.first[h];
    for (Row row = first; row < first + world.households.members[h]; ++row)
      adult |= world.persons.age_months(row, now) >= 216;
    ASSERT_TRUE(adult) << "household " << world.households.identity[h];
  }
}

TEST(Demography, keeps_families_whole_through_years_of_hard_luck) {
  TinyWorld tiny(january);
  const std::vector<std::string> homes{"F40*M42 f10 m3",      "F30 f5",  "M33 m2 m1", "F25", "M27",
                                       "F55*M57 f22 m19 f16", "F70*M71", "M60 F58"};
  for (int i = 0; i < 800; ++i)
    tiny.add(homes[static_cast<std::size_t>(i) % homes.size()], static_cast<std::uint8_t>(i % 3));
  const auto donor_world = std::make_shared<TinyWorld>(january);
  for (const auto& home : homes) donor_world->add(home);
  RatePeriod profile{january, {}};
  for (auto& of_sex : profile.yearly_rate) of_sex.fill(1);
  const auto paths = std::make_shared<BaselinePaths>(120);
  paths->departures.assign(120, 0.01);
  const Mortality mortality{AgeSexHazard(constant_rate(0.15))};
  const Departures departures({{profile}, 12.0}, paths);
  const Fertility fertility{AgeSexHazard(constant_rate(0.4, 18, 45))};
  const UnionHazards unions(monthly_from_yearly_rate(0.5), AgeSexHazard(constant_rate(1.5, 18)));
  const HomeLeaving home_leaving{AgeSexHazard(constant_rate(0.8, 18))};
  const Deaths deaths;
  const Leavings leavings;
  const Partings partings(Tenure::private_rent);
  const NewHomes new_homes(Tenure::private_rent);
  const Couples couples(Couples::Rule{});
  const Guardianship guardianship;
  const Births births(0.5);
  const Arrivals arrivals({donor_world, &donor_world->world}, january,
                          std::make_shared<const ArrivalPlan>(donor_world->world, january, 120, 400.0, 65));
  Bench bench(tiny.world, january, 8, 2, 100);
  std::int64_t formed = 0, dissolved = 0;
  for (int month = 0; month < 120; ++month) {
    const std::int64_t before = tiny.world.persons.size();
    bench.sweep({&mortality, &departures, &fertility, &unions, &home_leaving}, month);
    bench.meet({&deaths, &leavings, &partings, &new_homes, &couples, &guardianship, &births, &arrivals}, month);
    const auto n = [&](Count what) { return bench.count(what); };
    ASSERT_EQ(tiny.world.persons.size(),
              before + n(Count::births) + n(Count::arrivals) - n(Count::deaths) - n(Count::departures));
    formed += n(Count::unions_formed), dissolved += n(Count::unions_dissolved);
    expect_no_children_alone(tiny.world, to_short(january + month));
    if (testing::Test::HasFatalFailure()) return;
  }
  EXPECT_GT(formed, 100);
  EXPECT_GT(dissolved, 100);
}

}  // namespace
}  // namespace oikos::demography
