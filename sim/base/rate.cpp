#include "sim/base/rate.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/contract.hpp"
#include "sim/base/detmath.hpp"

namespace oikos {

double monthly_from_yearly_probability(double yearly) {
  expect(yearly >= 0.0 && yearly <= 1.0, "a yearly probability lies in [0, 1]");
  return yearly == 1.0 ? 1.0 : -detmath::expm1(detmath::log1p(-yearly) / 12.0);
}

double monthly_from_yearly_rate(double yearly_rate) {
  expect(yearly_rate >= 0.0, "a yearly rate is not negative");
  return -detmath::expm1(-yearly_rate / 12.0);
}

Threshold threshold(double probability) {
  expect(!std::isnan(probability), "a probability is a number");
  return static_cast<Threshold>(std::round(std::clamp(probability, 0.0, 1.0) * 4294967296.0));
}

}  // namespace oikos
