#pragma once
#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "sim/base/rate.hpp"
#include "sim/parameter/parameter_set.hpp"
#include "sim/process/process.hpp"
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
LabourParams read_labour(const ParameterSet& parameters);

/// Factors of each month that keep registered unemployment on its given path: job finding is multiplied by the factor,
/// job losing divided by it. Found in a pilot without programmes and incomes, then fixed for all replicates and plans
/// (docs/methods/labour.md).
using AlignmentPath = std::vector<double>;

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
  /// Limits, by labour state, beyond which nobody's draw makes an exit, with job finding times `align` and job losing
  /// divided by it: who draws more stays, whoever it is. `never` for states that these hazards do not touch.
  std::array<rng::Limit, labour_names.size()> largest(double align) const;
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
/// Rule    one draw against the summed hazards of the state's exits; finding and losing are aligned, and changed by the
///         modifiers job_finding, job_loss, labour_exit. Source docs/methods/labour.md
class Transitions final : public SweepProcess {
 public:
  Transitions(LabourParams params, std::shared_ptr<const AlignmentPath> alignment);
  ProcessInfo info() const override;
  void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const override;

 private:
  LabourHazards hazards_;
  std::shared_ptr<const AlignmentPath> alignment_;
  std::uint64_t progression_ppm_;
};

/// Finds this month's factor from the persons' hazards without programmes: the factor that makes the expected number of
/// registered unemployed next month the target share of the labour force. Used by the pilot only, before Transitions.
class Alignment final : public BarrierProcess {
 public:
  /// @param target share of the labour force by month of the run   @param path written month by month
  Alignment(LabourParams params, std::vector<double> target, std::shared_ptr<AlignmentPath> path);
  ProcessInfo info() const override;
  void resolve(World& world, const StepContext& now, MonthWork& work) const override;

 private:
  LabourHazards hazards_;
  std::vector<double> target_;
  std::shared_ptr<AlignmentPath> path_;
};

/// Retiring at the dated pension age.
/// Rule    at the age (by sex) most retire at once, the others with a monthly chance; the pension is the larger of the
/// minimum
///         and replacement x potential x average wage. Source docs/methods/labour.md
class Retirement final : public SweepProcess {
 public:
  struct MonthLaw {
    std::array<int, 2> age_months;  ///< pension age by sex
    double average_wage;            ///< minor units a month
    double minimum_pension;         ///< minor units a month
  };
  struct Params {
    std::vector<MonthLaw> months;
    double at_once = 0;      ///< probability in the month of reaching the age
    double later = 0;        ///< monthly probability afterwards
    double replacement = 0;  ///< gross pension / (potential x average wage)
  };
  explicit Retirement(Params params);
  ProcessInfo info() const override;
  void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const override;

 private:
  Params params_;
  Threshold at_once_, later_;
};
Retirement::Params read_retirement(const ParameterSet& parameters);

}  // namespace oikos::labour
