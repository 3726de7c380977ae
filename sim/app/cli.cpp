#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <ostream>

#include "sim/app/commands.hpp"
#include "sim/app/exit_codes.hpp"
#include "sim/app/shown.hpp"
#include "sim/base/build_info.hpp"
#include "sim/base/diagnostics.hpp"

namespace oikos::app {

namespace {

/// Everything the command line can say, and which command it chose.
struct Choices {
  CheckOptions check;
  PopulationOptions population;
  RunOptions run;
  CompareCommandOptions compare;
  ExplainOptions explain;
  DiffOptions diff;
  bool schema_markdown = false;
  std::vector<std::string> set;
  std::optional<std::string> months, replicates, seed, scale;
};

Settings settings(const Choices& c) {
  Settings all;
  const auto add = [&](const char* option, const char* path, const std::optional<std::string>& value) {
    if (value) all.push_back({path, *value, option});
  };
  add("--months", "months", c.months);
  add("--replicates", "replicates", c.replicates);
  add("--seed", "seed", c.seed);
  add("--scale", "municipalities/*/population/scale", c.scale);
  for (const std::string& one : c.set) {
    const auto sign = one.find('=');
    if (sign == std::string::npos)
      throw InputError({.at = {},
                        .what = "a setting has no value",
                        .expected = "PATH=VALUE, such as providers/shelter/places=40",
                        .got = oikos::quoted(one),
                        .hint = ""});
    all.push_back({one.substr(0, sign), one.substr(sign + 1)});
  }
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (all[i].path == all[k].path)
        throw InputError({.at = {},
                          .what = fmt::format("{} is set twice", oikos::quoted(all[i].path)),
                          .expected = "one value",
                          .got = fmt::format("{} {} and {} {}", all[k].option, oikos::quoted(all[k].value),
                                             all[i].option, oikos::quoted(all[i].value)),
                          .hint = ""});
  return all;
}

/// Refuses an empty value, which a shell makes of a variable that is not set.
CLI::Validator not_empty() {
  return CLI::Validator([](std::string& value) { return std::string(value.empty() ? "must not be empty" : ""); }, "");
}

void add_scenario(CLI::App* app, std::string& scenario, Choices& c) {
  app->add_option("SCENARIO", scenario, "scenario file (YAML)")->required()->check(not_empty());
  app->add_option("--set", c.set,
                  "lay a value over the scenario as a plan would, as PATH=VALUE with slashes between the keys of PATH; "
                  "may be repeated");
  app->add_option("--months", c.months, "months to run, instead of the scenario's")->check(not_empty());
  app->add_option("--replicates", c.replicates, "replicates, instead of the scenario's")->check(not_empty());
  app->add_option("--seed", c.seed, "seed, instead of the scenario's")->check(not_empty());
  app->add_option("--scale", c.scale, "part of the city to simulate, such as '5 %', instead of the scenario's")
      ->check(not_empty());
}

void declare(CLI::App& app, Choices& c) {
  app.require_subcommand(1);
  auto* check = app.add_subcommand("check", "report everything wrong with a scenario, without running it");
  add_scenario(check, c.check.scenario, c);
  check->add_flag("--json", c.check.json, "errors and warnings as JSON");
  check->add_flag("--strict", c.check.strict, "warnings are errors");
  check->footer("Example: oikos check scenarios/ruda-slaska/baseline.yaml");

  auto* population =
      app.add_subcommand("population", "synthesise the population and show how well it fits its margins");
  add_scenario(population, c.population.scenario, c);
  population->add_option("-o,--output", c.population.output, "folder for persons.csv and households.csv")
      ->check(not_empty());
  population->add_flag("--force", c.population.force, "overwrite files");
  population->add_flag("--json", c.population.json, "fit report as JSON");
  population->footer("Example: oikos population scenarios/ruda-slaska/baseline.yaml --output people");

  auto* run = app.add_subcommand("run", "run all replicates of a scenario and write the result (HDF5)");
  add_scenario(run, c.run.scenario, c);
  run->add_option("-o,--output", c.run.output, "result file; NAME.h5 unless given")->check(not_empty());
  run->add_flag("--force", c.run.force, "overwrite the result");
  run->add_option("-j,--threads", c.run.threads, "threads; all processors unless given. Never changes results")
      ->check(CLI::Range(1, 256));
  run->add_option("--chunk", c.run.persons_per_chunk, "persons per unit of work. Never changes results")
      ->check(CLI::Range(1, 100'000'000));
  run->add_flag("--check", c.run.check_every_month,
                "check households and their members every month, besides the books (slow)");
  run->add_flag("--strict", c.run.strict, "warnings are errors");
  run->add_flag("-q,--quiet", c.run.quiet, "no progress");
  run->add_flag("--json", c.run.json, "summary as JSON");
  run->footer(
      "Examples:\n  oikos run scenarios/ruda-slaska/baseline.yaml\n  oikos run plan.yaml --replicates 20 --output "
      "plan.h5\n"
      "Ctrl-C stops after the month; the same command goes on from the replicates that are done, if there are any.");

  auto* compare = app.add_subcommand("compare", "compare results, paired by replicate; the first is the baseline");
  compare->add_option("RESULT", c.compare.results, "result files")->required()->expected(2, 1000);
  compare->add_option("--indicator", c.compare.indicators, "only this indicator; may be repeated");
  compare->add_option("--by", c.compare.by,
                      "also by age_band, sex, education, household_type, district or income_quintile");
  auto* json = compare->add_flag("--json", c.compare.json, "comparison as JSON");
  compare->add_flag("--csv", c.compare.csv, "comparison as CSV")->excludes(json);
  compare->add_option("--report", c.compare.report, "also write a report to this HTML file")->check(not_empty());
  compare->add_flag("--force", c.compare.force, "overwrite the report");
  compare->add_flag("--allow-partial", c.compare.allow_partial, "compare the replicates that all results hold");
  compare
      ->add_flag("--first-difference", c.compare.first_difference,
                 "only say in which month, variable and replicate each plan first differs")
      ->excludes(json);
  compare->footer("Example: oikos compare baseline.h5 plan.h5 --by district --report report.html");

  auto* explain = app.add_subcommand("explain", "say what the model knows and does");
  explain->require_subcommand(1);
  auto* columns = explain->add_subcommand("columns", "names that expressions may use");
  columns->add_option("SCENARIO", c.explain.scenario, "also its parameters and districts");
  columns->add_flag("--json", c.explain.json, "as JSON");
  columns->footer("Example: oikos explain columns scenarios/ruda-slaska/baseline.yaml");
  auto* parameters = explain->add_subcommand("parameters", "what rules read: units, ranges, meanings");
  parameters->add_option("SCENARIO", c.explain.scenario, "also its values at the start, with their sources");
  auto* parameters_json = parameters->add_flag("--json", c.explain.json, "as JSON");
  parameters->add_flag("--markdown", c.explain.markdown, "the table of the reference page")->excludes(parameters_json);
  parameters->footer("Example: oikos explain parameters scenarios/ruda-slaska/baseline.yaml");
  auto* effects = explain->add_subcommand("effects", "what effects may act upon: units, ranges, meanings");
  effects->add_option("SCENARIO", c.explain.scenario, "also the moves of its attributes and its own parameters");
  auto* effects_json = effects->add_flag("--json", c.explain.json, "as JSON");
  effects->add_flag("--markdown", c.explain.markdown, "the table of the reference page")->excludes(effects_json);
  effects->footer("Example: oikos explain effects scenarios/ruda-slaska/baseline.yaml");
  auto* month = explain->add_subcommand("month", "the processes of a month: what they read, write and draw");
  month->add_option("SCENARIO", c.explain.scenario, "scenario file")->required();
  month->footer("Example: oikos explain month scenarios/ruda-slaska/baseline.yaml");

  auto* plan = app.add_subcommand("plan", "work with plans");
  plan->require_subcommand(1);
  auto* diff = plan->add_subcommand("diff", "what differs between two scenarios");
  diff->add_option("BEFORE", c.diff.before, "scenario file")->required();
  diff->add_option("AFTER", c.diff.after, "scenario file")->required();
  diff->add_flag("--json", c.diff.json, "as JSON");
  diff->footer(
      "Example: oikos plan diff scenarios/ruda-slaska/baseline.yaml "
      "scenarios/ruda-slaska/double-integration-places.yaml");

  auto* schema = app.add_subcommand("schema", "JSON Schema of scenario files, for editors");
  schema->add_flag("--markdown", c.schema_markdown, "the keys as a reference page instead");
  schema->footer("Example: oikos schema > scenario.schema.json");
}

int dispatch(const CLI::App& app, Choices& c, Streams streams) {
  if (app.got_subcommand("check")) return c.check.set = settings(c), check(c.check, streams);
  if (app.got_subcommand("population")) return c.population.set = settings(c), population(c.population, streams);
  if (app.got_subcommand("run")) return c.run.set = settings(c), run(c.run, streams);
  if (app.got_subcommand("compare")) return compare(c.compare, streams);
  if (app.got_subcommand("plan")) return plan_diff(c.diff, streams);
  if (app.got_subcommand("schema")) return schema(c.schema_markdown, streams);
  const CLI::App* explain = app.get_subcommand("explain");
  if (explain->got_subcommand("effects")) return explain_effects(c.explain, streams);
  if (explain->got_subcommand("parameters")) return explain_parameters(c.explain, streams);
  return explain->got_subcommand("month") ? explain_month(c.explain, streams) : explain_columns(c.explain, streams);
}

/// Commands that were understood: the program and those named on the command line.
std::vector<const CLI::App*> understood(const CLI::App& app) {
  std::vector<const CLI::App*> chain{&app};
  while (!chain.back()->get_subcommands().empty()) chain.push_back(chain.back()->get_subcommands().front());
  return chain;
}

/// Names that may stand on the command line after what was understood: commands and options of the innermost command.
std::vector<std::string> known_names(const CLI::App& app) {
  const CLI::App* at = understood(app).back();
  std::vector<std::string> names;
  for (const auto* command : at->get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  for (const auto* option : at->get_options())
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

/// CLI11 asks for a missing command, or takes the value of a misspelt option for a file; the word that is unknown tells
/// more.
std::string unknown_word(const CLI::App& app, const std::vector<std::string>& arguments) {
  const auto names = known_names(app);
  for (const auto& word : arguments) {
    std::string name = word.substr(0, word.find('='));
    if (name.size() > 2 && name.starts_with("--") && std::ranges::find(names, name) == names.end()) return name;
  }
  const auto chain = understood(app);
  const bool needs_command = !chain.back()->get_subcommands([](const CLI::App*) { return true; }).empty();
  const std::size_t next = chain.size() - 1;  // each command understood is one word
  if (needs_command && next < arguments.size() && !arguments[next].starts_with("-")) return arguments[next];
  return "";
}

}  // namespace

int run_cli(const std::vector<std::string>& arguments, Streams given) {
  ShownBuffer shown_out(given.out), shown_err(given.err);
  std::ostream out(&shown_out), err(&shown_err);
  err << std::unitbuf;  // a message is there when the program ends over it
  const Streams streams{out, err, given.terminal, &given.err};
  const BuildInfo build = build_info();
  CLI::App app{"oikos simulates the households of a city and the services that help them, and compares plans.",
               "oikos"};
  app.set_version_flag("--version", fmt::format("oikos {} ({}, {})", build.version, build.commit, build.compiler));
  app.footer(
      "A first run:\n  oikos check scenarios/ruda-slaska/baseline.yaml\n  oikos run "
      "scenarios/ruda-slaska/baseline.yaml\n"
      "Guide and reference: docs/index.md. Exit codes: docs/reference/exit_codes.md");
  Choices choices;
  declare(app, choices);
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    app.parse(std::move(reversed));
  } catch (const CLI::Success& request) {  // --help and --version
    app.exit(request, streams.out, streams.err);
    return ok;
  } catch (const CLI::ParseError& error) {
    const std::string word = unknown_word(app, arguments);
    if (word.empty()) streams.err << "error: " << error.what() << "\n";
    else {
      streams.err << fmt::format("error: unknown {} {}\n", word.starts_with("--") ? "option" : "command",
                                 oikos::quoted(word));
      if (const auto hint = did_you_mean(word, known_names(app)); !hint.empty())
        streams.err << "  hint:     " << hint << "\n";
    }
    streams.err << "Run with --help for the commands and options.\n";
    return invalid_input;
  }
  return guarded([&] { return dispatch(app, choices, streams); }, streams.err);
}

}  // namespace oikos::app
