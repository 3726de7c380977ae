#include "analysis/compare/selection.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "analysis/compare/comparable.hpp"
#include "sim/format/result_format.hpp"

namespace oikos::analysis {

namespace {

const ResultVariable* find_anywhere(std::span<const ResultData> results, std::string_view name) {
  for (const auto& data : results)
    if (const auto* found = find_variable(data, name)) return found;
  return nullptr;
}

/// Whether we know how to pair it: by replicate and month, and at most one breakdown.
bool has_panel(const ResultVariable& variable) {
  const auto& dims = variable.dims;
  return (dims.size() == 2 || dims.size() == 3) && dims[0] == format::replicate && dims[1] == format::time;
}

std::string breakdown_of(const ResultVariable& variable) { return variable.dims.size() == 3 ? variable.dims[2] : ""; }

std::vector<std::string> labels_of(std::span<const ResultData> results, const std::string& breakdown) {
  if (breakdown.empty()) return {""};
  std::vector<std::string> labels;
  std::set<std::string, std::less<>> seen;
  for (const auto& data : results)
    if (const auto* dimension = find_dimension(data, breakdown))
      for (const auto& label : dimension->labels)
        if (seen.insert(label).second) labels.push_back(label);
  return labels;
}

/// Names of all variables that could be compared, without the broken-down forms.
std::vector<std::string> known_indicators(std::span<const ResultData> results) {
  std::vector<std::string> known;
  for (const auto& data : results)
    for (const auto& variable : data.variables)
      if (has_panel(variable) && variable.name.find("_by_") == std::string::npos &&
          std::ranges::find(known, variable.name) == known.end())
        known.push_back(variable.name);
  return known;
}

class Selection {
 public:
  Selection(std::span<const ResultData> results, std::span<const std::string> names, std::vector<std::string>& notes,
            Diagnostics& wrong)
      : results_(results), names_(names), notes_(notes), wrong_(wrong) {}

  /// Headline indicators: those that are there.
  void add_headlines(std::span<const std::string> by) {
    for (const auto& name : headline_indicators())
      if (const auto* variable = find_anywhere(results_, name); variable && has_panel(*variable)) {
        if (const auto lacking = who_lacks(*variable); !lacking.empty())
          notes_.push_back(fmt::format("'{}' is left out: {} lacks it.", name, lacking));
        else add(name, *variable, by);
      }
  }

  /// An indicator that was asked for.
  void add_named(const std::string& name, std::span<const std::string> by) {
    const auto* variable = find_anywhere(results_, name);
    if (variable == nullptr) {
      const auto known = known_indicators(results_);
      return wrong_.add({.at = {},
                         .what = "unknown indicator",
                         .expected = fmt::format("one of {}", fmt::join(known, ", ")),
                         .got = oikos::quoted(name),
                         .hint = did_you_mean(name, known)});
    }
    if (!has_panel(*variable))
      return wrong_.add({.at = {},
                         .what = fmt::format("'{}' cannot be compared", name),
                         .expected = "a variable by replicate, month and at most one breakdown",
                         .got = fmt::format("({})", fmt::join(variable->dims, ", ")),
                         .hint = ""});
    if (const auto lacking = who_lacks(*variable); !lacking.empty())
      return wrong_.add(about_file(lacking, fmt::format("lacks the indicator '{}'", name), "", ""));
    add(name, *variable, by);
  }

  void check_breakdowns(std::span<const std::string> by) {
    for (const auto& breakdown : by) {
      if (used_.contains(breakdown)) continue;
      std::vector<std::string> known;
      for (const auto& variable : results_[0].variables)
        if (const auto& name = breakdown_of(variable);
            has_panel(variable) && !name.empty() && !is_open(name) && std::ranges::find(known, name) == known.end())
          known.push_back(name);
      const bool is_one = std::ranges::find(known, breakdown) != known.end();
      wrong_.add({.at = {},
                  .what = "no indicator compared has this breakdown",
                  .expected = known.empty() ? "" : fmt::format("one of {}", fmt::join(known, ", ")),
                  .got = oikos::quoted(breakdown),
                  .hint = is_one ? "it is one of other indicators: leave it out, or name an indicator that has it with "
                                   "--indicator"
                                 : did_you_mean(breakdown, known)});
    }
  }

  std::vector<Selected> take() { return std::move(selected_); }

 private:
  void add(const std::string& name, const ResultVariable& variable, std::span<const std::string> by) {
    add_one(name, variable);
    used_.insert(breakdown_of(variable));  // as in '--indicator persons_by_sex --by sex'
    for (const auto& breakdown : by) {
      const auto* broken_down = find_anywhere(results_, format::by_breakdown(name, breakdown));
      if (broken_down == nullptr || !has_panel(*broken_down)) continue;
      used_.insert(breakdown);
      if (const auto lacking = who_lacks(*broken_down); !lacking.empty())
        notes_.push_back(fmt::format("'{}' is left out: {} lacks it.", broken_down->name, lacking));
      else add_one(name, *broken_down);
    }
  }

  void add_one(const std::string& name, const ResultVariable& variable) {
    if (std::ranges::find(selected_, &variable, &Selected::variable) != selected_.end()) return;
    const auto breakdown = breakdown_of(variable);
    const auto suffix = "_by_" + breakdown;
    const bool full_name = !breakdown.empty() && name.ends_with(suffix);
    selected_.push_back({full_name ? name.substr(0, name.size() - suffix.size()) : name, &variable, breakdown,
                         labels_of(results_, breakdown)});
  }

  /// The first result that lacks a variable which all should have; empty when none does. Programmes, providers and
  /// flows may be absent: then there are none.
  std::string who_lacks(const ResultVariable& variable) const {
    if (is_open(breakdown_of(variable))) return "";
    for (std::size_t i = 0; i < results_.size(); ++i)
      if (find_variable(results_[i], variable.name) == nullptr) return names_[i];
    return "";
  }

  std::span<const ResultData> results_;
  std::span<const std::string> names_;
  std::vector<std::string>& notes_;
  Diagnostics& wrong_;
  std::vector<Selected> selected_;
  std::set<std::string, std::less<>> used_;
};

}  // namespace

std::vector<Selected> select(std::span<const ResultData> results, std::span<const std::string> names,
                             const CompareOptions& options, std::vector<std::string>& notes, Diagnostics& wrong) {
  Selection selection(results, names, notes, wrong);
  if (options.indicators.empty()) selection.add_headlines(options.by);
  for (const auto& name : options.indicators) selection.add_named(name, options.by);
  selection.check_breakdowns(options.by);
  return selection.take();
}

}  // namespace oikos::analysis
