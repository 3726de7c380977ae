#include "analysis/statistics/sample.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <functional>
#include <numeric>

#include "sim/base/contract.hpp"

namespace oikos::statistics {

namespace {

double sum(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

double count(std::span<const double> values) { return static_cast<double>(values.size()); }

}  // namespace

double mean(std::span<const double> values) {
  expect(!values.empty(), "a mean has values");
  const double rough = sum(values) / count(values);
  double left = 0;
  for (const double x : values) left += x - rough;
  return rough + left / count(values);
}

double variance(std::span<const double> values) {
  expect(values.size() >= 2, "a variance has two values");
  const double centre = mean(values);
  double squares = 0;
  for (const double x : values) squares += (x - centre) * (x - centre);
  return squares / (count(values) - 1);
}

double t_quantile(double degrees, double p) {
  expect(degrees > 0, "degrees of freedom are above 0");
  expect(p > 0 && p < 1, "a quantile is asked for p in (0, 1)");
  return boost::math::quantile(boost::math::students_t(degrees), p);
}

std::optional<Interval> t_interval(std::span<const double> values, double confidence) {
  expect(confidence > 0 && confidence < 1, "a confidence lies in (0, 1)");
  const double centre = mean(values);
  if (values.size() < 2) return std::nullopt;
  const double error = std::sqrt(variance(values) / count(values));
  if (error == 0) return Interval{centre, centre};
  const double half = t_quantile(count(values) - 1, 0.5 + confidence / 2) * error;
  return Interval{centre - half, centre + half};
}

Paired paired(std::span<const double> first, std::span<const double> second, double confidence) {
  expect(first.size() == second.size() && !first.empty(), "pairs have two values each, and there is one");
  std::vector<double> differences(first.size());
  std::ranges::transform(second, first, differences.begin(), std::minus<>());
  const auto share = [&](auto holds) {
    return static_cast<double>(std::ranges::count_if(differences, holds)) / count(differences);
  };
  Paired result{.difference = mean(differences),
                .interval = t_interval(differences, confidence),
                .share_higher = share([](double d) { return d > 0; }),
                .share_lower = share([](double d) { return d < 0; })};
  if (differences.size() >= 2)
    if (const double spread = variance(differences); spread > 0)
      result.variance_reduction = (variance(first) + variance(second)) / spread;
  return result;
}

}  // namespace oikos::statistics
