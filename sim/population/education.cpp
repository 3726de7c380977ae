#include <algorithm>
#include <array>
#include <numeric>

#include "sim/population/draft.hpp"
#include "sim/population/ipf.hpp"

namespace oikos::population {

namespace {

constexpr int counted_from = 13;  // the totals refer to persons of this age or over
constexpr int raked_from = 15;    // below it nobody has more than the lowest level
constexpr std::size_t levels = education_names.size();

/// Persons by level: the totals of the sex without those of 13 and 14, scaled to the persons raked.
std::vector<double> level_targets(const PopulationInput& input, std::size_t sex, double counted, double raked) {
  std::vector<double> target(input.education_total[sex].begin(), input.education_total[sex].end());
  for (double& one : target) one *= counted;
  target[0] = std::max(target[0] - (counted - raked), 0.0);
  const double sum = std::accumulate(target.begin(), target.end(), 0.0);
  for (double& one : target) one *= sum > 0 ? raked / sum : 0.0;
  return target;
}

}  // namespace

void assign_education(const PopulationInput& input, const Luck& luck, SyntheticPopulation& population) {
  const auto ages = age_rows(input.bands, input.education, raked_from);
  const std::array shape{ages.size(), levels};
  const std::array row_axis{std::size_t{0}};
  const std::array level_axis{std::size_t{1}};
  for (std::size_t sex = 0; sex < sexes; ++sex) {
    std::vector<std::vector<Row>> rows;
    std::vector<std::int64_t> counts;
    std::vector<double> cells;
    for (const AgeRow& age : ages) {
      rows.push_back(
          shuffled_rows(population, static_cast<Sex>(sex), age, luck, rng::Purpose::population_education, 0));
      counts.push_back(static_cast<std::int64_t>(rows.back().size()));
      const double* share = input.education.at(static_cast<Sex>(sex), age.first);
      for (std::size_t level = 0; level < levels; ++level)
        cells.push_back(share[level] * static_cast<double>(counts.back()));
    }
    const std::int64_t raked = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    const auto younger = shuffled_rows(population, static_cast<Sex>(sex), {counted_from, raked_from - 1}, luck,
                                       rng::Purpose::population_education, 0);
    if (raked == 0) continue;
    const auto target = level_targets(input, sex, static_cast<double>(raked) + static_cast<double>(younger.size()),
                                      static_cast<double>(raked));
    const std::array margins{axis_margin("education_totals", shape, level_axis, target),
                             axis_margin("age", shape, row_axis, {counts.begin(), counts.end()})};
    rake(cells, margins);
    std::vector<double> achieved(levels, 0.0);
    for (std::size_t i = 0; i < cells.size(); ++i) achieved[i % levels] += cells[i];
    const auto whole = integerise_table(cells, counts, integerise(achieved, raked));
    if (whole.empty())
      contradiction(input.places.of("education"), "the education of some ages is all zero", "positive shares", "");
    for (std::size_t row = 0; row < ages.size(); ++row) {
      auto person = rows[row].begin();
      for (std::size_t level = 0; level < levels; ++level)
        for (std::int64_t i = 0; i < whole[row * levels + level]; ++i)
          population.persons[*person++].education = static_cast<Education>(level);
    }
  }
}

}  // namespace oikos::population
