#include "sim/effect/effect.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/detmath.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos {

namespace {

/// Standard normal beyond which 2.5 % lie.
constexpr double z95 = 1.959963984540054;

}  // namespace

double Effect::ramped(int months) const {
  return ramp == 0 ? 1.0 : std::clamp((static_cast<double>(months) + 0.5) / ramp, 0.0, 1.0);
}

double Effect::faded(int months) const {
  return fade == 0 ? 1.0 : std::clamp(1.0 - static_cast<double>(months) / fade, 0.0, 1.0);
}

double Effect::drawn(double stated, const rng::Stream& luck) const {
  if (!range) return stated;
  const double z = rng::normal(luck.draw(rng::Purpose::figure, 0, rng::name_hash(path), rng::lasting));
  // The stated figure is the median; each side has the spread that its end of the range says.
  const double end = z < 0 ? range->low : range->high;
  const double part = std::abs(z) / z95;
  if (way == Way::times) return stated * detmath::exp(part * detmath::log(end / stated));
  return stated + part * (end - stated);
}

HazardChange Effect::change(double drawn_value, double strength) const {
  const auto bounded = [](double made) {
    constexpr double most = 1e30;  // expressions have no bound of their own
    return static_cast<float>(std::min(std::max(0.0, made), most));
  };
  if (way == Way::times) return {.times = bounded(1.0 + (drawn_value - 1.0) * strength)};
  return {.plus = bounded(drawn_value * strength)};
}

}  // namespace oikos
