#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "sim/base/narrow.hpp"
#include "sim/population/draft.hpp"
#include "sim/population/ipf.hpp"
#include "sim/population/labour_spells.hpp"

namespace oikos::population {

namespace {

constexpr std::size_t states = labour_names.size();
constexpr std::size_t levels = education_names.size();
constexpr std::size_t employed = static_cast<std::size_t>(Labour::employed);
constexpr std::size_t unemployed = static_cast<std::size_t>(Labour::registered_unemployed);

/// Persons of one sex and age row, by education, each in drawn order.
struct LabourRow {
  std::size_t sex = 0;
  AgeRow ages;
  std::array<std::vector<Row>, levels> persons;

  std::int64_t size() const {
    std::int64_t sum = 0;
    for (const auto& one : persons) sum += static_cast<std::int64_t>(one.size());
    return sum;
  }
};

std::vector<LabourRow> collect(const PopulationInput& input, const Luck& luck, const SyntheticPopulation& population) {
  const auto ages = age_rows(input.bands, input.labour, static_cast<int>(input.parameters.school_leaving_age));
  std::vector<LabourRow> rows;
  for (std::size_t sex = 0; sex < sexes; ++sex) {
    for (const AgeRow& age : ages) {
      LabourRow row{sex, age, {}};
      for (const Row person :
           shuffled_rows(population, static_cast<Sex>(sex), age, luck, rng::Purpose::population_labour, 0))
        row.persons[static_cast<std::size_t>(population.persons[person].education)].push_back(person);
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

/// The labour force of one sex up to an age, out of all persons from 15 to that age.
Margin participation(std::string name, const std::vector<LabourRow>& rows, const SyntheticPopulation& population,
                     Sex sex, int last_age, double rate) {
  double persons = 0;
  for (const SyntheticPerson& person : population.persons) {
    const int age = population.age(person);
    if (person.sex == sex && age >= 15 && age <= last_age) persons += 1;
  }
  Margin margin{std::move(name), {}, {rate * persons}};
  for (const LabourRow& row : rows)
    for (std::size_t state = 0; state < states; ++state)
      margin.group.push_back(row.sex == static_cast<std::size_t>(sex) && row.ages.first <= last_age &&
                                     (state == employed || state == unemployed)
                                 ? 0
                                 : Margin::none);
  return margin;
}

/// Rakes states by sex and age to the participation rates, then also to the unemployment rate.
std::vector<double> rake_states(const PopulationInput& input, const SyntheticPopulation& population,
                                const std::vector<LabourRow>& rows) {
  std::vector<double> cells;
  Margin persons{"age_sex", {}, {}};
  Margin unemployment{"unemployment_rate", {}, {0, 0}};
  for (const LabourRow& row : rows) {
    const double* share = input.labour.at(static_cast<Sex>(row.sex), row.ages.first);
    for (std::size_t state = 0; state < states; ++state) {
      cells.push_back(share[state] * static_cast<double>(row.size()));
      persons.group.push_back(narrow<std::uint32_t>(persons.target.size()));
      unemployment.group.push_back(state == employed ? 0 : state == unemployed ? 1 : Margin::none);
    }
    persons.target.push_back(static_cast<double>(row.size()));
  }
  const PopulationParameters& p = input.parameters;
  std::vector<Margin> margins{
      participation("participation_men_15_64", rows, population, Sex::male, 64, p.participation_men_15_64),
      participation("participation_men_15_24", rows, population, Sex::male, 24, p.participation_men_15_24),
      participation("participation_women_15_64", rows, population, Sex::female, 64, p.participation_women_15_64),
      participation("participation_women_15_24", rows, population, Sex::female, 24, p.participation_women_15_24),
      persons};
  rake(cells, margins, {1e-9, 1000});
  double force = 0;
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (unemployment.group[i] != Margin::none) force += cells[i];
  unemployment.target = {force * (1 - p.unemployment_rate), force * p.unemployment_rate};
  margins.insert(margins.end() - 1, unemployment);
  rake(cells, margins, {1e-9, 1000});
  return cells;
}

/// Whole states of each row with the exact unemployment rate.
std::vector<std::int64_t> whole_states(const PopulationInput& input, const std::vector<LabourRow>& rows,
                                       const std::vector<double>& cells) {
  std::vector<std::int64_t> row_totals;
  std::vector<double> achieved(states, 0.0);
  for (const LabourRow& row : rows) row_totals.push_back(row.size());
  for (std::size_t i = 0; i < cells.size(); ++i) achieved[i % states] += cells[i];
  auto totals = integerise(achieved, std::accumulate(row_totals.begin(), row_totals.end(), std::int64_t{0}));
  const std::int64_t force = totals[employed] + totals[unemployed];
  totals[unemployed] = round_half_away(input.parameters.unemployment_rate * static_cast<double>(force));
  totals[employed] = force - totals[unemployed];
  auto whole = integerise_table(cells, row_totals, totals);
  if (whole.empty())
    contradiction(input.places.of("labour"), "the labour states of some ages are all zero", "positive shares", "");
  return whole;
}

/// Shares the states of one row out among its education levels: raked from the odds, both margins whole.
void deal_states(const PopulationInput& input, const LabourRow& row, const std::int64_t* by_state,
                 SyntheticPopulation& population) {
  std::vector<std::int64_t> by_level;
  std::vector<double> cells;
  for (std::size_t level = 0; level < levels; ++level) {
    by_level.push_back(static_cast<std::int64_t>(row.persons[level].size()));
    for (std::size_t state = 0; state < states; ++state)
      cells.push_back(input.labour_education[state][level] * static_cast<double>(by_level[level] * by_state[state]));
  }
  const std::vector<std::int64_t> state_totals(by_state, by_state + states);
  const std::array shape{levels, states};
  const std::array level_axis{std::size_t{0}};
  const std::array state_axis{std::size_t{1}};
  const std::array margins{axis_margin("labour", shape, state_axis, {state_totals.begin(), state_totals.end()}),
                           axis_margin("education", shape, level_axis, {by_level.begin(), by_level.end()})};
  rake(cells, margins);
  const auto whole = integerise_table(cells, by_level, state_totals);
  for (std::size_t level = 0; level < levels; ++level) {
    auto person = row.persons[level].begin();
    for (std::size_t state = 0; state < states; ++state)
      for (std::int64_t i = 0; i < whole[level * states + state]; ++i)
        population.persons[*person++].labour = static_cast<Labour>(state);
  }
}

}  // namespace

void assign_labour(const PopulationInput& input, const Luck& luck, SyntheticPopulation& population) {
  const auto rows = collect(input, luck, population);
  const auto whole = whole_states(input, rows, rake_states(input, population, rows));
  for (std::size_t r = 0; r < rows.size(); ++r)
    if (rows[r].size() > 0) deal_states(input, rows[r], whole.data() + r * states, population);
  assign_spells(input, luck, population);
}

}  // namespace oikos::population
