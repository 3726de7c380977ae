#include "analysis/compare/panel.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "analysis/compare/comparable.hpp"
#include "sim/base/contract.hpp"

namespace oikos::analysis {

namespace {

/// Every `step`-th value from `first` on, without a copy of the rest in floating point.
std::vector<double> every(const Values& values, std::size_t first, std::size_t step, double divisor) {
  return std::visit(
      [&]<class T>(const std::vector<T>& list) {
        std::vector<double> out;
        out.reserve(list.size() / step);
        for (std::size_t i = first; i < list.size(); i += step) {
          const bool missing = std::is_integral_v<T> && list[i] == missing_value<T>();
          out.push_back(missing ? missing_value<double>() : static_cast<double>(list[i]) / divisor);
        }
        return out;
      },
      values);
}

}  // namespace

ShownUnits shown_units(const std::string& units, const std::string& currency) {
  double factor = 0;
  const auto [end, error] = std::from_chars(units.data(), units.data() + units.size(), factor);
  const std::string_view rest(end, static_cast<std::size_t>(units.data() + units.size() - end));
  if (error != std::errc() || factor <= 0 || !rest.starts_with(' ')) return {units, 1};
  const auto unit = rest.substr(1);
  if (unit != currency && !unit.starts_with(currency + "/")) return {units, 1};
  // 0.01 has no exact binary form; dividing by 100 rounds once and gives the decimal amount's nearest number.
  const double divisor = std::round(1 / factor);
  if (divisor < 1 || std::abs(factor * divisor - 1) > 1e-12) return {units, 1};
  return {std::string(unit), divisor};
}

Panel read_panel(const ResultData& data, std::string_view name, std::string_view label, bool may_be_missing) {
  const auto cells = data.replicates.size() * static_cast<std::size_t>(data.months);
  const double absent = may_be_missing ? missing_value<double>() : 0.0;
  const auto* variable = find_variable(data, name);
  if (variable == nullptr) return {std::vector<double>(cells, absent), data.months};
  const double divisor = shown_units(variable->units, data.currency).divisor;
  if (variable->dims.size() == 2) return {every(variable->values, 0, 1, divisor), data.months};
  expect(variable->dims.size() == 3, "a variable compared has two dimensions or three");
  const auto* dimension = find_dimension(data, variable->dims[2]);
  expect(dimension != nullptr, "the dimension of a variable is described");
  const auto found = std::ranges::find(dimension->labels, label);
  if (found == dimension->labels.end()) return {std::vector<double>(cells, absent), data.months};
  const auto place = static_cast<std::size_t>(found - dimension->labels.begin());
  return {every(variable->values, place, dimension->labels.size(), divisor), data.months};
}

}  // namespace oikos::analysis
