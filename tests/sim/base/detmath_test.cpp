#include "sim/base/detmath.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "sim/base/narrow.hpp"

namespace oikos {
namespace {

using Exact = long double;
constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double tiny = std::numeric_limits<double>::denorm_min();
constexpr double largest = std::numeric_limits<double>::max();
constexpr Exact pi = 3.141592653589793238462643383279502884L;

/// Distance in units in the last place of the true value; below the normal range these are the smallest double.
double error_in_ulp(double got, Exact truth) {
  if (static_cast<Exact>(got) == truth) return 0.0;
  const int exponent = std::max(std::ilogb(truth) - 52, -1074);
  return static_cast<double>(std::fabs(std::scalbn(static_cast<Exact>(got) - truth, -exponent)));
}

/// `n` steps over [low, high], each moved off the round numbers by a fixed pseudo-random part of a step.
OIKOS_WRAPS std::vector<double> grid(double low, double high, int n) {
  std::vector<double> out{low, high};
  std::uint64_t state = 1;
  for (int i = 0; i < n; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    const double part = static_cast<double>(state >> 11) * 0x1p-53;
    out.push_back(low + (high - low) * ((i + part) / n));
  }
  return out;
}

/// Powers of two apart, each with some values in between, of both signs if asked.
std::vector<double> wide_grid(int from_exponent, int to_exponent, bool both_signs) {
  std::vector<double> out;
  for (int e = from_exponent; e <= to_exponent; ++e)
    for (const double m : grid(1.0, 2.0, 40)) {
      out.push_back(std::ldexp(m, e));
      if (both_signs) out.push_back(-std::ldexp(m, e));
    }
  return out;
}

struct Worst {
  double error = 0.0;
  double at = 0.0;
};
Worst worst(const std::vector<double>& points, const std::function<double(double)>& f,
            const std::function<Exact(Exact)>& truth) {
  Worst w;
  for (const double x : points) {
    const Exact t = truth(x);
    if (std::fabs(t) > static_cast<Exact>(largest)) continue;
    const double error = error_in_ulp(f(x), t);
    if (!(error <= w.error)) w = {error, x};
  }
  return w;
}

#define EXPECT_WITHIN_ULP(points, function, truth, bound)                               \
  do {                                                                                  \
    const auto found = worst(points, function, [](Exact x) -> Exact { return truth; }); \
    EXPECT_LT(found.error, bound) << "at " << found.at;                                 \
  } while (false)

TEST(Detmath, exp_is_within_two_ulp_everywhere) {
  EXPECT_WITHIN_ULP(grid(-745.2, 709.78, 300'000), detmath::exp, std::exp(x), 2.0);
  EXPECT_WITHIN_ULP(grid(-1.0, 1.0, 300'000), detmath::exp, std::exp(x), 2.0);
  EXPECT_WITHIN_ULP(wide_grid(-1074, 8, true), detmath::exp, std::exp(x), 2.0);
}

TEST(Detmath, exp_at_the_ends) {
  EXPECT_EQ(detmath::exp(0.0), 1.0);
  EXPECT_EQ(detmath::exp(-0.0), 1.0);
  EXPECT_EQ(detmath::exp(tiny), 1.0);
  EXPECT_EQ(detmath::exp(inf), inf);
  EXPECT_EQ(detmath::exp(-inf), 0.0);
  EXPECT_EQ(detmath::exp(709.79), inf);
  EXPECT_EQ(detmath::exp(largest), inf);
  EXPECT_EQ(detmath::exp(-largest), 0.0);
  EXPECT_EQ(detmath::exp(-745.2), 0.0);
  EXPECT_EQ(detmath::exp(-745.0), tiny);
  EXPECT_TRUE(std::isnan(detmath::exp(nan)));
}

TEST(Detmath, expm1_is_within_two_ulp_everywhere) {
  EXPECT_WITHIN_ULP(grid(-50.0, 709.7, 300'000), detmath::expm1, std::expm1(x), 2.0);
  EXPECT_WITHIN_ULP(grid(-2.0, 2.0, 500'000), detmath::expm1, std::expm1(x), 2.0);
  EXPECT_WITHIN_ULP(wide_grid(-1074, 8, true), detmath::expm1, std::expm1(x), 2.0);
}

TEST(Detmath, expm1_at_the_ends) {
  EXPECT_EQ(detmath::expm1(0.0), 0.0);
  EXPECT_EQ(detmath::expm1(tiny), tiny);
  EXPECT_EQ(detmath::expm1(-tiny), -tiny);
  EXPECT_EQ(detmath::expm1(inf), inf);
  EXPECT_EQ(detmath::expm1(800.0), inf);
  EXPECT_EQ(detmath::expm1(-inf), -1.0);
  EXPECT_TRUE(std::isnan(detmath::expm1(nan)));
}

TEST(Detmath, log_is_within_two_ulp_everywhere) {
  EXPECT_WITHIN_ULP(grid(0.5, 2.0, 500'000), detmath::log, std::log(x), 2.0);
  EXPECT_WITHIN_ULP(grid(0.0000001, 1e6, 300'000), detmath::log, std::log(x), 2.0);
  EXPECT_WITHIN_ULP(wide_grid(-1074, 1022, false), detmath::log, std::log(x), 2.0);
  EXPECT_WITHIN_ULP((std::vector{1.0 - 0x1p-53, 1.0 + 0x1p-52, tiny, largest}), detmath::log, std::log(x), 2.0);
}

TEST(Detmath, log_at_the_ends) {
  EXPECT_EQ(detmath::log(1.0), 0.0);
  EXPECT_EQ(detmath::log(0.0), -inf);
  EXPECT_EQ(detmath::log(-0.0), -inf);
  EXPECT_EQ(detmath::log(inf), inf);
  EXPECT_TRUE(std::isnan(detmath::log(-tiny)));
  EXPECT_TRUE(std::isnan(detmath::log(-inf)));
  EXPECT_TRUE(std::isnan(detmath::log(nan)));
}

TEST(Detmath, log1p_is_within_two_ulp_everywhere) {
  EXPECT_WITHIN_ULP(grid(-0.999999, 3.0, 500'000), detmath::log1p, std::log1p(x), 2.0);
  EXPECT_WITHIN_ULP(wide_grid(-1074, -2, true), detmath::log1p, std::log1p(x), 2.0);
  EXPECT_WITHIN_ULP(wide_grid(-2, 1022, false), detmath::log1p, std::log1p(x), 2.0);
  EXPECT_WITHIN_ULP((std::vector{-1.0 + 0x1p-53, -0.29, 0.41, 1.0, largest}), detmath::log1p, std::log1p(x), 2.0);
}

TEST(Detmath, log1p_at_the_ends) {
  EXPECT_EQ(detmath::log1p(0.0), 0.0);
  EXPECT_EQ(detmath::log1p(-tiny), -tiny);
  EXPECT_EQ(detmath::log1p(-1.0), -inf);
  EXPECT_EQ(detmath::log1p(inf), inf);
  EXPECT_TRUE(std::isnan(detmath::log1p(-1.0000001)));
  EXPECT_TRUE(std::isnan(detmath::log1p(nan)));
}

/// The largest error of pow over results e^t, t in [-reach, reach], for bases over the whole range.
Worst worst_pow(double reach) {
  Worst w;
  std::vector<double> bases = wide_grid(-40, 40, false);
  for (const double x : grid(0.9, 1.1, 1000)) bases.push_back(x);
  for (const double x : {1.0 - 0x1p-53, 1.0 + 0x1p-52, 1e-300, 1e300, tiny}) bases.push_back(x);
  for (const double x : bases)
    for (const double t : grid(-reach, reach, 60)) {
      const double y = t / std::log(x);
      if (x == 1.0 || !std::isfinite(y)) continue;
      const Exact truth = std::pow(static_cast<Exact>(x), static_cast<Exact>(y));
      const double error = error_in_ulp(detmath::pow(x, y), truth);
      if (!(error <= w.error)) w = {error, x};
    }
  return w;
}

TEST(Detmath, pow_is_within_four_ulp_for_results_of_usual_size_and_forty_elsewhere) {
  const auto usual = worst_pow(69.0);
  EXPECT_LT(usual.error, 4.0) << "at base " << usual.at;
  const auto wide = worst_pow(707.0);
  EXPECT_LT(wide.error, 40.0) << "at base " << wide.at;
}

TEST(Detmath, pow_of_small_whole_numbers_is_exact) {
  for (int x = 1; x <= 20; ++x) {
    double power = 1.0;
    for (int n = 0; n <= 6; ++n, power *= x) EXPECT_EQ(detmath::pow(x, n), power) << x << "^" << n;
  }
}

TEST(Detmath, pow_at_the_ends) {
  EXPECT_EQ(detmath::pow(0.0, 0.0), 1.0);
  EXPECT_EQ(detmath::pow(nan, 0.0), 1.0);
  EXPECT_EQ(detmath::pow(1.0, nan), 1.0);
  EXPECT_EQ(detmath::pow(0.0, 2.0), 0.0);
  EXPECT_EQ(detmath::pow(0.0, -2.0), inf);
  EXPECT_EQ(detmath::pow(inf, 0.5), inf);
  EXPECT_EQ(detmath::pow(inf, -0.5), 0.0);
  EXPECT_EQ(detmath::pow(0.5, inf), 0.0);
  EXPECT_EQ(detmath::pow(0.5, -inf), inf);
  EXPECT_EQ(detmath::pow(2.0, inf), inf);
  EXPECT_EQ(detmath::pow(2.0, 1024.0), inf);
  EXPECT_EQ(detmath::pow(2.0, 1023.0), 0x1p1023);
  EXPECT_EQ(detmath::pow(2.0, -1074.0), tiny);
  EXPECT_EQ(detmath::pow(2.0, -1080.0), 0.0);
  EXPECT_EQ(detmath::pow(1.0 + 0x1p-52, largest), inf);
  EXPECT_EQ(detmath::pow(2.0, tiny), 1.0);
  EXPECT_TRUE(std::isnan(detmath::pow(-2.0, 2.0)));
  EXPECT_TRUE(std::isnan(detmath::pow(nan, 1.0)));
  EXPECT_TRUE(std::isnan(detmath::pow(2.0, nan)));
}

Exact normal_cdf_truth(Exact x) { return 0.5L * std::erfc(-x / std::sqrt(2.0L)); }

TEST(Detmath, normal_cdf_agrees_with_the_error_function) {
  double absolute = 0.0;
  double relative = 0.0;
  for (const double x : grid(-37.0, 10.0, 100'000)) {
    const Exact truth = normal_cdf_truth(x);
    const double off = static_cast<double>(std::fabs(detmath::normal_cdf(x) - truth));
    absolute = std::max(absolute, off);
    relative = std::max(relative, off / static_cast<double>(truth));
  }
  EXPECT_LT(absolute, 1e-15);
  EXPECT_LT(relative, 1e-12);
}

TEST(Detmath, normal_cdf_at_the_ends) {
  EXPECT_EQ(detmath::normal_cdf(0.0), 0.5);
  EXPECT_EQ(detmath::normal_cdf(-inf), 0.0);
  EXPECT_EQ(detmath::normal_cdf(inf), 1.0);
  EXPECT_TRUE(std::isnan(detmath::normal_cdf(nan)));
}

/// Relative error of a quantile, from one Newton step of the exact distribution function; p below 1/2.
double quantile_error(double p) {
  const Exact x = detmath::normal_quantile(p);
  const Exact density = std::exp(-0.5L * x * x) / std::sqrt(2.0L * pi);
  return static_cast<double>(std::fabs((normal_cdf_truth(x) - static_cast<Exact>(p)) / density / x));
}

TEST(Detmath, normal_quantile_inverts_the_distribution_function) {
  double largest_error = 0.0;
  for (const double p : grid(0x1p-33, 0.4999, 200'000)) largest_error = std::max(largest_error, quantile_error(p));
  for (const double p : wide_grid(-1000, -2, false))
    if (p < 0.5) largest_error = std::max(largest_error, quantile_error(p));
  EXPECT_LT(largest_error, 4e-15);
}

TEST(Detmath, normal_quantile_known_values) {
  EXPECT_EQ(detmath::normal_quantile(0.5), 0.0);
  EXPECT_NEAR(detmath::normal_quantile(0.975), 1.959963984540054, 1e-15);
  EXPECT_NEAR(detmath::normal_quantile(0.8413447460685429), 1.0, 1e-15);
  EXPECT_NEAR(detmath::normal_quantile(1e-10), -6.361340902404056, 4e-15);
}

TEST(Detmath, normal_quantile_is_odd_and_rises) {
  double before = -inf;
  for (int i = 1; i < 4096; ++i) {
    const double x = detmath::normal_quantile(i / 4096.0);
    ASSERT_GT(x, before);
    ASSERT_EQ(x, -detmath::normal_quantile(1.0 - i / 4096.0));
    before = x;
  }
  for (const double seam : {0.075, 0.925, 2.289734845645553e-11}) {  // the last is e^(-49/2)
    const double below = detmath::normal_quantile(seam * (1 - 1e-12));
    const double above = detmath::normal_quantile(seam * (1 + 1e-12));
    EXPECT_LT(below, above);
    EXPECT_NEAR(below, above, 1e-10);
  }
}

TEST(Detmath, normal_quantile_at_the_ends) {
  EXPECT_EQ(detmath::normal_quantile(0.0), -inf);
  EXPECT_EQ(detmath::normal_quantile(1.0), inf);
  EXPECT_NEAR(detmath::normal_quantile(tiny), -38.46740561714435, 1e-12);
  for (const double p : {-0.1, 1.1, nan}) EXPECT_TRUE(std::isnan(detmath::normal_quantile(p)));
}

/// One number for all bits of many results, so that any other compiler, CPU or library shows.
TEST(Detmath, bits_never_change) {
  std::uint64_t hash = 0xCBF2'9CE4'8422'2325u;
  const auto take = [&](double x)
                        OIKOS_WRAPS { hash = (hash ^ std::bit_cast<std::uint64_t>(x)) * 0x0000'0100'0000'01B3u; };
  for (int i = 1; i <= 20'000; ++i) {
    const double part = i / 20'001.0;
    take(detmath::exp(40.0 * part - 20.0));
    take(detmath::expm1(4.0 * part - 2.0));
    take(detmath::log(100.0 * part));
    take(detmath::log1p(3.0 * part - 0.9));
    take(detmath::pow(10.0 * part, 3.7 - 7.0 * part));
    take(detmath::normal_quantile(part));
    take(detmath::normal_quantile(part * part * part * 1e-4));
    take(detmath::normal_cdf(12.0 * part - 6.0));
  }
  EXPECT_EQ(hash, 6302879880321292086u);
}

}  // namespace
}  // namespace oikos
