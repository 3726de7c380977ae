#include "sim/model/demography/unions.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "sim/model/demography/fertility.hpp"
#include "sim/model/demography/guardianship.hpp"
#include "sim/model/demography/migration.hpp"
#include "sim/model/demography/mortality.hpp"
#include "sim/model/demography/partner_market.hpp"
#include "tests/sim/model/demography/home_of.hpp"
#include "tests/sim/model/demography/rates.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos::demography {
namespace {

using oikos::test::Bench;
using oikos::test::find_person;
using oikos::test::TinyWorld;
using test::constant_rate;
using test::Home;
using test::home_of;
const Month january{2020, 1};

const HomeTenures all_private{}, all_municipal{.owner = 0.0, .municipal = 1.0, .social = 0.0};

TEST(UnionHazards, part_couples_at_the_rate_given_and_the_woman_decides) {
  constexpr int couples = 20'000;
  TinyWorld tiny(january);
  for (int i = 0; i < couples; ++i) tiny.add("M40*F39");
  Bench bench(tiny.world, january, 4, 1, 4096);
  const UnionHazards hazards(monthly_from_yearly_rate(0.6), AgeSexHazard(constant_rate(0)));
  bench.sweep({&hazards});
  const double p = 1 - std::exp(-0.05);
  const auto& parting = bench.work.of(event::parting);
  EXPECT_NEAR(static_cast<double>(parting.size()), couples * p, 4 * std::sqrt(couples * p));
  for (const Row row : parting) ASSERT_EQ(tiny.world.persons[person::sex][row], Sex::female);
  EXPECT_TRUE(bench.work.of(event::open_to_partner).empty());
}

TEST(UnionHazards, of_two_women_or_two_men_part_once_a_couple) {
  TinyWorld tiny(january);
  tiny.add("F40*F39");
  tiny.add("M40*M39");
  Bench bench(tiny.world, january);
  const UnionHazards hazards(1.0, AgeSexHazard(constant_rate(0)));
  bench.sweep({&hazards});
  EXPECT_EQ(bench.work.of(event::parting), (std::vector<Row>{0, 2}));
}

TEST(UnionHazards, let_only_singles_of_the_ages_with_a_rate_be_open_and_only_women_look) {
  TinyWorld tiny(january);
  tiny.add("F40*M39");
  tiny.add("F17");
  tiny.add("F18");
  tiny.add("M18");
  tiny.add("M50");
  Bench bench(tiny.world, january);
  const UnionHazards hazards(0.0, AgeSexHazard(constant_rate(1e9, 18, 50)));
  bench.sweep({&hazards});
  EXPECT_EQ(bench.work.of(event::open_to_partner), (std::vector<Row>{3, 4}));
  EXPECT_EQ(bench.work.of(event::seeks_partner), std::vector<Row>{3});
}

TEST(UnionHazards, of_singles_are_twice_the_rate_to_look_and_far_more_to_be_open) {
  constexpr int women = 40'000;
  TinyWorld tiny(january);
  for (int i = 0; i < women; ++i) tiny.add("F30");
  for (int i = 0; i < women; ++i) tiny.add("M30");
  Bench bench(tiny.world, january, 6, 1, 4096);
  const UnionHazards hazards(0, AgeSexHazard(constant_rate(0.12)));
  bench.sweep({&hazards});
  const double q = 1 - std::exp(-0.01);
  const auto near = [](double expected) { return 4 * std::sqrt(expected); };
  EXPECT_NEAR(static_cast<double>(bench.work.of(event::seeks_partner).size()), 2 * q * women, near(2 * q * women));
  const auto& open = bench.work.of(event::open_to_partner);
  EXPECT_NEAR(static_cast<double>(open.size()), 2 * 24 * q * women, near(2 * 24 * q * women));
  for (const Row row : bench.work.of(event::seeks_partner)) ASSERT_TRUE(std::ranges::binary_search(open, row));
}

TEST(UnionHazards, of_couples_are_multiplied_by_the_factor_of_who_decides_and_those_of_singles_are_not) {
  constexpr int couples = 4000;
  TinyWorld tiny(january);
  for (int i = 0; i < couples; ++i) tiny.add("F40*M40"), tiny.add("M45");
  const auto happen = [&] {
    Bench bench(tiny.world, january, 5);
    const UnionHazards hazards(monthly_from_yearly_rate(2.4), AgeSexHazard(constant_rate(2.4, 18, 60)));
    bench.sweep({&hazards});
    return std::pair{bench.work.of(event::parting), bench.work.of(event::open_to_partner)};
  };
  const auto [parting, seeking] = happen();
  for (Row row = 0; row < tiny.world.persons.size(); ++row)
    if (row % 3 != 1) tiny.world.change(row, target::parting, {.times = row < 6000 ? 0.0F : 0.5F});
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
  bench.say(event::parting, 0);
  const Partings partings(all_private);
  bench.meet({&partings});
  EXPECT_EQ(home_of(tiny.world, 0), (Home{0, 2, 3}));
  EXPECT_EQ(home_of(tiny.world, 1), Home{1});
  const Row man = find_person(tiny.world, 1);
  EXPECT_EQ(tiny.world.persons[person::partner][0], no_row);
  EXPECT_EQ(tiny.world.persons[person::partner][man], no_row);
  EXPECT_EQ(tiny.world.persons[person::father][1], man) << "he stays the father";
  EXPECT_EQ(tiny.world.households[household::district][1], 4);
  EXPECT_EQ(tiny.world.households[household::tenure][1], Tenure::private_rent);
  EXPECT_EQ(bench.count(count::unions_dissolved), 1);
}

TEST(Partings, take_along_the_children_of_whom_only_the_leaving_one_is_a_parent) {
  TinyWorld tiny(january);
  tiny.add("M42*F40 f10");  // the girl is the man's only
  tiny.world.persons[person::mother][2] = no_row;
  Bench bench(tiny.world, january);
  bench.say(event::parting, 1);
  const Partings partings(all_private);
  bench.meet({&partings});
  EXPECT_EQ(home_of(tiny.world, 0), (Home{0, 2}));
  EXPECT_EQ(home_of(tiny.world, 1), Home{1});
}

TEST(Partings, do_not_happen_when_one_of_the_two_has_died) {
  TinyWorld tiny(january);
  tiny.add("F40*M42");
  Bench bench(tiny.world, january);
  bench.say(event::parting, 0);
  bench.say(event::death, 1);
  const Deaths deaths;
  const Partings partings(all_private);
  bench.meet({&deaths, &partings});
  EXPECT_EQ(bench.count(count::unions_dissolved), 0);
  EXPECT_EQ(tiny.world.households.size(), 1u);
}

TEST(HomeLeaving, is_for_adult_children_who_live_with_a_parent_and_are_single) {
  TinyWorld tiny(january);
  tiny.add("F50*M50 f25 m17");
  tiny.add("F25");
  tiny.add("F50 M26");
  Bench bench(tiny.world, january);
  const HomeLeaving leaving{AgeSexHazard(constant_rate(1e9, 18))};
  bench.sweep({&leaving});
  EXPECT_EQ(bench.work.of(event::leaves_home), std::vector<Row>{2});
}

TEST(NewHomes, are_founded_in_the_district_of_the_parents) {
  TinyWorld tiny(january);
  tiny.add("F50 f25", 3);
  Bench bench(tiny.world, january);
  bench.say(event::leaves_home, 1);
  const NewHomes homes(all_municipal);
  bench.meet({&homes});
  EXPECT_EQ(home_of(tiny.world, 1), Home{1});
  EXPECT_EQ(tiny.world.households[household::district][1], 3);
  EXPECT_EQ(tiny.world.households[household::tenure][1], Tenure::municipal);
}

TEST(NewHomes, are_held_by_tenure_in_the_shares_of_their_rule_and_dates) {
  const auto from_july = [](double before, double after) {
    return Dated<double>(
        std::vector<Dated<double>::Change>{{Dated<double>::always(), before}, {Month{2020, 7}, after}});
  };
  const HomeTenures tenures{.owner = from_july(0.4, 0.1), .municipal = 0.2, .social = 0.1};
  constexpr int homes = 20'000;
  for (const int step : {0, 6}) {
    TinyWorld tiny(january);
    for (int i = 0; i < homes; ++i) tiny.add("F50 f25");
    Bench bench(tiny.world, january);
    for (Row row = 1; row < 2 * homes; row += 2) bench.say(event::leaves_home, row);
    const NewHomes rule(tenures);
    bench.meet({&rule}, step);
    std::array<int, tenure_names.size()> held{};
    for (std::uint32_t h = homes; h < tiny.world.households.size(); ++h)
      ++held[static_cast<std::size_t>(tiny.world.households[household::tenure][h])];
    const double owners = step == 0 ? 0.4 : 0.1;
    const std::array<double, tenure_names.size()> expected{owners, 0.2, 0.1, 0.7 - owners};
    for (std::size_t t = 0; t < held.size(); ++t)
      EXPECT_NEAR(held[t], homes * expected[t], 4 * std::sqrt(homes * expected[t] * (1 - expected[t])))
          << step << " " << t;
  }
}

TEST(Homes, are_kept_by_the_widowed_and_by_the_one_who_stays) {
  TinyWorld tiny(january);
  tiny.add("F70*M72", 0, Tenure::municipal);
  tiny.add("F40*M42", 0, Tenure::social);
  Bench bench(tiny.world, january);
  bench.say(event::death, 1);
  bench.say(event::parting, 2);
  const Deaths deaths;
  const Partings partings(all_private);
  bench.meet({&deaths, &partings});
  EXPECT_EQ(tiny.world.households[household::tenure][0], Tenure::municipal);
  EXPECT_EQ(tiny.world.households[household::tenure][1], Tenure::social);
  EXPECT_EQ(tiny.world.households[household::tenure][2], Tenure::private_rent) << "of the one who moved out";
}

TEST(NewHomes, wait_when_no_adult_would_stay) {
  TinyWorld tiny(january);
  tiny.add("F50 f25 m10");
  Bench bench(tiny.world, january);
  bench.say(event::death, 0);
  bench.say(event::leaves_home, 1);
  const Deaths deaths;
  const NewHomes homes(all_municipal);
  bench.meet({&deaths, &homes});
  EXPECT_EQ(home_of(tiny.world, 1), (Home{1, 2})) << "the grown-up sister stays with the boy";
}

/// A household with an adult in it, or nobody below 18.
void expect_no_children_alone(const World& world, ShortMonth now) {
  for (std::uint32_t h = 0; h < world.households.size(); ++h) {
    bool adult = false;
    const Row first = world.households[household::first][h];
    for (Row row = first; row < first + world.households[household::members][h]; ++row)
      adult |= world.persons.age_months(row, now) >= 216;
    ASSERT_TRUE(adult) << "household " << world.households[household::identity][h];
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
  const Departures departures({{profile}, 12.0}, january, paths);
  const Fertility fertility{BirthHazard(constant_rate(0.4, 18, 45))};
  const UnionHazards unions(monthly_from_yearly_rate(0.5), AgeSexHazard(constant_rate(1.5, 18)));
  const HomeLeaving home_leaving{AgeSexHazard(constant_rate(0.8, 18))};
  const Deaths deaths;
  const Leavings leavings;
  const Partings partings(all_private);
  const NewHomes new_homes(all_private);
  const Couples couples(Couples::Rule{});
  const Guardianship guardianship;
  const Births births(0.5);
  const Arrivals arrivals(rng::PlaceCode("town"), {donor_world, &donor_world->world}, january,
                          std::make_shared<const ArrivalPlan>(donor_world->world, january, 120, 400.0, 65));
  Bench bench(tiny.world, january, 8, 2, 100);
  std::int64_t formed = 0, dissolved = 0;
  for (int month = 0; month < 120; ++month) {
    const std::int64_t before = tiny.world.persons.size();
    bench.sweep({&mortality, &departures, &fertility, &unions, &home_leaving}, month);
    bench.meet({&deaths, &leavings, &partings, &new_homes, &couples, &guardianship, &births, &arrivals}, month);
    const auto n = [&](const CountSpec& what) { return bench.count(what); };
    ASSERT_EQ(tiny.world.persons.size(),
              before + n(count::births) + n(count::arrivals) - n(count::deaths) - n(count::departures));
    formed += n(count::unions_formed), dissolved += n(count::unions_dissolved);
    expect_no_children_alone(tiny.world, to_short(january + month));
    if (testing::Test::HasFatalFailure()) return;
  }
  EXPECT_GT(formed, 100);
  EXPECT_GT(dissolved, 100);
}

}  // namespace
}  // namespace oikos::demography
