#include "sim/model/education/education.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "sim/model/education/school_parameters.hpp"
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

std::shared_ptr<const School> school_of(const World& world, const SchoolParams& params = school()) {
  return std::make_shared<const School>(make_school(world, january, {params}));
}

TEST(Schooling, makes_pupils_of_children_at_the_birthday_of_school_age) {
  TinyWorld tiny(january);
  tiny.add("F40 f14 m15");
  tiny.world.persons[person::labour][2] = Labour::child;
  tiny.world.persons[person::birth_month][1] = to_short(january + 2 - 15 * 12);
  Bench bench(tiny.world, january);
  const Schooling schooling(school_of(tiny.world), EntryWages(tiny.world, january));
  bench.sweep({&schooling}, 0);
  EXPECT_EQ(tiny.world.persons[person::labour][1], Labour::child);
  EXPECT_EQ(tiny.world.persons[person::labour][2], Labour::student);
  EXPECT_EQ(tiny.world.persons[person::state_since][2], to_short(january));
  bench.sweep({&schooling}, 1);
  EXPECT_EQ(tiny.world.persons[person::labour][1], Labour::child) << "a month before the birthday";
  bench.sweep({&schooling}, 2);
  EXPECT_EQ(tiny.world.persons[person::labour][1], Labour::student);
}

TEST(Schooling, of_a_cohort_ends_at_the_age_of_each_attainment_in_the_shares_given) {
  constexpr int pupils = 4000;
  TinyWorld tiny(january);
  for (int i = 0; i < pupils; ++i) tiny.add("M15");
  Bench bench(tiny.world, january, 6, 1, 4096);
  const SchoolParams params = school();
  const Schooling schooling(school_of(tiny.world, params), EntryWages(tiny.world, january));
  std::array<int, 4> left{};
  for (int month = 0; month <= 10 * 12; ++month) {
    bench.sweep({&schooling}, month);
    const PersonTable& p = tiny.world.persons;
    for (Row row = 0; row < p.size(); ++row) {
      if (p[person::labour][row] != Labour::registered_unemployed ||
          p[person::state_since][row] != to_short(january + month))
        continue;
      const auto attained = static_cast<std::size_t>(p[person::education][row]);
      ++left[attained];
      ASSERT_EQ(p.age_months(row, to_short(january + month)), params.leaving_age[attained]);
    }
  }
  for (std::size_t e = 0; e < 4; ++e) {
    const double share = params.attainment[0][e];
    EXPECT_NEAR(left[e], pupils * share, 4 * std::sqrt(pupils * share * (1 - share))) << education_names[e];
  }
  EXPECT_EQ(left[0] + left[1] + left[2] + left[3], pupils);
}

TEST(Schooling, decides_with_the_ages_and_shares_of_the_month_of_the_birthday) {
  TinyWorld tiny(january);
  for (int i = 0; i < 3; ++i) tiny.add("M18");
  PersonTable& persons = tiny.world.persons;
  for (const Row row : {0u, 1u, 2u}) {
    persons[person::labour][row] = Labour::student;
    persons[person::birth_month][row] = to_short(january + static_cast<int>(row) - 18 * 12);
  }
  SchoolParams early = school(), late = school();
  early.attainment[0] = {0, 1, 0, 0};
  late.attainment[0] = {0, 0, 1, 0};
  late.leaving_age[2] = 18 * 12;
  Bench bench(tiny.world, january);
  const Schooling schooling(std::make_shared<const School>(make_school(tiny.world, january, {early, early, late})),
                            EntryWages(tiny.world, january));
  for (int month = 0; month < 3; ++month) bench.sweep({&schooling}, month);
  EXPECT_EQ(persons[person::education][1], Education::basic_vocational);
  EXPECT_EQ(persons[person::labour][1], Labour::registered_unemployed);
  EXPECT_EQ(persons[person::education][2], Education::secondary);
  EXPECT_EQ(persons[person::state_since][2], to_short(january + 2));
}

/// Persons of one sex and age: so many of them in school, and out of it by education.
void add_cohort(TinyWorld& tiny, const std::string& person, int students, const std::array<int, 4>& out_of_school,
                Education of_students = Education::low) {
  const auto add = [&](Labour labour, Education education) {
    const Row row = tiny.add(person);
    tiny.world.persons[person::labour][row] = labour;
    tiny.world.persons[person::education][row] = education;
  };
  for (int i = 0; i < students; ++i) add(Labour::student, of_students);
  for (std::size_t e = 0; e < 4; ++e)
    for (int i = 0; i < out_of_school[e]; ++i) add(Labour::employed, static_cast<Education>(e));
}

