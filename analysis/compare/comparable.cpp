#include "analysis/compare/comparable.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "analysis/compare/provenance.hpp"
#include "sim/format/result_format.hpp"

namespace oikos::analysis {

namespace {

template <class List>
auto* find_named(const List& list, std::string_view name) {
  const auto found = std::ranges::find_if(list, [&](const auto& item) { return item.name == name; });
  return found == list.end() ? nullptr : &*found;
}

/// "0 to 19", or "0, 3, 4".
std::string range_of(const std::vector<std::int32_t>& numbers) {
  const auto count = static_cast<std::int32_t>(numbers.size());
  if (count > 2 && numbers.back() - numbers.front() == count - 1)
    return fmt::format("{} to {}", numbers.front(), numbers.back());
  return fmt::format("{}", fmt::join(numbers, ", "));
}

class Checker {
 public:
  Checker(const ResultData& first, const std::string& first_name, const ResultData& other, const std::string& name,
          Diagnostics& wrong)
      : first_(first), first_name_(first_name), other_(other), name_(name), wrong_(wrong) {}

  void months() {
    expect_same("starts in another month", to_string(first_.start), to_string(other_.start));
    expect_same("has another number of months", fmt::format("{}", first_.months), fmt::format("{}", other_.months));
    expect_same("holds other replicates", range_of(first_.replicates), range_of(other_.replicates));
    if (first_.seed != other_.seed)
      wrong_.add(about_file(name_, "was run with another seed", as_in(fmt::format("{}", first_.seed)),
                            fmt::format("{}", other_.seed),
                            "run both plans with the same seed: only then do replicates make pairs"));
    people();
  }

  void meaning() {
    expect_same("counts in another currency", first_.currency, other_.currency);
    for (const auto& variable : other_.variables)
      if (const auto* mine = find_variable(first_, variable.name)) {
        expect_same(fmt::format("'{}' has another unit", variable.name), mine->units, variable.units);
        expect_same(fmt::format("'{}' has other dimensions", variable.name),
                    fmt::format("{}", fmt::join(mine->dims, ", ")), fmt::format("{}", fmt::join(variable.dims, ", ")));
      }
    for (const auto& dimension : other_.dimensions)
      if (const auto* mine = find_dimension(first_, dimension.name);
          mine && !is_open(dimension.name) && dimension.name != format::population_margin)
        expect_same(fmt::format("breakdown '{}' has other groups", dimension.name),
                    fmt::format("{}", fmt::join(mine->labels, ", ")),
                    fmt::format("{}", fmt::join(dimension.labels, ", ")));
  }

  /// The same people at the start. A seed or a scale that differs says why they differ.
  void people() {
    const auto& mine = first_.population;
    const auto& others = other_.population;
    if (mine.scale != others.scale)
      return wrong_.add(about_file(name_, "simulates another part of the city", as_in(percent(mine.scale)),
                                   percent(others.scale), "run both with the same population scale"));
    if (mine.sha256 == others.sha256 || first_.seed != other_.seed || first_.start != other_.start) return;
    const auto tables = other_tables(first_, other_);
    wrong_.add(about_file(
        name_, "starts with other people", as_in(described(mine)), described(others),
        tables.none()
            ? fmt::format("the scenarios differ in {}: let values that shape the people of the first month, such as "
                          "wages and pension ages, begin after it",
                          listed_changes(first_, other_))
            : fmt::format("run both with the same population tables; other tables: {}", listed(tables))));
  }

 private:
  static std::string percent(double share) { return fmt::format("{:.6g} %", 100 * share); }
  static std::string described(const InitialPopulation& people) {
    return fmt::format("population {} ({} persons in {} households)", people.sha256.substr(0, 12), people.persons,
                       people.households);
  }

  std::string as_in(const std::string& value) const { return fmt::format("{}, as in {}", value, first_name_); }
  void expect_same(std::string what, const std::string& expected, const std::string& got) {
    if (expected != got) wrong_.add(about_file(name_, std::move(what), as_in(expected), got));
  }

  const ResultData& first_;
  const std::string& first_name_;
  const ResultData& other_;
  const std::string& name_;
  Diagnostics& wrong_;
};

}  // namespace

bool is_open(std::string_view dimension) {
  return dimension == format::programme || dimension == format::provider || dimension == format::flow;
}

Diagnostic about_file(const std::string& name, std::string what, std::string expected, std::string got,
                      std::string hint) {
  return {.at = {.source = std::make_shared<const SourceText>(SourceText{name, ""})},
          .what = std::move(what),
          .expected = std::move(expected),
          .got = std::move(got),
          .hint = std::move(hint)};
}

void check_same_months(const ResultData& first, const std::string& first_name, const ResultData& other,
                       const std::string& name, Diagnostics& wrong) {
  Checker(first, first_name, other, name, wrong).months();
}

void check_comparable(const ResultData& first, const std::string& first_name, const ResultData& other,
                      const std::string& name, Diagnostics& wrong) {
  Checker checker(first, first_name, other, name, wrong);
  checker.months();
  checker.meaning();
}

std::vector<std::string> run_names(std::span<const ResultData> results, std::span<const std::string> names) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const auto& scenario = results[i].scenario_name;
    const bool shared = std::ranges::count(results, scenario, &ResultData::scenario_name) > 1;
    auto name = shared ? fmt::format("{} ({})", scenario, std::filesystem::path(names[i]).stem().string()) : scenario;
    if (std::ranges::find(found, name) != found.end()) name = fmt::format("{} #{}", name, i + 1);
    found.push_back(std::move(name));
  }
  return found;
}

const ResultVariable* find_variable(const ResultData& data, std::string_view name) {
  return find_named(data.variables, name);
}

const ResultDimension* find_dimension(const ResultData& data, std::string_view name) {
  return find_named(data.dimensions, name);
}

}  // namespace oikos::analysis
