#pragma once
#include <memory>

#include "sim/model/demography/age_profile.hpp"
#include "sim/process/process.hpp"

namespace oikos::demography {

/// Which households leave the city this month.
/// Rule    the whole household leaves when the reference person's draw lies below factor * h(age); h is given, so that
/// the
///         expected number of persons leaving the initial population is the total asked for. Source
///         docs/methods/demography.md
class Departures final : public SweepProcess {
 public:
  explicit Departures(const ByAge<double>& monthly_probability);
  ProcessInfo info() const override;
  void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const override;

 private:
  KindLimits limits_;  ///< by age_sex()
};

/// Takes the departing out of the tables.
class Leavings final : public BarrierProcess {
 public:
  ProcessInfo info() const override;
  void resolve(World& world, const StepContext& now, MonthWork& work) const override;
};

/// Households that come to live in the city, copied from the initial population.
/// Rule    months bring floor((k + 1) a) - floor(k a) households, k months since the start, a = persons a month / mean
/// donor
///         size; which household is copied is drawn by month and slot alone, so that the same people arrive in every
///         plan.
class Arrivals final : public BarrierProcess {
 public:
  /// @param donors         the initial population; kept, never changed
  /// @param persons_yearly expected persons a year   @param max_reference_age donors' reference persons are at most so
  /// old [years]
  Arrivals(std::shared_ptr<const World> donors, Month start, double persons_yearly, int max_reference_age);
  ProcessInfo info() const override;
  void resolve(World& world, const StepContext& now, MonthWork& work) const override;

 private:
  void copy(World& world, const StepContext& now, MonthWork& work, std::uint32_t donor, std::uint32_t slot) const;

  std::shared_ptr<const World> donors_;
  ShortMonth start_;
  std::vector<std::uint32_t> candidates_;  ///< donor household rows
  double households_monthly_ = 0;
};

/// Scales a profile by age of the reference person so that the initial population loses `persons_yearly` persons a
/// year.
ByAge<double> departure_probabilities(const World& initial, Month start, const ByAge<double>& profile,
                                      double persons_yearly);

}  // namespace oikos::demography
