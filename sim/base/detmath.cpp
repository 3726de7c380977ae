#include "sim/base/detmath.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

// From the C library only what IEEE 754 rounds exactly: sqrt, round, fabs, comparisons.
namespace oikos::detmath {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// log 2 in two parts; the first has 32 bits, so that its product with an exponent is exact.
constexpr double ln2_head = 0x1.62e42feep-1;
constexpr double ln2_tail = 0x1.a39ef35793c76p-33;
constexpr double per_ln2 = 0x1.71547652b82fep+0;

/// c[0] + c[1] x + ..., even and odd terms apart: two short chains of dependent operations instead of a long one.
template <std::size_t N>
double polynomial(double x, const std::array<double, N>& c) {
  constexpr std::size_t top_even = (N - 1) / 2 * 2;
  constexpr std::size_t top_odd = (N - 2) / 2 * 2 + 1;
  const double square = x * x;
  double even = c[top_even];
  for (std::size_t i = top_even; i >= 2; i -= 2) even = even * square + c[i - 2];
  double odd = c[top_odd];
  for (std::size_t i = top_odd; i >= 3; i -= 2) odd = odd * square + c[i - 2];
  return even + x * odd;
}

/// 1/first!, 1/(first + 1)!, ...: factorials below 18! are exact doubles.
template <std::size_t N>
constexpr std::array<double, N> reciprocal_factorials(int first) {
  std::array<double, N> out{};
  double factorial = 1.0;
  for (int n = 2; n < first; ++n) factorial *= n;
  for (std::size_t i = 0; i < N; ++i) {
    factorial *= first + static_cast<int>(i);
    out[i] = 1.0 / factorial;
  }
  return out;
}

/// 2^k for k in [-1022, 1023].
double power_of_two(int k) { return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52); }

/// x 2^k for k in [-1100, 1100] in two exact steps, so that only a result below the normal range rounds, and once.
double scaled(double x, int k) {
  const int half = k / 2;
  if (k > -1000 && k < 1000) return x * power_of_two(k);
  return x * power_of_two(half) * power_of_two(k - half);
}

/// Nearest integer for |x| < 2^31, by pushing the fraction off the end of the significand.
double nearest_integer(double x) {
  constexpr double shift = 0x1.8p52;
  return (x + shift) - shift;
}

/// e^(x + tail) for |x| <= 746 and a small tail: x = k log 2 + r, |r| <= log(2)/2, and the Taylor series of e^r, whose
/// remainder after r^13 is below 5e-18.
double exp_of_sum(double x, double tail) {
  static constexpr auto c = reciprocal_factorials<12>(2);
  const double k = nearest_integer(x * per_ln2);
  const double r = (x - k * ln2_head) - (k * ln2_tail - tail);
  return scaled(1.0 + (r + r * r * polynomial(r, c)), static_cast<int>(k));
}

/// x = m 2^k with m in [sqrt(1/2), sqrt(2)), for positive finite x.
struct Split {
  double m;
  double k;
};
Split split(double x) {
  int k = 0;
  if (x < std::numeric_limits<double>::min()) {
    x *= 0x1p54;
    k = -54;
  }
  constexpr std::uint64_t fraction = 0x000F'FFFF'FFFF'FFFF;
  constexpr std::uint64_t root_two_fraction = 0x0006'A09E'667F'3BCD;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const bool above = (bits & fraction) >= root_two_fraction;
  k += static_cast<int>(bits >> 52) - 1023 + (above ? 1 : 0);
  const std::uint64_t exponent = above ? 1022 : 1023;
  return {std::bit_cast<double>((bits & fraction) | exponent << 52), static_cast<double>(k)};
}

/// 2/3, 2/5, ..., the series of (2 atanh(s) - 2 s) / s^3 in s^2. For s = f / (2 + f) with 1 + f in [sqrt(1/2),
/// sqrt(2)], s^2 < 0.0295 and the first term left out is below 2e-18 of the sum.
constexpr std::array<double, 10> atanh_series{2.0 / 3,  2.0 / 5,  2.0 / 7,  2.0 / 9,  2.0 / 11,
                                              2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21};

/// f - log(1 + f) for 1 + f in [sqrt(1/2), sqrt(2)]: log(1 + f) = 2 atanh(s) = 2 s + s^3 p(s^2) and 2 s = f - s f.
double log_shortfall(double f) {
  const double s = f / (2.0 + f);
  const double z = s * s;
  return s * (f - z * polynomial(z, atanh_series));
}

/// k log 2 + log(1 + f) + tail, small parts first.
double log_sum(double k, double f, double tail) {
  return k * ln2_head + (f - (log_shortfall(f) - (k * ln2_tail + tail)));
}

