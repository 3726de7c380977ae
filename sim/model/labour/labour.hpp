#pragma once
#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "sim/model/education/declared.hpp"
#include "sim/model/labour/declared.hpp"
#include "sim/parameter/parameter_set.hpp"
#include "sim/process/access.hpp"
#include "sim/process/baseline_paths.hpp"
#include "sim/rng/decide.hpp"

namespace oikos::labour {

/// Classes of the duration of unemployment: from 0, 3, 6, 12, 24 months.
inline constexpr std::array<int, 5> duration_from{0, 3, 6, 12, 24};
/// Classes of age: 15-24, 25-54, 55 and over.
inline constexpr std::array<int, 3> age_from{15, 25, 55};

/// Monthly probabilities before factors. Indexed by class of duration, Education, class of age, Sex.
struct LabourParams {
  std::array<double, 5> finding{};            ///< registered unemployed -> employed, by duration
  std::array<double, 4> finding_education{};  ///< factors
  std::array<double, 3> finding_age{};
  double losing = 0;  ///< employed -> registered unemployed
  std::array<double, 4> losing_education{};
  std::array<double, 3> losing_age{};
  std::array<double, 2> leaving{};      ///< employed -> inactive, by sex
  double giving_up = 0;                 ///< registered unemployed -> inactive
  std::array<double, 3> registering{};  ///< inactive -> registered unemployed, by age
  std::array<double, 3> entering{};     ///< inactive -> employed, by age
  double wage_progression =
      0;  ///< yearly growth of the wage potential of the employed below 45, above the average wage's
};

/// What finding, losing and leaving work read in each month.
ByMonth<LabourParams> read_labour(const ParameterSet& parameters);

/// Hazards with all factors, as thresholds on the scale of a 32-bit draw.
class LabourHazards {
 public:
  explicit LabourHazards(const LabourParams& params);
  struct Two {
    double first, second;  ///< of the two exits, on the scale 2^32
  };
  /// employed: to registered unemployment (before alignment), to inactivity
  Two of_employed(Sex sex, Education education, std::size_t age) const {
    return {losing_[static_cast<std::size_t>(education)][age], leaving_[static_cast<std::size_t>(sex)]};
  }
  /// registered unemployed: to a job (before alignment), to inactivity. `duration` is a duration_class().
  Two of_unemployed(std::size_t duration, Education education, std::size_t age) const {
    return {finding_[duration][static_cast<std::size_t>(education)][age], giving_up_};
  }
  /// inactive: to registered unemployment, to a job
  Two of_inactive(std::size_t age) const { return {registering_[age], entering_[age]}; }
  /// What effects make of everybody's hazards.
  struct Changes {
    HazardChange finding, losing, leaving, entering;
  };
  /// Limits, by labour state, beyond which nobody's draw makes an exit, with job finding times `align` and job losing
  /// divided by it: who draws more stays, unless effects change the own hazards. `never` for states that these hazards
  /// do not touch.
  std::array<rng::Limit, labour_names.size()> largest(double align, const Changes& common) const;
  std::size_t duration_class(int months) const {
    return duration_class_[static_cast<std::size_t>(std::clamp(months, 0, duration_from.back()))];
  }
  static std::size_t age_class(int age_months) {
    return static_cast<std::size_t>(age_months >= age_from[1] * 12) +
           static_cast<std::size_t>(age_months >= age_from[2] * 12);
  }

 private:
  std::array<std::uint8_t, 25> duration_class_{};
  std::array<std::array<std::array<double, 3>, 4>, 5> finding_{};
  std::array<std::array<double, 3>, 4> losing_{};
  std::array<double, 2> leaving_{};
  double giving_up_ = 0;
  std::array<double, 3> registering_{}, entering_{};
};

/// Finding, losing and leaving work.
/// Rule    one draw against the summed hazards of the state's exits; finding and losing are aligned, and changed by
///         effects on job_finding, job_loss, labour_exit, labour_entry. Source docs/methods/labour.md
class Transitions final
    : public SweepStep<Reads<person::education, person::birth_month, person::sex>,
                       Writes<person::labour, person::state_since, person::wage_potential>, Draws<lane::labour>,
                       Tallies<count::jobs_found, count::jobs_lost>,
                       Asks<target::job_finding, target::job_loss, target::labour_exit, target::labour_entry>> {
 public:
  /// @param paths of the baseline: its factors of the labour market
  Transitions(const ByMonth<LabourParams>& params, std::shared_ptr<const BaselinePaths> paths);

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  ByMonth<LabourHazards> hazards_;
  ByMonth<std::int64_t> progression_ppm_;
  std::shared_ptr<const BaselinePaths> paths_;
};

}  // namespace oikos::labour
