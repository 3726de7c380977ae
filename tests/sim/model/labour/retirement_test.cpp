#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "sim/model/income/law_parameters.hpp"
#include "sim/model/labour/labour.hpp"
#include "sim/model/labour/labour_parameters.hpp"
#include "sim/text/node.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos::labour {
namespace {

using oikos::test::Bench;
using oikos::test::TinyWorld;
const Month january{2020, 1};

/// Pension ages of 65 and 60, falling by a year for both in the second month.
Retirement::Params falling_ages(double at_once = 1, double later = 0) {
  Retirement::Params p;
  p.months = {{{780, 720}, 400'000, 100'000}, {{768, 708}, 400'000, 100'000}};
  p.at_once = at_once;
  p.later = later;
  p.replacement = 0.5;
  return p;
}

TEST(Retirement, happens_at_the_pension_age_of_the_sex) {
  TinyWorld tiny(january);
  for (const char* person : {"F59", "F60", "M60", "M64", "M65"}) tiny.add(person);
  tiny.world.persons.labour[4] = Labour::employed;
  Bench bench(tiny.world, january);
  const Retirement retirement(falling_ages());
  bench.sweep({&retirement});
  const PersonTable& p = tiny.world.persons;
  EXPECT_EQ(p.labour[0], Labour::employed);
  EXPECT_EQ(p.labour[1], Labour::retired);
  EXPECT_EQ(p.labour[2], Labour::employed);
  EXPECT_EQ(p.labour[3], Labour::employed);
  EXPECT_EQ(p.labour[4], Labour::retired);
  EXPECT_EQ(p.state_since[1], to_short(january));
  EXPECT_EQ(bench.count(Count::retirements), 2);
}

TEST(Retirement, follows_the_age_in_force_in_the_month) {
  TinyWorld tiny(january);
  tiny.add("M63");
  tiny.world.persons.birth_month[0] = to_short(january + 1 - 64 * 12);
  Bench bench(tiny.world, january);
  const Retirement retirement(falling_ages());
  bench.sweep({&retirement}, 0);
  EXPECT_EQ(tiny.world.persons.labour[0], Labour::employed);
  bench.sweep({&retirement}, 1);
  EXPECT_EQ(tiny.world.persons.labour[0], Labour::retired);
}

TEST(Retirement, pays_the_replacement_of_the_former_wage_and_at_least_the_minimum) {
  TinyWorld tiny(january);
  tiny.add("F60");
  tiny.add("F60");
  tiny.world.persons.wage_potential[0] = 1'234'567;
  tiny.world.persons.wage_potential[1] = 300'000;
  Bench bench(tiny.world, january);
  const Retirement retirement(falling_ages());
  bench.sweep({&retirement});
  EXPECT_EQ(tiny.world.persons.pension[0], 246'913);
  EXPECT_EQ(tiny.world.persons.pension[1], 100'000);
}

TEST(Retirement, is_at_once_for_a_share_and_by_a_monthly_chance_for_the_others) {
  constexpr int people = 20'000;
  TinyWorld tiny(january);
  for (int i = 0; i < people; ++i) tiny.add(i % 2 == 0 ? "F60" : "F62");
  Bench bench(tiny.world, january, 4);
  const Retirement retirement(falling_ages(0.7, 0.1));
  bench.sweep({&retirement});
  int due = 0, later = 0;
  for (Row row = 0; row < people; ++row)
    if (tiny.world.persons.labour[row] == Labour::retired) ++(row % 2 == 0 ? due : later);
  EXPECT_NEAR(due, people / 2 * 0.7, 4 * std::sqrt(people / 2 * 0.21));
  EXPECT_NEAR(later, people / 2 * 0.1, 4 * std::sqrt(people / 2 * 0.09));
}

TEST(Retirement, happens_once) {
  TinyWorld tiny(january);
  tiny.add("F70");
  tiny.world.persons.pension[0] = 123;
  Bench bench(tiny.world, january);
  const Retirement retirement(falling_ages(1, 1));
  bench.sweep({&retirement});
  EXPECT_EQ(tiny.world.persons.pension[0], 123);
  EXPECT_EQ(bench.count(Count::retirements), 0);
}

TEST(ReadRetirement, takes_ages_and_wages_month_by_month) {
  const std::string text =
      "name,from,value,unit,place,source,confidence\n"
      "pension_age_male,,793,months,x,x,recalled\npension_age_male,2020-03,780,months,x,x,recalled\n"
      "pension_age_female,,720,months,x,x,recalled\n"
      "average_wage,,4000,PLN/month,x,x,recalled\naverage_wage,2020-02,4100.55,PLN/month,x,x,recalled\n"
      "minimum_pension,,1000,PLN/month,x,x,recalled\n"
      "retiring_at_pension_age,,80,%,x,x,assumption\nretiring_later,,5,%/"
      "month,x,x,assumption\npension_replacement,,55,%,x,x,"
      "assumption\n";
  Diagnostics diagnostics;
  auto declared = labour_parameters();
  std::ranges::move(income::law_parameters(), std::back_inserter(declared));
  const std::array tables{make_source("law.csv", text)};
  const ParameterSet set = ParameterSet::read(tables, declared, {"PLN", "", january, 3}, diagnostics);
  const auto params = read_retirement(set);
  diagnostics.throw_if_any();
  ASSERT_EQ(params.months.size(), 3u);
  EXPECT_EQ(params.months[1].age_months, (std::array<int, 2>{793, 720}));
  EXPECT_EQ(params.months[2].age_months, (std::array<int, 2>{780, 720}));
  EXPECT_EQ(params.months[0].average_wage, 400'000);
  EXPECT_EQ(params.months[1].average_wage, 410'055);
  EXPECT_DOUBLE_EQ(params.at_once, 0.8);
}

}  // namespace
}  // namespace oikos::labour
