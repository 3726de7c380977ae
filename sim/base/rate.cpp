#include "sim/base/rate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/contract.hpp"
#include "sim/base/detmath.hpp"
#include "sim/base/narrow.hpp"

namespace oikos {

double monthly_from_yearly_probability(double yearly) {
  expect(yearly >= 0.0 && yearly <= 1.0, "a yearly probability lies in [0, 1]");
  return yearly == 1.0 ? 1.0 : -detmath::expm1(detmath::log1p(-yearly) / 12.0);
}

double monthly_from_yearly_rate(double yearly_rate) {
  expect(yearly_rate >= 0.0, "a yearly rate is not negative");
  return -detmath::expm1(-yearly_rate / 12.0);
}

bool Chance::possible() const {
  const bool probability = unit == ChanceUnit::probability_per_month || unit == ChanceUnit::probability_per_year;
  return value >= 0.0 && value <= (probability ? 1.0 : std::numeric_limits<double>::max());
}

double Chance::monthly() const {
  expect(possible(), "a chance is not negative, a probability at most 1");
  switch (unit) {
    case ChanceUnit::probability_per_month: return value;
    case ChanceUnit::probability_per_year: return monthly_from_yearly_probability(value);
    case ChanceUnit::hazard_per_month: return -detmath::expm1(-value);
    case ChanceUnit::hazard_per_year: return monthly_from_yearly_rate(value);
  }
  expect(false, "a chance has one of four units");
  return 0;
}

Threshold threshold(double probability) {
  expect(!std::isnan(probability), "a probability is a number");
  return narrow<Threshold>(std::round(std::clamp(probability, 0.0, 1.0) * 4294967296.0));
}

}  // namespace oikos
