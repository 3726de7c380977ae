#pragma once
#include "sim/model/demography/age_profile.hpp"
#include "sim/model/demography/homes.hpp"
#include "sim/parameter/by_month.hpp"

namespace oikos::demography {

/// Who parts from a partner, who is open to a new one, and who looks for one.
/// Rule    a couple parts when the draw of its woman (else of the smaller identity) lies below factor * p. A single
///         person whose draw lies below w * q is open to a partner, a woman whose draw lies below 2 q looks for one; q
///         is the monthly chance of age and sex, and w the same for all. Source docs/methods/unions.md
class UnionHazards final
    : public SweepStep<Reads<person::partner, person::identity, person::birth_month, person::sex>,
                       Draws<lane::union_of>, Reports<event::parting, event::open_to_partner, event::seeks_partner>,
                       Asks<target::parting>, Decides> {
 public:
  /// @param parting monthly chance per couple   @param search yearly rates of singles by sex and age
  UnionHazards(const ByMonth<double>& parting, const AgeSexHazard& search);

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  ByMonth<rng::Limit> parting_;
  AgeSexHazard open_, looks_;
};

/// The parting one moves into a new household in the district; children stay.
class Partings final
    : public BarrierStep<ReadsHomes, Reads<person::identity>, Writes<person::partner, household::tenure>,
                         Draws<lane::tenure>, Heeds<event::parting>, Tallies<count::unions_dissolved>, Moves> {
 public:
  /// @param tenures of the homes that those who move out find
  explicit Partings(HomeTenures tenures) : tenures_(std::move(tenures)) {}

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  HomeTenures tenures_;
};

/// Adult children who leave their parents' household this month.
/// Rule    single adult living with a parent, draw below h(sex, age). Source docs/methods/unions.md
class HomeLeaving final
    : public SweepStep<Reads<person::partner, person::mother, person::father, person::household, person::birth_month,
                             person::sex, household::first>,
                       Draws<lane::move>, Reports<event::leaves_home>, Asks<target::leaving_home>, Decides> {
 public:
  explicit HomeLeaving(AgeSexHazard hazard) : hazard_(std::move(hazard)) {}

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  AgeSexHazard hazard_;
};

/// Gives each of them a household of their own in the district.
class NewHomes final : public BarrierStep<ReadsHomes, Reads<person::identity>, Writes<household::tenure>,
                                          Draws<lane::tenure>, Heeds<event::leaves_home>, Moves> {
 public:
  explicit NewHomes(HomeTenures tenures) : tenures_(std::move(tenures)) {}

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  HomeTenures tenures_;
};

}  // namespace oikos::demography
