#include "sim/population/margins.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"

namespace oikos::population {

int AgeBands::last_age(std::size_t band) const {
  return band + 1 < from.size() ? from[band + 1] - 1 : std::min(max_age, from[band] + 4);
}

std::size_t AgeBands::band_of(int age) const {
  const auto above = std::upper_bound(from.begin(), from.end(), age);
  return above == from.begin() ? 0 : static_cast<std::size_t>(above - from.begin()) - 1;
}

std::string AgeBands::name(std::size_t band) const {
  if (band + 1 == from.size()) return std::to_string(from[band]) + '+';
  return std::to_string(from[band]) + '-' + std::to_string(from[band + 1] - 1);
}

const double* BandTable::at(Sex sex, int age) const {
  const auto above = std::upper_bound(from.begin(), from.end(), age);
  const std::size_t row = above == from.begin() ? 0 : static_cast<std::size_t>(above - from.begin()) - 1;
  return value.data() + (static_cast<std::size_t>(sex) * from.size() + row) * categories;
}

Trust trust_of(std::string_view confidence) {
  if (confidence == "verified") return {4, 0.01};
  if (confidence == "assumption") return {1, 0.1};
  return {2, 0.02};
}

const Position& TablePlaces::of(std::string_view key) const {
  const auto found = std::find(population_file_keys.begin(), population_file_keys.end(), key);
  expect(found != population_file_keys.end(), "a population table of this name");
  return table[static_cast<std::size_t>(found - population_file_keys.begin())];
}

PopulationFiles PopulationFiles::in_folder(const std::string& folder) {
  PopulationFiles files;
  const std::array members{&PopulationFiles::age_sex,
                           &PopulationFiles::household_size,
                           &PopulationFiles::household_forms,
                           &PopulationFiles::household_form_size,
                           &PopulationFiles::living_arrangements,
                           &PopulationFiles::births,
                           &PopulationFiles::children_born,
                           &PopulationFiles::education,
                           &PopulationFiles::education_totals,
                           &PopulationFiles::labour,
                           &PopulationFiles::labour_education,
                           &PopulationFiles::unemployment_duration,
                           &PopulationFiles::tenure,
                           &PopulationFiles::districts};
  static_assert(std::tuple_size_v<decltype(members)> == population_file_keys.size());
  for (std::size_t k = 0; k < members.size(); ++k)
    files.*members[k] = folder + '/' + std::string(population_file_keys[k]) + ".csv";
  return files;
}

}  // namespace oikos::population
