#pragma once
#include <memory>
#include <span>
#include <vector>

#include "sim/model/demography/age_profile.hpp"
#include "sim/model/demography/declared.hpp"
#include "sim/parameter/by_month.hpp"
#include "sim/process/access.hpp"
#include "sim/process/baseline_paths.hpp"

namespace oikos::demography {

/// Who leaves the city.
struct DepartureParams {
  std::vector<RatePeriod>
      profile;                     ///< relative frequency by sex and age of the reference person; only its shape counts
  ByMonth<double> persons_yearly;  ///< expected departures of the baseline
  /// Profile in force; the first period serves earlier months too.
  const RatePeriod& profile_at(Month month) const;
  /// Chances of the month by age and sex of the reference person, as limits of a draw.
  /// @param chance_for_one the baseline's chance of the month (BaselinePaths::departures)
  KindLimits limits(Month month, int step, double chance_for_one) const;
};

/// Which households leave the city this month: a whole household does when its reference person's draw is below the
/// factor, times profile(sex, age), persons a month asked for and the baseline's chance for one person
/// (docs/methods/demography.md).
class Departures final
    : public SweepStep<Reads<person::birth_month, person::sex, person::household, household::first, household::members>,
                       Draws<lane::move>, Reports<event::departure>, Asks<target::departure>, Decides> {
 public:
  /// @param paths of the baseline: its chances of leaving
  Departures(DepartureParams params, Month start, std::shared_ptr<const BaselinePaths> paths);

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  /// Limits of a month, made before the run for the chance that stood there then.
  struct Ready {
    double chance_for_one;
    KindLimits limits;
  };

  DepartureParams params_;
  std::shared_ptr<const BaselinePaths> paths_;
  std::vector<Ready> ready_;  ///< by month of the run
};

/// Finds the month's chance of leaving at which as many persons are expected to leave as are asked for: of the
/// households there are, without those whose reference person dies and the members who die. Used by the pilot only,
/// before the decisions of persons.
class DepartureLevel final
    : public BarrierStep<Reads<person::birth_month, person::sex, household::first, household::members>> {
 public:
  /// @param paths written month by month
  DepartureLevel(DepartureParams params, AgeSexHazard death, std::shared_ptr<BaselinePaths> paths);

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  DepartureParams params_;
  AgeSexHazard death_;
  std::shared_ptr<BaselinePaths> paths_;
  /// Mean number of further members who die in a month, by age and sex of the reference person. Found once a year, for
  /// who lives with whom at which age changes slowly; belongs to the one run that the pilot is.
  std::unique_ptr<std::array<double, age_sex_kinds>> dying_ = std::make_unique<std::array<double, age_sex_kinds>>();
};

/// Takes the departing out of the tables.
class Leavings final
    : public BarrierStep<Writes<person::partner>, Heeds<event::departure>, Tallies<count::departures>, Moves> {
 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
};

/// How many households arrive in each month, and from whom they are copied. The months until the k-th bring
/// floor(a1 + ... + ak) households together, a = persons asked for a month / mean size of the donors. Donors are the
/// households of the first month whose reference person is 18 to the oldest age allowed.
class ArrivalPlan {
 public:
  /// @param donors the initial population   @param persons_yearly expected persons a year   @param oldest age of
  /// reference persons [years]
  ArrivalPlan(const World& donors, Month start, int months, const ByMonth<double>& persons_yearly,
              const ByMonth<int>& oldest);
  std::uint32_t households(int step) const { return households_[static_cast<std::size_t>(step)]; }
  /// Household rows of the donors.
  std::span<const std::uint32_t> candidates(int step) const { return *candidates_[static_cast<std::size_t>(step)]; }

 private:
  std::vector<std::uint32_t> households_;
  std::vector<std::shared_ptr<const std::vector<std::uint32_t>>> candidates_;
};

/// Households that come to live in the city, copied from the initial population: as many as the plan says. Which
/// household is copied is drawn by month and slot alone, so that the same people arrive in every scenario.
class Arrivals final : public BarrierStep<Draws<lane::donor>, Tallies<count::arrivals>, Moves> {
 public:
  /// @param place where they arrive   @param donors the initial population; kept, never changed
  Arrivals(rng::PlaceCode place, std::shared_ptr<const World> donors, Month start,
           std::shared_ptr<const ArrivalPlan> plan);

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  void copy(const View& view, std::uint32_t donor, std::uint32_t slot) const;

  rng::PlaceCode place_;
  std::shared_ptr<const World> donors_;
  ShortMonth start_;
  std::shared_ptr<const ArrivalPlan> plan_;
};

}  // namespace oikos::demography
