#include <algorithm>
#include <array>
#include <cmath>

#include "sim/population/families.hpp"
#include "sim/population/ipf.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::population {

namespace {

constexpr std::size_t age_bands = 16;  // of mothers: 15-19, 20-24, ..., 90 or over
constexpr int sweeps = 400;

std::size_t band_of(int months) {
  return static_cast<std::size_t>(std::clamp(months / 60 - 3, 0, static_cast<int>(age_bands) - 1));
}

/// Families of one kind (couples, lone parents) by age band of the mother and number of children.
struct KindTable {
  std::size_t columns = 0;
  std::vector<std::vector<Row>> heads = std::vector<std::vector<Row>>(age_bands);
  std::vector<std::int64_t> of_number;  ///< families with k children
  std::vector<double> cells;            ///< [band * columns + k]

  double families(std::size_t band) const { return static_cast<double>(heads[band].size()); }

  /// Children of the band's families when their numbers are tilted by t^k.
  double children(std::size_t band, double t) const {
    double weight = 0;
    double sum = 0;
    double power = 1;
    for (std::size_t k = 0; k < columns; ++k, power *= t) {
      weight += cells[band * columns + k] * power;
      sum += cells[band * columns + k] * power * static_cast<double>(k);
    }
    return weight > 0 ? families(band) * sum / weight : 0;
  }

  void tilt(std::size_t band, double t) {
    double weight = 0;
    double power = 1;
    for (std::size_t k = 0; k < columns; ++k, power *= t) weight += cells[band * columns + k] *= power;
    if (weight > 0)
      for (std::size_t k = 0; k < columns; ++k) cells[band * columns + k] *= families(band) / weight;
  }

  void fit_numbers() {
    for (std::size_t k = 0; k < columns; ++k) {
      double sum = 0;
      for (std::size_t band = 0; band < age_bands; ++band) sum += cells[band * columns + k];
      if (sum <= 0) continue;
      for (std::size_t band = 0; band < age_bands; ++band)
        cells[band * columns + k] *= static_cast<double>(of_number[k]) / sum;
    }
  }
};

/// Minimum information (Csiszar 1975): projects in turn on the children wished in each band of mothers' ages and on
/// the planned families of each number.
void project(std::array<KindTable, 2>& kinds, const std::vector<double>& wished) {
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    for (std::size_t band = 0; band < age_bands; ++band) {
      double low = 1e-3;
      double high = 1e3;
      for (int i = 0; i < 50; ++i) {
        const double t = std::sqrt(low * high);
        (kinds[0].children(band, t) + kinds[1].children(band, t) < wished[band] ? low : high) = t;
      }
      for (KindTable& kind : kinds) kind.tilt(band, std::sqrt(low * high));
    }
    for (KindTable& kind : kinds) kind.fit_numbers();
    for (KindTable& kind : kinds)
      for (double& cell : kind.cells) cell = cell > 0 ? std::max(cell, 1e-12) : cell;  // no cell dies by underflow
  }
}

std::array<KindTable, 2> start_tables(const HouseholdPlan& plan, const std::vector<Family>& families) {
  std::array<KindTable, 2> kinds;  // couples, lone parents
  kinds[0].columns = plan.largest - 1;
  kinds[1].columns = plan.largest;
  for (const Family& family : families)
    kinds[family.couple() ? 0 : 1].heads[band_of(family.mother_months)].push_back(family.head());
  kinds[0].of_number.assign(kinds[0].columns, 0);
  kinds[1].of_number.assign(kinds[1].columns, 0);
  for (std::size_t k = 0; k < kinds[0].columns; ++k)
    kinds[0].of_number[k] = plan.at(k == 0 ? HouseholdForm::couple : HouseholdForm::couple_and_children, k + 2) +
                            (k + 3 <= plan.largest ? plan.at(HouseholdForm::other, k + 3) : 0);
  for (std::size_t k = 1; k < kinds[1].columns; ++k)
    kinds[1].of_number[k] = plan.at(HouseholdForm::parent_and_children, k + 1);
  for (KindTable& kind : kinds) {
    for (std::size_t band = 0; band < age_bands; ++band) {
      double seed = 1;  // 1 / k!: without wishes the numbers are Poisson at each age
      for (std::size_t k = 0; k < kind.columns; ++k) {
        if (k > 0) seed /= static_cast<double>(k);
        kind.cells.push_back(kind.of_number[k] > 0 ? seed * kind.families(band) : 0.0);
      }
    }
  }
  return kinds;
}

}  // namespace

std::vector<ChildWish> wished_mothers(const Draft& draft) {
  const BirthRates& births = draft.input.births;
  std::vector<ChildWish> wishes;
  for (Row person = 0; person < draft.persons.size(); ++person) {
    if (draft.role[person] != Role::child) continue;
    const int year = draft.persons[person].birth_month.year();
    const auto above = std::upper_bound(births.period.begin(), births.period.end(), year);
    const auto period = static_cast<std::size_t>(std::max<std::ptrdiff_t>(above - births.period.begin() - 1, 0));
    const double* rate = births.value.data() + period * births.from.size();
    double total = 0;
    for (std::size_t band = 0; band < births.from.size(); ++band) total += rate[band];
    const auto draws = draft.luck.block(rng::Purpose::population_assembly, person, draft.start);
    double left = rng::uniform(draws[1]) * total;
    std::size_t band = 0;
    while (band + 1 < births.from.size() && left >= rate[band]) left -= rate[band++];
    const int first = std::max(births.from[band] * 12, youngest_mother + 6);
    const int last = std::min(births.from[band] * 12 + 59, oldest_mother);
    const int at_birth = first + static_cast<int>(rng::below(draws[2], static_cast<std::uint32_t>(last - first + 1)));
    wishes.push_back({person, draft.age_months(person) + at_birth});
  }
  return wishes;
}

void plan_children(const Draft& draft, const HouseholdPlan& plan, const std::vector<ChildWish>& wishes,
                   std::vector<Family>& families) {
  std::array<KindTable, 2> kinds = start_tables(plan, families);
  std::vector<double> wished(age_bands, 0.0);
  for (const ChildWish& wish : wishes) ++wished[band_of(wish.mother_months)];
  project(kinds, wished);

  std::vector<int> children(draft.persons.size(), 0);  // by head
  for (KindTable& kind : kinds) {
    std::vector<std::int64_t> rows;
    for (const auto& heads : kind.heads) rows.push_back(static_cast<std::int64_t>(heads.size()));
    const auto whole = integerise_table(kind.cells, rows, kind.of_number);
    if (whole.empty())
      contradiction(draft.input.places.of("household_forms"), "the parents do not fill the planned families",
                    "as many parents as families", "");
    for (std::size_t band = 0; band < age_bands; ++band) {
      draft.shuffle(kind.heads[band], rng::Purpose::population_household, 1);
      auto head = kind.heads[band].begin();
      for (std::size_t k = 0; k < kind.columns; ++k)
        for (std::int64_t i = 0; i < whole[band * kind.columns + k]; ++i) children[*head++] = static_cast<int>(k);
    }
  }
  for (Family& family : families) family.children = children[family.head()];
}

}  // namespace oikos::population
