#include "sim/scenario/prepare.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "sim/base/narrow.hpp"
#include "sim/file/checksum.hpp"
#include "sim/population/consistency.hpp"
#include "sim/scenario/compile_programmes.hpp"
#include "sim/scenario/keep.hpp"
#include "sim/text/csv.hpp"
#include "sim/world/expression_columns.hpp"

namespace oikos {

namespace {

DemographyParams read_demography(const ParameterSet& parameters, const AgeRates& rates, Month start,
                                 Diagnostics& diagnostics) {
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
          .arrivals_oldest = narrow<int>(get("arrivals_oldest_age", U::years)),
          .parting_yearly = get("parting_rate", U::yearly_rate),
          .partner_age_gap = get("partner_age_gap", U::years)};
}

/// Adds every parameter as a name of the expression language, and its values by month of the run.
ParameterValues expose(const ParameterSet& parameters, expr::Schema& schema, Month start, int months,
                       Diagnostics& diagnostics) {
  ParameterValues values(static_cast<std::size_t>(months));
  std::uint32_t id = 0;
  for (const Parameter& parameter : parameters.all()) {
    if (!schema.is_free(parameter.name)) {
      diagnostics.add(
          {.at = parameter.at,
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
      values[static_cast<std::size_t>(k)].push_back(parameter.values.covers(start + k) ? parameter.values.at(start + k)
                                                                                       : 0.0);
  }
  return values;
}

/// A table and its checksum. The name is as seen from the scenario, so that results do not depend on where it was run.
std::string input_line(const Source& source, const std::filesystem::path& folder) {
  return sha256(source->text) + "  " +
         std::filesystem::path(source->name).lexically_proximate(folder).generic_string() + "\n";
}

/// One digest of all that a run is made from: the scenario's checksum and those of `inputs`, without their names, a
/// line each.
std::string digest_of_inputs(const std::string& scenario_sha256, const std::string& inputs) {
  std::string all = scenario_sha256 + "\n";
  for (std::size_t start = 0; start < inputs.size(); start = inputs.find('\n', start) + 1)
    all += inputs.substr(start, inputs.find(' ', start) - start) + "\n";
  return sha256(all);
}

/// Whether enough of a scenario was read to check the rest of it.
bool is_checkable(const Scenario& s) {
  return s.months > 0 && s.start != Month{} && s.municipalities.size() == 1 &&
         s.municipality().population.tables.at.known() && !s.municipality().parameters.empty();
}

/// Names in the first column of tables, also of rows and tables that cannot be read.
std::set<std::string> names_in(const std::vector<Source>& tables) {
  std::set<std::string> names;
  for (const Source& table : tables)
    for (std::size_t start = 0; start < table->text.size();) {
      const std::size_t end = std::min(table->text.find('\n', start), table->text.size());
      const std::string line = table->text.substr(start, end - start);
      names.insert(oikos::quoted(line.substr(0, line.find(','))));
      start = end + 1;
    }
  return names;
}

/// Adds mistakes, but not those that only say that a name of a mistaken row or table is unknown: they follow from it.
void add_unless_named(const std::set<std::string>& names, const Diagnostics& from, Diagnostics& to) {
  for (const Diagnostic& one : from.warnings()) to.warn(one);
  for (const Diagnostic& one : from.all()) {
    const bool missing = one.what.starts_with("missing ") &&
                         std::ranges::any_of(names, [&](const std::string& name) { return one.what.ends_with(name); });
    if (!missing && !names.contains(one.got)) to.add(one);
  }
}

/// Throws what was found so far when a table is not there: nothing can be said about what needs it.
void check_files(const Scenario& s, Diagnostics& found) {
  const auto there = [&](const Positioned<std::string>& path) {
    return is_there(path.at, resolved_path(path.at, path.value), found);
  };
  bool all = there(s.municipality().population.tables);
  for (const auto& path : s.municipality().parameters) all &= there(path);
  for (const auto& kept : s.municipality().keep)
    if (kept.value.table.at.known()) all &= there(kept.value.table);
  if (!all) found.throw_if_any();
}

struct ReadTables {
  AgeRates rates;
  std::set<std::string> names;  ///< where tables have mistakes, all names in them
};

/// Whether a table is one of rates by sex and age: its header begins with `rate`.
bool is_of_age_rates(const Source& table) {
  Diagnostics reported_when_read;
  const CsvTable csv = parse_csv(table, reported_when_read);
  return !csv.header().empty() && csv.header().front() == "rate";
}

/// Reads all tables into `p`; those of rates are returned.
ReadTables read_tables(Prepared& p, Diagnostics& found) {
  const Scenario& s = p.loaded.scenario;
  const MunicipalitySpec& city = s.municipality();
  const std::string folder = resolved_path(city.population.tables.at, city.population.tables.value);
  Diagnostics in_tables;
  bool readable = true;
  try {
    p.population = population::read_population_input(population::PopulationFiles::in_folder(folder));
  } catch (const InputError& error) {
    for (const Diagnostic& one : error.diagnostics()) found.add(one);
    readable = false;
  }
  p.population.scale = city.population.scale;
  if (readable) population::check_consistency(p.population, found);

  std::vector<Source> sources, by_name, by_age;
  for (const auto& path : city.parameters) {
    sources.push_back(read_source(resolved_path(path.at, path.value)));
    (is_of_age_rates(sources.back()) ? by_age : by_name).push_back(sources.back());
  }
  p.parameters = ParameterSet::read(by_name, s.currency, in_tables);
  p.parameters.set_place(city.parameters.front().at);
  if (by_age.size() != 1) {
    found.add({.at = city.parameters.front().at,
               .what = by_age.empty() ? "no table of rates by age" : "two tables of rates by age",
               .expected = "one table whose columns are rate, from, sex, age, value, unit, place, source, confidence",
               .got = by_age.empty() ? "none" : oikos::quoted(by_age[1]->name),
               .hint = ""});
    found.throw_if_any();
  }
  ReadTables read{.rates = AgeRates::read(by_age.front(), in_tables), .names = {}};
  for (const auto& kept : city.keep)
    if (const auto path = read_kept(kept, s.start, sources, in_tables))
      for (Month month = s.start; month < s.end(); ++month) p.unemployment.push_back(path->at(month));
  if (!in_tables.empty()) read.names = names_in(sources);
  found.append(in_tables);

  const auto scenario_folder = std::filesystem::path(p.loaded.sources.front()->name).parent_path();
  for (const Source& source : sources) p.inputs += input_line(source, scenario_folder);
  for (const auto key : population::population_file_keys)
    if (found.empty()) p.inputs += input_line(read_source(folder + "/" + std::string(key) + ".csv"), scenario_folder);
  return read;
}

}  // namespace

Prepared prepare(LoadedScenario loaded) {
  Prepared p;
  p.loaded = std::move(loaded);
  const Scenario& s = p.loaded.scenario;
  const int months = narrow<int>(s.months);
  Diagnostics found = p.loaded.mistakes;
  if (!is_checkable(s)) found.throw_if_any();
  check_files(s, found);
  const ReadTables tables = read_tables(p, found);
  Diagnostics diagnostics;
  if (s.parameters) p.parameters.override_with(*s.parameters, s.currency, diagnostics);
  p.demography = read_demography(p.parameters, tables.rates, s.start, diagnostics);
  p.school = education::read_school(p.parameters, s.start, diagnostics);
  p.labour = labour::read_labour(p.parameters, s.start, diagnostics);
  p.retirement = labour::read_retirement(p.parameters, s.start, months, diagnostics);
  p.law = income::monthly_law(p.parameters, s.start, months, diagnostics);
  p.assistance_take_up =
      p.parameters.need("social_assistance_take_up", ParameterUnit::share, s.start, diagnostics).at(s.start);

  p.schema = std::make_shared<expr::Schema>(person_schema(s.currency, p.population.districts));
  p.parameter_values =
      std::make_shared<const ParameterValues>(expose(p.parameters, *p.schema, s.start, months, diagnostics));
  p.income_flows = income::IncomeFlows::declare(p.flows);
  auto compiled = compile_programmes(p.loaded, *p.schema, p.population.districts, p.flows, diagnostics);
  p.programmes = std::move(compiled.programmes);
  p.capacities = std::move(compiled.capacities);
  for (const auto& provider : s.providers) p.provider_keys.push_back(provider.name);
  for (const auto& programme : s.programmes) p.programme_keys.push_back(programme.name);
  add_unless_named(tables.names, diagnostics, found);
  found.throw_if_any();
  p.inputs_sha256 = digest_of_inputs(p.loaded.sha256, p.inputs);
  p.warnings = in_order({found.warnings().begin(), found.warnings().end()});
  return p;
}

}  // namespace oikos
