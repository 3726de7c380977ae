#include "sim/scenario/prepare.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "sim/base/narrow.hpp"
#include "sim/file/checksum.hpp"
#include "sim/parameter/parameter_unit.hpp"
#include "sim/population/consistency.hpp"
#include "sim/population/population_parameters.hpp"
#include "sim/scenario/check_effects.hpp"
#include "sim/scenario/check_programmes.hpp"
#include "sim/scenario/compile_city.hpp"
#include "sim/scenario/compile_programmes.hpp"
#include "sim/scenario/declared_parameters.hpp"
#include "sim/scenario/keep.hpp"
#include "sim/scenario/modules.hpp"
#include "sim/text/csv.hpp"
#include "sim/world/expression_columns.hpp"

namespace oikos {

namespace {

/// How the warning of a parameter begins that no rule and no expression reads.
constexpr std::string_view nothing_reads = "nothing reads parameter";

/// Adds every parameter as a name of the expression language, and its values by month of the run.
ParameterValues expose(const ParameterSet& parameters, const Declarations& declarations, expr::Schema& schema,
                       Month start, int months, Diagnostics& diagnostics) {
  ParameterValues values(static_cast<std::size_t>(months));
  for (std::uint32_t id = 0; id < parameters.all().size(); ++id) {
    const Parameter& parameter = parameters.all()[id];
    if (const DeclaredAttribute* attribute = declarations.find(parameter.name)) {
      diagnostics.add({.at = attribute->at,
                       .what = fmt::format("attribute {} has a name that is taken", oikos::quoted(parameter.name)),
                       .expected = "a name that no parameter has (list them: oikos explain parameters)",
                       .got = oikos::quoted(parameter.name),
                       .hint = ""});
      continue;
    }
    if (!schema.is_free(parameter.name)) {
      diagnostics.add(
          {.at = parameter.row_at(start).at,
           .what = fmt::format("parameter {} has a name that expressions use already", oikos::quoted(parameter.name)),
           .expected = "another name",
           .got = "",
           .hint = ""});
      continue;
    }
    expr::Type type{expr::Kind::number, nullptr};
    if (parameter.unit == ParameterUnit::money || parameter.unit == ParameterUnit::money_monthly ||
        parameter.unit == ParameterUnit::money_yearly)
      type.kind = expr::Kind::money;
    if (parameter.unit == ParameterUnit::months) type.kind = expr::Kind::months;
    if (parameter.unit == ParameterUnit::years) type.kind = expr::Kind::years;
    schema.add_parameter(
        {.name = parameter.name, .type = type, .doc = parameter.row_at(start).source, .id = id, .unit = ""});
    for (int k = 0; k < months; ++k)
      values[static_cast<std::size_t>(k)].push_back(parameter.values.covers(start + k) ? parameter.values.at(start + k)
                                                                                       : 0.0);
  }
  return values;
}

const expr::Program* pointer(const std::optional<expr::Program>& program) { return program ? &*program : nullptr; }

/// Warns of parameters of the analyst's own that no expression names.
void warn_of_unread(const Prepared& p, Diagnostics& diagnostics) {
  const ParameterSet& parameters = p.parameters;
  std::set<std::uint32_t> read;
  const auto reads = [&](const expr::Program& program) {
    read.insert(program.parameters().begin(), program.parameters().end());
  };
  const auto reads_of = [&](const Effect& effect) {
    effect.value.each_expression(reads);
    if (effect.where) reads(*effect.where);
  };
  for (const Effect& effect : p.city_effects) reads_of(effect);
  for (const Attribute& attribute : *p.attributes) {
    for (const Quantity& share : attribute.initial) share.each_expression(reads);
    for (const Effect& effect : attribute.effects) reads_of(effect);
    for (const AttributeMove& move : attribute.moves) {
      move.rate.each_expression(reads);
      if (move.where) reads(*move.where);
      for (const Factor& factor : move.factors) {
        factor.times.each_expression(reads);
        if (factor.where) reads(*factor.where);
      }
    }
  }
  for (const Programme& programme : p.programmes) {
    for (const auto* list : {&programme.effects, &programme.asking})
      for (const Effect& effect : *list) reads_of(effect);
    for (const expr::Program* expression :
         {&programme.eligible, pointer(programme.stays_while), pointer(programme.priority), pointer(programme.amount)})
      if (expression != nullptr) read.insert(expression->parameters().begin(), expression->parameters().end());
  }
  std::vector<std::string> names;
  for (const ParameterSpec& spec : parameters.declared()) names.push_back(spec.name);
  for (std::uint32_t id = 0; id < parameters.all().size(); ++id) {
    const Parameter& one = parameters.all()[id];
    if (one.spec != nullptr || read.contains(id)) continue;
    diagnostics.warn({.at = one.rows.front().at,
                      .what = fmt::format("{} {}", nothing_reads, oikos::quoted(one.name)),
                      .expected = "a parameter that a rule reads (list them: oikos explain parameters), or one that an "
                                  "expression of a programme names",
                      .got = oikos::quoted(one.name),
                      .hint = did_you_mean(one.name, names)});
  }
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
  expect(s.municipalities.size() <= 1, "a scenario is prepared municipality by municipality");
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
      names.insert(oikos::quoted(line.substr(0, line.find_first_of(",;\t"))));
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

/// Tables that the scenario names, each read once.
struct NamedTables {
  std::vector<Source> parameters;
  std::vector<Source> kept;  ///< of each entry of `keep`, null where none is named
};

/// Throws what was found so far when a table cannot be read: nothing can be said about what needs it.
NamedTables read_named_tables(const Scenario& s, Diagnostics& found) {
  NamedTables all;
  bool readable = true;
  const auto read = [&](const Positioned<std::string>& path) {
    const auto source = read_named(path.at, resolved_path(path.at, path.value), found);
    readable = readable && source.has_value();
    return source.value_or(Source{});
  };
  const auto& folder = s.municipality().population.tables;
  readable = is_there(folder.at, resolved_path(folder.at, folder.value), found);
  for (const auto& path : s.municipality().parameters) all.parameters.push_back(read(path));
  for (const auto& kept : s.municipality().keep)
    all.kept.push_back(kept.value.table.at.known() ? read(kept.value.table) : Source{});
  if (!readable) found.throw_if_any();
  return all;
}

struct ReadTables {
  AgeRates rates;
  bool has_population = false;                    ///< whether all tables of the population could be read
  std::set<std::string> names = {};               ///< where tables have mistakes, all names in them
  std::optional<double> first_unemployment = {};  ///< of the kept path on the first day of the run
};

/// Whether a table is one of rates by sex and age: its header begins with `rate`.
bool is_of_age_rates(const Source& table) {
  Diagnostics reported_when_read;
  const CsvTable csv = parse_csv(table, reported_when_read);
  return !csv.header().empty() && csv.header().front() == "rate";
}

/// Reads all tables into `p`; those of rates are returned.
ReadTables read_tables(Prepared& p, const NamedTables& named, Diagnostics& found) {
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
  } catch (const FileError& error) {
    found.add(unreadable(city.population.tables.at, error));
    readable = false;
  }
  p.population.scale = city.population.scale;

  std::vector<Source> sources = named.parameters, by_name, by_age;
  for (const Source& source : sources) (is_of_age_rates(source) ? by_age : by_name).push_back(source);
  const std::string& municipality = s.municipality_key();
  p.parameters = ParameterSet::read(by_name, declared_parameters(),
                                    {.currency = s.currency,
                                     .municipality = municipality,
                                     .start = s.start,
                                     .months = static_cast<int>(s.months),
                                     .knows_end = [loaded = std::make_shared<const LoadedScenario>(p.loaded)](
                                                      const Position& at) { return loaded->knows_end(at); }},
                                    in_tables);
  if (by_age.size() != 1) {
    found.add({.at = city.parameters.front().at,
               .what = by_age.empty() ? "no table of rates by age" : "two tables of rates by age",
               .expected = "one table whose columns are rate, from, sex, age, value, unit, place, source, confidence",
               .got = by_age.empty() ? "none" : oikos::quoted(by_age[1]->name),
               .hint = ""});
    found.throw_if_any();
  }
  ReadTables read{.rates = AgeRates::read(by_age.front(), municipality, declared_age_rates(), in_tables),
                  .has_population = readable};
  for (std::size_t i = 0; i < city.keep.size(); ++i) {
    if (named.kept[i] != nullptr) sources.push_back(named.kept[i]);
    if (const auto path = read_kept(city.keep[i], named.kept[i], s.start, in_tables)) {
      read.first_unemployment = path->dates.at(s.start);
      for (Month month = s.start; month < s.end(); ++month) p.unemployment.push_back(path->at(month));
    }
  }
  if (!in_tables.empty()) read.names = names_in(sources);
  found.append(in_tables);

  const auto scenario_folder = std::filesystem::path(p.loaded.sources.front()->name).parent_path();
  for (const Source& source : sources) p.inputs += input_line(source, scenario_folder);
  for (const auto& list : {p.loaded.sources, sources})
    for (const Source& source : list) p.input_files.emplace_back(source->name);
  if (found.empty())
    for (const Source& source : p.population.sources) {
      p.inputs += input_line(source, scenario_folder);
      p.input_files.emplace_back(source->name);
    }
  return read;
}

/// Says where a plan makes other people of the first day than its baseline: such runs cannot be compared.
void warn_of_other_people(const Prepared& p, Diagnostics& diagnostics) {
  const Scenario& s = p.loaded.scenario;
  if (!s.parameters) return;
  for (const auto& entry : s.parameters->entries) {
    const Parameter* one = p.parameters.find(entry.key);
    if (one == nullptr || one->spec == nullptr || one->spec->read == ParameterRead::by_month) continue;
    if (one->name == "registered_unemployment_rate" && !p.unemployment.empty()) continue;  // nothing reads it then
    const Parameter::Row& row = one->row_at(s.start);
    const auto plans = std::span(p.loaded.sources).first(p.loaded.sources.size() - 1);
    const bool of_plan =
        row.at.source->name.starts_with("--") || std::ranges::find(plans, row.at.source) != plans.end();
    if (!of_plan || !one->values.covers(s.start)) continue;
    const bool also_later = one->spec->read != ParameterRead::at_start;
    const std::string value = show_parameter(one->values.at(s.start), one->unit, s.currency);
    diagnostics.warn(
        {.at = row.at,
         .what = fmt::format("parameter {} also makes the people of the first day, who are then not the baseline's",
                             oikos::quoted(entry.key)),
         .expected = also_later ? "values from a month after the start on"
                                : "the value in the baseline, so that all plans begin with the same people",
         .got = value,
         .hint = also_later ? fmt::format("write '{}: {{{}: {}}}', or the runs cannot be compared", entry.key,
                                          to_string(s.start + 1), value)
                            : "write it into the file that the plan extends, or a copy of it"});
  }
}

/// The population starts with the unemployment that the run is kept on, or else with the parameter's.
void set_unemployment(Prepared& p, std::optional<double> kept, bool keep_is_good, Diagnostics& diagnostics) {
  const Parameter* stated = p.parameters.find("registered_unemployment_rate");
  if (kept) p.population.parameters.unemployment_rate = *kept;
  if (kept && stated != nullptr)
    diagnostics.warn({.at = stated->rows.front().at,
                      .what = fmt::format("{} 'registered_unemployment_rate'", nothing_reads),
                      .expected = "the parameter only where 'keep' holds no path of unemployment",
                      .got = "a path under 'keep', whose first value is taken",
                      .hint = ""});
  if (!kept && stated == nullptr && keep_is_good)
    diagnostics.add({.at = p.loaded.scenario.municipality().parameters.front().at,
                     .what = "missing parameter 'registered_unemployment_rate'",
                     .expected = "a row of that name in one of the tables of parameters, or a path under 'keep'",
                     .got = "",
                     .hint = "give a share, such as '12 %'"});
}

}  // namespace

namespace {

/// The lines of a baseline's tables that its plan does not read itself: the paths hang on them as well.
std::string tables_of(const Prepared& baseline, std::string_view own) {
  std::string lines;
  std::string_view left = baseline.inputs;
  while (!left.empty()) {
    const auto end = left.find('\n') + 1;
    const std::string_view line = left.substr(0, end);
    if (line.find("  baseline of the paths: ") == std::string_view::npos &&
        own.find(line.substr(0, 64)) == std::string_view::npos)
      lines += line;
    left.remove_prefix(end);
  }
  return lines;
}

/// Reads tables that entries name, each once; they are inputs of the run. @param p outlives what is returned
QuantityContext::Open opener(Prepared& p) {
  const auto folder = std::filesystem::path(p.loaded.sources.front()->name).parent_path();
  const auto tables = std::make_shared<std::map<std::string, Source>>();
  return
      [&p, folder, tables](const Position& at, const std::string& path, Diagnostics& found) -> std::optional<Source> {
        const std::string name = resolved_path(at, path);
        if (const auto read = tables->find(name); read != tables->end()) return read->second;
        const auto source = read_named(at, name, found);
        if (!source) return std::nullopt;
        p.inputs += input_line(*source, folder);
        p.input_files.emplace_back((*source)->name);
        return (*tables)[name] = *source;
      };
}

/// Says which figures are drawn anew by each replicate.
void note_drawn_figures(Prepared& p) {
  std::string names;
  const auto look = [&](const std::vector<Effect>& effects) {
    for (const Effect& effect : effects)
      if (effect.range) names += (names.empty() ? "" : ", ") + effect.path;
  };
  look(p.city_effects);
  for (const Attribute& attribute : *p.attributes) look(attribute.effects);
  for (const Programme& programme : p.programmes) look(programme.effects);
  if (!names.empty())
    p.notes.push_back(
        fmt::format("each replicate draws its own figure from the range of {}: intervals hold that "
                    "uncertainty as well",
                    names));
}

/// The part of a scenario that one municipality is; nothing where it has none of that key.
std::optional<LoadedScenario> part_of(const LoadedScenario& loaded, const std::string& key) {
  const auto& all = loaded.scenario.municipalities;
  const auto found = std::ranges::find(all, key, &Named<MunicipalitySpec>::name);
  if (found == all.end()) return std::nullopt;
  return loaded.part(static_cast<std::size_t>(found - all.begin()));
}

/// Names of districts of each municipality, as far as its tables can be read: what is wrong with them is said when they
/// are read to be used.
std::vector<std::vector<std::string>> districts_of(const Scenario& s) {
  std::vector<std::vector<std::string>> all(s.municipalities.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& folder = s.municipalities[i].value.population.tables;
    if (!folder.at.known()) continue;
    try {
      all[i] = population::read_population_input(
                   population::PopulationFiles::in_folder(resolved_path(folder.at, folder.value)))
                   .districts;
    } catch (const InputError&) {
      continue;
    } catch (const FileError&) {
      continue;
    }
  }
  return all;
}

bool is_same(const Diagnostic& a, const Diagnostic& b) {
  // A table that two municipalities read is a source twice.
  const auto name = [](const Diagnostic& one) { return one.at.source ? one.at.source->name : std::string(); };
  return name(a) == name(b) && a.at.line == b.at.line && a.at.column == b.at.column && a.what == b.what &&
         a.expected == b.expected && a.got == b.got && a.hint == b.hint && a.severity == b.severity;
}

/// Adds what was not said yet: entries that exist in several municipalities have the same mistakes in each.
void add_new(std::span<const Diagnostic> from, std::vector<Diagnostic>& to) {
  for (const Diagnostic& one : from)
    if (std::ranges::none_of(to, [&](const Diagnostic& other) { return is_same(one, other); })) to.push_back(one);
}

/// Adds the lines that are not there yet.
void add_new_lines(const std::string& from, std::string& to) {
  std::string_view left = from;
  while (!left.empty()) {
    const std::string_view line = left.substr(0, left.find('\n') + 1);
    if (to.find(line) == std::string::npos) to += line;
    left.remove_prefix(line.size());
  }
}

/// All names of districts are values of one enumeration.
void check_districts(const LoadedScenario& loaded, const std::vector<std::vector<std::string>>& districts) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < districts.size(); ++i) {
    names.insert(districts[i].begin(), districts[i].end());
    if (names.size() <= expr::most_values) continue;
    throw InputError({.at = loaded.scenario.municipalities[i].at,
                      .what = "more districts than can be told apart",
                      .expected = fmt::format("at most {} names in all municipalities together", expr::most_values),
                      .got = fmt::format("{} with this one's", names.size()),
                      .hint = ""});
  }
}

}  // namespace

