#pragma once
#include <cstdint>
#include <span>

#include "sim/base/rate.hpp"

namespace oikos::rng {

/// Own distributions: the standard library's differ between implementations. Each takes one 32-bit draw.

/// Uniform in (0, 1): (u + 1/2) 2^-32; never 0, never 1.
inline double uniform(std::uint32_t u) { return (static_cast<double>(u) + 0.5) * 0x1p-32; }
/// True with the probability behind the threshold.
inline bool happens(std::uint32_t u, Threshold t) { return u < t; }
/// 0 .. n-1, by multiply and shift; bias below n 2^-32. @param n at least 1
inline std::uint32_t below(std::uint32_t u, std::uint32_t n) {
  return static_cast<std::uint32_t>((std::uint64_t{u} * n) >> 32);
}
/// Index of the first cumulative threshold above u; the last index when none is. @param cumulative not empty, ascending
std::size_t category(std::uint32_t u, std::span<const Threshold> cumulative);
/// Standard normal by inversion (detmath::normal_quantile).
double normal(std::uint32_t u);
/// exp(mu + sigma z)
double lognormal(std::uint32_t u, double mu, double sigma);
/// Exponential with mean 1.
double exponential(std::uint32_t u);
}  // namespace oikos::rng
