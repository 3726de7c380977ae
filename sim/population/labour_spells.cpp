#include "sim/population/labour_spells.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/narrow.hpp"
#include "sim/population/ipf.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::population {

namespace {

constexpr int early_retirement = 60;  // months: longest so far of those who retired before pension age

/// A duration class of each registered unemployed person, the classes whole and in drawn order.
void assign_durations(const PopulationInput& input, const Luck& luck, SyntheticPopulation& population) {
  std::vector<std::pair<std::uint32_t, Row>> drawn;
  for (Row row = 0; row < population.persons.size(); ++row)
    if (population.persons[row].labour == Labour::registered_unemployed)
      drawn.emplace_back(luck.draw(rng::Purpose::population_labour, 1, row, population.start), row);
  std::sort(drawn.begin(), drawn.end());
  const auto counts = integerise(input.duration, static_cast<std::int64_t>(drawn.size()));
  auto next = drawn.begin();
  for (std::size_t c = 0; c < counts.size(); ++c) {
    const int first = input.duration_from[c];
    const int end = c + 1 < counts.size() ? input.duration_from[c + 1]
                                          : std::max(first + 1, narrow<int>(input.parameters.unemployment_longest));
    for (std::int64_t i = 0; i < counts[c]; ++i, ++next) {
      const std::uint32_t u = luck.draw(rng::Purpose::population_labour, 2, next->second, population.start);
      const int months = first + narrow<int>(rng::below(u, narrow<std::uint32_t>(end - first)));
      population.persons[next->second].months_in_state = narrow<std::uint16_t>(months);
    }
  }
}

int spell(const PopulationInput& input, const SyntheticPerson& person, int age_months, std::uint32_t u) {
  const PopulationParameters& p = input.parameters;
  const int since_school = age_months - 12 * narrow<int>(p.school_leaving_age);
  switch (person.labour) {
    case Labour::child: return age_months;
    case Labour::student: return since_school;
    case Labour::employed: return std::min(narrow<int>(p.job_months_mean * rng::exponential(u)), since_school);
    case Labour::registered_unemployed: return std::min<int>(person.months_in_state, since_school);
    case Labour::inactive: return std::min(narrow<int>(p.inactive_months_mean * rng::exponential(u)), since_school);
    case Labour::retired: {
      const double pension_age = person.sex == Sex::female ? p.pension_age_women : p.pension_age_men;
      const int since = age_months - narrow<int>(std::round(12 * pension_age));
      return since >= 0 ? since : static_cast<int>(rng::below(u, early_retirement));
    }
  }
  return 0;
}

}  // namespace

void assign_spells(const PopulationInput& input, const Luck& luck, SyntheticPopulation& population) {
  assign_durations(input, luck, population);
  for (Row row = 0; row < population.persons.size(); ++row) {
    SyntheticPerson& person = population.persons[row];
    const std::uint32_t u = luck.draw(rng::Purpose::population_labour, 3, row, population.start);
    person.months_in_state =
        narrow<std::uint16_t>(std::max(0, spell(input, person, population.start - person.birth_month, u)));
  }
}

}  // namespace oikos::population
