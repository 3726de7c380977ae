#include <algorithm>
#include <cmath>
#include <set>

#include "sim/base/narrow.hpp"
#include "sim/population/draft.hpp"
#include "sim/population/ipf.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::population {

std::vector<AgeRow> age_rows(const AgeBands& bands, const BandTable& table, int first) {
  std::set<int> starts{first};
  for (const int from : bands.from) starts.insert(from);
  for (const int from : table.from) starts.insert(from);
  starts.erase(starts.begin(), starts.find(first));
  std::vector<AgeRow> rows;
  for (const int from : starts) {
    if (!rows.empty()) rows.back().last = from - 1;
    rows.push_back({from, max_age});
  }
  return rows;
}

std::int64_t persons_wanted(const PopulationInput& input) {
  return round_half_away(input.parameters.persons * input.scale);
}

std::int64_t households_wanted(const PopulationInput& input) {
  return round_half_away(input.parameters.households * input.scale);
}

std::vector<std::int64_t> age_sex_counts(const PopulationInput& input) {
  std::vector<double> weights;
  for (const auto& one : input.age_sex) weights.insert(weights.end(), one.begin(), one.end());
  return integerise(weights, persons_wanted(input));
}

namespace {

/// Persons in each single year of the band: a straight line through the band whose slope is that of the neighbouring
/// bands' densities, flattened so that no year is negative. The years sum to the band.
std::vector<double> years_of_band(const AgeBands& bands, const std::vector<double>& weight, std::size_t band) {
  const auto width = [&](std::size_t b) { return bands.last_age(b) - bands.first_age(b) + 1; };
  const auto density = [&](std::size_t b) { return weight[b] / width(b); };
  const auto middle = [&](std::size_t b) { return 0.5 * (bands.first_age(b) + bands.last_age(b)); };
  const std::size_t below = band > 0 ? band - 1 : band;
  const std::size_t above = band + 1 < bands.size() ? band + 1 : band;
  const double slope = above == below ? 0 : (density(above) - density(below)) / (middle(above) - middle(below));
  const double reach = 0.5 * (width(band) - 1);
  const double steepest = reach > 0 ? density(band) / reach : 0;
  const double used = std::clamp(slope, -steepest, steepest);
  std::vector<double> years;
  for (int age = bands.first_age(band); age <= bands.last_age(band); ++age)
    years.push_back(density(band) + used * (age - middle(band)));
  for (double& year : years) year = std::max(year, 0.0);
  return years;
}

}  // namespace

void make_persons(Draft& draft) {
  const PopulationInput& input = draft.input;
  const auto counts = age_sex_counts(input);
  draft.persons.reserve(static_cast<std::size_t>(persons_wanted(input)));
  for (std::size_t sex = 0; sex < sexes; ++sex) {
    for (std::size_t band = 0; band < input.bands.size(); ++band) {
      const std::int64_t count = counts[sex * input.bands.size() + band];
      if (count == 0) continue;
      const auto years = integerise(years_of_band(input.bands, input.age_sex[sex], band), count);
      for (std::size_t year = 0; year < years.size(); ++year) {
        const int age = input.bands.first_age(band) + static_cast<int>(year);
        for (std::int64_t i = 0; i < years[year]; ++i) {
          const std::uint32_t u = draft.draw(rng::Purpose::population_member, 0, narrow<Row>(draft.persons.size()));
          // Births of the starting month belong to the simulation: the youngest here are one month old.
          const int months = age == 0 ? 1 + static_cast<int>(rng::below(u, 11)) : static_cast<int>(rng::below(u, 12));
          SyntheticPerson person;
          person.sex = static_cast<Sex>(sex);
          person.birth_month = draft.start - (12 * age + months);
          draft.persons.push_back(person);
        }
      }
    }
  }
  draft.role.assign(draft.persons.size(), Role::child);
}

}  // namespace oikos::population
