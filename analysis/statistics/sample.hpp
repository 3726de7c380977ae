#pragma once
#include <optional>
#include <span>
#include <vector>

/// Statistics of replicates: pure functions of spans. Equations and sources: docs/methods/comparison.md.
namespace oikos::statistics {

/// Arithmetic mean in two passes: the sum, then a correction by the mean of what is left; equal values give themselves.
/// @throws ContractError  no values
double mean(std::span<const double> values);

/// Sample variance, divided by n - 1.
/// @throws ContractError  fewer than two values
double variance(std::span<const double> values);

/// Quantile of Student's t distribution.
/// @param degrees  degrees of freedom, above 0
/// @param p        in (0, 1)
/// @throws ContractError  outside of these
double t_quantile(double degrees, double p);

/// A range of numbers, both ends included.
struct Interval {
  double low = 0;
  double high = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// Interval for the mean of the population the values were drawn from: mean +- t_{n-1} s / sqrt(n).
/// @param confidence  in (0, 1), as 0.95
/// @returns nothing for fewer than two values: one value says nothing about its own spread
/// @throws ContractError  no values, or confidence outside of (0, 1)
std::optional<Interval> t_interval(std::span<const double> values, double confidence);

/// What pairs of values, one of each plan in the same replicate, say about the difference `second - first`.
struct Paired {
  double difference = 0;                  ///< mean of the differences
  std::optional<Interval> interval = {};  ///< of the mean difference; nothing for one pair
  double share_higher = 0;                ///< share of the pairs in which the second is higher
  double share_lower = 0;                 ///< share of the pairs in which it is lower
  /// (s1^2 + s2^2) / s_D^2: how many times as many independent runs would be needed for the same interval. Nothing for
  /// one pair or when all differences are the same.
  std::optional<double> variance_reduction = {};
};

/// Compares pairs. @param first, second  of equal length, at least one pair
/// @throws ContractError  lengths differ, or no pairs
Paired paired(std::span<const double> first, std::span<const double> second, double confidence);

}  // namespace oikos::statistics
