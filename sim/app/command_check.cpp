#include <fmt/core.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>

#include "sim/app/commands.hpp"
#include "sim/app/exit_codes.hpp"
#include "sim/app/json_text.hpp"
#include "sim/app/warnings.hpp"
#include "sim/file/file.hpp"
#include "sim/population/misfit.hpp"
#include "sim/scenario/build.hpp"
#include "sim/text/overlay.hpp"

namespace oikos::app {

namespace {

nlohmann::ordered_json to_json(const Diagnostic& d) {
  return {{"severity", d.severity == Severity::error ? "error" : "warning"},
          {"file", d.at.source ? d.at.source->name : ""},
          {"line", d.at.line},
          {"column", d.at.column},
          {"what", d.what},
          {"expected", d.expected},
          {"got", d.got},
          {"hint", d.hint}};
}

/// The fit report; a relative error against nothing is null.
nlohmann::ordered_json to_json(const std::vector<population::FitRow>& report) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const population::FitRow& row : report) {
    const double relative_error = row.relative_error();
    rows.push_back(
        {{"margin", row.margin},
         {"group", row.group},
         {"unit", row.unit},
         {"target", row.target},
         {"compromise", row.compromise},
         {"achieved", row.achieved},
         {"tolerance", row.tolerance},
         {"error", row.error()},
         {"relative_error", std::isfinite(relative_error) ? nlohmann::ordered_json(relative_error) : nullptr},
         {"within_tolerance", row.within_tolerance()}});
  }
  return rows;
}

std::string relative(Row row) { return row == no_row ? "" : std::to_string(row); }

std::string persons_csv(const population::SyntheticPopulation& people) {
  std::string out =
      "person,household,birth_month,sex,partner,mother,father,education,labour,months_in_state,wage_potential_ppm,"
      "pension_minor,children_born\n";
  for (std::size_t i = 0; i < people.persons.size(); ++i) {
    const auto& p = people.persons[i];
    out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{}\n", i, p.household, to_string(p.birth_month),
                       sex_names[static_cast<std::size_t>(p.sex)], relative(p.partner), relative(p.mother),
                       relative(p.father), education_names[static_cast<std::size_t>(p.education)],
                       labour_names[static_cast<std::size_t>(p.labour)], p.months_in_state, p.wage_potential,
                       p.pension.minor(), p.children_born);
  }
  return out;
}

std::string households_csv(const population::SyntheticPopulation& people, const std::vector<std::string>& districts) {
  std::string out = "household,first_person,members,district,tenure\n";
  for (std::size_t i = 0; i < people.households.size(); ++i) {
    const auto& h = people.households[i];
    out += fmt::format("{},{},{},{},{}\n", i, h.first, h.size, districts[h.district],
                       tenure_names[static_cast<std::size_t>(h.tenure)]);
  }
  return out;
}

}  // namespace

int check(const CheckOptions& options, Streams streams) {
  const auto print_json = [&](std::span<const Diagnostic> found, const std::string& sha256) {
    nlohmann::ordered_json errors = nlohmann::ordered_json::array(), warnings = nlohmann::ordered_json::array();
    for (const Diagnostic& one : found) (one.severity == Severity::error ? errors : warnings).push_back(to_json(one));
    nlohmann::ordered_json all{{"schema", "oikos-check/1"}, {"errors", errors}, {"warnings", warnings}};
    if (!sha256.empty()) all["scenario_sha256"] = sha256;
    streams.out << json_text(all);
  };
  try {
    const PreparedScenario prepared = prepare_all(load_readable(options.scenario, options.set));
    const Scenario& s = prepared.loaded.scenario;
    std::vector<Diagnostic> warnings = prepared.warnings;
    for (const Prepared& municipality : prepared.municipalities)
      for (Diagnostic& one : population_misfit(municipality)) warnings.push_back(std::move(one));
    warnings = in_order(std::move(warnings));
    if (options.json && !options.strict) return print_json(warnings, prepared.loaded.sha256), ok;
    show_warnings(warnings, options.strict, streams);
    if (options.json) return print_json({}, prepared.loaded.sha256), ok;
    const std::string warned = warnings.empty() ? "" : ", " + counted(warnings.size(), "warning");
    const std::size_t count = prepared.municipalities.size();
    streams.out << fmt::format("{}: no errors{} ({} to {}, {} replicates, {}{} programmes, {} providers)\n",
                               options.scenario, warned, to_string(s.start), to_string(s.end() - 1), s.replicates,
                               count > 1 ? fmt::format("{} municipalities, ", count) : "", s.programmes.size(),
                               s.providers.size());
    return ok;
  } catch (const InputError& error) {
    if (!options.json) throw;
    print_json(error.diagnostics(), "");
    return invalid_input;
  }
}

