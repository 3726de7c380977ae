#include <algorithm>
#include <numeric>

#include "sim/base/narrow.hpp"
#include "sim/population/draft.hpp"
#include "sim/population/ipf.hpp"

namespace oikos::population {

namespace {

/// Positions 0 .. n-1 in the order of one lane of one purpose.
std::vector<Row> drawn_order(const Draft& draft, std::size_t n, rng::Purpose purpose) {
  std::vector<Row> order(n);
  std::iota(order.begin(), order.end(), Row{0});
  draft.shuffle(order, purpose, 0);
  return order;
}

/// District and tenure of each household: both exact, independent of each other and of the household.
void assign_places(const Draft& draft, std::vector<SyntheticHousehold>& households) {
  const PopulationInput& input = draft.input;
  const auto total = static_cast<std::int64_t>(households.size());
  const auto by_district = integerise(input.district, total);
  const auto by_tenure = integerise(input.tenure, total);
  std::vector<double> cells;
  for (const double district : input.district)
    for (const double tenure : input.tenure) cells.push_back(district * tenure * static_cast<double>(total));
  const auto whole = integerise_table(cells, by_district, by_tenure);

  const auto order = drawn_order(draft, households.size(), rng::Purpose::population_district);
  auto next = order.begin();
  for (std::size_t district = 0; district < by_district.size(); ++district) {
    std::vector<Row> here(next, next + by_district[district]);
    next += by_district[district];
    draft.shuffle(here, rng::Purpose::population_tenure, 0);
    auto household = here.begin();
    for (std::size_t tenure = 0; tenure < tenure_names.size(); ++tenure) {
      for (std::int64_t i = 0; i < whole[district * tenure_names.size() + tenure]; ++i, ++household) {
        households[*household].district = narrow<std::uint16_t>(district);
        households[*household].tenure = static_cast<Tenure>(tenure);
      }
    }
  }
}

}  // namespace

SyntheticPopulation settle(const Draft& draft) {
  std::vector<SyntheticHousehold> households = draft.households;
  assign_places(draft, households);
  auto order = drawn_order(draft, households.size(), rng::Purpose::population_district);
  std::stable_sort(order.begin(), order.end(),
                   [&](Row a, Row b) { return households[a].district < households[b].district; });

  SyntheticPopulation out{.start = draft.start, .place = draft.luck.place, .persons = {}, .households = {}};
  std::vector<Row> place(draft.persons.size(), no_row);
  for (const Row old : order) {
    SyntheticHousehold household = households[old];
    household.first = narrow<Row>(out.persons.size());
    for (Row i = 0; i < household.size; ++i) {
      const Row person = draft.members[households[old].first + i];
      place[person] = narrow<Row>(out.persons.size());
      out.persons.push_back(draft.persons[person]);
      out.persons.back().household = narrow<std::uint32_t>(out.households.size());
    }
    out.households.push_back(household);
  }
  for (SyntheticPerson& person : out.persons)
    for (Row* link : {&person.partner, &person.mother, &person.father})
      if (*link != no_row) *link = place[*link];
  return out;
}

}  // namespace oikos::population
