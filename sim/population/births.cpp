#include <algorithm>

#include "sim/base/narrow.hpp"
#include "sim/population/draft.hpp"
#include "sim/population/ipf.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::population {

namespace {

/// One of the numbers of births still to be given out, at least `least`, in proportion to how many are left.
std::size_t take_births(std::vector<std::int64_t>& left, std::size_t least, std::uint32_t u) {
  std::int64_t sum = 0;
  for (std::size_t births = least; births < left.size(); ++births) sum += left[births];
  if (sum == 0) return least;
  std::int64_t position = rng::below(u, narrow<std::uint32_t>(sum));
  std::size_t births = least;
  while (position >= left[births]) position -= left[births++];
  --left[births];
  return births;
}

}  // namespace

void assign_births(const PopulationInput& input, const Luck& luck, SyntheticPopulation& population) {
  std::vector<std::uint8_t> at_home(population.persons.size(), 0);
  for (const SyntheticPerson& person : population.persons)
    if (person.mother != no_row) ++at_home[person.mother];
  for (Row row = 0; row < population.persons.size(); ++row) population.persons[row].children_born = at_home[row];

  const BandTable& table = input.children_born;
  for (std::size_t band = 0; band < table.from.size(); ++band) {
    const AgeRow ages{table.from[band], band + 1 < table.from.size() ? table.from[band + 1] - 1 : max_age};
    auto women = shuffled_rows(population, Sex::female, ages, luck, rng::Purpose::population_member, 1);
    std::stable_sort(women.begin(), women.end(), [&](Row a, Row b) { return at_home[a] > at_home[b]; });
    const double* share = table.at(Sex::female, ages.first);
    auto left = integerise({share, table.categories}, static_cast<std::int64_t>(women.size()));
    for (const Row woman : women) {
      const std::uint32_t u = luck.draw(rng::Purpose::population_member, 2, woman, population.start);
      population.persons[woman].children_born = narrow<std::uint8_t>(take_births(left, at_home[woman], u));
    }
  }
}

}  // namespace oikos::population
