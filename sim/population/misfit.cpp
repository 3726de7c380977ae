#include "sim/population/misfit.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "sim/population/draft.hpp"

namespace oikos::population {

namespace {

constexpr std::size_t most_named = 3;

double mean_wanted(const PopulationInput& input) { return input.parameters.persons / input.parameters.households; }

/// How far a row is out, in its tolerances.
double excess(const FitRow& row) { return row.tolerance > 0 ? std::abs(row.error()) / row.tolerance : HUGE_VAL; }

bool is_household_row(const FitRow& row) { return row.margin == "households" || row.margin == "household_size"; }

Diagnostic about_sizes(const PopulationInput& input) {
  const SizeCompromise made = size_compromise(input);
  return {input.places.households, "household_size and the numbers of persons and households contradict each other",
          fmt::format("a mean size of {:.2f}, as household_size has", made.table_mean),
          fmt::format("{:.0f} persons in {:.0f} households: {:.2f}", input.parameters.persons,
                      input.parameters.households, mean_wanted(input)),
          household_compromise(input)};
}

Diagnostic about_form(const PopulationInput& input, std::size_t form, const FitRow& row) {
  return {input.places.form[form],
          fmt::format("household_forms contradicts the sizes: '{}' cannot have its share", household_form_names[form]),
          fmt::format("{:.1f} % of households of two or more", 100 * row.target),
          fmt::format("{:.1f} %", 100 * row.achieved), "compare household_size and household_form_size"};
}

}  // namespace

std::string household_compromise(const PopulationInput& input) {
  const SizeCompromise made = size_compromise(input);
  if (std::abs(mean_wanted(input) / made.table_mean - 1) <= 0.001) return "";
  std::size_t worst = 0;
  for (std::size_t k = 0; k < made.share.size(); ++k)
    if (std::abs(made.share[k] - input.household_size[k]) > std::abs(made.share[worst] - input.household_size[worst]))
      worst = k;
  const auto wanted = static_cast<double>(households_wanted(input));
  return fmt::format("built: {} households for {:.0f} ({:+.1f} %), {:.1f} % of them of {} for {:.1f} %",
                     made.households, wanted, 100 * (static_cast<double>(made.households) / wanted - 1),
                     100 * made.share[worst], worst + 1, 100 * input.household_size[worst]);
}

std::vector<Diagnostic> misfit(const PopulationInput& input, const std::vector<FitRow>& report) {
  std::vector<Diagnostic> found;
  std::vector<const FitRow*> others;
  bool sizes = false;
  for (const FitRow& row : report) {
    if (row.within_tolerance()) continue;
    const auto form = std::find(household_form_names.begin(), household_form_names.end(), row.group);
    if (is_household_row(row)) sizes = true;
    else if (row.margin == "household_forms" && form != household_form_names.end())
      found.push_back(about_form(input, static_cast<std::size_t>(form - household_form_names.begin()), row));
    else others.push_back(&row);
  }
  if (sizes) found.insert(found.begin(), about_sizes(input));
  if (!others.empty()) {
    std::stable_sort(others.begin(), others.end(),
                     [](const FitRow* a, const FitRow* b) { return excess(*a) > excess(*b); });
    std::vector<std::string> named;
    for (std::size_t i = 0; i < std::min(others.size(), most_named); ++i)
      named.push_back(fmt::format("{} {}: {:.4g} for {:.4g}", others[i]->margin, others[i]->group, others[i]->achieved,
                                  others[i]->target));
    found.push_back(
        {input.places.table[0],
         fmt::format("{} of {} margins of the population are out of tolerance", others.size(), report.size()),
         "a population within the tolerances of docs/methods/population.md", fmt::format("{}", fmt::join(named, "; ")),
         "`oikos population` lists them all"});
  }
  for (Diagnostic& one : found) one.severity = Severity::warning;
  return found;
}

}  // namespace oikos::population
