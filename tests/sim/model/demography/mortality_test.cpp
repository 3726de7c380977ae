#include "sim/model/demography/mortality.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/contract.hpp"
#include "tests/sim/model/demography/rates.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos::demography {
namespace {

using oikos::test::Bench;
using oikos::test::TinyWorld;
using test::constant_rate;
const Month january{2020, 1};

TEST(AgeSexHazard, is_the_monthly_probability_of_at_least_one_event) {
  const AgeSexHazard hazard(constant_rate(0.12));
  const double p = (static_cast<double>(hazard.at(january)[age_sex(40, Sex::male)]) + 1) / 2147483648.0;
  EXPECT_NEAR(p, 1 - std::exp(-0.01), 1e-9);
}

TEST(AgeSexHazard, uses_the_period_in_force_and_the_first_for_earlier_months) {
  auto periods = constant_rate(0.1);
  periods[0].from = Month{2015, 1};
  periods.push_back({Month{2020, 7}, constant_rate(0.3)[0].yearly_rate});
  const AgeSexHazard hazard(periods);
  const auto at = [&](Month month) { return hazard.at(month)[age_sex(30, Sex::female)]; };
  EXPECT_EQ(at(Month{2001, 1}), at(Month{2015, 1}));
  EXPECT_EQ(at(Month{2020, 6}), at(Month{2015, 1}));
  EXPECT_GT(at(Month{2020, 7}), at(Month{2020, 6}));
  EXPECT_EQ(at(Month{2050, 1}), at(Month{2020, 7}));
}

TEST(AgeSexHazard, needs_ascending_periods) {
  auto periods = constant_rate(0.1);
  EXPECT_THROW(AgeSexHazard(std::vector<RatePeriod>{}), ContractError);
  periods.push_back({Month{1800, 1}, {}});
  EXPECT_THROW(AgeSexHazard{periods}, ContractError);
}

TEST(AgeSexHazard, holds_for_every_age_that_a_kind_can_have) {
  auto periods = constant_rate(0);
  for (auto& sex : periods[0].yearly_rate) sex[max_age] = 1e9;
  AgeSexHazard hazard(periods);
  for (const Sex sex : {Sex::male, Sex::female}) {
    EXPECT_EQ(hazard.at(january)[age_sex(max_age - 1, sex)], rng::never);
    EXPECT_EQ(hazard.at(january)[age_sex(max_age, sex)], rng::always);
    EXPECT_EQ(hazard.at(january)[age_sex(200, sex)], rng::always);
  }
  hazard.make_impossible_for(Sex::male);
  EXPECT_EQ(hazard.at(january)[age_sex(max_age, Sex::male)], rng::never);
  EXPECT_EQ(hazard.at(january)[age_sex(max_age, Sex::female)], rng::always);
  hazard.make_certain_from(90);
  EXPECT_EQ(hazard.at(january)[age_sex(89, Sex::female)], rng::never);
  EXPECT_EQ(hazard.at(january)[age_sex(90, Sex::male)], rng::always);
}

TEST(Mortality, makes_a_cohort_follow_its_life_table) {
  // Rates that double every 8 years from age 50 on: the expected share of survivors is exp(-sum of the rates).
  std::vector<RatePeriod> rates = constant_rate(0);
  for (auto& sex : rates[0].yearly_rate)
    for (int age = 50; age <= max_age; ++age)
      sex[static_cast<std::size_t>(age)] = 0.01 * std::pow(2.0, (age - 50) / 8.0);
  constexpr int people = 20'000;
  TinyWorld tiny(january);
  for (int i = 0; i < people / 2; ++i) tiny.add("F50 M50");
  Bench bench(tiny.world, january, 11, 1, 4096);
  const Mortality mortality{AgeSexHazard(rates)};
  const Deaths deaths;
  double cumulated = 0;
  std::uint32_t last = people;
  for (int month = 0; month < 30 * 12; ++month) {
    bench.sweep({&mortality}, month);
    const auto dying = static_cast<std::int64_t>(bench.work.of(event::death).size());
    bench.meet({&deaths}, month);
    ASSERT_EQ(bench.count(count::deaths), dying);
    ASSERT_EQ(tiny.world.persons.size() + dying, last);
    last = tiny.world.persons.size();
    cumulated += rates[0].yearly_rate[0][static_cast<std::size_t>(50 + month / 12)] / 12;
    if (month % 60 != 59) continue;
    const double alive = std::exp(-cumulated);
    EXPECT_NEAR(last, people * alive, 4 * std::sqrt(people * alive * (1 - alive)))
        << "after " << (month + 1) / 12 << " years";
  }
}

TEST(Mortality, takes_whoever_reaches_the_last_age) {
  TinyWorld tiny(january);
  tiny.add("F110");
  tiny.add("M109");
  Bench bench(tiny.world, january);
  const Mortality mortality{AgeSexHazard(constant_rate(0))};
  bench.sweep({&mortality});
  EXPECT_EQ(bench.work.of(event::death), std::vector<Row>{0});
}

TEST(Mortality, takes_whoever_reaches_the_last_age_whatever_a_programme_does) {
  TinyWorld tiny(january);
  tiny.add("F110 M109");
  for (const Row row : {0u, 1u}) tiny.world.change(row, target::death, {.times = 0.0F});
  Bench bench(tiny.world, january);
  const Mortality mortality{AgeSexHazard(constant_rate(3.0))};
  bench.sweep({&mortality});
  EXPECT_EQ(bench.work.of(event::death), std::vector<Row>{0});
}

TEST(Mortality, is_multiplied_by_the_factor_of_a_programme) {
  constexpr int people = 20'000;
  TinyWorld tiny(january);
  for (int i = 0; i < people; ++i) tiny.add("F50");
  for (Row row = 0; row < people; ++row) {
    if (row % 2 == 0) tiny.world.change(row, target::death, {.times = 0.25F});
    else tiny.world.change(row, target::birth, {.times = 9.0F});
  }
  Bench bench(tiny.world, january, 3);
  const Mortality mortality{AgeSexHazard(constant_rate(2.4))};
  bench.sweep({&mortality});
  const double p = 1 - std::exp(-0.2);
  int changed = 0, unchanged = 0;
  for (const Row row : bench.work.of(event::death)) ++(row % 2 == 0 ? changed : unchanged);
  EXPECT_NEAR(unchanged, people / 2 * p, 4 * std::sqrt(people / 2 * p));
  EXPECT_NEAR(changed, people / 2 * p / 4, 4 * std::sqrt(people / 2 * p / 4));
}

TEST(Deaths, leave_partners_single_and_drop_empty_households) {
  TinyWorld tiny(january);
  tiny.add("F60*M62 f20");
  tiny.add("M80");
  Bench bench(tiny.world, january);
  bench.say(event::death, 1);
  bench.say(event::death, 3);
  const Deaths deaths;
  bench.meet({&deaths});
  EXPECT_EQ(tiny.world.households.size(), 1u);
  EXPECT_EQ(tiny.world.persons.size(), 2u);
  EXPECT_EQ(tiny.world.persons[person::partner][0], no_row);
  EXPECT_EQ(tiny.world.persons[person::father][1], no_row);
  EXPECT_EQ(tiny.world.persons[person::mother][1], 0u);
}

TEST(Deaths, of_both_partners_in_a_month_leave_the_children) {
  TinyWorld tiny(january);
  tiny.add("F60*M62 f20");
  Bench bench(tiny.world, january);
  bench.say(event::death, 0);
  bench.say(event::death, 1);
  const Deaths deaths;
  bench.meet({&deaths});
  ASSERT_EQ(tiny.world.persons.size(), 1u);
  EXPECT_EQ(tiny.world.persons[person::mother][0], no_row);
}

}  // namespace
}  // namespace oikos::demography