PreparedScenario prepare_all(LoadedScenario loaded) {
  PreparedScenario all;
  const std::size_t count = loaded.scenario.municipalities.size();
  if (count == 0) loaded.mistakes.throw_if_any();
  expect(count > 0, "a scenario without municipalities is a mistake of its text");
  const auto districts = count > 1 ? districts_of(loaded.scenario) : std::vector<std::vector<std::string>>(1);
  check_districts(loaded, districts);
  std::vector<Diagnostic> found;
  for (std::size_t i = 0; i < count; ++i) {
    LoadedScenario part = loaded.part(i);
    for (std::size_t other = 0; other < count; ++other)
      if (other != i)
        part.scenario.districts_elsewhere.insert(part.scenario.districts_elsewhere.end(), districts[other].begin(),
                                                 districts[other].end());
    try {
      all.municipalities.push_back(prepare(std::move(part)));
    } catch (const InputError& error) {
      add_new(error.diagnostics(), found);
    }
  }
  if (!found.empty()) throw InputError(in_order(std::move(found)));
  for (const Prepared& one : all.municipalities) {
    add_new(one.warnings, all.warnings);
    add_new_lines(one.inputs, all.inputs);
    const std::string whose = count > 1 ? one.loaded.scenario.municipality_key() + ": " : "";
    for (const std::string& note : one.notes) all.notes.push_back(whose + note);
    for (const auto& file : one.input_files)
      if (std::ranges::find(all.input_files, file) == all.input_files.end()) all.input_files.push_back(file);
  }
  // What one municipality does not read another may.
  std::erase_if(all.warnings, [&](const Diagnostic& warning) {
    const bool may_be_anothers =
        warning.what.starts_with(nothing_reads) || warning.what.find(acts_on_no) != std::string::npos;
    return may_be_anothers && std::ranges::any_of(all.municipalities, [&](const Prepared& one) {
             return std::ranges::none_of(one.warnings,
                                         [&](const Diagnostic& other) { return is_same(warning, other); });
           });
  });
  // Rows of one municipality are passed over by the others, and those of none are everybody's.
  std::vector<std::string> known = loaded.scenario.everywhere;
  known.emplace_back();
  std::erase_if(all.warnings, [&](const Diagnostic& warning) {
    return std::ranges::any_of(known, [&](const std::string& key) {
      return warning.what == fmt::format("a row for {} is passed over", oikos::quoted(key));
    });
  });
  all.warnings = in_order(std::move(all.warnings));
  all.inputs_sha256 = digest_of_inputs(loaded.sha256, all.inputs);
  all.loaded = std::move(loaded);
  return all;
}

