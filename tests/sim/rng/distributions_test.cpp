#include "sim/rng/distributions.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "sim/base/contract.hpp"

namespace oikos::rng {
namespace {

constexpr std::uint32_t first = 0;
constexpr std::uint32_t last = 0xFFFF'FFFFu;

struct Moments {
  double mean;
  double variance;
};
/// Mean and variance over draws spread evenly: an integral by the midpoint rule, without sampling noise.
Moments moments(const std::function<double(std::uint32_t)>& f) {
  constexpr std::uint32_t step = 1u << 14;
  double sum = 0.0;
  double squares = 0.0;
  double n = 0.0;
  for (std::uint64_t u = step / 2; u <= last; u += step) {
    const double x = f(static_cast<std::uint32_t>(u));
    sum += x;
    squares += x * x;
    n += 1.0;
  }
  return {sum / n, squares / n - sum / n * (sum / n)};
}

TEST(Uniform, stays_inside_the_open_interval_and_is_symmetric) {
  EXPECT_EQ(uniform(first), 0x1p-33);
  EXPECT_EQ(uniform(last), 1.0 - 0x1p-33);
  EXPECT_LT(uniform(last), 1.0);
  EXPECT_EQ(uniform(0x7FFF'FFFFu) + uniform(0x8000'0000u), 1.0);
}

TEST(Happens, never_at_zero_and_always_at_one) {
  EXPECT_FALSE(happens(first, threshold(0.0)));
  EXPECT_FALSE(happens(last, threshold(0.0)));
  EXPECT_TRUE(happens(first, threshold(1.0)));
  EXPECT_TRUE(happens(last, threshold(1.0)));
  EXPECT_TRUE(happens(0x7FFF'FFFFu, threshold(0.5)));
  EXPECT_FALSE(happens(0x8000'0000u, threshold(0.5)));
}

TEST(Below, spans_zero_to_n_minus_one_in_equal_parts) {
  EXPECT_EQ(below(first, 10), 0u);
  EXPECT_EQ(below(last, 10), 9u);
  EXPECT_EQ(below(last, 1), 0u);
  EXPECT_EQ(below(last, last), last - 1);
  EXPECT_EQ(below(0x3FFF'FFFFu, 4), 0u);
  EXPECT_EQ(below(0x4000'0000u, 4), 1u);
}

TEST(Category, is_the_first_threshold_above_the_draw) {
  const std::vector<Threshold> cumulative{threshold(0.25), threshold(0.25), threshold(0.75), threshold(1.0)};
  EXPECT_EQ(category(first, cumulative), 0u);
  EXPECT_EQ(category(0x3FFF'FFFFu, cumulative), 0u);
  EXPECT_EQ(category(0x4000'0000u, cumulative), 2u);  // the second has no share
  EXPECT_EQ(category(0xBFFF'FFFFu, cumulative), 2u);
  EXPECT_EQ(category(0xC000'0000u, cumulative), 3u);
  EXPECT_EQ(category(last, cumulative), 3u);
}

TEST(Category, falls_to_the_last_when_the_thresholds_stop_short) {
  const std::vector<Threshold> cumulative{threshold(0.25), threshold(0.5)};
  EXPECT_EQ(category(last, cumulative), 1u);
  EXPECT_EQ(category(first, std::vector<Threshold>{0}), 0u);
  EXPECT_THROW(category(first, std::vector<Threshold>{}), ContractError);
}

TEST(Normal, has_mean_zero_variance_one_and_known_ends) {
  const auto m = moments(normal);
  EXPECT_NEAR(m.mean, 0.0, 1e-6);
  EXPECT_NEAR(m.variance, 1.0, 1e-4);
  EXPECT_NEAR(normal(first), -6.3379577545537895, 1e-13);
  EXPECT_EQ(normal(last), -normal(first));
}

TEST(Normal, known_quantiles) {
  EXPECT_NEAR(normal(0x8000'0000u), 0.0, 1e-9);
  EXPECT_NEAR(normal(threshold(0.975)), 1.959963984540054, 1e-8);
  EXPECT_NEAR(normal(threshold(0.025)), -1.959963984540054, 1e-8);
}

TEST(Lognormal, median_and_mean_follow_the_parameters) {
  EXPECT_NEAR(lognormal(0x8000'0000u, 1.5, 0.4), std::exp(1.5), 1e-8);
  const auto m = moments([](std::uint32_t u) { return lognormal(u, 1.5, 0.4); });
  EXPECT_NEAR(m.mean, std::exp(1.5 + 0.08), 1e-4);
  EXPECT_NEAR(m.variance, std::expm1(0.16) * std::exp(3.0 + 0.16), 1e-2);
  EXPECT_NEAR(lognormal(last, 0.0, 0.0), 1.0, 0.0);
}

TEST(Exponential, has_mean_and_variance_one_and_rises_with_the_draw) {
  const auto m = moments(exponential);
  EXPECT_NEAR(m.mean, 1.0, 1e-5);
  EXPECT_NEAR(m.variance, 1.0, 1e-3);
  EXPECT_NEAR(exponential(first) / 0x1p-33, 1.0, 1e-9);
  EXPECT_NEAR(exponential(last), 33.0 * std::log(2.0), 1e-12);
  EXPECT_NEAR(exponential(0x8000'0000u), std::log(2.0), 1e-9);
}

}  // namespace
}  // namespace oikos::rng
