#include "sim/population/population_parameters.hpp"

#include <fmt/core.h>

#include <string_view>

namespace oikos::population {

namespace {

constexpr auto once = ParameterRead::at_start;
constexpr ParameterRange share{0, 1};

ParameterSpec effect(std::string name, std::string of) {
  return {std::move(name),
          ParameterUnit::number,
          {-5, 5},
          {-1.5, 2.5},
          "shift of the wage score " + std::move(of) + ", in standard deviations of its random part",
          once};
}

}  // namespace

std::vector<ParameterSpec> population_parameters() {
  using U = ParameterUnit;
  std::vector<ParameterSpec> all{
      {.name = "initial_persons",
       .unit = U::persons,
       .allowed = {1, 1e9},
       .plausible = {100, 1e8},
       .meaning = "persons in private households",
       .read = once,
       .step = 1},
      {.name = "initial_households",
       .unit = U::households,
       .allowed = {1, 1e9},
       .plausible = {40, 1e8},
       .meaning = "private households",
       .read = once,
       .step = 1},
      {.name = "earliest_work_age",
       .unit = U::months,
       .allowed = {12 * 14, 12 * 18},
       .plausible = {12 * 14, 12 * 18},
       .meaning = "age from which persons may be at work or registered, whole years",
       .read = once,
       .step = 12},
      {"lone_father_share", U::share, share, {0.02, 0.5}, "fathers among parents without a partner", once},
      {"unemployment_longest", U::months, {1, 600}, {12, 240}, "end of the open class of unemployment durations", once},
      {"job_months_mean", U::months, {1, 1200}, {24, 240}, "mean months in the present job", once},
      {"inactive_months_mean", U::months, {1, 1200}, {12, 240}, "mean months out of the labour force", once},
      {"wage_mean_to_median", U::number, {1, 5}, {1.05, 2}, "mean per median gross wage", once},
      effect("wage_effect_female", "of women"),
      effect("wage_effect_basic_vocational", "of basic vocational against low education"),
      effect("wage_effect_secondary", "of secondary against low education"),
      effect("wage_effect_tertiary", "of tertiary against low education"),
      effect("wage_effect_decade", "per ten years of age up to 45"),
      {"pension_sigma", U::number, {0, 3}, {0.1, 1}, "standard deviation of the logarithm of pensions", once}};
  all.push_back({.name = "registered_unemployment_rate",
                 .unit = U::share,
                 .allowed = share,
                 .plausible = {0.005, 0.35},
                 .meaning = "registered unemployed per labour force, where no path is kept",
                 .read = once,
                 .optional = true});
  for (const auto& sex : sex_names) {
    for (const std::string_view ages : {"15_24", "15_64"})
      all.push_back({fmt::format("participation_{}_{}", sex, ages),
                     U::share,
                     share,
                     {0.1, 0.95},
                     fmt::format("labour force per {} persons aged {} to {}", sex, ages.substr(0, 2), ages.substr(3)),
                     once});
    all.push_back({.name = fmt::format("pension_mean_{}", sex),
                   .unit = U::money_monthly,
                   .allowed = {0, 5e11},
                   .plausible = {0.1, 1.5},
                   .meaning = fmt::format("mean gross old-age pension of {} persons", sex),
                   .read = once,
                   .relative_to = "average_wage"});
  }
  return all;
}

namespace {

PopulationParameters read_parameters(const ParameterSet& parameters) {
  const auto of = [&](std::string_view name) { return parameters.at_start(name); };
  return {.persons = of("initial_persons"),
          .households = of("initial_households"),
          .school_leaving_age = of("earliest_work_age") / 12.0,
          .unemployment_rate = of("registered_unemployment_rate"),
          .participation_men_15_24 = of("participation_male_15_24"),
          .participation_men_15_64 = of("participation_male_15_64"),
          .participation_women_15_24 = of("participation_female_15_24"),
          .participation_women_15_64 = of("participation_female_15_64"),
          .partner_age_gap_mean = of("partner_age_gap"),
          .partner_age_gap_sd = of("partner_age_gap_sd"),
          .lone_father_share = of("lone_father_share"),
          .unemployment_longest = of("unemployment_longest"),
          .job_months_mean = of("job_months_mean"),
          .inactive_months_mean = of("inactive_months_mean"),
          .pension_age_men = of("pension_age_male") / 12.0,
          .pension_age_women = of("pension_age_female") / 12.0,
          .average_wage = of("average_wage") / 100.0,
          .minimum_wage = of("minimum_wage") / 100.0,
          .wage_mean_to_median = of("wage_mean_to_median"),
          .wage_effect_women = of("wage_effect_female"),
          .wage_effect_basic_vocational = of("wage_effect_basic_vocational"),
          .wage_effect_secondary = of("wage_effect_secondary"),
          .wage_effect_tertiary = of("wage_effect_tertiary"),
          .wage_effect_decade = of("wage_effect_decade"),
          .pension_mean_men = of("pension_mean_male") / 100.0,
          .pension_mean_women = of("pension_mean_female") / 100.0,
          .pension_minimum = of("minimum_pension") / 100.0,
          .pension_sigma = of("pension_sigma")};
}

}  // namespace

void set_parameters(PopulationInput& input, const ParameterSet& parameters) {
  input.parameters = read_parameters(parameters);
  const Month start = parameters.scope().start;
  if (const Parameter* minimum = parameters.find("minimum_wage")) input.places.minimum_wage = minimum->row_at(start).at;
  if (const Parameter* spread = parameters.find("wage_mean_to_median"))
    input.places.wage_mean_to_median = spread->row_at(start).at;
  if (const Parameter* persons = parameters.find("initial_persons")) {
    input.places.persons = persons->rows.front().at;
  }
  if (const Parameter* households = parameters.find("initial_households")) {
    const Parameter::Row& row = households->rows.front();
    input.places.households = row.at;
    input.trust_households = trust_of(row.confidence.empty() ? "assumption" : row.confidence);
  }
}

}  // namespace oikos::population
