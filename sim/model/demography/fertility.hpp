#pragma once
#include "sim/model/demography/age_profile.hpp"
#include "sim/parameter/by_month.hpp"
#include "sim/process/process.hpp"

namespace oikos::demography {

/// Which women bear a child this month.
/// Rule    draw below factor * (1 - exp(-f / 12)), f the yearly birth rate at the woman's age; not in the month of her
///         own death or departure. Source docs/methods/demography.md
class Fertility final : public SweepProcess {
 public:
  /// @param hazard men's part is not used
  explicit Fertility(AgeSexHazard hazard) : hazard_(std::move(hazard)) { hazard_.make_impossible_for(Sex::male); }
  ProcessInfo info() const override;
  void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const override;

 private:
  AgeSexHazard hazard_;
};

/// Adds the newborn to their mothers' households, with an identity that follows from mother and birth order.
class Births final : public BarrierProcess {
 public:
  /// @param male_share share of boys among the newborn
  explicit Births(const ByMonth<double>& male_share) : male_(male_share.transform(threshold)) {}
  ProcessInfo info() const override;
  void resolve(World& world, const StepContext& now, MonthWork& work) const override;

 private:
  ByMonth<Threshold> male_;
};

}  // namespace oikos::demography
