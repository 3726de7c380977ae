#pragma once
#include "sim/model/demography/age_profile.hpp"
#include "sim/model/demography/declared.hpp"
#include "sim/process/access.hpp"

namespace oikos::demography {

/// Who dies this month.
/// Rule    dies when the draw lies below factor * (1 - exp(-m / 12)), m the yearly death rate at age and sex;
///         whoever reaches 110 years dies
/// Source  docs/methods/demography.md
class Mortality final : public SweepStep<Reads<person::birth_month, person::sex>, Draws<lane::death>,
                                         Reports<event::death>, Asks<target::death>, Decides> {
 public:
  explicit Mortality(AgeSexHazard hazard) : hazard_(std::move(hazard)) { hazard_.make_certain_from(max_age); }

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  AgeSexHazard hazard_;
};

/// Takes the dead out of their households.
class Deaths final : public BarrierStep<Writes<person::partner>, Heeds<event::death>, Tallies<count::deaths>, Moves> {
 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
};

}  // namespace oikos::demography