namespace {

/// What is written of one municipality's people, and where.
struct PeopleFiles {
  const Prepared& prepared;
  std::filesystem::path persons, households;
};

/// Makes the folders and looks whether the files can be written, before the work.
std::vector<PeopleFiles> people_files(const PreparedScenario& all, const std::string& output, IfExists if_exists) {
  std::vector<PeopleFiles> files;
  for (const Prepared& one : all.municipalities) {
    std::filesystem::path folder = output;
    if (all.municipalities.size() > 1) folder /= one.loaded.scenario.municipality_key();
    files.push_back({one, folder / "persons.csv", folder / "households.csv"});
    if (output.empty()) continue;
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) throw FileError(folder.string(), failed.message(), "name another folder with --output");
    for (const auto& file : {files.back().persons, files.back().households}) {
      refuse_input(file, all.input_files);
      check_writable(file, 20'000'000, if_exists);
      sweep_left_overs(file, Sweep::of_dead);
    }
  }
  return files;
}

}  // namespace

int population(const PopulationOptions& options, Streams streams) {
  const PreparedScenario prepared = prepare_all(load_readable(options.scenario, options.set));
  const IfExists if_exists = options.force ? IfExists::replace : IfExists::fail;
  const bool several = prepared.municipalities.size() > 1;
  nlohmann::ordered_json told = nlohmann::ordered_json::object();
  bool fits = true;
  for (const PeopleFiles& of : people_files(prepared, options.output, if_exists)) {
    const Prepared& one = of.prepared;
    const population::SyntheticPopulation people = make_population(one);
    const auto report = population::fit_report(one.population, people, one.loaded.scenario.currency);
    if (!options.output.empty()) {
      publish(of.persons, persons_csv(people), if_exists);
      publish(of.households, households_csv(people, one.population.districts), if_exists);
    }
    for (const auto& row : report) fits = fits && row.within_tolerance();
    const std::string& key = one.loaded.scenario.municipality_key();
    if (options.json) {
      told[key] = {
          {"persons", people.persons.size()}, {"households", people.households.size()}, {"margins", to_json(report)}};
      continue;
    }
    if (several) streams.out << key << "\n";
    streams.out << population::to_text(report)
                << fmt::format("{} persons in {} households\n", people.persons.size(), people.households.size());
    if (const auto compromise = population::household_compromise(one.population); !compromise.empty())
      streams.out << "household_size and the numbers of persons and households contradict each other; " << compromise
                  << "\n";
  }
  if (options.json) {
    nlohmann::ordered_json json{{"schema", "oikos-population/1"}};
    if (several) json["municipalities"] = told;
    else json.update(told.front());
    streams.out << json_text(json);
  }
  return fits ? ok : verification_mismatch;
}

int plan_diff(const DiffOptions& options, Streams streams) {
  const LoadedScenario before = load_scenario(options.before);
  const LoadedScenario after = load_scenario(options.after);
  const auto changes = diff(before.tree, after.tree);
  if (options.json) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Change& c : changes) list.push_back({{"path", c.path}, {"before", c.before}, {"after", c.after}});
    streams.out << json_text(nlohmann::ordered_json{{"schema", "oikos-plan-diff/1"}, {"changes", list}});
    return ok;
  }
  for (const Change& c : changes) {
    if (c.kind == Change::Kind::added) streams.out << fmt::format("+ {}: {}\n", c.path, c.after);
    else if (c.kind == Change::Kind::removed) streams.out << fmt::format("- {}: {}\n", c.path, c.before);
    else streams.out << fmt::format("~ {}: {} -> {}\n", c.path, c.before, c.after);
  }
  if (changes.empty()) streams.out << "no differences\n";
  return ok;
}

}  // namespace oikos::app
