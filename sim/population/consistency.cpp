#include "sim/population/consistency.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/population/draft.hpp"

namespace oikos::population {

namespace {

/// Whether a category has a positive share of one sex at some age.
bool occurs(const BandTable& table, std::size_t sex, std::size_t category) {
  for (std::size_t row = 0; row < table.from.size(); ++row)
    if (table.value[(sex * table.from.size() + row) * table.categories + category] > 0) return true;
  return false;
}

bool occurs(const BandTable& table, std::size_t category) {
  return occurs(table, 0, category) || occurs(table, 1, category);
}

/// Forms and sizes that are wanted but whose every pair is left out.
void check_forms(const PopulationInput& input, Diagnostics& found) {
  const std::size_t largest = input.household_size.size();
  const auto seed = [&](std::size_t form, std::size_t size) { return input.form_size[form * largest + size - 1]; };
  for (std::size_t form = 1; form < household_form_names.size(); ++form) {
    bool possible = input.household_form[form] <= 0;
    for (std::size_t size = 2; size <= largest; ++size)
      possible = possible || (seed(form, size) > 0 && input.household_size[size - 1] > 0);
    if (!possible)
      found.add({input.places.form[form],
                 fmt::format("no household can have the form '{}'", household_form_names[form]),
                 "a positive value for the form in household_form_size, at a size that occurs",
                 fmt::format("a share of {:.4g} and no such value", input.household_form[form]), ""});
  }
  for (std::size_t size = 2; size <= largest; ++size) {
    bool possible = input.household_size[size - 1] <= 0;
    for (std::size_t form = 1; form < household_form_names.size(); ++form) possible = possible || seed(form, size) > 0;
    if (!possible)
      found.add({input.places.of("household_form_size"), fmt::format("households of {} have no form", size),
                 fmt::format("a positive value at size {} for some form", size),
                 fmt::format("a share of {:.4g} of households in household_size and no such value",
                             input.household_size[size - 1]),
                 ""});
  }
}

/// Roles that the forms need and nobody may take.
void check_roles(const PopulationInput& input, Diagnostics& found) {
  const auto wants = [&](HouseholdForm form) { return input.household_form[static_cast<std::size_t>(form)] > 0; };
  const std::array<bool, role_names.size()> wanted{
      false,  // children below 18 are enough
      wants(HouseholdForm::couple) || wants(HouseholdForm::couple_and_children),
      wants(HouseholdForm::parent_and_children), input.household_size[0] > 0, wants(HouseholdForm::other)};
  for (std::size_t role = 0; role < role_names.size(); ++role)
    for (std::size_t sex = 0; sex < sexes; ++sex) {
      const bool of_each_sex = role == static_cast<std::size_t>(Role::partner);
      if (!of_each_sex && sex > 0) continue;
      const bool there = of_each_sex ? occurs(input.living, sex, role) : occurs(input.living, role);
      if (wanted[role] && !there)
        found.add({input.places.role[role],
                   fmt::format("nobody can be '{}'{}", role_names[role],
                               of_each_sex ? fmt::format(" among {} adults", sex_names[sex]) : ""),
                   "a positive share at some age, because household tables ask for such persons", "only zeros", ""});
    }
}

void check_states(const PopulationInput& input, Diagnostics& found) {
  for (std::size_t sex = 0; sex < sexes; ++sex)
    for (std::size_t level = 0; level < education_names.size(); ++level)
      if (input.education_total[sex][level] > 0 && !occurs(input.education, sex, level))
        found.add({input.places.of("education"),
                   fmt::format("no age has education '{}' among {} persons", education_names[level], sex_names[sex]),
                   fmt::format("a positive share at some age, because education_totals has {:.4g}",
                               input.education_total[sex][level]),
                   "only zeros", ""});
  const PopulationParameters& p = input.parameters;
  const bool force = p.participation_men_15_64 + p.participation_women_15_64 > 0;
  const std::array wanted{std::pair{Labour::employed, force && p.unemployment_rate < 1},
                          std::pair{Labour::registered_unemployed, force && p.unemployment_rate > 0}};
  for (const auto& [state, is_wanted] : wanted)
    if (is_wanted && !occurs(input.labour, static_cast<std::size_t>(state)))
      found.add({input.places.of("labour"),
                 fmt::format("nobody can be '{}'", labour_names[static_cast<std::size_t>(state)]),
                 "a positive share at some age, because parameters ask for such persons", "only zeros", ""});
}

void check_wages(const PopulationInput& input, Diagnostics& found) {
  const PopulationParameters& p = input.parameters;
  const double median = p.average_wage / p.wage_mean_to_median;
  if (p.minimum_wage < median) return;
  found.add({input.places.minimum_wage, "the minimum wage at the start is not below the median wage",
             fmt::format("less than {:.2f}, average_wage / wage_mean_to_median", median),
             fmt::format("{:.2f}", p.minimum_wage), ""});
}

}  // namespace

void check_household_numbers(const PopulationInput& input, Diagnostics& found) {
  const std::int64_t persons = persons_wanted(input), households = households_wanted(input);
  std::size_t largest = input.household_size.size();
  while (largest > 1 && input.household_size[largest - 1] <= 0) --largest;
  if (households < 1)
    found.add({input.places.households, "no household is left at this scale",
               fmt::format("a scale of at least {:.2g} %", 100 / std::max(input.parameters.households, 1.0)),
               fmt::format("{:.4g} %", 100 * input.scale), ""});
  else if (households > persons)
    found.add({input.places.households, "more households than persons",
               fmt::format("at most {:.0f}, as many as persons", input.parameters.persons),
               fmt::format("{:.0f}", input.parameters.households), ""});
  else if (persons > households * static_cast<std::int64_t>(largest))
    found.add({input.places.households, "households cannot hold the persons",
               fmt::format("at most {} persons a household, the largest size in household_size", largest),
               fmt::format("{:.1f}", static_cast<double>(persons) / static_cast<double>(households)), ""});
}

void check_consistency(const PopulationInput& input, Diagnostics& found) {
  check_household_numbers(input, found);
  check_forms(input, found);
  check_roles(input, found);
  check_states(input, found);
  check_wages(input, found);
  for (std::size_t d = 0; d < input.districts.size(); ++d)
    if (input.district[d] <= 0)
      found.warn({input.places.of("districts"), fmt::format("district '{}' has no households", input.districts[d]),
                  "a positive share", "0", "leave the district out, unless providers need it"});
}

}  // namespace oikos::population
