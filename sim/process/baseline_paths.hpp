#pragma once
#include <array>
#include <string>
#include <vector>

namespace oikos {

/// Something that a baseline is kept on, month by month: what was asked for, and what its rules can reach in
/// expectation.
struct KeptPath {
  std::string name;                     ///< of the parameter that asks for it
  double tolerance = 0;                 ///< a month that misses by more is reported
  std::vector<double> wanted, reached;  ///< shape (months), in the unit that rules are given
};

/// What keeps a baseline on its paths: factors by month, found in its pilot and then the same for all replicates and
/// all plans, so that no plan is taken back by them (docs/design/decisions/0005-labour-alignment.md).
/// While the pilot runs, each month's factor of labour and of departures is written before the rules of that month read
/// it; that of wages, which the pilot pays nobody by, at the end of the month.
struct BaselinePaths {
  /// Factors that change nothing, and nothing wanted. @param months of the run
  explicit BaselinePaths(int months);

  std::vector<double> labour;  ///< job finding is multiplied by it, job losing divided by it
  std::vector<double> wages;   ///< wage levels: gross wage = potential * average wage * level
  /// Monthly chance that a household leaves, for one departure a month asked for and a departure profile of 1.
  std::vector<double> departures;
  KeptPath unemployment, mean_wage, departures_yearly;
  std::array<const KeptPath*, 3> kept() const { return {&unemployment, &mean_wage, &departures_yearly}; }
};

/// The month in which a path is missed most, when it is missed by more than its tolerance.
struct LargestMiss {
  int step = -1;  ///< months since the start; negative: nowhere beyond the tolerance
  double wanted = 0, reached = 0;
};
LargestMiss largest_miss(const KeptPath& path);
/// Months that miss by more than the tolerance.
int months_missed(const KeptPath& path);

}  // namespace oikos
