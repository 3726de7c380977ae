#include <algorithm>
#include <array>
#include <cmath>

#include "sim/base/contract.hpp"
#include "sim/base/narrow.hpp"
#include "sim/population/draft.hpp"
#include "sim/population/floored_lognormal.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::population {

namespace {

constexpr int growth_ends = 45;  // years: wages rise with age until then

/// Standing in the order of wages or pensions: effects of sex, education and age plus a standard normal draw.
double score(const PopulationInput& input, const SyntheticPerson& person, int age, std::uint32_t u) {
  const PopulationParameters& p = input.parameters;
  const std::array effect{0.0, p.wage_effect_basic_vocational, p.wage_effect_secondary, p.wage_effect_tertiary};
  return effect[static_cast<std::size_t>(person.education)] + (person.sex == Sex::female ? p.wage_effect_women : 0) +
         p.wage_effect_decade * 0.1 * std::min(age, growth_ends) + rng::normal(u);
}

bool has_potential(const PopulationInput& input, const SyntheticPerson& person, int age) {
  return person.labour != Labour::retired && age >= static_cast<int>(input.parameters.school_leaving_age);
}

}  // namespace

void assign_wages(const PopulationInput& input, const Luck& luck, SyntheticPopulation& population) {
  const PopulationParameters& p = input.parameters;
  const double floor = p.minimum_wage / p.average_wage;
  const double median = 1 / p.wage_mean_to_median;
  expect(floor < median, "check_consistency() has refused a minimum wage above the median");
  const FlooredLognormal wages = with_mean_and_median(1, median, floor);

  std::vector<double> scores(population.persons.size(), 0.0);
  std::vector<double> at_work;  // ascending
  for (Row row = 0; row < population.persons.size(); ++row) {
    const SyntheticPerson& person = population.persons[row];
    if (!has_potential(input, person, population.age(person))) continue;
    const std::uint32_t u = luck.draw(rng::Purpose::population_wage, 0, row, population.start);
    scores[row] = score(input, person, population.age(person), u);
    if (person.labour == Labour::employed) at_work.push_back(scores[row]);
  }
  std::sort(at_work.begin(), at_work.end());
  const auto n = static_cast<double>(at_work.size());
  for (Row row = 0; row < population.persons.size(); ++row) {
    SyntheticPerson& person = population.persons[row];
    if (!has_potential(input, person, population.age(person))) continue;
    const auto below = std::lower_bound(at_work.begin(), at_work.end(), scores[row]) - at_work.begin();
    // Those at work fill the midpoints of n equal parts, so that their mean is the distribution's.
    const double rank = person.labour == Labour::employed ? (static_cast<double>(below) + 0.5) / n
                                                          : (static_cast<double>(below) + 0.5) / (n + 1);
    const double ratio = std::round(1e6 * wages.quantile(rank));
    if (!(ratio < 0x1p32))
      contradiction(input.places.of("parameters"), "wages are more unequal than can be held",
                    "a smaller wage_mean_to_median", std::to_string(p.wage_mean_to_median));
    person.wage_potential = narrow<std::uint32_t>(ratio);
  }
}

void assign_pensions(const PopulationInput& input, const Luck& luck, SyntheticPopulation& population) {
  const PopulationParameters& p = input.parameters;
  for (const Sex sex : {Sex::male, Sex::female}) {
    std::vector<std::pair<double, Row>> order;
    for (Row row = 0; row < population.persons.size(); ++row) {
      const SyntheticPerson& person = population.persons[row];
      if (person.labour != Labour::retired || person.sex != sex) continue;
      const std::uint32_t u = luck.draw(rng::Purpose::population_pension, 0, row, population.start);
      order.emplace_back(score(input, person, growth_ends, u), row);
    }
    std::sort(order.begin(), order.end());
    const double mean = sex == Sex::female ? p.pension_mean_women : p.pension_mean_men;
    const FlooredLognormal pensions =
        with_mean_and_sigma(std::max(mean, p.pension_minimum), p.pension_sigma, p.pension_minimum);
    const auto n = static_cast<double>(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      const double amount = std::max(p.pension_minimum, pensions.quantile((static_cast<double>(i) + 0.5) / n));
      population.persons[order[i].second].pension = Money{round_half_away(100 * amount)};
    }
  }
}

}  // namespace oikos::population
