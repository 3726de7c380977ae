#pragma once
#include <array>
#include <memory>
#include <vector>

#include "sim/model/income/declared.hpp"
#include "sim/model/labour/declared.hpp"
#include "sim/parameter/parameter_set.hpp"
#include "sim/process/access.hpp"
#include "sim/process/baseline_paths.hpp"

namespace oikos::labour {

/// The law of retiring in one month.
struct RetirementLaw {
  std::array<int, 2> age_months{};         ///< pension age by sex
  std::array<int, 2> age_months_before{};  ///< that of the month before
  double at_once = 0;                      ///< probability in the month of becoming entitled
  double later = 0;                        ///< monthly probability afterwards
  double replacement = 0;                  ///< gross pension / gross wage at work
  double average_wage = 0;                 ///< minor units a month
  double minimum_pension = 0;              ///< minor units a month

  /// Whether a person of this age [months] has reached the pension age.
  bool entitles(Sex sex, int age) const { return age >= age_months[static_cast<std::size_t>(sex)]; }
  /// Chance that an entitled person who is not on the register retires this month.
  double chance(Sex sex, int age) const {
    return age - 1 >= age_months_before[static_cast<std::size_t>(sex)] ? later : at_once;
  }
};

/// The law of retiring of each month; in the first month the law of the month before is that of the month before the
/// run, where the parameters reach back so far.
std::vector<RetirementLaw> read_retirement(const ParameterSet& parameters);

/// Retiring at the dated pension age.
/// Rule    in the month in which age or law first entitles a person, most retire at once; who does not has a monthly
///         chance as long as the law entitles. The register of the unemployed is closed to the entitled: who is on it
///         retires. The pension is the larger of the minimum and replacement x wage. Source docs/methods/labour.md
class Retirement final
    : public SweepStep<Reads<person::birth_month, person::sex, person::wage_potential, person::identity>,
                       Writes<person::labour, person::state_since, person::pension>, Draws<lane::retires>,
                       Tallies<count::retirements>, Asks<target::retirement>> {
 public:
  /// @param months law of each month of the run   @param paths of the baseline: its wage levels
  Retirement(std::vector<RetirementLaw> months, std::shared_ptr<const BaselinePaths> paths);

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  std::vector<RetirementLaw> months_;
  std::shared_ptr<const BaselinePaths> paths_;
};

}  // namespace oikos::labour
