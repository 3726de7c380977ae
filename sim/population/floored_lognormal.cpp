#include "sim/population/floored_lognormal.hpp"

#include "sim/base/detmath.hpp"

namespace oikos::population {

double FlooredLognormal::share_at_floor() const {
  if (floor <= 0) return 0;
  const double distance = detmath::log(floor) - mu;
  if (sigma <= 0) return distance > 0 ? 1 : 0;
  return detmath::normal_cdf(distance / sigma);
}

double FlooredLognormal::mean() const {
  const double plain = detmath::exp(mu + 0.5 * sigma * sigma);
  if (floor <= 0) return plain;
  if (sigma <= 0) return plain > floor ? plain : floor;
  const double d = (detmath::log(floor) - mu) / sigma;
  return floor * detmath::normal_cdf(d) + plain * detmath::normal_cdf(sigma - d);
}

double FlooredLognormal::quantile(double p) const { return detmath::exp(mu + sigma * detmath::normal_quantile(p)); }

FlooredLognormal with_mean_and_median(double mean, double median, double floor) {
  FlooredLognormal out{detmath::log(median), 0, floor};
  double low = 0;
  double high = 5;
  for (int i = 0; i < 100; ++i) {
    out.sigma = 0.5 * (low + high);
    (out.mean() < mean ? low : high) = out.sigma;
  }
  return out;
}

FlooredLognormal with_mean_and_sigma(double mean, double sigma, double floor) {
  FlooredLognormal out{0, sigma, floor};
  double high = detmath::log(mean);  // without a floor the mean is at least exp(mu)
  double low = high - 20;
  for (int i = 0; i < 100; ++i) {
    out.mu = 0.5 * (low + high);
    (out.mean() < mean ? low : high) = out.mu;
  }
  return out;
}

}  // namespace oikos::population