TEST(SchoolLeaving, gives_students_of_the_start_what_their_cohort_still_lacks) {
  // Men of 20: of 100, 60 are in school. Asked are 10, 30, 40, 20; out of school are 5, 20, 15, 0.
  TinyWorld tiny(january);
  add_cohort(tiny, "M20", 60, {5, 20, 15, 0});
  const SchoolLeaving leaving(tiny.world, january, school());
  const ShortMonth birth = tiny.world.persons[person::birth_month][0];
  for (const int age : {21, 22, 23}) EXPECT_EQ(leaving.at(birth, Sex::male, Education::low, age).chance, 0.0) << age;
  const SchoolExit exit = leaving.at(birth, Sex::male, Education::low, 24);
  EXPECT_EQ(exit.chance, 1.0) << "the leaving age that lies ahead, also of attainments whose own has passed";
  const std::array<double, 4> lacking{5.0 / 60, 10.0 / 60, 25.0 / 60, 20.0 / 60};
  for (std::size_t e = 0; e < 4; ++e) EXPECT_NEAR(exit.attained[e], lacking[e], 1e-12) << education_names[e];
}

TEST(SchoolLeaving, takes_from_nobody_what_is_there_already) {
  // Half of the students have secondary education: they are the ones who reach most.
  TinyWorld tiny(january);
  add_cohort(tiny, "M22", 30, {0, 0, 0, 0}, Education::low);
  add_cohort(tiny, "M22", 30, {10, 30, 0, 0}, Education::secondary);
  const SchoolLeaving leaving(tiny.world, january, school());
  const ShortMonth birth = tiny.world.persons[person::birth_month][0];
  // Lacking of 100: 0, 0, 40, 20 for 60 students. The lower half reach secondary; of the upper half 10 do.
  const SchoolExit low = leaving.at(birth, Sex::male, Education::low, 24),
                   high = leaving.at(birth, Sex::male, Education::secondary, 24);
  EXPECT_NEAR(low.attained[2], 1, 1e-12);
  EXPECT_NEAR(high.attained[2], 1.0 / 3, 1e-12);
  EXPECT_NEAR(high.attained[3], 2.0 / 3, 1e-12);
  const SchoolExit most = leaving.at(birth, Sex::male, Education::tertiary, 24);
  EXPECT_NEAR(most.attained[3], 1, 1e-12) << "a kind of student that the cohort did not have";
}

TEST(SchoolLeaving, of_who_is_past_the_highest_leaving_age_is_at_the_next_birthday) {
  TinyWorld tiny(january);
  add_cohort(tiny, "F28", 10, {0, 0, 0, 90}, Education::secondary);
  const SchoolLeaving leaving(tiny.world, january, school());
  const SchoolExit exit = leaving.at(tiny.world.persons[person::birth_month][0], Sex::female, Education::secondary, 28);
  EXPECT_EQ(exit.chance, 1.0);
  EXPECT_NEAR(exit.attained[2], 1, 1e-12) << "the cohort lacks low and vocational education only: nobody loses any";
}

TEST(SchoolLeaving, follows_the_shares_of_the_month_for_cohorts_that_start_later) {
  TinyWorld tiny(january);
  tiny.add("F40");
  const SchoolLeaving leaving(tiny.world, january, school());
  const ShortMonth birth = to_short(january - 10 * 12);
  EXPECT_NEAR(leaving.at(birth, Sex::male, Education::low, 17).chance, 0.1, 1e-12);
  EXPECT_NEAR(leaving.at(birth, Sex::male, Education::low, 18).chance, 0.3 / 0.9, 1e-12);
  EXPECT_NEAR(leaving.at(birth, Sex::male, Education::low, 19).chance, 0.4 / 0.6, 1e-12);
  EXPECT_EQ(leaving.at(birth, Sex::male, Education::low, 20).chance, 0.0);
  EXPECT_EQ(leaving.at(birth, Sex::male, Education::low, 24).chance, 1.0);
  EXPECT_EQ(leaving.at(birth, Sex::male, Education::low, 25).chance, 1.0) << "who is still there";
}

