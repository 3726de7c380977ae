#include "sim/model/demography/guardianship.hpp"

#include <gtest/gtest.h>

#include "sim/model/demography/mortality.hpp"
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

TEST(Guardianship, brings_orphans_to_the_other_parent) {
  TinyWorld tiny(january);
  tiny.add("F40 f10");
  const Row father = tiny.add("M42*F39");
  tiny.world.persons[person::father][1] = father;
  Bench bench(tiny.world, january);
  bench.say(event::death, 0);
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
  bench.say(event::death, 0);
  const Deaths deaths;
  const Guardianship guardianship;
  bench.meet({&deaths, &guardianship});
  EXPECT_EQ(home_of(tiny.world, 1), (Home{1, 7, 8, 9}));
}

TEST(Guardianship, else_to_such_a_couple_in_another_district) {
  TinyWorld tiny(january);
  tiny.add("F40 f10", 1);
  tiny.add("F40*M42 f10", 2);
  Bench bench(tiny.world, january);
  bench.say(event::death, 0);
  const Deaths deaths;
  const Guardianship guardianship;
  bench.meet({&deaths, &guardianship});
  EXPECT_EQ(home_of(tiny.world, 1), (Home{1, 2, 3, 4}));
  EXPECT_EQ(bench.count(count::departures), 0);
}

TEST(Guardianship, sends_a_child_out_of_a_city_without_such_a_couple_and_counts_it) {
  TinyWorld tiny(january);
  tiny.add("F40 f10", 1);
  tiny.add("F40*M42", 1);
  Bench bench(tiny.world, january);
  bench.say(event::death, 0);
  const Deaths deaths;
  const Guardianship guardianship;
  bench.meet({&deaths, &guardianship});
  EXPECT_EQ(find_person(tiny.world, 1), no_row);
  EXPECT_EQ(bench.count(count::departures), 1);
}

TEST(Guardianship, keeps_children_of_one_home_together) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    TinyWorld tiny(january);
    tiny.add("F40 f10 m8 f3");
    for (int i = 0; i < 50; ++i) tiny.add("F40*M42 f10");
    Bench bench(tiny.world, january, seed);
    bench.say(event::death, 0);
    const Deaths deaths;
    const Guardianship guardianship;
    bench.meet({&deaths, &guardianship});
    EXPECT_EQ(home_of(tiny.world, 1).size(), 6u);
  }
}

TEST(Guardianship, gives_the_same_home_whoever_else_lives_in_the_city) {
  const auto home = [](int without) {
    TinyWorld tiny(january);
    tiny.add("F40 f10");
    for (int i = 1; i <= 40; ++i) {
      if (i == without) continue;
      const Row first = tiny.add("F40*M42 f10", static_cast<std::uint8_t>(i % 2));
      tiny.world.households[household::identity][tiny.world.persons[person::household][first]] =
          static_cast<std::uint64_t>(i);
    }
    Bench bench(tiny.world, january);
    bench.say(event::death, 0);
    const Deaths deaths;
    const Guardianship guardianship;
    bench.meet({&deaths, &guardianship});
    return tiny.world
        .households[household::identity][tiny.world.persons[person::household][find_person(tiny.world, 1)]];
  };
  const std::uint64_t chosen = home(0);
  int changed = 0;
  for (int i = 1; i <= 40; ++i) changed += home(i) != chosen;
  EXPECT_EQ(changed, 1) << "only without the household that took the child in";
}

TEST(Guardianship, leaves_children_alone_while_an_adult_stays) {
  TinyWorld tiny(january);
  tiny.add("F40*M40 f10");
  tiny.add("F40*M42 f10");
  Bench bench(tiny.world, january);
  bench.say(event::death, 0);
  const Deaths deaths;
  const Guardianship guardianship;
  bench.meet({&deaths, &guardianship});
  EXPECT_EQ(home_of(tiny.world, 1), (Home{1, 2}));
}

}  // namespace
}  // namespace oikos::demography
