#pragma once
#include "sim/model/demography/age_profile.hpp"
#include "sim/parameter/by_month.hpp"
#include "sim/process/process.hpp"

namespace oikos::demography {

/// Who parts from a partner, and who looks for one.
/// Rule    a couple parts when the draw of its woman (else of the smaller identity) lies below factor * p;
///         a single adult looks for a partner with the probability of age and sex. Source docs/methods/unions.md
class UnionHazards final : public SweepProcess {
 public:
  /// @param parting monthly chance per couple   @param search yearly rates of singles by sex and age
  UnionHazards(const ByMonth<double>& parting, AgeSexHazard search);
  ProcessInfo info() const override;
  void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const override;

 private:
  ByMonth<rng::Limit> parting_;
  AgeSexHazard search_;
};

/// The parting one moves into a new household in the district; children stay.
class Partings final : public BarrierProcess {
 public:
  explicit Partings(Tenure tenure) : tenure_(tenure) {}
  ProcessInfo info() const override;
  void resolve(World& world, const StepContext& now, MonthWork& work) const override;

 private:
  Tenure tenure_;  ///< of the new household
};

/// Matches women and men who look for a partner and moves them together.
/// Rule    seekers meet in one of `market_places` places, drawn by person and month; in each place women, in the order
/// of
///         their identity, take the free man whose age is nearest to theirs + preferred gap, if within the limit.
///         Places are many and small, so that one person more or less changes only who meets there.
class Couples final : public BarrierProcess {
 public:
  struct Rule {
    ByMonth<double> preferred_gap = 2.0;  ///< years the man is older
    double largest_gap = 10.0;            ///< years away from the preferred gap
    std::uint32_t market_places = 32;
    Tenure tenure = Tenure::private_rent;  ///< of a household that a couple founds
  };
  explicit Couples(Rule rule) : rule_(rule) {}
  ProcessInfo info() const override;
  void resolve(World& world, const StepContext& now, MonthWork& work) const override;

 private:
  void join(World& world, const StepContext& now, MonthWork& work, Row woman, Row man) const;

  Rule rule_;
};

/// Adult children who leave their parents' household this month.
/// Rule    single adult living with a parent, draw below h(sex, age). Source docs/methods/unions.md
class HomeLeaving final : public SweepProcess {
 public:
  explicit HomeLeaving(AgeSexHazard hazard) : hazard_(std::move(hazard)) {}
  ProcessInfo info() const override;
  void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const override;

 private:
  AgeSexHazard hazard_;
};

/// Gives each of them a household of their own in the district.
class NewHomes final : public BarrierProcess {
 public:
  explicit NewHomes(Tenure tenure) : tenure_(tenure) {}
  ProcessInfo info() const override;
  void resolve(World& world, const StepContext& now, MonthWork& work) const override;

 private:
  Tenure tenure_;
};

/// Finds a home for children whom death, departure or moving has left without an adult.
/// Rule    the other parent's household; else that of a keyed draw among couples with members below 18 in the district,
/// from the
///         drawn household onward. A child for whom no household is found leaves the city.
class Guardianship final : public BarrierProcess {
 public:
  ProcessInfo info() const override;
  void resolve(World& world, const StepContext& now, MonthWork& work) const override;
};

}  // namespace oikos::demography
