#pragma once
#include <span>

/// Poverty and inequality of weighted values, after Eurostat. Equations and sources: docs/methods/comparison.md.
///
/// In all of them `weights` are one a value, none negative and not all 0; an empty span means 1 each. Values may stand
/// in any order. Weights of persons give person-weighted results: pass each person the income of the household.
namespace oikos::statistics {

/// Weighted quantile: the first value whose cumulated weight exceeds p W; where it equals p W, the mean of that value
/// and the next one of positive weight. p = 0 gives the least value, p = 1 the largest.
/// @throws ContractError  no values, p outside of [0, 1], or weights not as described
double weighted_quantile(std::span<const double> values, std::span<const double> weights, double p);

/// Gini coefficient as a share: 0 when all have the same, near 1 when one has all. 0 when the total is 0.
/// @note   Negative values are taken as they are, and the result may then exceed 1. EUROMOD sets negative household
/// incomes
///         to 0 first: do so before the call where that is wanted.
/// @throws ContractError  no values, or weights not as described
double gini(std::span<const double> values, std::span<const double> weights = {});

/// S80/S20: total of those above the 80 % quantile over total of those at or below the 20 % quantile. Infinity (or NaN,
/// for 0/0) when the latter is 0.
/// @throws ContractError  no values, or weights not as described
double quintile_share_ratio(std::span<const double> values, std::span<const double> weights = {});

/// Foster, Greer and Thorbecke's poverty measure P_a = (1/W) SUM_{y < z} w ((z - y) / z)^a: a = 0 the share of the
/// poor, 1 the mean gap, 2 severity. Nobody at the line itself is poor.
/// @param line   z, above 0, unit of the values
/// @param power  a, 0 or more
/// @throws ContractError  no values, line or power outside of these, or weights not as described
double poverty(std::span<const double> values, std::span<const double> weights, double line, double power);

}  // namespace oikos::statistics
