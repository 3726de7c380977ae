#include "sim/expr/interval.hpp"

#include <algorithm>
#include <cmath>

#include "sim/expr/kernels.hpp"

namespace oikos::expr {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

bool endless(Interval a) { return std::isinf(a.least) || std::isinf(a.most); }
bool holds_zero(Interval a) { return a.least <= 0.0 && a.most >= 0.0; }

/// The interval of results at corners; everything when one of them is no number.
Interval around(std::initializer_list<double> corners, bool may_be_nan) {
  if (std::ranges::any_of(corners, [](double x) { return std::isnan(x); })) return {-infinite, infinite, true};
  const auto [least, most] = std::ranges::minmax(corners);
  return {least, most, may_be_nan};
}

}  // namespace

Interval hull(Interval a, Interval b) {
  const bool may_be_nan = a.may_be_nan || b.may_be_nan;
  if (!(a.least <= a.most)) return {b.least, b.most, may_be_nan};
  if (!(b.least <= b.most)) return {a.least, a.most, may_be_nan};
  return {std::min(a.least, b.least), std::max(a.most, b.most), may_be_nan};
}

Interval meet(Interval a, Interval b) {
  return {std::max(a.least, b.least), std::min(a.most, b.most), a.may_be_nan && b.may_be_nan};
}

Interval slack(Interval a, double size) {
  const double by = 1e-12 * (std::fabs(size) + 1.0);
  if (!std::isfinite(by)) return {-infinite, infinite, a.may_be_nan};
  return {a.least - by, a.most + by, a.may_be_nan};
}

Interval negated(Interval a) { return {-a.most, -a.least, a.may_be_nan}; }

Interval absolute(Interval a) {
  const double most = std::max(std::fabs(a.least), std::fabs(a.most));
  const double least = holds_zero(a) ? 0.0 : std::min(std::fabs(a.least), std::fabs(a.most));
  return {least, most, a.may_be_nan};
}

Interval sum(Interval a, Interval b) {
  const bool cancels = (a.most == infinite && b.least == -infinite) || (a.least == -infinite && b.most == infinite);
  return around({a.least + b.least, a.most + b.most}, a.may_be_nan || b.may_be_nan || cancels);
}

Interval product(Interval a, Interval b) {
  const bool vanishes = (endless(a) && holds_zero(b)) || (endless(b) && holds_zero(a));
  return around({a.least * b.least, a.least * b.most, a.most * b.least, a.most * b.most},
                a.may_be_nan || b.may_be_nan || vanishes);
}

Interval quotient(Interval a, Interval b) {
  const bool may_be_nan = a.may_be_nan || b.may_be_nan || (endless(a) && endless(b));
  if (b.least > 0.0 || b.most < 0.0)
    return around({a.least / b.least, a.least / b.most, a.most / b.least, a.most / b.most}, may_be_nan);
  // The divisor comes as near to 0 as it likes, from one side or from both.
  const bool above = b.least >= 0.0, below = b.most <= 0.0;
  if (above && a.least >= 0.0) return {0.0, infinite, may_be_nan};
  if (above && a.most <= 0.0) return {-infinite, 0.0, may_be_nan};
  if (below && a.least >= 0.0) return {-infinite, 0.0, may_be_nan};
  if (below && a.most <= 0.0) return {0.0, infinite, may_be_nan};
  return {-infinite, infinite, may_be_nan};
}

Interval extreme(Op op, Interval a, Interval b) {
  if (a.may_be_nan || b.may_be_nan) return hull(hull(a, b), {infinite, -infinite, true});
  return {apply(op, a.least, b.least, 0.0), apply(op, a.most, b.most, 0.0), false};
}

Interval rounded(Op op, Interval a, bool money) {
  const auto at = [&](double x) {
    if (std::isinf(x)) return x;
    return money ? apply(op, x / 100.0, nothing, nothing) * 100.0 : apply(op, x, nothing, nothing);
  };
  return {at(a.least), at(a.most), a.may_be_nan};
}

}  // namespace oikos::expr
