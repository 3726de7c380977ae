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

}  // namespace oikos::rng
