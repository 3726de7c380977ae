#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/population/synthesise.hpp"

namespace oikos::population {

/// Ages of one row of a raked table: completed years first .. last.
struct AgeRow {
  int first = 0;
  int last = 0;
};

/// Rows cut at every start of a band of `bands` and of `table`, from age `first` on; the last is open.
std::vector<AgeRow> age_rows(const AgeBands& bands, const BandTable& table, int first);

/// The population while it is put together. Persons and households stand in the order in which they are made;
/// the number of a draw is the position in that order.
struct Draft {
  const PopulationInput& input;
  Month start;
  const Luck& luck;

  std::vector<SyntheticPerson> persons;        ///< by sex, then age in years
  std::vector<Role> role;                      ///< of each person
  std::vector<SyntheticHousehold> households;  ///< first and size point into `members`
  std::vector<Row> members;                    ///< persons of the households, one after the other

  int age_months(Row person) const { return start - persons[person].birth_month; }
  int age(Row person) const { return age_months(person) / 12; }
  std::uint32_t draw(rng::Purpose purpose, int lane, Row number) const {
    return luck.draw(purpose, lane, number, start);
  }
  /// The rows in an order that depends on one lane of one purpose alone.
  void shuffle(std::vector<Row>& rows, rng::Purpose purpose, int lane) const;
};

/// Households by form and size.
struct HouseholdPlan {
  std::size_t largest = 0;          ///< largest size
  std::vector<std::int64_t> count;  ///< [form * largest + size - 1]

  std::int64_t& at(HouseholdForm form, std::size_t size) {
    return count[static_cast<std::size_t>(form) * largest + size - 1];
  }
  std::int64_t at(HouseholdForm form, std::size_t size) const {
    return count[static_cast<std::size_t>(form) * largest + size - 1];
  }
  std::int64_t of_size(std::size_t size) const;
  std::int64_t couples() const;   ///< households of others with three or more hold one too
  std::int64_t children() const;  ///< places for children of any age
  std::int64_t lone_parents() const;
  std::int64_t others() const;  ///< persons of Role::other
};

/// Whole number of persons and households at the input's scale.
std::int64_t persons_wanted(const PopulationInput& input);
std::int64_t households_wanted(const PopulationInput& input);
/// Persons by sex and band, whole: [sex * bands + band].
std::vector<std::int64_t> age_sex_counts(const PopulationInput& input);

/// Household sizes and the number of households between what their tables say, and the persons, who count in full.
///
/// Of all numbers n_k of households of k that hold N persons, those with the smallest
///   w_H (H' log(H' / H) - H' + H) + w_q H' sum_k p_k log(p_k / q_k),   H' = sum n_k,  p_k = n_k / H'
/// where H and q are the tables' number and shares and w_H, w_q their weights (Trust). Setting the derivatives to 0
/// gives p_k = q_k t^k / Z, Z = sum q_k t^k, and H' = H Z^(w_q / w_H), with the one t at which H' sum_k k p_k = N.
struct SizeCompromise {
  double table_mean = 0;        ///< persons a household by the shares of the table
  std::vector<double> share;    ///< p, of sizes 1, 2, ...
  std::int64_t households = 0;  ///< H', whole
};
SizeCompromise size_compromise(const PopulationInput& input);
/// Households by size 1, 2, ..., whole, that hold exactly the persons wanted: those of the compromise.
/// @throws InputError  more households than persons, or too few for the largest size
std::vector<std::int64_t> household_size_counts(const PopulationInput& input);

// The steps, in their order.
void make_persons(Draft& draft);                                    // persons.cpp
HouseholdPlan plan_households(const PopulationInput& input);        // household_plan.cpp
void assign_roles(Draft& draft, const HouseholdPlan& plan);         // roles.cpp
void assemble_households(Draft& draft, const HouseholdPlan& plan);  // assemble.cpp
SyntheticPopulation settle(const Draft& draft);                     // places.cpp
void assign_education(const PopulationInput& input, const Luck& luck, SyntheticPopulation& population);
void assign_labour(const PopulationInput& input, const Luck& luck, SyntheticPopulation& population);
void assign_wages(const PopulationInput& input, const Luck& luck, SyntheticPopulation& population);
void assign_pensions(const PopulationInput& input, const Luck& luck, SyntheticPopulation& population);
void assign_births(const PopulationInput& input, const Luck& luck, SyntheticPopulation& population);

/// Rows of persons of one sex and these ages, in an order that depends on one lane of one purpose alone.
std::vector<Row> shuffled_rows(const SyntheticPopulation& population, Sex sex, AgeRow ages, const Luck& luck,
                               rng::Purpose purpose, int lane);

/// The tables contradict each other: an InputError at the figure that gives way least.
[[noreturn]] void contradiction(const Position& at, std::string what, std::string expected, std::string got);

}  // namespace oikos::population
