#include "sim/scenario/prepare.hpp"

#include <fmt/core.h>

#include "sim/file/checksum.hpp"
#include "sim/scenario/compile_programmes.hpp"
#include "sim/text/codec.hpp"
#include "sim/world/expression_columns.hpp"

namespace oikos {

namespace {

DemographyParams read_demography(const ParameterSet& parameters, const AgeRates& rates, Month start, Diagnostics& diagnostics) {
  using U = ParameterUnit;
  const auto get = [&](const char* name, U unit) { return parameters.need(name, unit, start, diagnostics).at(start); };
  return {.death = rates.need("death", diagnostics),
          .birth = rates.need("birth", diagnostics),
          .partner_search = rates.need("partner_search", diagnostics),
          .home_leaving = rates.need("home_leaving", diagnostics),
          .departure = rates.need("departure_profile", diagnostics),
          .male_birth_share = get("male_birth_share", U::share),
          .arrivals_yearly = get("arrivals_yearly", U::number),
          .departures_yearly = get("departures_yearly", U::number),
          .arrivals_oldest = static_cast<int>(get("arrivals_oldest_age", U::years)),
          .parting_yearly = get("parting_rate", U::yearly_rate),
          .partner_age_gap = get("partner_age_gap", U::years)};
}

/// Adds every parameter as a name of the expression language, and its values by month of the run.
ParameterValues expose(const ParameterSet& parameters, expr::Schema& schema, Month start, int months, Diagnostics& diagnostics) {
  ParameterValues values(static_cast<std::size_t>(months));
  std::uint32_t id = 0;
  for (const Parameter& parameter : parameters.all()) {
    if (!schema.is_free(parameter.name)) {
      diagnostics.add({.at = parameter.at,
                       .what = fmt::format("parameter {} has a name that expressions use already", oikos::quoted(parameter.name)),
                       .expected = "another name",
                       .got = "",
                       .hint = ""});
      continue;
    }
    expr::Type type{expr::Kind::number, nullptr};
    if (parameter.unit == ParameterUnit::money) type.kind = expr::Kind::money;
    if (parameter.unit == ParameterUnit::months) type.kind = expr::Kind::months;
    if (parameter.unit == ParameterUnit::years) type.kind = expr::Kind::years;
    schema.add_parameter({.name = parameter.name, .type = type, .doc = parameter.source, .id = id++, .unit = ""});
    for (int k = 0; k < months; ++k)
      values[static_cast<std::size_t>(k)].push_back(parameter.values.covers(start + k) ? parameter.values.at(start + k) : 0.0);
  }
  return values;
}

std::string input_line(const Source& source) { return sha256(source->text) + "  " + source->name + "\n"; }

}  // namespace

Prepared prepare(LoadedScenario loaded) {
  Prepared p;
  p.loaded = std::move(loaded);
  const Scenario& s = p.loaded.scenario;
  const int months = static_cast<int>(s.months);
  Diagnostics diagnostics;

  const std::string folder = resolved_path(s.population.tables.at, s.population.tables.value);
  const auto files = population::PopulationFiles::in_folder(folder);
  try {
    p.population = population::read_population_input(files);
  } catch (const InputError& error) {
    for (const Diagnostic& one : error.diagnostics()) diagnostics.add(one);
  }
  p.population.scale = s.population.scale;

  std::vector<Source> tables;
  for (const auto& path : s.tables.parameters) tables.push_back(read_source(resolved_path(path.at, path.value)));
  p.parameters = ParameterSet::read(tables, s.currency, diagnostics);
  p.parameters.set_place(s.tables.parameters.front().at);
  if (s.parameters) p.parameters.override_with(*s.parameters, s.currency, diagnostics);
  tables.push_back(read_source(resolved_path(s.tables.age_rates.at, s.tables.age_rates.value)));
  const AgeRates rates = AgeRates::read(tables.back(), diagnostics);
  for (const Source& table : tables) p.inputs += input_line(table);
  for (const auto key : population::population_file_keys) {
    const std::string name = folder + "/" + std::string(key) + ".csv";
    if (diagnostics.empty()) p.inputs += input_line(read_source(name));
  }

  p.demography = read_demography(p.parameters, rates, s.start, diagnostics);
  p.school = education::read_school(p.parameters, s.start, diagnostics);
  p.labour = labour::read_labour(p.parameters, s.start, diagnostics);
  p.retirement = labour::read_retirement(p.parameters, s.start, months, diagnostics);
  p.law = income::monthly_law(p.parameters, s.start, months, diagnostics);
  p.assistance_take_up = p.parameters.need("social_assistance_take_up", ParameterUnit::share, s.start, diagnostics).at(s.start);
  if (const Parameter* path = p.parameters.find("registered_unemployment_rate"))
    p.unemployment = labour::unemployment_path(path->values, s.start, months);

  p.schema = std::make_shared<expr::Schema>(person_schema(s.currency, p.population.districts));
  p.parameter_values =
      std::make_shared<const ParameterValues>(expose(p.parameters, *p.schema, s.start, months, diagnostics));
  p.income_flows = income::IncomeFlows::declare(p.flows);
  p.programmes = compile_programmes(s, *p.schema, p.population.districts, p.flows, diagnostics);
  for (const auto& provider : s.providers) p.provider_keys.push_back(provider.name);
  for (const auto& programme : s.programmes) p.programme_keys.push_back(programme.name);
  diagnostics.throw_if_any();
  return p;
}

}  // namespace oikos
