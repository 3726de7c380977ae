#include "sim/model/education/education.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "sim/text/node.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos::education {
namespace {

using oikos::test::Bench;
using oikos::test::TinyWorld;
const Month january{2020, 1};

SchoolParams school() {
  SchoolParams params;
  params.attainment = {{{0.1, 0.3, 0.4, 0.2}, {0.05, 0.15, 0.4, 0.4}}};
  return params;
}

TEST(Schooling, makes_pupils_of_children_at_the_birthday_of_school_age) {
  TinyWorld tiny(january);
  tiny.add("F40 f14 m15");
  tiny.world.persons.labour[2] = Labour::child;
  tiny.world.persons.birth_month[1] = to_short(january + 2 - 15 * 12);
  Bench bench(tiny.world, january);
  const Schooling schooling(school(), EntryWages(tiny.world, january));
  bench.sweep({&schooling}, 0);
  EXPECT_EQ(tiny.world.persons.labour[1], Labour::child);
  EXPECT_EQ(tiny.world.persons.labour[2], Labour::student);
  EXPECT_EQ(tiny.world.persons.state_since[2], to_short(january));
  bench.sweep({&schooling}, 1);
  EXPECT_EQ(tiny.world.persons.labour[1], Labour::child) << "a month before the birthday";
  bench.sweep({&schooling}, 2);
  EXPECT_EQ(tiny.world.persons.labour[1], Labour::student);
}

TEST(Schooling, of_a_cohort_ends_at_the_age_of_each_attainment_in_the_shares_given) {
  constexpr int pupils = 4000;
  TinyWorld tiny(january);
  for (int i = 0; i < pupils; ++i) tiny.add("M15");
  Bench bench(tiny.world, january, 6, 1, 4096);
  const SchoolParams params = school();
  const Schooling schooling(params, EntryWages(tiny.world, january));
  std::array<int, 4> left{};
  for (int month = 0; month <= 10 * 12; ++month) {
    bench.sweep({&schooling}, month);
    const PersonTable& p = tiny.world.persons;
    for (Row row = 0; row < p.size(); ++row) {
      if (p.labour[row] != Labour::registered_unemployed || p.state_since[row] != to_short(january + month)) continue;
      const auto attained = static_cast<std::size_t>(p.education[row]);
      ++left[attained];
      ASSERT_EQ(p.age_months(row, to_short(january + month)), 12 * params.leaving_age[attained]);
    }
  }
  for (std::size_t e = 0; e < 4; ++e) {
    const double share = params.attainment[0][e];
    EXPECT_NEAR(left[e], pupils * share, 4 * std::sqrt(pupils * share * (1 - share))) << education_names[e];
  }
  EXPECT_EQ(left[0] + left[1] + left[2] + left[3], pupils);
}

TEST(Schooling, takes_who_is_long_past_the_drawn_age_for_a_student_of_higher_education) {
  TinyWorld tiny(january);
  tiny.add("M23");
  tiny.add("M24");
  for (const Row row : {0u, 1u}) tiny.world.persons.labour[row] = Labour::student;
  SchoolParams params = school();
  params.attainment[0] = {1, 0, 0, 0};
  Bench bench(tiny.world, january);
  const Schooling schooling(params, EntryWages(tiny.world, january));
  bench.sweep({&schooling});
  EXPECT_EQ(tiny.world.persons.labour[0], Labour::student);
  EXPECT_EQ(tiny.world.persons.labour[1], Labour::registered_unemployed);
  EXPECT_EQ(tiny.world.persons.education[1], Education::tertiary);
}

TEST(EntryWages, are_quantiles_of_the_young_of_the_same_sex_and_education) {
  TinyWorld tiny(january);
  for (std::uint32_t i = 0; i < 64; ++i) {
    const Row row = tiny.add("F30");
    tiny.world.persons.education[row] = Education::tertiary;
    tiny.world.persons.wage_potential[row] = 500'000 + 1000 * i;
  }
  const Row old = tiny.add("F55");
  tiny.world.persons.education[old] = Education::tertiary;
  tiny.world.persons.wage_potential[old] = 9'000'000;
  const EntryWages wages(tiny.world, january);
  EXPECT_EQ(wages.at(Sex::female, Education::tertiary, 0), 500'000u);
  EXPECT_EQ(wages.at(Sex::female, Education::tertiary, 0xFFFF'FFFFu), 563'000u);
  EXPECT_EQ(wages.at(Sex::female, Education::tertiary, 0x8000'0000u), 532'000u);
  EXPECT_EQ(wages.at(Sex::male, Education::low, 5), 1'000'000u) << "nobody can tell";
}

TEST(EntryWages, are_those_of_the_young_however_few_and_of_all_ages_where_nobody_is_young) {
  TinyWorld tiny(january);
  for (const char* person : {"M30", "M31", "M55", "F50", "F60"}) tiny.add(person);
  for (Row row = 0; row < 5; ++row) tiny.world.persons.wage_potential[row] = 100'000 * (4 + row);
  const EntryWages wages(tiny.world, january);
  EXPECT_EQ(wages.at(Sex::male, Education::low, 0), 400'000u);
  EXPECT_EQ(wages.at(Sex::male, Education::low, 0xFFFF'FFFFu), 500'000u) << "not the 600'000 of the old";
  EXPECT_EQ(wages.at(Sex::female, Education::low, 0), 700'000u);
  EXPECT_EQ(wages.at(Sex::female, Education::low, 0xFFFF'FFFFu), 800'000u);
}

TEST(ReadSchool, wants_shares_of_attainment_that_sum_to_the_whole) {
  std::string text = "name,from,value,unit,place,source,confidence\nschool_start_age,,15,years,x,x,assumption\n";
  for (const char* e : {"low", "basic_vocational", "secondary", "tertiary"}) {
    text += std::string("school_leaving_age_") + e + ",,19,years,x,x,assumption\n";
    text += std::string("attainment_male_") + e + ",,25,%,x,x,assumption\n";
    text += std::string("attainment_female_") + e + ",,24,%,x,x,assumption\n";
  }
  Diagnostics diagnostics;
  const ParameterSet set = ParameterSet::read({make_source("rates.csv", text)}, "PLN", diagnostics);
  const SchoolParams params = read_school(set, january, diagnostics);
  EXPECT_EQ(params.leaving_age[2], 19);
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(to_string(diagnostics.all()[0]),
            "rates.csv:5:1: error: shares of attainment of female persons do not sum to 100 %\n"
            "     5 | attainment_female_low,,24,%,x,x,assumption\n"
            "       | ^^^^^^^^^^^^^^^^^^^^^\n"
            "  expected: 100 %\n"
            "  got:      96 %\n");
}

}  // namespace
}  // namespace oikos::education
