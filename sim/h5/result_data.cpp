#include "sim/h5/result_data.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/base/contract.hpp"
#include "sim/base/limits.hpp"
#include "sim/format/result_format.hpp"

namespace oikos {

namespace {

/// A promise about a result that does not hold.
struct Fault {
  std::string promise;
};
void require(bool holds, std::string_view promise) {
  if (!holds) throw Fault{std::string(promise)};
}

/// Collects the names in the root of the file and checks that each is a good one and taken once.
class Names {
 public:
  Names() : taken_{"replicate", "time", "bounds", "time_bounds", "month", "provenance"} {}
  void add(const std::string& name) {
    require(format::is_name(name), fmt::format("'{}' is a name readers accept", name));
    require(taken_.insert(name).second, fmt::format("'{}' names one thing only", name));
  }

 private:
  std::set<std::string, std::less<>> taken_;
};

void check_dimension(const ResultDimension& dimension, Names& names) {
  names.add(dimension.name);
  require(!dimension.long_name.empty(), fmt::format("dimension '{}' has a long_name", dimension.name));
  require(!dimension.labels.empty(), fmt::format("dimension '{}' has a label", dimension.name));
  const std::set<std::string> different(dimension.labels.begin(), dimension.labels.end());
  require(different.size() == dimension.labels.size() && !different.contains(""),
          fmt::format("the labels of dimension '{}' differ and none is empty", dimension.name));
  for (const auto& texts : dimension.texts) {
    names.add(texts.name);
    require(!texts.long_name.empty(), fmt::format("texts '{}' have a long_name", texts.name));
    require(texts.values.size() == dimension.labels.size(),
            fmt::format("texts '{}' are as many as the labels of '{}'", texts.name, dimension.name));
  }
}

/// Where a dimension stands in the order of axes, and its length.
struct Axis {
  std::size_t place;
  std::size_t length;
};
Axis axis(const ResultData& data, const std::string& name) {
  if (name == format::replicate) return {0, data.replicates.size()};
  if (name == format::time) return {1, static_cast<std::size_t>(data.months)};
  const auto found = std::ranges::find(data.dimensions, name, &ResultDimension::name);
  require(found != data.dimensions.end(), fmt::format("dimension '{}' is described", name));
  return {2 + static_cast<std::size_t>(found - data.dimensions.begin()), found->labels.size()};
}

void check_variable(const ResultData& data, const ResultVariable& variable, Names& names) {
  const auto& name = variable.name;
  names.add(name);
  require(!variable.long_name.empty(), fmt::format("variable '{}' has a long_name", name));
  require(format::is_safe_unit(variable.units),
          fmt::format("variable '{}' has a unit that readers leave alone, not '{}'", name, variable.units));
  require(!variable.dims.empty(), fmt::format("variable '{}' has a dimension", name));
  std::size_t values = 1, next_place = 0;
  for (const auto& dim : variable.dims) {
    const auto [place, length] = axis(data, dim);
    require(place >= next_place, fmt::format("the dimensions of '{}' stand in the order of the file", name));
    next_place = place + 1;
    values *= length;
  }
  require(size(variable.values) == values,
          fmt::format("variable '{}' has {} values, not {}", name, values, size(variable.values)));
  require(variable.may_be_missing || !any_missing(variable.values),
          fmt::format("variable '{}' has no missing values", name));
}

/// Equal bits, all NaN being the same.
template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  if constexpr (std::is_floating_point_v<T>)
    return std::ranges::equal(
        a, b, [](T x, T y) { return std::isnan(x) ? std::isnan(y) : x == y && std::signbit(x) == std::signbit(y); });
  else return a == b;
}

}  // namespace

bool operator==(const ResultVariable& a, const ResultVariable& b) {
  const auto same_values = [&]<class T>(const std::vector<T>& list) {
    const auto* other = std::get_if<std::vector<T>>(&b.values);
    return other != nullptr && same(list, *other);
  };
  return a.name == b.name && a.long_name == b.long_name && a.units == b.units && a.description == b.description &&
         a.dims == b.dims && a.may_be_missing == b.may_be_missing && std::visit(same_values, a.values);
}

std::string_view text_of(const ResultData& data, std::string_view name) {
  const auto found = std::ranges::find(data.texts, name, &ResultText::name);
  return found == data.texts.end() ? std::string_view{} : std::string_view(found->text);
}

std::vector<std::string> notes_of(const ResultData& data) {
  std::vector<std::string> notes;
  std::string_view left = text_of(data, format::notes);
  while (!left.empty()) {
    const auto end = std::min(left.find('\n'), left.size());
    if (end > 0) notes.emplace_back(left.substr(0, end));
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return notes;
}

std::string join_lines(const std::vector<std::string>& sentences) {
  std::string text;
  for (const auto& one : sentences) {
    expect(one.find('\n') == std::string::npos, "a note is one line");
    text += one + "\n";
  }
  return text;
}

namespace {

void require_all(const ResultData& data) {
  require(!data.title.empty() && !data.source.empty() && !data.scenario_name.empty(),
          "a result has title, source and scenario name");
  require(data.scenario_sha256.size() == 64, "a result names the SHA-256 of its scenario");
  require(data.inputs_sha256.size() == 64, "a result names the SHA-256 of its inputs");
  require(data.population.sha256.size() == 64, "a result names the SHA-256 of its people");
  require(data.population.scale > 0 && data.population.scale <= 1, "a result simulates a part of the city");
  require(!data.currency.empty(), "a result has a currency");
  require(data.months >= 1 && data.months <= most_months, "a result has a month, and not more than a run has");
  require(!data.replicates.empty() && data.replicates.size() <= most_replicates,
          "a result has a replicate, and not more than a run has");
  require(std::ranges::adjacent_find(data.replicates, std::greater_equal<>()) == data.replicates.end(),
          "replicate numbers grow");
  Names names;
  for (const auto& dimension : data.dimensions) check_dimension(dimension, names);
  for (const auto& variable : data.variables) check_variable(data, variable, names);
  std::set<std::string> texts;
  for (const auto& text : data.texts)
    require(format::is_name(text.name) && texts.insert(text.name).second,
            fmt::format("text '{}' has a name of its own", text.name));
}

}  // namespace

std::optional<std::string> fault_of(const ResultData& data) {
  try {
    require_all(data);
  } catch (const Fault& fault) {
    return fault.promise;
  }
  return std::nullopt;
}

void check(const ResultData& data) {
  if (const auto fault = fault_of(data)) expect(false, *fault);
}

}  // namespace oikos
