#include "analysis/compare/effect.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/contract.hpp"

namespace oikos::analysis {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::span<const double> months_of(const Panel& panel, std::size_t replicate, const Window& window) {
  const auto all = static_cast<std::size_t>(panel.months);
  return std::span(panel.values)
      .subspan(replicate * all + static_cast<std::size_t>(window.first), static_cast<std::size_t>(window.months));
}

/// Mean over the months that have a value; NaN when none has.
double mean_of_present(std::span<const double> values) {
  std::vector<double> present;
  std::ranges::copy_if(values, std::back_inserter(present), [](double x) { return !std::isnan(x); });
  return present.empty() ? nan : statistics::mean(present);
}

bool same_bits(std::span<const double> a, std::span<const double> b) {
  return std::ranges::equal(a, b, [](double x, double y) {
    return std::isnan(x) ? std::isnan(y) : x == y && std::signbit(x) == std::signbit(y);
  });
}

}  // namespace

Effect effect(const Panel& baseline, const Panel& plan, const Window& window, double confidence) {
  expect(baseline.values.size() == plan.values.size() && baseline.months == plan.months, "panels are of one shape");
  const auto replicates = baseline.values.size() / static_cast<std::size_t>(baseline.months);
  std::vector<double> first, second;
  Effect result;
  result.identical = true;
  for (std::size_t r = 0; r < replicates; ++r) {
    const auto a = months_of(baseline, r, window), b = months_of(plan, r, window);
    result.identical = result.identical && same_bits(a, b);
    const double x = mean_of_present(a);
    double y = mean_of_present(b);
    // Months that differ may have one mean: what the sums' rounding makes of it is no difference.
    const double rounding = static_cast<double>(window.months) * std::numeric_limits<double>::epsilon();
    if (std::abs(y - x) <= rounding * std::abs(x)) y = x;
    if (std::isnan(x) || std::isnan(y)) continue;
    first.push_back(x);
    second.push_back(y);
  }
  result.pairs = static_cast<int>(first.size());
  if (first.empty()) {
    result.baseline = result.plan = result.difference = nan;
    return result;
  }
  const auto pairs = statistics::paired(first, second, confidence);
  result.baseline = statistics::mean(first);
  result.plan = statistics::mean(second);
  result.difference = pairs.difference;
  result.interval = pairs.interval;
  result.share_higher = pairs.share_higher;
  result.share_lower = pairs.share_lower;
  result.variance_reduction = pairs.variance_reduction;
  return result;
}

Series series(const Panel& baseline, const Panel& plan, double confidence) {
  Series result;
  for (int month = 0; month < baseline.months; ++month) {
    const auto at = effect(baseline, plan, {.name = {}, .long_name = {}, .first = month, .months = 1}, confidence);
    result.baseline.push_back(at.baseline);
    result.plan.push_back(at.plan);
    result.difference.push_back(at.difference);
    result.low.push_back(at.interval ? at.interval->low : nan);
    result.high.push_back(at.interval ? at.interval->high : nan);
  }
  return result;
}

std::vector<Window> windows_of(int months) {
  std::vector<Window> windows{{"run", "whole run", 0, months}};
  if (months > 12) windows.push_back({"last_12_months", "last 12 months", months - 12, 12});
  if (months > 1) windows.push_back({"last_month", "last month", months - 1, 1});
  return windows;
}

}  // namespace oikos::analysis
