#pragma once
#include "sim/model/demography/age_profile.hpp"
#include "sim/process/process.hpp"

namespace oikos::demography {

/// Who dies this month.
/// Rule    dies when the draw lies below factor * (1 - exp(-m / 12)), m the yearly death rate at age and sex;
///         whoever reaches 110 years dies
/// Source  docs/methods/demography.md
class Mortality final : public SweepProcess {
 public:
  explicit Mortality(AgeSexHazard hazard) : hazard_(std::move(hazard)) { hazard_.make_certain_from(max_age); }
  ProcessInfo info() const override;
  void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const override;

 private:
  AgeSexHazard hazard_;
};

/// Takes the dead out of their households.
class Deaths final : public BarrierProcess {
 public:
  ProcessInfo info() const override;
  void resolve(World& world, const StepContext& now, MonthWork& work) const override;
};

}  // namespace oikos::demography
