#include "sim/process/baseline_paths.hpp"

#include <cmath>

namespace oikos {

BaselinePaths::BaselinePaths(int months)
    : labour(static_cast<std::size_t>(months), 1.0),
      wages(static_cast<std::size_t>(months), 1.0),
      departures(static_cast<std::size_t>(months), 0.0),
      unemployment{.name = "registered_unemployment_rate", .tolerance = 0.001, .wanted = {}, .reached = {}},
      mean_wage{.name = "average_wage", .tolerance = 100, .wanted = {}, .reached = {}},
      departures_yearly{.name = "departures_yearly", .tolerance = 0.5, .wanted = {}, .reached = {}} {}

int months_missed(const KeptPath& path) {
  int months = 0;
  for (std::size_t k = 0; k < path.wanted.size(); ++k)
    if (std::abs(path.reached[k] - path.wanted[k]) > path.tolerance) ++months;
  return months;
}

LargestMiss largest_miss(const KeptPath& path) {
  LargestMiss most;
  double largest = path.tolerance;
  for (std::size_t k = 0; k < path.wanted.size(); ++k) {
    const double miss = std::abs(path.reached[k] - path.wanted[k]);
    if (miss <= largest) continue;
    largest = miss;
    most = {static_cast<int>(k), path.wanted[k], path.reached[k]};
  }
  return most;
}

}  // namespace oikos
