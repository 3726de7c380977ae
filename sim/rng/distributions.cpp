#include "sim/rng/distributions.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/contract.hpp"
#include "sim/base/detmath.hpp"

namespace oikos::rng {

std::size_t category(std::uint32_t u, std::span<const Threshold> cumulative) {
  expect(!cumulative.empty(), "category: there is at least one");
  const auto above = std::upper_bound(cumulative.begin(), cumulative.end(), Threshold{u});
  return std::min(static_cast<std::size_t>(above - cumulative.begin()), cumulative.size() - 1);
}

double normal(std::uint32_t u) { return detmath::normal_quantile(uniform(u)); }

double lognormal(std::uint32_t u, double mu, double sigma) { return detmath::exp(mu + sigma * normal(u)); }

// 1 - uniform(u) is exact, so the log keeps its full accuracy at both ends.
double exponential(std::uint32_t u) { return -detmath::log(1.0 - uniform(u)); }

std::int32_t geometric(std::uint32_t u, double p) {
  expect(p > 0.0 && p <= 1.0, "geometric: the probability lies in (0, 1]");
  if (p == 1.0) return 1;
  // The first month k with 1 - (1 - p)^k above the draw.
  const double months = std::floor(exponential(u) / -detmath::log1p(-p)) + 1.0;
  return static_cast<std::int32_t>(std::min(months, 1'000'000.0));
}

std::int32_t poisson(std::uint32_t u, double mean) {
  expect(mean >= 0.0 && mean <= 500.0, "poisson: the mean lies in [0, 500]");
  const double target = uniform(u);
  double probability = detmath::exp(-mean);
  double cumulative = probability;
  std::int32_t k = 0;
  // The sum comes within 1e-12 of 1 and the target stays 2^-33 below; the bound only makes the end plain to see.
  while (cumulative <= target && k < 1000) {
    ++k;
    probability *= mean / k;
    cumulative += probability;
  }
  return k;
}

}  // namespace oikos::rng