/// A number as an unevaluated sum, the tail at most half an ulp of the head.
struct Pair {
  double head;
  double tail;
};
/// a + b without error, for |a| >= |b| or a = 0.
Pair exact_sum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}
/// a * b without error (Dekker: halves of 26 bits multiply exactly). Needs |a|, |b| < 2^990.
Pair exact_product(double a, double b) {
  constexpr double splitter = 0x1p27 + 1.0;
  const double a_wide = a * splitter;
  const double a_head = a_wide - (a_wide - a);
  const double a_tail = a - a_head;
  const double b_wide = b * splitter;
  const double b_head = b_wide - (b_wide - b);
  const double b_tail = b - b_head;
  const double product = a * b;
  return {product, ((a_head * b_head - product) + a_head * b_tail + a_tail * b_head) + a_tail * b_tail};
}

/// log x to about 60 bits, for positive finite x: as log, with s and the sum carried in two parts.
Pair log_pair(double x) {
  const auto [m, k] = split(x);
  const double f = m - 1.0;
  const auto denominator = exact_sum(2.0, f);
  const double s = f / denominator.head;
  const auto back = exact_product(s, denominator.head);
  const double s_tail = (((f - back.head) - back.tail) - s * denominator.tail) / denominator.head;
  const double z = s * s;
  const double rest = 2.0 * s_tail + s * z * polynomial(z, atanh_series);
  const auto sum = exact_sum(k * ln2_head, 2.0 * s);
  return exact_sum(sum.head, sum.tail + (rest + k * ln2_tail));
}

/// pow where x is 0 or infinite, or y is infinite; neither is NaN, x >= 0, x is not 1, y is not 0.
double pow_at_the_ends(double x, double y) {
  const bool large = (x > 1.0) == (y > 0.0);
  return large ? infinity : 0.0;
}

// Rational approximations of the normal quantile, fitted here by Remez exchange for the smallest relative error in
// 50-digit arithmetic: numerator and denominator from the constant term up.

/// Quantile of 1/2 + q over q, in 0.425^2 - q^2, for |q| <= 0.425: in that variable no coefficient is negative, so that
/// the sums lose nothing. Relative error 8e-17.
constexpr double middle_end = 0.180625;
constexpr std::array<double, 8> middle_above{0x1.b18d91e9eef75p+1,  0x1.0a4f9cf78fba5p+7,  0x1.ed02660a29c14p+10,
                                             0x1.ad46512dca8d5p+13, 0x1.66f583f87b883p+15, 0x1.06f3209682fa2p+16,
                                             0x1.056c8d422ebddp+15, 0x1.3a00f63650171p+11};
constexpr std::array<double, 8> middle_below{1.0,
                                             0x1.528a0fb65b79dp+5,
                                             0x1.57aa61ac8dd83p+9,
                                             0x1.5140b238a55d9p+12,
                                             0x1.4ba15d6103f9cp+14,
                                             0x1.334cce43aabc4p+15,
                                             0x1.c1487e938573dp+14,
                                             0x1.4702641fa7041p+12};
/// Minus the quantile of p, in t = sqrt(-2 log p), for p <= 0.075 and t <= 7. Relative error 2e-17.
constexpr std::array<double, 8> tail_above{-0x1.bd3a2e4a9f5a1p+1, -0x1.568af6a23094bp+4, -0x1.4e9088a860f61p+4,
                                           0x1.49de20b69ba94p+2,  0x1.ef18ed54a3e05p+3,  0x1.d131704e93f8cp+2,
                                           0x1.1ae3f777310bep+0,  0x1.6140b545ad8b3p-5};
constexpr std::array<double, 8> tail_below{1.0,
                                           0x1.4c88ef8aa7575p+3,
                                           0x1.6b53cd5e495bdp+4,
                                           0x1.340b435c6d177p+4,
                                           0x1.df2dfdeab68e1p+2,
                                           0x1.1b1c6cdc33f21p+0,
                                           0x1.612f74f7f029dp-5,
                                           0x1.fa6075dea8798p-25};
/// The same for t in [7, 38.7], that is p down to the smallest double. Relative error 6e-16.
constexpr std::array<double, 8> far_tail_above{-0x1.8d8916ea3e2d3p+1, -0x1.c6d691d05385fp+2, 0x1.0dadbecfdbcc5p+1,
                                               0x1.01f843d686ed8p+2,  0x1.e45eb2d3074cep-1,  0x1.13f9f7995baa8p-4,
                                               0x1.9006d306ac276p-10, 0x1.1f3ec6189ac44p-17};
