#include <algorithm>
#include <array>
#include <iterator>

#include "sim/scenario/scenario.hpp"

namespace oikos {

namespace {

/// Keys that say how a scenario is run, and under which name, not what is in it.
constexpr std::array<std::string_view, 6> keys_of_running{"name", "title", "start", "months", "replicates", "seed"};

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

bool says_how_to_run(const Setting& setting) {
  return std::ranges::find(keys_of_running, setting.path) != keys_of_running.end() ||
         (setting.path.starts_with("municipalities/") && setting.path.ends_with("/population/scale"));
}

/// Settings of what is kept: they are the baseline's, whatever else is set.
bool is_kept(const Setting& setting) {
  const std::vector<std::string_view> parts = parts_of(setting.path);
  return parts.size() >= 3 && parts[0] == "municipalities" && parts[2] == "keep";
}

/// A file as a scenario of its own; nothing when it is none. @throws InputError it is one, and has mistakes
std::optional<LoadedScenario> load_whole(const std::string& path, const Settings& set) {
  Diagnostics reported_when_read;
  const Node tree = parse_yaml(read_source(path), reported_when_read);
  const bool extends = tree.find("extends") != nullptr;
  if (!extends && (tree.find("start") == nullptr || tree.find("municipalities") == nullptr)) return std::nullopt;
  try {
    return load_scenario(path, set);
  } catch (const InputError&) {
    // A plan in the middle of a chain may be none by itself. The file below all others is what the plans are measured
    // against: with mistakes, also with such as a plan mends, it has no paths.
    if (extends) return std::nullopt;
    throw;
  }
}

/// Runs a baseline as its plan is run.
void run_like(const Scenario& plan, Scenario& baseline) {
  baseline.start = plan.start;
  baseline.months = plan.months;
  baseline.replicates = plan.replicates;
  baseline.seed = plan.seed;
  for (auto& municipality : baseline.municipalities) {
    const auto same = std::ranges::find(plan.municipalities, municipality.name, &Named<MunicipalitySpec>::name);
    if (same != plan.municipalities.end()) municipality.value.population.scale = same->value.population.scale;
  }
}

Settings kept_of(const LoadedScenario& loaded) {
  Settings kept;
  std::ranges::copy_if(loaded.set, std::back_inserter(kept), is_kept);
  return kept;
}

}  // namespace

std::string sha256_of_baseline(const LoadedScenario& loaded, const std::optional<LoadedScenario>& baseline) {
  if (baseline) return baseline->sha256;
  const auto own = load_whole(loaded.sources.front()->name, kept_of(loaded));
  return own ? own->sha256 : loaded.sha256;
}

std::optional<LoadedScenario> load_baseline(const LoadedScenario& plan) {
  if (plan.is_baseline) return std::nullopt;
  const auto is_of_plan = [](const auto& setting) { return !says_how_to_run(setting) && !is_kept(setting); };
  const Settings kept = kept_of(plan);
  // For settings that change what is in it, the file itself is a baseline.
  const std::size_t nearest = std::ranges::any_of(plan.set, is_of_plan) ? 0 : 1;
  for (std::size_t i = plan.sources.size(); i-- > nearest;) {
    auto baseline = load_whole(plan.sources[i]->name, kept);
    if (!baseline) continue;
    baseline->is_baseline = true;
    run_like(plan.scenario, baseline->scenario);
    return baseline;
  }
  return std::nullopt;
}

}  // namespace oikos
