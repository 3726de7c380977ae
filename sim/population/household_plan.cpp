#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "sim/base/detmath.hpp"
#include "sim/population/consistency.hpp"
#include "sim/population/draft.hpp"
#include "sim/population/ipf.hpp"

namespace oikos::population {

void contradiction(const Position& at, std::string what, std::string expected, std::string got) {
  throw InputError({at, std::move(what), std::move(expected), std::move(got),
                    "compare household_size, household_forms, living_arrangements and parameters"});
}

namespace {

/// q_k t^k, scaled to sum to 1.
std::vector<double> tilted(const std::vector<double>& share, double t) {
  std::vector<double> out = share;
  double power = 1;
  double sum = 0;
  for (double& one : out) sum += one *= power, power *= t;
  for (double& one : out) one /= sum;
  return out;
}

double mean_size(const std::vector<double>& share) {
  double mean = 0;
  for (std::size_t k = 0; k < share.size(); ++k) mean += share[k] * static_cast<double>(k + 1);
  return mean;
}

/// Moves households to the next size up (or down) until they hold `persons`, each time where it hurts least.
void hold_exactly(std::vector<std::int64_t>& count, const std::vector<double>& wanted, std::int64_t persons) {
  const auto held = [&] {
    std::int64_t sum = 0;
    for (std::size_t k = 0; k < count.size(); ++k) sum += count[k] * static_cast<std::int64_t>(k + 1);
    return sum;
  };
  for (std::int64_t missing = persons - held(); missing != 0; missing = persons - held()) {
    std::size_t best = count.size();
    double best_gain = 0;
    for (std::size_t k = 0; k + 1 < count.size(); ++k) {
      const std::size_t give = missing > 0 ? k : k + 1;
      const std::size_t take = missing > 0 ? k + 1 : k;
      if (count[give] == 0 || wanted[take] <= 0) continue;
      const double gain = (static_cast<double>(count[give]) - wanted[give]) / std::max(wanted[give], 1.0) -
                          (static_cast<double>(count[take]) - wanted[take]) / std::max(wanted[take], 1.0);
      if (best == count.size() || gain > best_gain) best = k, best_gain = gain;
    }
    if (best == count.size()) return;
    count[missing > 0 ? best : best + 1] -= 1;
    count[missing > 0 ? best + 1 : best] += 1;
  }
}

/// The t between 1e-6 and 1e6 at which a growing function reaches a value.
template <class F>
double reached(F growing, double value) {
  double low = 1e-6;
  double high = 1e6;
  for (int i = 0; i < 200; ++i) {
    const double t = std::sqrt(low * high);
    (growing(t) < value ? low : high) = t;
  }
  return std::sqrt(low * high);
}

/// sum_k q_k t^k
double weight_of(const std::vector<double>& share, double t) {
  double power = 1;
  double sum = 0;
  for (const double one : share) sum += one * (power *= t);
  return sum;
}

}  // namespace

SizeCompromise size_compromise(const PopulationInput& input) {
  const auto persons = static_cast<double>(persons_wanted(input));
  const auto households = static_cast<double>(households_wanted(input));
  const std::vector<double>& share = input.household_size;
  const double strength = input.trust_sizes.weight / input.trust_households.weight;
  const double t = reached(
      [&](double at) {
        return households * detmath::pow(weight_of(share, at), strength) * mean_size(tilted(share, at));
      },
      persons);
  SizeCompromise out{mean_size(share), {}, round_half_away(households * detmath::pow(weight_of(share, t), strength))};
  out.households = std::max<std::int64_t>(out.households, 1);
  const double mean = persons / static_cast<double>(out.households);
  out.share = tilted(share, reached([&](double at) { return mean_size(tilted(share, at)); }, mean));
  return out;
}

std::vector<std::int64_t> household_size_counts(const PopulationInput& input) {
  Diagnostics found;
  check_household_numbers(input, found);
  found.throw_if_any();
  SizeCompromise compromise = size_compromise(input);
  std::vector<std::int64_t> count = integerise(compromise.share, compromise.households);
  for (double& one : compromise.share) one *= static_cast<double>(compromise.households);
  hold_exactly(count, compromise.share, persons_wanted(input));
  return count;
}

std::int64_t HouseholdPlan::of_size(std::size_t size) const {
  std::int64_t sum = 0;
  for (std::size_t form = 0; form < household_form_names.size(); ++form) sum += count[form * largest + size - 1];
  return sum;
}

std::int64_t HouseholdPlan::couples() const {
  std::int64_t sum = at(HouseholdForm::couple, 2);
  for (std::size_t size = 3; size <= largest; ++size)
    sum += at(HouseholdForm::couple_and_children, size) + at(HouseholdForm::other, size);
  return sum;
}

std::int64_t HouseholdPlan::children() const {
  std::int64_t sum = 0;
  for (std::size_t size = 2; size <= largest; ++size) {
    const auto s = static_cast<std::int64_t>(size);
    sum += at(HouseholdForm::parent_and_children, size) * (s - 1);
    if (size >= 3)
      sum += at(HouseholdForm::couple_and_children, size) * (s - 2) + at(HouseholdForm::other, size) * (s - 3);
  }
  return sum;
}

std::int64_t HouseholdPlan::lone_parents() const {
  std::int64_t sum = 0;
  for (std::size_t size = 2; size <= largest; ++size) sum += at(HouseholdForm::parent_and_children, size);
  return sum;
}

std::int64_t HouseholdPlan::others() const {
  std::int64_t sum = 2 * at(HouseholdForm::other, 2);
  for (std::size_t size = 3; size <= largest; ++size) sum += at(HouseholdForm::other, size);
  return sum;
}

HouseholdPlan plan_households(const PopulationInput& input) {
  const std::size_t largest = input.household_size.size();
  const std::size_t forms = household_form_names.size();
  const auto by_size = household_size_counts(input);
  HouseholdPlan plan{largest, std::vector<std::int64_t>(forms * largest, 0)};
  plan.at(HouseholdForm::one_person, 1) = by_size[0];

  // Sizes 2.. by the four larger forms, sizes as rows.
  const std::size_t rows = largest - 1;
  const std::size_t columns = forms - 1;
  const std::array shape{rows, columns};
  const std::array size_axis{std::size_t{0}};
  const std::array form_axis{std::size_t{1}};
  const std::vector<std::int64_t> row_totals(by_size.begin() + 1, by_size.end());
  const std::int64_t larger = std::accumulate(row_totals.begin(), row_totals.end(), std::int64_t{0});
  std::vector<double> cells(rows * columns);
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c) cells[r * columns + c] = input.form_size[(c + 1) * largest + r + 1];
  std::vector<double> form_target;
  for (std::size_t c = 0; c < columns; ++c)
    form_target.push_back(input.household_form[c + 1] * static_cast<double>(larger));
  const std::array margins{axis_margin("household_forms", shape, form_axis, form_target),
                           axis_margin("household_size", shape, size_axis, {row_totals.begin(), row_totals.end()})};
  rake(cells, margins);

  std::vector<double> achieved(columns, 0.0);
  for (std::size_t i = 0; i < cells.size(); ++i) achieved[i % columns] += cells[i];
  const auto whole = larger == 0 ? std::vector<std::int64_t>(cells.size(), 0)
                                 : integerise_table(cells, row_totals, integerise(achieved, larger));
  if (whole.empty())
    contradiction(input.places.of("household_form_size"), "a household size has no form",
                  "a positive share in household_form_size for each size", "only zeros");
  for (std::size_t i = 0; i < whole.size(); ++i) plan.count[(i % columns + 1) * largest + i / columns + 1] = whole[i];
  return plan;
}

}  // namespace oikos::population
