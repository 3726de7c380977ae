#pragma once

namespace oikos::population {

/// Lognormal amounts of which those below the floor are raised to it: max(floor, exp(mu + sigma z)), z standard normal.
struct FlooredLognormal {
  double mu = 0;
  double sigma = 0;
  double floor = 0;

  /// E max(floor, X) = floor Phi(d) + exp(mu + sigma^2 / 2) Phi(sigma - d), d = (log floor - mu) / sigma.
  double mean() const;
  /// Without the floor. @param p in (0, 1)
  double quantile(double p) const;
  /// Share at the floor.
  double share_at_floor() const;
};

/// The one with this mean and this median before the floor, above which the median must lie. sigma in [0, 5]; when no
/// sigma reaches the mean, the nearest end.
FlooredLognormal with_mean_and_median(double mean, double median, double floor);
/// The one with this mean and sigma; when the mean does not exceed the floor, nearly all lie at the floor.
FlooredLognormal with_mean_and_sigma(double mean, double sigma, double floor);

}  // namespace oikos::population
