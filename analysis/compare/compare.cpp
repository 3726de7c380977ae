#include "analysis/compare/compare.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "analysis/compare/comparable.hpp"
#include "analysis/compare/effect.hpp"
#include "analysis/compare/panel.hpp"
#include "analysis/compare/provenance.hpp"
#include "analysis/compare/selection.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/diagnostics.hpp"
#include "sim/h5/result_file.hpp"

namespace oikos::analysis {

namespace {

Row row_of(const Selected& selected, const std::string& label, std::span<const ResultData> results,
           const Comparison& comparison) {
  const auto& variable = *selected.variable;
  Row row{.indicator = selected.indicator,
          .variable = variable.name,
          .long_name = variable.long_name,
          .description = variable.description,
          .units = shown_units(variable.units, comparison.currency).units,
          .breakdown = selected.breakdown,
          .group = label,
          .effects = {},
          .series = {}};
  const auto panel = [&](const ResultData& data) {
    return read_panel(data, variable.name, label, variable.may_be_missing);
  };
  const auto baseline = panel(results[0]);
  for (const auto& data : results.subspan(1)) {
    const auto plan = panel(data);
    auto& effects = row.effects.emplace_back();
    for (const auto& window : comparison.windows)
      effects.push_back(effect(baseline, plan, window, comparison.confidence));
    row.series.push_back(series(baseline, plan, comparison.confidence));
  }
  return row;
}

/// What the runs say of themselves: once where all say it, else with the names of those that do.
void add_notes_of_runs(std::span<const ResultData> results, Comparison& comparison) {
  std::vector<std::pair<std::string, std::vector<std::string>>> said;  // note, names of the runs
  for (std::size_t i = 0; i < results.size(); ++i)
    for (const auto& note : notes_of(results[i])) {
      auto found = std::ranges::find(said, note, &std::pair<std::string, std::vector<std::string>>::first);
      if (found == said.end()) found = said.insert(said.end(), {note, {}});
      const auto& run = i == 0 ? comparison.baseline : comparison.plans[i - 1];
      found->second.push_back(fmt::format("'{}'", run.name));
    }
  for (const auto& [note, names] : said)
    comparison.notes.push_back(names.size() == results.size() ? fmt::format("All runs: {}", note)
                                                              : fmt::format("{}: {}", fmt::join(names, ", "), note));
}

void add_notes(std::span<const ResultData> results, Comparison& comparison) {
  auto& notes = comparison.notes;
  if (comparison.replicates == 1)
    notes.emplace_back(
        "There is one replicate: no interval can be given, because a single run does not show how much is chance.");
  for (std::size_t i = 0; i < comparison.plans.size(); ++i) {
    const auto& plan = comparison.plans[i];
    for (auto& change : changes_of(results[0], results[i + 1], plan.name)) notes.push_back(std::move(change));
    if (same_scenario(results[0], results[i + 1]))
      notes.push_back(fmt::format("'{}' is the same scenario as the baseline.", plan.name));
    if (plan.source != comparison.baseline.source)
      notes.push_back(fmt::format("'{}' was written by {}, the baseline by {}: a difference may come from the program.",
                                  plan.name, plan.source, comparison.baseline.source));
  }
  const auto lacks_pairs = [&](const Row& row) {
    return std::ranges::any_of(row.effects, [&](const auto& effects) {
      return std::ranges::any_of(effects, [&](const Effect& e) { return e.pairs < comparison.replicates; });
    });
  };
  if (const auto count = std::ranges::count_if(comparison.rows, lacks_pairs); count > 0)
    notes.push_back(
        fmt::format("{} of {} rows rest on fewer pairs than there are replicates, because values are missing.", count,
                    comparison.rows.size()));
}

}  // namespace

bool Row::identical() const {
  return std::ranges::all_of(effects, [](const auto& windows) { return windows.empty() || windows.front().identical; });
}

std::span<const std::string> headline_indicators() {
  static const std::vector<std::string> names{"persons",
                                              "households",
                                              "births",
                                              "deaths",
                                              "arrivals",
                                              "departures",
                                              "at_risk_of_poverty_rate",
                                              "anchored_poverty_rate",
                                              "poverty_gap",
                                              "poverty_severity",
                                              "gini",
                                              "income_quintile_share_ratio",
                                              "median_equivalised_income",
                                              "mean_equivalised_income",
                                              "social_assistance_households",
                                              "employed",
                                              "employment_rate",
                                              "jobs_found",
                                              "registered_unemployed",
                                              "registered_unemployment_rate",
                                              "long_term_unemployed",
                                              "programme_enrolled",
                                              "programme_waiting",
                                              "programme_unpaid",
                                              "programme_entries",
                                              "programme_completions",
                                              "programme_spending",
                                              "provider_places",
                                              "provider_occupied",
                                              "money_flow"};
  return names;
}

Comparison compare(std::span<const ResultData> results, std::span<const std::string> names,
                   const CompareOptions& options) {
  expect(results.size() == names.size(), "each result has a name");
  expect(options.confidence > 0 && options.confidence < 1, "a confidence lies in (0, 1)");
  Diagnostics wrong;
  if (results.size() < 2)
    throw InputError({.at = {},
                      .what = "a comparison needs two result files or more",
                      .expected = "the baseline first, then one or more plans",
                      .got = fmt::format("{}", results.size()),
                      .hint = ""});
  for (std::size_t i = 1; i < results.size(); ++i) check_comparable(results[0], names[0], results[i], names[i], wrong);
  wrong.throw_if_any();

  const auto& first = results[0];
  Comparison comparison{.baseline = {},
                        .plans = {},
                        .start = first.start,
                        .months = first.months,
                        .replicates = static_cast<int>(first.replicates.size()),
                        .seed = first.seed,
                        .currency = first.currency,
                        .confidence = options.confidence,
                        .windows = windows_of(first.months),
                        .rows = {},
                        .notes = {}};
  const auto titles = run_names(results, names);
  for (std::size_t i = 0; i < results.size(); ++i) {
    ComparedRun run{titles[i], names[i], results[i].scenario_sha256, results[i].inputs_sha256, results[i].source};
    if (i == 0) comparison.baseline = std::move(run);
    else comparison.plans.push_back(std::move(run));
  }
  const auto selected = select(results, names, options, comparison.notes, wrong);
  wrong.throw_if_any();
  for (const auto& one : selected)
    for (const auto& label : one.labels) comparison.rows.push_back(row_of(one, label, results, comparison));
  add_notes(results, comparison);
  add_notes_of_runs(results, comparison);
  return comparison;
}

Comparison compare(std::span<const std::filesystem::path> paths, const CompareOptions& options) {
  std::vector<ResultData> results;
  std::vector<std::string> names;
  for (const auto& path : paths) {
    results.push_back(read_result(path));
    names.push_back(path.string());
  }
  return compare(results, names, options);
}

}  // namespace oikos::analysis