constexpr std::array<double, 7> far_tail_below{1.0,
                                               0x1.3fc433cc0656cp+2,
                                               0x1.13c5faab521d4p+2,
                                               0x1.e888562e86f7fp-1,
                                               0x1.143926f26ab29p-4,
                                               0x1.9008569cfbb2cp-10,
                                               0x1.1f3e95e1ebaecp-17};

/// Minus the quantile of p in (0, 0.075].
double tail_quantile(double p) {
  const double t = std::sqrt(-2.0 * log(p));
  if (t <= 7.0) return polynomial(t, tail_above) / polynomial(t, tail_below);
  return polynomial(t, far_tail_above) / polynomial(t, far_tail_below);
}

constexpr double normal_peak = 0x1.9884533d43651p-2;  // 1 / sqrt(2 pi)

/// The distribution function at x less 1/2: density times x + x^3/3 + x^5/(3 5) + ..., all terms of one sign.
double normal_from_middle(double x) {
  const double square = x * x;
  double term = x;
  double sum = x;
  for (int n = 3; std::fabs(term) > 1e-17 * std::fabs(sum); n += 2) {
    term *= square / n;
    sum += term;
  }
  return normal_peak * exp(-0.5 * square) * sum;
}

/// Probability above x >= 3: density / (x + 1/(x + 2/(x + 3/(x + ...)))) (Laplace), from the inside out.
double normal_above(double x) {
  double fraction = x;
  for (int n = 60; n >= 1; --n) fraction = x + n / fraction;
  return normal_peak * exp(-0.5 * x * x) / fraction;
}

}  // namespace

double exp(double x) {
  if (x != x) return nan;
  if (x > 0x1.62e42fefa39efp+9) return infinity;  // log of the largest double
  if (x < -745.2) return 0.0;
  return exp_of_sum(x, 0.0);
}

double expm1(double x) {
  if (x != x) return nan;
  if (x < -40.0) return -1.0;
  if (x > 45.0) return exp(x);  // the 1 is below the last place
  if (std::fabs(x) < 0x1p-54) return x;
  if (std::fabs(x) < 0.7) {
    static constexpr auto c = reciprocal_factorials<16>(2);
    return x + x * x * polynomial(x, c);
  }
  static constexpr auto c = reciprocal_factorials<12>(2);
  const double k = nearest_integer(x * per_ln2);
  const double r = (x - k * ln2_head) - k * ln2_tail;
  const double less_one = r + r * r * polynomial(r, c);
  const int power = static_cast<int>(k);
  return scaled(less_one + (1.0 - power_of_two(-power)), power);  // 2^k e^r - 1
}

double log(double x) {
  if (!(x > 0.0)) return x == 0.0 ? -infinity : nan;
  if (x == infinity) return infinity;
  const auto [m, k] = split(x);
  return log_sum(k, m - 1.0, 0.0);
}

double log1p(double x) {
  if (!(x > -1.0)) return x == -1.0 ? -infinity : nan;
  if (x == infinity) return infinity;
  if (std::fabs(x) < 0x1p-54) return x;
  if (x > -0.29 && x < 0.41) return x - log_shortfall(x);
  // What 1 + x loses in rounding comes back as the first term of the series.
  const auto sum = x > 1.0 ? exact_sum(x, 1.0) : exact_sum(1.0, x);
  const auto [m, k] = split(sum.head);
  return log_sum(k, m - 1.0, sum.tail / sum.head);
}

double pow(double x, double y) {
  if (y == 0.0 || x == 1.0) return 1.0;
  if (!(x >= 0.0) || y != y) return nan;
  if (x == 0.0 || x == infinity || std::fabs(y) == infinity) return pow_at_the_ends(x, y);
  const auto l = log_pair(x);
  const double size = y * l.head;
  if (size > 710.0) return infinity;
  if (size < -746.0) return 0.0;
  const auto product = exact_product(y, l.head);
  return exp_of_sum(product.head, product.tail + y * l.tail);
}

double normal_quantile(double p) {
  if (!(p >= 0.0 && p <= 1.0)) return nan;
  if (p == 0.0) return -infinity;
  if (p == 1.0) return infinity;
  const double q = p - 0.5;
  if (std::fabs(q) <= 0.425) {
    const double w = middle_end - q * q;
    return q * (polynomial(w, middle_above) / polynomial(w, middle_below));
  }
  return q < 0.0 ? -tail_quantile(p) : tail_quantile(1.0 - p);
}

double normal_cdf(double x) {
  if (x != x) return nan;
  if (x <= -3.0) return x < -39.0 ? 0.0 : normal_above(-x);
  if (x >= 3.0) return x > 39.0 ? 1.0 : 1.0 - normal_above(x);
  return 0.5 + normal_from_middle(x);
}

}  // namespace oikos::detmath
