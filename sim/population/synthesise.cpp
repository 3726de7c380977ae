#include "sim/population/synthesise.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"
#include "sim/population/draft.hpp"

namespace oikos::population {

void Draft::shuffle(std::vector<Row>& rows, rng::Purpose purpose, int lane) const {
  std::vector<std::pair<std::uint32_t, Row>> key;
  key.reserve(rows.size());
  for (const Row row : rows) key.emplace_back(draw(purpose, lane, row), row);
  std::sort(key.begin(), key.end());
  std::transform(key.begin(), key.end(), rows.begin(), [](const auto& one) { return one.second; });
}

std::vector<Row> shuffled_rows(const SyntheticPopulation& population, Sex sex, AgeRow ages, const Luck& luck,
                               rng::Purpose purpose, int lane) {
  std::vector<std::pair<std::uint32_t, Row>> key;
  for (Row row = 0; row < population.persons.size(); ++row) {
    const SyntheticPerson& person = population.persons[row];
    const int age = population.age(person);
    if (person.sex == sex && age >= ages.first && age <= ages.last)
      key.emplace_back(luck.draw(purpose, lane, row, population.start), row);
  }
  std::sort(key.begin(), key.end());
  std::vector<Row> rows(key.size());
  std::transform(key.begin(), key.end(), rows.begin(), [](const auto& one) { return one.second; });
  return rows;
}

SyntheticPopulation synthesise(const PopulationInput& input, Month start, const Luck& luck) {
  expect(input.scale > 0 && input.scale <= 1, "the scale is above 0 and at most 1");
  Draft draft{input, start, luck, {}, {}, {}, {}};
  make_persons(draft);
  const HouseholdPlan plan = plan_households(input);
  assign_roles(draft, plan);
  assemble_households(draft, plan);
  SyntheticPopulation population = settle(draft);
  assign_education(input, luck, population);
  assign_labour(input, luck, population);
  assign_wages(input, luck, population);
  assign_pensions(input, luck, population);
  assign_births(input, luck, population);
  return population;
}

}  // namespace oikos::population
