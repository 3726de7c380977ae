#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "sim/app/commands.hpp"
#include "sim/app/exit_codes.hpp"
#include "sim/app/json_text.hpp"
#include "sim/effect/effect.hpp"
#include "sim/parameter/parameter_unit.hpp"
#include "sim/scenario/declared_parameters.hpp"
#include "sim/scenario/modules.hpp"
#include "sim/scenario/prepare.hpp"

namespace oikos::app {

namespace {

/// One target as `explain effects` tells it.
struct ToldTarget {
  std::string name, of, unit, range, givers, meaning, page;
};

ToldTarget tell(const TargetSpec& target) {
  const bool chance = target.unit == "chance";
  const std::string by = target.is_of_people() ? "attributes, programmes, levers, shocks" : "levers, shocks";
  std::string faces(target.faces.empty() || target.faces == "true" ? "" : target.faces);
  return {.name = std::string(target.name),
          .of = std::string(target_owner_names[static_cast<std::size_t>(target.of)]),
          .unit = std::string(target.unit.empty() ? "factor" : target.unit),
          .range = chance ? "0 to 100 % a month" + (faces.empty() ? "" : ", of those with " + faces) : "0 and above",
          .givers = by,
          .meaning = std::string(target.doc),
          .page = std::string(target.page)};
}

std::vector<ToldTarget> tell_all(const Registry& registry) {
  std::vector<ToldTarget> all;
  for (const TargetSpec* one : registry.targets()) all.push_back(tell(*one));
  std::ranges::stable_sort(all, {}, &ToldTarget::name);
  return all;
}

/// Parameters that are read by month, but not those that are a target's name: effects of that name act on the persons.
void tell_parameters(const Registry& registry, const std::string& currency, std::vector<ToldTarget>& all) {
  for (const ParameterSpec& spec : declared_parameters()) {
    if (spec.read == ParameterRead::at_start || registry.find_target(spec.name) != nullptr) continue;
    all.push_back({.name = spec.name,
                   .of = "municipality",
                   .unit = unit_text(spec.unit, currency),
                   .range = show_range(spec.allowed, spec.unit, currency),
                   .givers = "levers, shocks",
                   .meaning = spec.meaning,
                   .page = "reference/parameters.md"});
  }
}

void print(const std::vector<ToldTarget>& all, std::ostream& out) {
  std::vector<std::string_view> paths;
  for (const RelationInfo& one : std::span(relations).subspan(1)) paths.push_back(one.name);
  out << fmt::format("Targets of effects. Of persons and households a path may say who receives the effect: {}.\n\n",
                     fmt::join(paths, ", "));
  for (const ToldTarget& one : all)
    out << fmt::format("{} [{}], of each {}\n    {}\n    {}; given by {}; docs/{}\n", one.name, one.unit, one.of,
                       one.meaning, one.range, one.givers, one.page);
}

}  // namespace

std::string targets_markdown(const std::string& currency) {
  auto all = tell_all(declared());
  std::string out = "| target | of each | unit | range | given by | meaning |\n|---|---|---|---|---|---|\n";
  for (const ToldTarget& one : all)
    out += fmt::format("| `{}` | {} | {} | {} | {} | [{}](../{}) |\n", one.name, one.of, one.unit, one.range,
                       one.givers, one.meaning, one.page);
  out += fmt::format(
      "| any [parameter](parameters.md) that is read by month | municipality | its own, in {} | its own | "
      "levers, shocks | its own |\n\n",
      currency);
  return out;
}

int explain_effects(const ExplainOptions& options, Streams streams) {
  if (options.markdown) {
    streams.out << targets_markdown("PLN");
    return ok;
  }
  std::vector<ToldTarget> all;
  if (options.scenario.empty()) {
    all = tell_all(declared());
    tell_parameters(declared(), "PLN", all);
  } else {
    const PreparedScenario prepared = prepare_all(load_readable(options.scenario));
    const Prepared& one = prepared.municipalities.front();
    all = tell_all(one.loaded.registry());
    tell_parameters(one.loaded.registry(), one.loaded.scenario.currency, all);
    for (const Parameter& parameter : one.parameters.all())
      if (parameter.spec == nullptr)
        all.push_back({.name = parameter.name,
                       .of = "municipality",
                       .unit = unit_text(parameter.unit, one.loaded.scenario.currency),
                       .range = "any",
                       .givers = "levers, shocks",
                       .meaning = "a parameter of the scenario's own",
                       .page = "reference/parameters.md"});
  }
  if (options.json) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const ToldTarget& one : all)
      list.push_back({{"name", one.name},
                      {"of", one.of},
                      {"unit", one.unit},
                      {"range", one.range},
                      {"given_by", one.givers},
                      {"meaning", one.meaning},
                      {"page", one.page}});
    streams.out << json_text(nlohmann::ordered_json{{"schema", "oikos-effects/1"}, {"targets", list}});
    return ok;
  }
  print(all, streams.out);
  return ok;
}

}  // namespace oikos::app
