#include "analysis/compare/provenance.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

#include "sim/base/diagnostics.hpp"
#include "sim/format/result_format.hpp"
#include "sim/text/overlay.hpp"

namespace oikos::analysis {

namespace {

constexpr std::size_t most_paths = 12;

struct Input {
  std::string_view checksum;
  std::string_view name;
};

std::vector<Input> inputs_of(const ResultData& data) {
  std::vector<Input> inputs;
  std::string_view left = text_of(data, format::inputs);
  while (!left.empty()) {
    const auto line = left.substr(0, left.find('\n'));
    const auto gap = line.find("  ");
    if (gap != std::string_view::npos) inputs.push_back({line.substr(0, gap), line.substr(gap + 2)});
    left.remove_prefix(std::min(line.size() + 1, left.size()));
  }
  return inputs;
}

/// The inputs of `mine` whose content `others` lack.
std::vector<Input> lacking(const std::vector<Input>& mine, const std::vector<Input>& others) {
  std::vector<Input> out;
  for (const Input& one : mine)
    if (std::ranges::find(others, one.checksum, &Input::checksum) == others.end()) out.push_back(one);
  return out;
}

/// The scenario of a result as a tree; empty where it cannot be read.
Node tree_of(const ResultData& data) {
  Diagnostics unread;
  try {
    return parse_yaml(make_source("scenario", std::string(text_of(data, format::scenario_yaml))), unread);
  } catch (const InputError&) {  // more mistakes than are kept
    return {};
  }
}

/// What the scenarios' entries differ in, without those that only name them.
std::vector<std::string> changed_paths(const ResultData& baseline, const ResultData& plan) {
  std::vector<std::string> paths;
  for (const Change& change : diff(tree_of(baseline), tree_of(plan)))
    if (change.path != "name" && change.path != "title") paths.push_back(change.path);
  return paths;
}

}  // namespace

OtherTables other_tables(const ResultData& first, const ResultData& second) {
  OtherTables out;
  const auto mine = inputs_of(first), others = inputs_of(second);
  const auto only_mine = lacking(mine, others), only_others = lacking(others, mine);
  for (const Input& one : only_others) {
    const bool in_both = std::ranges::find(only_mine, one.name, &Input::name) != only_mine.end();
    (in_both ? out.changed : out.added).emplace_back(one.name);
  }
  for (const Input& one : only_mine)
    if (std::ranges::find(only_others, one.name, &Input::name) == only_others.end()) out.removed.emplace_back(one.name);
  return out;
}

std::string listed(const OtherTables& tables) {
  std::vector<std::string> all;
  // The scenario whose paths a run is kept on stands among its inputs, as a text and not as a table.
  for (const auto& name : tables.changed) all.push_back(name + " (other content)");
  for (const auto& name : tables.added) all.push_back(name + " (only here)");
  for (const auto& name : tables.removed) all.push_back(name + " (not here)");
  return fmt::format("{}", fmt::join(all, ", "));
}

std::string listed_changes(const ResultData& baseline, const ResultData& plan) {
  auto paths = changed_paths(baseline, plan);
  const std::size_t more = paths.size() - std::min(paths.size(), most_paths);
  paths.resize(paths.size() - more);
  return fmt::format("{}{}", fmt::join(paths, ", "), more == 0 ? "" : fmt::format(" and {} more entries", more));
}

std::vector<std::string> changes_of(const ResultData& baseline, const ResultData& plan, const std::string& name) {
  std::vector<std::string> notes;
  if (const std::string changes = listed_changes(baseline, plan); !changes.empty())
    notes.push_back(fmt::format("'{}' changes {}.", name, changes));
  if (const auto tables = other_tables(baseline, plan); !tables.none())
    notes.push_back(fmt::format("'{}' was run with other inputs than the baseline: {}.", name, listed(tables)));
  return notes;
}

bool same_scenario(const ResultData& first, const ResultData& second) {
  return first.scenario_sha256 == second.scenario_sha256 && first.inputs_sha256 == second.inputs_sha256 &&
         first.population == second.population;
}

}  // namespace oikos::analysis