TEST(Schooling, brings_a_cohort_of_the_start_to_the_attainment_asked_for) {
  TinyWorld tiny(january);
  add_cohort(tiny, "F17", 3000, {0, 0, 0, 0});
  add_cohort(tiny, "F21", 1250, {50, 200, 900, 100}, Education::secondary);
  add_cohort(tiny, "F21", 500, {0, 0, 0, 0});
  Bench bench(tiny.world, january, 8, 1, 4096);
  const SchoolParams params = school();
  const Schooling schooling(school_of(tiny.world, params), EntryWages(tiny.world, january));
  for (int month = 0; month <= 12 * 12; ++month) bench.sweep({&schooling}, month);
  std::array<std::array<int, 4>, 2> reached{};
  const PersonTable& p = tiny.world.persons;
  for (Row row = 0; row < p.size(); ++row) {
    EXPECT_NE(p[person::labour][row], Labour::student);
    ++reached[p.age_years(row, to_short(january)) == 17 ? 0 : 1][static_cast<std::size_t>(p[person::education][row])];
  }
  for (const auto& cohort : reached) {
    const int all = cohort[0] + cohort[1] + cohort[2] + cohort[3];
    for (std::size_t e = 0; e < 4; ++e) {
      const double share = params.attainment[1][e];
      EXPECT_NEAR(cohort[e], all * share, 4 * std::sqrt(all * share * (1 - share))) << education_names[e];
    }
  }
}

TEST(EntryWages, are_quantiles_of_the_young_of_the_same_sex_and_education) {
  TinyWorld tiny(january);
  for (std::uint32_t i = 0; i < 64; ++i) {
    const Row row = tiny.add("F30");
    tiny.world.persons[person::education][row] = Education::tertiary;
    tiny.world.persons[person::wage_potential][row] = 500'000 + 1000 * i;
  }
  const Row old = tiny.add("F55");
  tiny.world.persons[person::education][old] = Education::tertiary;
  tiny.world.persons[person::wage_potential][old] = 9'000'000;
  const EntryWages wages(tiny.world, january);
  EXPECT_EQ(wages.at(Sex::female, Education::tertiary, 0), 500'000u);
  EXPECT_EQ(wages.at(Sex::female, Education::tertiary, 0xFFFF'FFFFu), 563'000u);
  EXPECT_EQ(wages.at(Sex::female, Education::tertiary, 0x8000'0000u), 532'000u);
  EXPECT_EQ(wages.at(Sex::male, Education::low, 5), 1'000'000u) << "nobody can tell";
}

TEST(EntryWages, are_those_of_the_young_however_few_and_of_all_ages_where_nobody_is_young) {
  TinyWorld tiny(january);
  for (const char* person : {"M30", "M31", "M55", "F50", "F60"}) tiny.add(person);
  for (Row row = 0; row < 5; ++row) tiny.world.persons[person::wage_potential][row] = 100'000 * (4 + row);
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
  const std::array tables{make_source("rates.csv", text)};
  const ParameterSet set = ParameterSet::read(tables, school_parameters(), {"PLN", "", january, 2}, diagnostics);
  EXPECT_EQ(read_school(set, diagnostics)[0].leaving_age[2], 19 * 12);
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(to_string(diagnostics.all()[0]),
            "rates.csv:5:24: error: shares of attainment of female persons do not sum to 100 % in 2020-01\n"
            "     5 | attainment_female_low,,24,%,x,x,assumption\n"
            "       |                        ^^\n"
            "  expected: 100 %\n"
            "  got:      96 %\n");
}

TEST(ReadSchool, names_the_row_and_the_month_from_which_attainments_no_longer_sum_to_the_whole) {
  std::string text = "name,from,value,unit,place,source,confidence\nschool_start_age,,15,years,x,x,assumption\n";
  for (const char* e : {"low", "basic_vocational", "secondary", "tertiary"}) {
    text += std::string("school_leaving_age_") + e + ",,19,years,x,x,assumption\n";
    text += std::string("attainment_male_") + e + ",,25,%,x,x,assumption\n";
    text += std::string("attainment_female_") + e + ",,25,%,x,x,assumption\n";
  }
  text += "attainment_female_tertiary,2020-03,35,%,x,x,assumption\n";
  Diagnostics diagnostics;
  const std::array tables{make_source("rates.csv", text)};
  const ParameterSet set = ParameterSet::read(tables, school_parameters(), {"PLN", "", january, 6}, diagnostics);
  const auto school = read_school(set, diagnostics);
  EXPECT_EQ(school[1].attainment[1][3], 0.25);
  EXPECT_EQ(school[2].attainment[1][3], 0.35);
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(diagnostics.all()[0].what, "shares of attainment of female persons do not sum to 100 % in 2020-03");
  EXPECT_EQ(diagnostics.all()[0].at.line, 15);
}

}  // namespace
}  // namespace oikos::education
