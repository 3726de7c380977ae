#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/money.hpp"
#include "sim/base/month.hpp"
#include "sim/population/margins.hpp"
#include "sim/rng/stream.hpp"
#include "sim/world/enums.hpp"

namespace oikos::population {

/// The draws of a synthesis: who is a running number among the municipality's own, so that no other has a say in it.
struct Luck {
  rng::Stream stream;
  rng::PlaceCode place;

  std::uint32_t draw(rng::Purpose purpose, int lane, std::uint32_t number, Month month) const {
    return stream.draw(purpose, lane, rng::initial_identity(place, number), month);
  }
  rng::Block block(rng::Purpose purpose, std::uint32_t number, Month month) const {
    return stream.block(purpose, rng::initial_identity(place, number), month);
  }
};

/// One person at the start. Positions (household, partner, mother, father) are indices into the vectors of
/// SyntheticPopulation; no_row where there is nobody.
struct SyntheticPerson {
  Month birth_month;  ///< before the start: nobody is born in the starting month itself
  Sex sex = Sex::female;
  std::uint32_t household = 0;
  Row partner = no_row;  ///< in the same household; mutual
  Row mother = no_row;   ///< only when in the same household
  Row father = no_row;   ///< only when in the same household
  Education education = Education::low;
  Labour labour = Labour::child;
  std::uint16_t months_in_state = 0;  ///< full months since the labour state was entered
  std::uint32_t wage_potential = 0;   ///< gross wage as a ratio to the average wage [parts per million]; 0 below
                                      ///< school-leaving age and for the retired. Not floored at the minimum wage.
  Money pension;                      ///< gross, a month; zero unless retired
  std::uint8_t children_born = 0;     ///< women: live births so far; 0 for men
};

/// One household. Members are persons first .. first + size - 1, adults before children, older before younger.
struct SyntheticHousehold {
  Row first = 0;
  std::uint16_t size = 0;
  std::uint16_t district = 0;  ///< index into PopulationInput::districts
  Tenure tenure = Tenure::owner;
  HouseholdForm form = HouseholdForm::one_person;  ///< how it was assembled
};

struct SyntheticPopulation {
  Month start;
  rng::PlaceCode place;                        ///< whose population it is
  std::vector<SyntheticPerson> persons;        ///< in household order
  std::vector<SyntheticHousehold> households;  ///< ordered by district; within one in random order

  std::span<const SyntheticPerson> members(const SyntheticHousehold& household) const {
    return {persons.data() + household.first, household.size};
  }
  /// Completed years of age at the start, as the whole model counts them: (start - birth month) / 12.
  int age(const SyntheticPerson& person) const { return (start - person.birth_month) / 12; }
};

/// Builds persons and households that reproduce the input's margins (docs/methods/population.md).
///
/// Exact: persons by age band and sex; households by size; labour states by age band and sex (integerised); the
/// others within the errors that fit_report states. The result is a function of the three arguments alone.
///
/// @param start  first simulated month
/// @param luck   draws of the purposes population_*, month = start
/// @throws InputError  the tables contradict each other (for example fewer places for children than persons below 18)
SyntheticPopulation synthesise(const PopulationInput& input, Month start, const Luck& luck);

}  // namespace oikos::population