Prepared prepare(LoadedScenario loaded) {
  Prepared p;
  p.loaded = std::move(loaded);
  const Scenario& s = p.loaded.scenario;
  p.flows = FlowBook(p.loaded.registry());
  const int months = narrow<int>(s.months);
  Diagnostics found = p.loaded.mistakes;
  if (!is_checkable(s)) found.throw_if_any();
  const ReadTables tables = read_tables(p, read_named_tables(s, found), found);
  Diagnostics diagnostics;
  if (s.parameters) p.parameters.lay_over(*s.parameters, diagnostics);
  p.parameters.check(s.municipality().parameters.front().at, diagnostics);
  change_parameters(p.loaded, p.parameters, diagnostics);
  warn_of_other_people(p, diagnostics);
  population::set_parameters(p.population, p.parameters);
  set_unemployment(p, tables.first_unemployment, found.empty(), diagnostics);
  if (tables.has_population && diagnostics.empty()) population::check_consistency(p.population, diagnostics);
  const ModuleInput input{p.parameters, tables.rates, s.place(), s.start, s.municipality().population.scale};
  for (const Module* module : modules())
    if (module->read != nullptr) p.figures.emplace_back(module, module->read(input, diagnostics));

  std::vector<std::string> districts = p.population.districts;
  p.own_schema = std::make_shared<expr::Schema>(
      person_schema(p.loaded.registry(), s.currency, districts, s.everywhere, p.loaded.declarations->calls()));
  p.parameter_values = std::make_shared<const ParameterValues>(
      expose(p.parameters, *p.loaded.declarations, *p.own_schema, s.start, months, diagnostics));
  p.schema = p.own_schema;
  if (!s.districts_elsewhere.empty()) {
    // An entry that exists in several municipalities may name the districts of all: those of others are nobody's here.
    for (const std::string& name : s.districts_elsewhere)
      if (std::ranges::find(districts, name) == districts.end()) districts.push_back(name);
    p.schema = std::make_shared<expr::Schema>(
        person_schema(p.loaded.registry(), s.currency, districts, s.everywhere, p.loaded.declarations->calls()));
    Diagnostics told;
    expose(p.parameters, *p.loaded.declarations, *p.schema, s.start, months, told);
  }
  const QuantityContext::Open open = opener(p);
  const QuantityContext quantities{.schema = *p.schema, .start = s.start, .months = months, .open = open};
  p.attributes =
      std::make_shared<const std::vector<Attribute>>(compile_attributes(s.attributes,
                                                                        {.declarations = *p.loaded.declarations,
                                                                         .quantities = quantities,
                                                                         .lanes = p.loaded.attribute_lanes,
                                                                         .warns = p.loaded.mistakes.empty()},
                                                                        diagnostics));
  CompiledCity city = compile_city(p.loaded, p.parameters, quantities, p.flows, diagnostics);
  change_places(city.on_services, p.loaded.scenario, diagnostics);
  auto compiled =
      compile_programmes(p.loaded, {*p.schema, *p.own_schema, open}, p.population.districts, p.flows, diagnostics);
  p.programmes = std::move(compiled.programmes);
  change_programmes(city.on_services, p.loaded, *p.schema, p.programmes, diagnostics);
  p.city_effects = std::move(city.on_chances);
  p.levers = std::move(city.levers);
  // What hardly acts is said of what was read right: the rest of a mistaken entry may be as it is because of that.
  Diagnostics judged;
  const expr::Possible possible = possible_in(*p.schema, *p.parameter_values);
  check_programmes(p.loaded, possible, p.programmes, judged);
  check_effects(p, possible, judged);
  if (found.empty() && diagnostics.empty()) diagnostics.append(judged);
  else
    for (const Diagnostic& one : judged.all()) diagnostics.add(one);
  p.capacities = std::move(compiled.capacities);
  if (found.empty() && diagnostics.empty()) warn_of_unread(p, diagnostics);
  for (const auto& provider : s.providers) p.provider_keys.push_back(provider.name);
  for (const auto& programme : s.programmes) p.programme_keys.push_back(programme.name);
  if (const double scale = s.municipality().population.scale; scale < 1 && !s.providers.empty())
    p.notes.push_back(
        fmt::format("{:.6g} % of the city is simulated, with that part of its places and budgets: rates are "
                    "those of the city, but queues are not, as two places do not serve as evenly as forty",
                    scale * 100));
  note_drawn_figures(p);
  add_unless_named(tables.names, diagnostics, found);
  found.throw_if_any();
  auto baseline = load_baseline(p.loaded);
  const std::string baseline_sha256 = sha256_of_baseline(p.loaded, baseline);
  const std::string baseline_name = baseline ? baseline->scenario.name : s.name;
  // A municipality that the plan adds has no other paths than its own.
  if (const auto same = baseline ? part_of(*baseline, s.municipality_key()) : std::nullopt) {
    LoadedScenario part = *same;
    part.scenario.districts_elsewhere = s.districts_elsewhere;
    p.baseline = std::make_shared<const Prepared>(prepare(std::move(part)));
    std::ranges::copy(p.baseline->input_files, std::back_inserter(p.input_files));
    p.inputs += tables_of(*p.baseline, p.inputs);
  }
  p.inputs += fmt::format("{}  baseline of the paths: {}\n", baseline_sha256, baseline_name);
  p.inputs_sha256 = digest_of_inputs(p.loaded.sha256, p.inputs);
  p.warnings = in_order({found.warnings().begin(), found.warnings().end()});
  return p;
}

}  // namespace oikos
