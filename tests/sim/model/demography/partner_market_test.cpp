#include "sim/model/demography/partner_market.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "tests/sim/model/demography/home_of.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos::demography {
namespace {

using oikos::test::Bench;
using oikos::test::find_person;
using oikos::test::TinyWorld;
using test::Home;
using test::home_of;
const Month january{2020, 1};

/// All are noticed, whatever their age, and the own district comes first.
Couples::Rule anybody() { return {.age_gap = 0.0, .age_gap_sd = 1e4, .other_district = 0.0, .tenures = {}}; }

/// Says that all singles of 18 and more are open, and that the first woman and each `step`-th after her look.
void open_all(Bench& bench, const World& world, int step = 1) {
  int women = 0;
  for (Row row = 0; row < world.persons.size(); ++row) {
    if (world.persons[person::partner][row] != no_row || world.persons.age_months(row, to_short(january)) < 216)
      continue;
    bench.say(event::open_to_partner, row);
    if (world.persons[person::sex][row] == Sex::female && women++ % step == 0) bench.say(event::seeks_partner, row);
  }
}

/// Identities of women with those of their partners.
using Pairs = std::map<std::uint64_t, std::uint64_t>;

Pairs pairs_of(const World& world) {
  Pairs pairs;
  for (Row row = 0; row < world.persons.size(); ++row)
    if (const Row partner = world.persons[person::partner][row];
        partner != no_row && world.persons[person::sex][row] == Sex::female)
      pairs[world.persons[person::identity][row]] = world.persons[person::identity][partner];
  return pairs;
}

/// The pairs that a month makes.
Pairs meet(TinyWorld& tiny, const Couples::Rule& rule, std::uint64_t seed = 1, int step = 1) {
  Bench bench(tiny.world, january, seed);
  open_all(bench, tiny.world, step);
  const Pairs before = pairs_of(tiny.world);
  const Couples couples(rule);
  bench.meet({&couples});
  Pairs pairs = pairs_of(tiny.world);
  for (const auto& [woman, man] : before) pairs.erase(woman);
  EXPECT_EQ(bench.count(count::unions_formed), static_cast<std::int64_t>(pairs.size()));
  return pairs;
}

TEST(Couples, join_as_partners_of_each_other_in_the_womans_home) {
  TinyWorld tiny(january);
  tiny.add("F40");
  tiny.add("M42");
  EXPECT_EQ(meet(tiny, anybody()), (Pairs{{0, 1}}));
  EXPECT_EQ(tiny.world.households.size(), 1u);
}

TEST(Couples, bring_the_children_of_lone_parents_along) {
  TinyWorld tiny(january);
  tiny.add("F40 f10");
  tiny.add("M42 m12 f3");
  meet(tiny, anybody());
  EXPECT_EQ(home_of(tiny.world, 0), (Home{0, 1, 2, 3, 4}));
}

TEST(Couples, of_two_who_live_with_their_parents_found_a_home_in_the_womans_district) {
  TinyWorld tiny(january);
  tiny.add("F50*M50 f25", 1);
  tiny.add("F51*M52 m27", 2);
  Couples::Rule rule = anybody();
  rule.tenures.social = 1.0;
  meet(tiny, rule);
  EXPECT_EQ(home_of(tiny.world, 2), (Home{2, 5}));
  ASSERT_EQ(tiny.world.households.size(), 3u);
  EXPECT_EQ(tiny.world.households[household::district][2], 1);
  EXPECT_EQ(tiny.world.households[household::tenure][2], Tenure::social);
}

TEST(Couples, of_a_woman_with_her_parents_and_a_man_alone_live_in_his_home) {
  TinyWorld tiny(january);
  tiny.add("F50*M50 f25", 1);
  tiny.add("M27", 2);
  meet(tiny, anybody());
  EXPECT_EQ(home_of(tiny.world, 2), (Home{2, 3}));
  EXPECT_EQ(
      tiny.world.households[household::district][tiny.world.persons[person::household][find_person(tiny.world, 2)]], 2);
}

TEST(Couples, never_form_inside_a_household_or_a_family) {
  TinyWorld tiny(january);
  tiny.add("F40 M42");
  EXPECT_TRUE(meet(tiny, anybody()).empty());

  TinyWorld apart(january);  // a father and his daughter, brother and sister of one mother, each in a home of their own
  const Row father = apart.add("M50"), daughter = apart.add("F25");
  apart.world.persons[person::father][daughter] = father;
  EXPECT_TRUE(meet(apart, anybody()).empty());

  TinyWorld siblings(january);
  const Row mother = siblings.add("F70*M70");
  for (const char* child : {"M40", "F42"}) siblings.world.persons[person::mother][siblings.add(child)] = mother;
  EXPECT_TRUE(meet(siblings, anybody()).empty());
  EXPECT_EQ(siblings.world.persons.size(), 4u);
}

TEST(Couples, do_not_form_beyond_four_standard_deviations_from_the_preferred_difference) {
  const Couples::Rule rule{.age_gap = 2.0, .age_gap_sd = 2.5, .other_district = 0.0, .tenures = {}};
  for (const int age : {31, 32, 52, 53}) {
    int formed = 0;
    for (std::uint64_t seed = 0; seed < 20'000 && formed == 0; ++seed) {
      TinyWorld tiny(january);
      tiny.add("F40");
      tiny.add("M" + std::to_string(age));
      formed += static_cast<int>(meet(tiny, rule, seed).size());
    }
    EXPECT_EQ(formed, age == 32 || age == 52 ? 1 : 0) << age;  // exp(-8) = 3.4e-4 a month
  }
}

TEST(Couples, differ_in_age_as_the_parameters_say_where_men_of_all_ages_are_as_many) {
  TinyWorld tiny(january);
  constexpr int women = 300, men = 40'000, span = 50 * 12;
  for (int i = 0; i < women; ++i) tiny.add("F45");
  for (int i = 0; i < men; ++i)
    tiny.world.persons[person::birth_month][tiny.add("M47")] = to_short(january - 22 * 12 - i % span);
  const Pairs pairs = meet(tiny, {.age_gap = 2.0, .age_gap_sd = 4.0, .other_district = 0.0, .tenures = {}});
  ASSERT_GT(pairs.size(), women / 2u);
  double sum = 0, squares = 0;
  for (const auto& [woman, man] : pairs) {
    const double gap = tiny.world.persons[person::birth_month][find_person(tiny.world, woman)] -
                       tiny.world.persons[person::birth_month][find_person(tiny.world, man)];
    sum += gap, squares += gap * gap;
  }
  const auto n = static_cast<double>(pairs.size());
  const double mean = sum / n, sd = std::sqrt(squares / n - mean * mean);
  EXPECT_NEAR(mean, 24, 4 * 48 / std::sqrt(n));
  EXPECT_NEAR(sd, 48, 4 * 48 / std::sqrt(2 * n));
}

/// Of women who look alone among so many women and men, how many find a partner.
double share_that_finds(int women, int men, int worlds) {
  int formed = 0;
  for (int seed = 0; seed < worlds; ++seed) {
    TinyWorld tiny(january);
    for (int i = 0; i < women; ++i) tiny.add("F30");
    for (int i = 0; i < men; ++i) tiny.add("M30");
    Bench bench(tiny.world, january, static_cast<std::uint64_t>(seed));
    open_all(bench, tiny.world, women);
    const Couples couples(anybody());
    bench.meet({&couples});
    formed += static_cast<int>(bench.count(count::unions_formed));
  }
  return static_cast<double>(formed) / worlds;
}

TEST(Couples, form_with_the_share_of_men_among_the_others) {
  constexpr int worlds = 4000;
  // Each row: women (she is one of them), men, the chance.
  for (const auto& [women, men, chance] : {std::tuple{2, 1, 0.5}, {4, 1, 0.25}, {4, 3, 0.5}, {1, 5, 1.0}, {13, 8, 0.4}})
    EXPECT_NEAR(share_that_finds(women, men, worlds), chance, 4 * std::sqrt(chance * (1 - chance) / worlds))
        << women << " women, " << men << " men";
}

TEST(Couples, form_as_often_in_a_large_town_as_in_a_small_one) {
  constexpr int women = 60, men = 40, one_in = 12;  // of the women looks
  const auto chance = [](int copies, int worlds) {  // of a town of so many times the same persons
    std::size_t formed = 0;
    for (int seed = 0; seed < worlds; ++seed) {
      TinyWorld tiny(january);
      for (int i = 0; i < copies * (women + men); ++i) {
        const int who = i % (women + men);
        const Row row = tiny.add(who < women ? "F30" : "M32", static_cast<std::uint8_t>(who % 3));
        tiny.world.persons[person::birth_month][row] = to_short(january - 240 - who * 7 % 240);
      }
      formed += meet(tiny, {}, static_cast<std::uint64_t>(seed), one_in).size();
    }
    return static_cast<double>(formed) * one_in / (women * copies * worlds);
  };
  const double small = chance(1, 2000), large = chance(100, 20);
  EXPECT_NEAR(small, large, 4 * std::sqrt(0.25 / 10'000 + 0.25 / 10'000));
  EXPECT_GT(small, 0.2);
}

/// A town of singles of all adult ages in three districts. @param without an identity that is not there; -1: none
void add_singles(TinyWorld& tiny, int without = -1, bool other_way_round = false) {
  constexpr int persons = 400;
  for (int k = 0; k < persons; ++k) {
    const int i = other_way_round ? persons - 1 - k : k;
    if (i == without) continue;
    const Row row =
        tiny.add((i % 2 == 0 ? "F" : "M") + std::to_string(20 + i * 7 % 40), static_cast<std::uint8_t>(i % 3));
    tiny.world.persons[person::identity][row] = static_cast<std::uint64_t>(i);
    tiny.world.households[household::identity][tiny.world.persons[person::household][row]] =
        static_cast<std::uint64_t>(i);
  }
}

const Couples::Rule mixed{.age_gap = 2.0, .age_gap_sd = 4.0, .other_district = 0.4, .tenures = {}};

TEST(Couples, do_not_depend_on_the_order_of_rows) {
  TinyWorld tiny(january), turned(january);
  add_singles(tiny);
  add_singles(turned, -1, true);
  const Pairs pairs = meet(tiny, mixed);
  EXPECT_GT(pairs.size(), 40u);
  EXPECT_EQ(meet(turned, mixed), pairs);
}

TEST(Couples, change_only_for_those_who_would_have_met_the_one_who_is_not_there) {
  TinyWorld tiny(january);
  add_singles(tiny);
  const Pairs pairs = meet(tiny, mixed);
  std::set<std::uint64_t> partners;
  for (const auto& [woman, man] : pairs) partners.insert(man);
  int alone = 0, changed_at_most = 0;
  for (int man = 1; man < 400; man += 2) {
    TinyWorld fewer(january);
    add_singles(fewer, man);
    const Pairs without = meet(fewer, mixed);
    if (!partners.contains(static_cast<std::uint64_t>(man))) {  // nobody met him: whoever does, takes him
      ++alone;
      ASSERT_EQ(without, pairs) << man;
    }
    int changed = 0;
    for (std::uint64_t woman = 0; woman < 400; woman += 2) {
      const auto with_him = pairs.find(woman), without_him = without.find(woman);
      const bool had = with_him != pairs.end(), has = without_him != without.end();
      changed += had != has || (had && has && with_him->second != without_him->second);
    }
    changed_at_most = std::max(changed_at_most, changed);
  }
  EXPECT_GT(alone, 50);
  EXPECT_LE(changed_at_most, 8) << "a chain of those who meet the next one instead";
}

TEST(Couples, form_in_the_own_district_but_for_the_share_that_looks_in_the_whole_city) {
  constexpr int districts = 4;
  const auto across = [](double share) {
    TinyWorld tiny(january);
    for (int i = 0; i < 8000; ++i) tiny.add(i % 2 == 0 ? "F30" : "M30", static_cast<std::uint8_t>(i / 2 % districts));
    std::map<std::uint64_t, std::uint8_t> home;
    for (Row row = 0; row < tiny.world.persons.size(); ++row)
      home[tiny.world.persons[person::identity][row]] =
          tiny.world.households[household::district][tiny.world.persons[person::household][row]];
    Couples::Rule rule = anybody();
    rule.other_district = share;
    int other = 0, all = 0;
    for (const auto& [woman, man] : meet(tiny, rule)) other += home[woman] != home[man], ++all;
    return std::pair{other, all};
  };
  EXPECT_EQ(across(0.0).first, 0);
  const auto [other, all] = across(0.4);
  const double expected = 0.4 * (districts - 1) / districts;
  EXPECT_NEAR(other, all * expected, 4 * std::sqrt(all * expected * (1 - expected)) + 0.03 * all);
}

TEST(Couples, of_a_woman_alone_in_her_district_are_found_in_the_city) {
  TinyWorld tiny(january);
  tiny.add("F40", 1);
  tiny.add("M42", 2);
  EXPECT_EQ(meet(tiny, anybody()).size(), 1u);
}

TEST(Circles, are_in_the_order_of_places_and_of_identities_at_one_place) {
  const auto single = [](std::uint64_t identity, std::uint32_t place, std::uint8_t district) {
    return Single{.identity = identity,
                  .row = 0,
                  .place = place,
                  .notice = 0,
                  .birth_month = 0,
                  .district = district,
                  .sex = Sex::male,
                  .looks = false,
                  .anywhere = false};
  };
  std::vector<Single> singles{single(5, 70, 1), single(9, 0xFFFF'FFFF, 255),
                              single(4, 70, 1), single(1, 80, 1),
                              single(7, 0, 0),  single(3, 70, 0)};
  Circles circles;
  circles.arrange(singles);
  std::vector<std::uint64_t> city, district;
  for (const Single& one : circles.city()) city.push_back(one.identity);
  EXPECT_EQ(city, (std::vector<std::uint64_t>{7, 3, 4, 5, 1, 9}));
  for (const std::uint32_t position : circles.of(1)) district.push_back(circles.city()[position].identity);
  EXPECT_EQ(district, (std::vector<std::uint64_t>{4, 5, 1}));
  EXPECT_EQ(circles.within_district(3), 1u);
  EXPECT_TRUE(circles.of(7).empty());
  EXPECT_EQ(circles.of(255).size(), 1u);
}

}  // namespace
}  // namespace oikos::demography
