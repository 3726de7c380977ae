#include "sim/population/synthesise.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "sim/population/fit_report.hpp"
#include "tests/sim/population/city_input.hpp"

namespace oikos::population {
namespace {

constexpr Month start{2015, 1};

PopulationInput input_at(double scale) { return city_input(scale); }

SyntheticPopulation small(std::uint64_t seed = 1) { return synthesise(input_at(0.02), start, luck(seed, 0)); }

auto fields(const SyntheticPerson& p) {
  return std::tuple(p.birth_month.index(), p.sex, p.household, p.partner, p.mother, p.father, p.education, p.labour,
                    p.months_in_state, p.wage_potential, p.pension.minor(), p.children_born);
}

bool same(const SyntheticPopulation& a, const SyntheticPopulation& b) {
  return std::equal(a.persons.begin(), a.persons.end(), b.persons.begin(), b.persons.end(),
                    [](const auto& x, const auto& y) { return fields(x) == fields(y); }) &&
         std::equal(a.households.begin(), a.households.end(), b.households.begin(), b.households.end(),
                    [](const auto& x, const auto& y) {
                      return std::tuple(x.first, x.size, x.district, x.tenure, x.form) ==
                             std::tuple(y.first, y.size, y.district, y.tenure, y.form);
                    });
}

/// Goal: at full scale every margin is within its stated tolerance, and age by sex is exact.
TEST(Synthesise, full_city_fits_all_margins) {
  const PopulationInput input = input_at(1);
  const SyntheticPopulation city = synthesise(input, start, luck(20150101, 0));
  EXPECT_EQ(city.persons.size(), 140'302U);
  EXPECT_EQ(city.households.size(), 53'628U) << "a compromise with the sizes: docs/methods/population.md";
  const auto report = fit_report(input, city, "PLN");
  for (const FitRow& row : report) {
    EXPECT_TRUE(row.within_tolerance()) << row.margin << ' ' << row.group << ' ' << row.target << ' ' << row.achieved;
    if (row.margin == "age_sex") {
      EXPECT_EQ(row.error(), 0) << row.group;
    }
  }
  EXPECT_EQ(to_text(report).find("out of tolerance"), std::string::npos);
}

TEST(Synthesise, exact_margins_hold_at_any_scale) {
  for (const double scale : {0.001, 0.01, 0.1}) {
    const PopulationInput input = input_at(scale);
    const SyntheticPopulation population = synthesise(input, start, luck(7, 3));
    EXPECT_EQ(population.persons.size(), static_cast<std::size_t>(round_half_away(140'302 * scale)));
    for (const FitRow& row : fit_report(input, population, "PLN"))
      if (row.margin == "age_sex" || row.margin == "household_size" || row.margin == "unemployment_rate") {
        EXPECT_TRUE(row.within_tolerance()) << scale << ' ' << row.margin << ' ' << row.group;
      }
  }
}

TEST(Synthesise, same_arguments_give_the_same_population_and_other_seeds_another) {
  EXPECT_TRUE(same(small(1), small(1)));
  EXPECT_FALSE(same(small(1), small(2)));
  EXPECT_FALSE(same(small(1), synthesise(input_at(0.02), start, luck(1, 0, "chorzow"))));
}

TEST(Synthesise, households_are_contiguous_with_adults_first) {
  const SyntheticPopulation population = small();
  Row next = 0;
  std::uint16_t district = 0;
  for (std::size_t h = 0; h < population.households.size(); ++h) {
    const SyntheticHousehold& household = population.households[h];
    ASSERT_EQ(household.first, next);
    next += household.size;
    EXPECT_GE(household.district, district);
    district = household.district;
    const auto members = population.members(household);
    EXPECT_GE(population.age(members.front()), 18) << "no child lives without an adult";
    for (std::size_t i = 0; i < members.size(); ++i) {
      EXPECT_EQ(members[i].household, h);
      EXPECT_LT(members[i].birth_month, start);
      if (i > 0) {
        EXPECT_LE(members[i - 1].birth_month, members[i].birth_month);
      }
    }
  }
  EXPECT_EQ(next, population.persons.size());
}

TEST(Synthesise, partners_are_mutual_adults_of_one_household) {
  const SyntheticPopulation population = small();
  std::size_t couples = 0;
  for (Row row = 0; row < population.persons.size(); ++row) {
    const SyntheticPerson& person = population.persons[row];
    if (person.partner == no_row) continue;
    const SyntheticPerson& partner = population.persons[person.partner];
    EXPECT_EQ(partner.partner, row);
    EXPECT_NE(partner.sex, person.sex);
    EXPECT_EQ(partner.household, person.household);
    EXPECT_GE(population.age(person), 18);
    ++couples;
  }
  EXPECT_GT(couples, population.households.size() / 2);
}

TEST(Synthesise, parents_are_of_plausible_ages_in_the_same_household) {
  const SyntheticPopulation population = small();
  std::size_t minors_without_parent = 0;
  for (const SyntheticPerson& person : population.persons) {
    if (population.age(person) < 18 && person.mother == no_row && person.father == no_row) ++minors_without_parent;
    if (person.mother != no_row) {
      const SyntheticPerson& mother = population.persons[person.mother];
      const int months = person.birth_month - mother.birth_month;
      EXPECT_GE(months, 16 * 12);
      EXPECT_LT(months, 50 * 12);
      EXPECT_EQ(mother.sex, Sex::female);
      EXPECT_EQ(mother.household, person.household);
      EXPECT_GE(mother.children_born, 1);
    }
    if (person.father != no_row) {
      const SyntheticPerson& father = population.persons[person.father];
      EXPECT_GE(person.birth_month - father.birth_month, 16 * 12);
      EXPECT_EQ(father.sex, Sex::male);
      EXPECT_EQ(father.household, person.household);
    }
  }
  EXPECT_EQ(minors_without_parent, 0U);
}

TEST(Synthesise, forms_and_members_agree) {
  const SyntheticPopulation population = small();
  for (const SyntheticHousehold& household : population.households) {
    const auto members = population.members(household);
    const auto partners =
        std::count_if(members.begin(), members.end(), [](const auto& p) { return p.partner != no_row; });
    const int size = household.size;
    const bool other_with_couple = household.form == HouseholdForm::other && size > 2;
    const bool couple = household.form == HouseholdForm::couple || household.form == HouseholdForm::couple_and_children;
    EXPECT_EQ(partners, couple || other_with_couple ? 2 : 0);
    EXPECT_EQ(size == 1, household.form == HouseholdForm::one_person);
    if (household.form == HouseholdForm::couple) {
      EXPECT_EQ(size, 2);
    }
    if (household.form == HouseholdForm::couple_and_children) {
      EXPECT_GE(size, 3);
    }
  }
}

TEST(Synthesise, states_wages_and_pensions_fit_the_age) {
  const PopulationInput input = input_at(0.02);
  const SyntheticPopulation population = small();
  for (const SyntheticPerson& person : population.persons) {
    const int age = population.age(person);
    EXPECT_EQ(person.labour == Labour::child, age < 16);
    EXPECT_LE(person.months_in_state, start - person.birth_month);
    EXPECT_EQ(person.wage_potential > 0, age >= 16 && person.labour != Labour::retired);
    EXPECT_EQ(person.pension >= Money{84445}, person.labour == Labour::retired);
    if (person.labour != Labour::retired) {
      EXPECT_EQ(person.pension, Money{});
    }
    if (person.labour == Labour::retired) {
      EXPECT_GE(age, person.sex == Sex::male ? 40 : 45);
    }
    if (person.education == Education::tertiary) {
      EXPECT_GE(age, 22);
    }
    if (person.education != Education::low) {
      EXPECT_GE(age, 18);
    }
    if (person.sex == Sex::male) {
      EXPECT_EQ(person.children_born, 0);
    }
  }
}

TEST(Synthesise, too_few_households_are_a_mistake_of_the_tables) {
  PopulationInput input = input_at(0.01);
  input.parameters.households = 1000;
  try {
    synthesise(input, start, luck(1, 0));
    FAIL() << "no error";
  } catch (const InputError& error) {
    ASSERT_EQ(error.diagnostics().size(), 1U);
    const Diagnostic& one = error.diagnostics()[0];
    EXPECT_EQ(one.what, "households cannot hold the persons");
    EXPECT_EQ(one.expected, "at most 8 persons a household, the largest size in household_size");
    EXPECT_EQ(one.got, "140.3");
    EXPECT_TRUE(one.at.source->name.ends_with("/population.csv"));
  }
}

}  // namespace
}  // namespace oikos::population
