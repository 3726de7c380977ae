#include "tests/analysis/example_results.hpp"

#include <algorithm>
#include <cmath>

#include "sim/h5/result_file.hpp"

namespace oikos::analysis::example {

namespace {

/// Declares a variable and returns its shape's last axis.
ResultVariable& declare(ResultData& data, const std::string& name, const std::string& units,
                        const std::string& breakdown, const std::vector<std::string>& labels) {
  std::string long_name = name;
  std::ranges::replace(long_name, '_', ' ');
  ResultVariable variable{.name = name,
                          .long_name = long_name,
                          .units = units,
                          .description = "for tests",
                          .dims = {"replicate", "time"},
                          .values = {},
                          .may_be_missing = false};
  if (!breakdown.empty()) {
    variable.dims.push_back(breakdown);
    if (std::ranges::find(data.dimensions, breakdown, &ResultDimension::name) == data.dimensions.end())
      data.dimensions.push_back({.name = breakdown, .long_name = breakdown, .labels = labels, .texts = {}});
  }
  return data.variables.emplace_back(std::move(variable));
}

template <class T>
std::vector<T> numbers(const ResultData& data, const Number& number, std::size_t groups) {
  std::vector<T> values;
  for (std::size_t replicate = 0; replicate < data.replicates.size(); ++replicate)
    for (int month = 0; month < data.months; ++month)
      for (std::size_t group = 0; group < groups; ++group) {
        const double x = number(static_cast<int>(replicate), month, static_cast<int>(group));
        values.push_back(static_cast<T>(std::is_integral_v<T> ? std::round(x) : x));
      }
  return values;
}

}  // namespace

ResultData empty_result(const std::string& scenario, int replicates, int months) {
  ResultData data{.title = "A town",
                  .source = "oikos test",
                  .seed = 7,
                  .scenario_name = scenario,
                  .scenario_sha256 = std::string(63, 'a') + static_cast<char>('a' + scenario.size() % 26),
                  .inputs_sha256 = std::string(63, 'b') + static_cast<char>('a' + scenario.size() % 26),
                  .currency = "PLN",
                  .start = Month(2016, 1),
                  .months = months,
                  .replicates = {},
                  .dimensions = {},
                  .variables = {},
                  .texts = {},
                  .population = {.sha256 = std::string(64, 'c'), .persons = 7015, .households = 2902, .scale = 0.05}};
  for (int i = 0; i < replicates; ++i) data.replicates.push_back(i);
  return data;
}

void add(ResultData& data, const std::string& name, const std::string& units, const Number& number,
         const std::string& breakdown, const std::vector<std::string>& labels) {
  auto& variable = declare(data, name, units, breakdown, labels);
  auto values = numbers<double>(data, number, std::max<std::size_t>(1, labels.size()));
  variable.may_be_missing = std::ranges::any_of(values, [](double x) { return std::isnan(x); });
  variable.values = std::move(values);
}

void add_count(ResultData& data, const std::string& name, const std::string& units, const Number& number,
               const std::string& breakdown, const std::vector<std::string>& labels) {
  declare(data, name, units, breakdown, labels).values =
      numbers<std::int64_t>(data, number, std::max<std::size_t>(1, labels.size()));
}

ResultData town(const std::string& scenario, double strength, int replicates, int months) {
  const auto noise = [](int replicate, int month, double size) {
    return size * std::sin(replicate * 12.9898 + month * 0.7) + size * 0.3 * std::cos(replicate * 78.2 + month * 2.1);
  };
  const auto active = [strength](int replicate, int month) {
    return month < 12 ? 0.0
                      : strength * (1 - std::exp(-(month - 11) / 9.0)) *
                            (1 + 0.3 * std::sin(replicate * 5.1) + 0.15 * std::sin(replicate * 3.7 + month));
  };
  const std::vector<std::string> districts{"Śródmieście", "Mokotów", "Wola & Ochota", "Praga \"Północ\" </script>"};
  auto data = empty_result(scenario, replicates, months);
  add_count(data, "persons", "1", [&](int r, int m, int) { return 10'000 + 8 * m + noise(r, m, 30); });
  add_count(data, "births", "1", [&](int r, int m, int) { return 9 + noise(r, m, 4); });
  add(data, "at_risk_of_poverty_rate", "1",
      [&](int r, int m, int) { return 0.173 - 0.0002 * m + noise(r, m, 0.004) - 0.02 * active(r, m); });
  add(data, "median_equivalised_income", "PLN/month",
      [&](int r, int m, int) { return 3100 + 12 * m + noise(r, m, 40) + 60 * active(r, m); });
  add(data, "employment_rate", "1",
      [&](int r, int m, int) { return 0.68 + noise(r, m, 0.006) + 0.015 * active(r, m); });
  add_count(data, "registered_unemployed", "1",
            [&](int r, int m, int) { return 620 + noise(r, m, 25) - 90 * active(r, m); });
  add(
      data, "employment_rate_by_district", "1",
      [&](int r, int m, int g) {
        return 0.62 + 0.03 * g + noise(r, m + g, 0.01) + 0.006 * (g + 1) * active(r, m) -
               (g == 0 ? 0.02 * active(r, m) : 0);
      },
      "district", districts);
  if (strength != 0) {
    add_count(data, "programme_spending", "0.01 PLN", [&](int r, int m, int) { return 4e6 * active(r, m) / strength; },
              "programme", {"job coaching"});
    add_count(data, "programme_enrolled", "1", [&](int r, int m, int) { return 120 * active(r, m) / strength; },
              "programme", {"job coaching"});
  }
  return data;
}

}  // namespace oikos::analysis::example
