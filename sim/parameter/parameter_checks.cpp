#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "sim/parameter/parameter_set.hpp"
#include "sim/parameter/parameter_unit.hpp"

namespace oikos {

namespace {

/// A parameter without a declaration is the analyst's own or a misspelt one.
std::string hint_of_own(const Parameter& own, std::span<const ParameterSpec> declared, const ParameterScope& scope) {
  std::vector<std::string> names;
  for (const ParameterSpec& spec : declared) names.push_back(spec.name);
  std::string near = did_you_mean(own.name, names);
  if (!near.empty()) return near;
  return fmt::format("no rule knows it, so it is your own: write '{}: {{{}: ..., {}: ...}}'", own.name,
                     to_string(scope.start), to_string(own.values.first()));
}

}  // namespace

void ParameterSet::check(const Position& place, Diagnostics& diagnostics) const {
  for (const ParameterSpec& spec : *declared_)
    if (!spec.optional && find(spec.name) == nullptr)
      diagnostics.add(
          {.at = place,
           .what = fmt::format("missing parameter {}", quoted(spec.name)),
           .expected = fmt::format("a row of that name in one of the tables of parameters: {}", spec.meaning),
           .got = "",
           .hint = fmt::format("give {}", describe(spec.unit, scope_.currency))});
  for (const Parameter& one : all_) {
    if (!one.values.covers(scope_.start))
      diagnostics.add({.at = one.rows.front().at,
                       .what = fmt::format("parameter {} has no value at the start of the run", quoted(one.name)),
                       .expected = fmt::format("a value in force in {}", to_string(scope_.start)),
                       .got = fmt::format("the first one from {}", to_string(one.values.first())),
                       .hint = one.spec == nullptr ? hint_of_own(one, *declared_, scope_) : ""});
    if (one.spec != nullptr) check_range(one, diagnostics);
  }
}

bool ParameterSet::is_in_force(const Parameter& parameter, std::size_t change) const {
  const auto changes = parameter.values.changes();
  const bool replaced = change + 1 < changes.size() && changes[change + 1].from <= scope_.start;
  return !replaced && changes[change].from < scope_.start + scope_.months;
}

bool ParameterSet::is_usual(const Parameter& parameter, std::size_t change) const {
  const ParameterSpec& spec = *parameter.spec;
  const auto& [from, value, at] = parameter.values.changes()[change];
  if (spec.relative_to.empty()) return spec.plausible.holds(value);
  const Month month = std::max(from, scope_.start);
  const Parameter* base = find(spec.relative_to);
  if (base == nullptr || !base->values.covers(month)) return true;
  // Where the measure itself is odd, only it is named; two that measure each other are both.
  const bool mutual = base->spec->relative_to == spec.name;
  const auto changes = base->values.changes();
  const auto after = std::ranges::upper_bound(changes, month, {}, &Dated<double>::Change::from);
  if (!mutual && !is_usual(*base, static_cast<std::size_t>(after - changes.begin()) - 1)) return true;
  const double measure = base->values.at(month);
  if (!base->spec->allowed.holds(measure)) return true;
  return ParameterRange{spec.plausible.low * measure, spec.plausible.high * measure}.holds(value);
}

void ParameterSet::check_range(const Parameter& parameter, Diagnostics& diagnostics) const {
  const ParameterSpec& spec = *parameter.spec;
  const auto changes = parameter.values.changes();
  bool warned = false;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Diagnostic said{.at = parameter.rows[i].at,
                    .what = fmt::format("parameter {} is out of range", quoted(spec.name)),
                    .expected = show_range(spec.allowed, spec.unit, scope_.currency),
                    .got = show_parameter(changes[i].value, spec.unit, scope_.currency),
                    .hint = fmt::format("it is read as: {}", spec.meaning)};
    if (!spec.allowed.holds(changes[i].value)) {
      diagnostics.add(said);
    } else if (spec.step > 0 && std::fmod(changes[i].value, spec.step) != 0) {
      const bool years = spec.unit == ParameterUnit::months;
      said.what = fmt::format("parameter {} is {}", quoted(spec.name),
                              years ? "not a whole number of years" : "no whole number");
      said.expected = years ? "whole years, such as '16 years'" : "a whole number";
      diagnostics.add(said);
      return;
    } else if (!warned && is_in_force(parameter, i) && !is_usual(parameter, i)) {
      warned = true;
      said.what = fmt::format("parameter {} is outside its usual range", quoted(spec.name));
      said.expected = usual_range(spec, scope_.currency);
      if (const Month month = std::max(changes[i].from, scope_.start); !spec.relative_to.empty()) {
        const Parameter* base = find(spec.relative_to);
        said.expected += fmt::format(", {} in {}", show_parameter(base->values.at(month), base->unit, scope_.currency),
                                     to_string(month));
      }
      diagnostics.warn(said);
    }
  }
}

}  // namespace oikos
