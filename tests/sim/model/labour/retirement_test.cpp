#include "sim/model/labour/retirement.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "sim/model/income/law_parameters.hpp"
#include "sim/model/labour/labour_parameters.hpp"
#include "sim/text/node.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos::labour {
namespace {

using oikos::test::Bench;
using oikos::test::TinyWorld;
const Month january{2020, 1};

/// Pension ages of 65 and 60, falling by a year for both in the second month.
std::vector<RetirementLaw> falling_ages(double at_once = 1, double later = 0) {
  RetirementLaw law{.age_months = {780, 720},
                    .age_months_before = {780, 720},
                    .at_once = at_once,
                    .later = later,
                    .replacement = 0.5,
                    .average_wage = 400'000,
                    .minimum_pension = 100'000};
  std::vector<RetirementLaw> months{law};
  law.age_months = {768, 708};
  months.push_back(law);
  law.age_months_before = law.age_months;
  months.push_back(law);
  return months;
}

std::shared_ptr<BaselinePaths> paths() { return std::make_shared<BaselinePaths>(3); }

TEST(Retirement, happens_at_the_pension_age_of_the_sex) {
  TinyWorld tiny(january);
  for (const char* person : {"F59", "F60", "M60", "M64", "M65"}) tiny.add(person);
  tiny.world.persons[person::labour][4] = Labour::employed;
  Bench bench(tiny.world, january);
  const Retirement retirement(falling_ages(), paths());
  bench.sweep({&retirement});
  const PersonTable& p = tiny.world.persons;
  EXPECT_EQ(p[person::labour][0], Labour::employed);
  EXPECT_EQ(p[person::labour][1], Labour::retired);
  EXPECT_EQ(p[person::labour][2], Labour::employed);
  EXPECT_EQ(p[person::labour][3], Labour::employed);
  EXPECT_EQ(p[person::labour][4], Labour::retired);
  EXPECT_EQ(p[person::state_since][1], to_short(january));
  EXPECT_EQ(bench.count(count::retirements), 2);
}

TEST(Retirement, follows_the_age_in_force_in_the_month) {
  TinyWorld tiny(january);
  tiny.add("M63");
  tiny.world.persons[person::birth_month][0] = to_short(january + 1 - 64 * 12);
  Bench bench(tiny.world, january);
  const Retirement retirement(falling_ages(), paths());
  bench.sweep({&retirement}, 0);
  EXPECT_EQ(tiny.world.persons[person::labour][0], Labour::employed);
  bench.sweep({&retirement}, 1);
  EXPECT_EQ(tiny.world.persons[person::labour][0], Labour::retired);
}

TEST(Retirement, pays_the_replacement_of_the_former_wage_and_at_least_the_minimum) {
  TinyWorld tiny(january);
  tiny.add("F60");
  tiny.add("F60");
  tiny.world.persons[person::wage_potential][0] = 1'234'567;
  tiny.world.persons[person::wage_potential][1] = 300'000;
  Bench bench(tiny.world, january);
  const Retirement retirement(falling_ages(), paths());
  bench.sweep({&retirement});
  EXPECT_EQ(tiny.world.persons[person::pension][0], 246'913);
  EXPECT_EQ(tiny.world.persons[person::pension][1], 100'000);
}

TEST(Retirement, is_at_once_for_a_share_and_by_a_monthly_chance_for_the_others) {
  constexpr int people = 20'000;
  TinyWorld tiny(january);
  for (int i = 0; i < people; ++i) tiny.add(i % 2 == 0 ? "F60" : "F62");
  Bench bench(tiny.world, january, 4);
  const Retirement retirement(falling_ages(0.7, 0.1), paths());
  bench.sweep({&retirement});
  int due = 0, later = 0;
  for (Row row = 0; row < people; ++row)
    if (tiny.world.persons[person::labour][row] == Labour::retired) ++(row % 2 == 0 ? due : later);
  EXPECT_NEAR(due, people / 2 * 0.7, 4 * std::sqrt(people / 2 * 0.21));
  EXPECT_NEAR(later, people / 2 * 0.1, 4 * std::sqrt(people / 2 * 0.09));
}

TEST(Retirement, happens_once) {
  TinyWorld tiny(january);
  tiny.add("F70");
  tiny.world.persons[person::pension][0] = 123;
  Bench bench(tiny.world, january);
  const Retirement retirement(falling_ages(1, 1), paths());
  bench.sweep({&retirement});
  EXPECT_EQ(tiny.world.persons[person::pension][0], 123);
  EXPECT_EQ(bench.count(count::retirements), 0);
}

TEST(Retirement, at_an_age_that_falls_is_at_once_for_all_whom_it_newly_entitles) {
  // Of women aged 59 and more when the age falls from 60 to 59: those below 60 are new, those above were entitled.
  constexpr int people = 20'000;
  TinyWorld tiny(january);
  for (int i = 0; i < people; ++i) {
    const Row row = tiny.add("F59");
    if (i % 2 == 1) tiny.world.persons[person::birth_month][row] = to_short(january + 1 - 62 * 12);
  }
  Bench bench(tiny.world, january, 4);
  const Retirement retirement(falling_ages(0.7, 0.1), paths());
  bench.sweep({&retirement}, 1);
  int entitled_now = 0, long_ago = 0;
  for (Row row = 0; row < people; ++row)
    if (tiny.world.persons[person::labour][row] == Labour::retired) ++(row % 2 == 0 ? entitled_now : long_ago);
  EXPECT_NEAR(entitled_now, people / 2 * 0.7, 4 * std::sqrt(people / 2 * 0.21));
  EXPECT_NEAR(long_ago, people / 2 * 0.1, 4 * std::sqrt(people / 2 * 0.09));
}

TEST(Retirement, at_an_age_that_rises_waits_for_those_who_had_not_retired_and_then_counts_them_as_new) {
  // The age rises from 60 years to 60 years and 3 months in the second month.
  std::vector<RetirementLaw> law(6, falling_ages(1, 0)[0]);
  for (std::size_t k = 1; k < law.size(); ++k) law[k].age_months = law[k].age_months_before = {780, 723};
  law[1].age_months_before = {780, 720};
  const Retirement retirement(law, std::make_shared<BaselinePaths>(6));
  TinyWorld tiny(january);
  for (const int months : {721, 725, 719})
    tiny.world.persons[person::birth_month][tiny.add("F60")] = to_short(january - months);
  Bench bench(tiny.world, january);
  const auto retired = [&](Row row) { return tiny.world.persons[person::labour][row] == Labour::retired; };
  for (int month = 0; month < 6; ++month) {
    bench.sweep({&retirement}, month);
    EXPECT_EQ(retired(0), month >= 2) << month << ": entitled until the age rose, and again at 723 months";
    EXPECT_FALSE(retired(1)) << month << ": entitled all the time, and of those who go on working";
    EXPECT_EQ(retired(2), month >= 4) << month;
  }
}

TEST(Retirement, closes_the_register_to_the_entitled) {
  TinyWorld tiny(january);
  for (const char* person : {"F62", "F62", "F59", "M62"}) tiny.add(person);
  for (const Row row : {0u, 2u, 3u}) tiny.world.persons[person::labour][row] = Labour::registered_unemployed;
  Bench bench(tiny.world, january);
  const Retirement retirement(falling_ages(0, 0), paths());
  bench.sweep({&retirement});
  EXPECT_EQ(tiny.world.persons[person::labour][0], Labour::retired) << "on the register, of pension age";
  EXPECT_EQ(tiny.world.persons[person::labour][1], Labour::employed);
  EXPECT_EQ(tiny.world.persons[person::labour][2], Labour::registered_unemployed);
  EXPECT_EQ(tiny.world.persons[person::labour][3], Labour::registered_unemployed);
  EXPECT_EQ(bench.count(count::retirements), 1);
}

TEST(Retirement, pays_of_the_wage_at_the_level_of_the_baseline) {
  TinyWorld tiny(january);
  tiny.add("F60");
  tiny.world.persons[person::wage_potential][0] = 1'500'000;
  Bench bench(tiny.world, january);
  auto levels = paths();
  levels->wages[0] = 0.8;
  const Retirement retirement(falling_ages(), levels);
  bench.sweep({&retirement});
  EXPECT_EQ(tiny.world.persons[person::pension][0], 240'000) << "half of 1.5 x 0.8 x 4000";
}

TEST(ReadRetirement, takes_ages_and_wages_month_by_month) {
  const std::string text =
      "name,from,value,unit,place,source,confidence\n"
      "pension_age_male,,793,months,x,x,recalled\npension_age_male,2020-03,780,months,x,x,recalled\n"
      "pension_age_female,,720,months,x,x,recalled\n"
      "average_wage,,4000,PLN/month,x,x,recalled\naverage_wage,2020-02,4100.55,PLN/month,x,x,recalled\n"
      "minimum_pension,,1000,PLN/month,x,x,recalled\n"
      "retiring_at_pension_age,,80,%,x,x,assumption\nretiring_at_pension_age,2020-03,60,%,x,x,assumption\nretiring_"
      "later,,5,%/"
      "month,x,x,assumption\npension_replacement,,55,%,x,x,"
      "assumption\n";
  Diagnostics diagnostics;
  auto declared = labour_parameters();
  std::ranges::move(income::law_parameters(), std::back_inserter(declared));
  const std::array tables{make_source("law.csv", text)};
  const ParameterSet set = ParameterSet::read(tables, declared, {"PLN", "", january, 3}, diagnostics);
  const auto months = read_retirement(set);
  diagnostics.throw_if_any();
  ASSERT_EQ(months.size(), 3u);
  EXPECT_EQ(months[0].age_months_before, (std::array<int, 2>{793, 720}));
  EXPECT_EQ(months[1].age_months, (std::array<int, 2>{793, 720}));
  EXPECT_EQ(months[2].age_months, (std::array<int, 2>{780, 720}));
  EXPECT_EQ(months[2].age_months_before, (std::array<int, 2>{793, 720}));
  EXPECT_EQ(months[0].average_wage, 400'000);
  EXPECT_EQ(months[1].average_wage, 410'055);
  EXPECT_DOUBLE_EQ(months[0].at_once, 0.8);
  EXPECT_DOUBLE_EQ(months[2].at_once, 0.6);
}

}  // namespace
}  // namespace oikos::labour
