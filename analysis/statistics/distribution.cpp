#include "analysis/statistics/distribution.hpp"

#include <algorithm>
#include <vector>

#include "sim/base/contract.hpp"
#include "sim/base/detmath.hpp"

namespace oikos::statistics {

namespace {

struct Weighted {
  double value;
  double weight;
};

/// Values with their weights, growing, without those of weight 0.
std::vector<Weighted> ordered(std::span<const double> values, std::span<const double> weights) {
  expect(!values.empty(), "a distribution has values");
  expect(weights.empty() || weights.size() == values.size(), "weights are one a value, or none at all");
  std::vector<Weighted> all;
  all.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double weight = weights.empty() ? 1.0 : weights[i];
    expect(weight >= 0, "no weight is negative");
    if (weight > 0) all.push_back({values[i], weight});
  }
  expect(!all.empty(), "not all weights are 0");
  std::ranges::stable_sort(all, {}, &Weighted::value);
  return all;
}

double total_weight(const std::vector<Weighted>& all) {
  double total = 0;
  for (const auto& x : all) total += x.weight;
  return total;
}

double quantile(const std::vector<Weighted>& all, double p) {
  const double target = p * total_weight(all);
  double below = 0;
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    below += all[i].weight;
    if (below > target) return all[i].value;
    if (below == target) return (all[i].value + all[i + 1].value) / 2;
  }
  return all.back().value;
}

}  // namespace

double weighted_quantile(std::span<const double> values, std::span<const double> weights, double p) {
  expect(p >= 0 && p <= 1, "a quantile is asked for p in [0, 1]");
  return quantile(ordered(values, weights), p);
}

double gini(std::span<const double> values, std::span<const double> weights) {
  const auto all = ordered(values, weights);
  double cumulated = 0, total = 0, by_rank = 0, squares = 0;
  for (const auto& x : all) {
    cumulated += x.weight;
    total += x.weight * x.value;
    by_rank += x.weight * x.value * cumulated;
    squares += x.weight * x.weight * x.value;
  }
  if (total == 0) return 0;
  return (2 * by_rank - squares) / (cumulated * total) - 1;
}

double quintile_share_ratio(std::span<const double> values, std::span<const double> weights) {
  const auto all = ordered(values, weights);
  const double low = quantile(all, 0.2), high = quantile(all, 0.8);
  double bottom = 0, top = 0;
  for (const auto& x : all) {
    if (x.value <= low) bottom += x.weight * x.value;
    if (x.value > high) top += x.weight * x.value;
  }
  return top / bottom;
}

double poverty(std::span<const double> values, std::span<const double> weights, double line, double power) {
  expect(line > 0, "a poverty line is above 0");
  expect(power >= 0, "the power of a poverty measure is 0 or more");
  const auto all = ordered(values, weights);
  double sum = 0;
  for (const auto& x : all) {
    if (x.value >= line) break;
    const double gap = (line - x.value) / line;
    if (power == 0) sum += x.weight;
    else if (power == 1) sum += x.weight * gap;
    else if (power == 2) sum += x.weight * gap * gap;
    else sum += x.weight * detmath::pow(gap, power);
  }
  return sum / total_weight(all);
}

}  // namespace oikos::statistics
