#pragma once
#include <array>
#include <cstdint>
#include <vector>

namespace oikos {

/// Person-weighted distribution of equivalised income in one month. Money in minor units a month.
struct IncomeDistribution {
  std::int64_t persons = 0;
  double median = 0;
  std::array<double, 4> quintile_limits{};  ///< 20, 40, 60, 80 %: quantiles as in sim/output/distribution.cpp
  double gini = 0;                          ///< 0 to 1
  double quintile_share_ratio = 0;  ///< income of the top fifth of persons / of the bottom fifth; NaN when that is 0
};

/// One household: equivalised income (not negative, below 2^47) and members (below 2^16), packed so that keys order by
/// income.
inline std::uint64_t income_key(std::int64_t income, std::uint32_t members) {
  return static_cast<std::uint64_t>(income) << 16 | members;
}

/// Sorts the keys (in place) and computes the distribution. Exact integer sums; divisions once at the end.
/// Formulas in docs/methods/indicators.md; every member counts with the income of the household.
/// @param scratch keeps its memory between months
IncomeDistribution distribution(std::vector<std::uint64_t>& keys, std::vector<std::uint64_t>& scratch);

}  // namespace oikos
