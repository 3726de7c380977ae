#pragma once
#include "sim/model/demography/homes.hpp"
#include "sim/model/demography/migration.hpp"
#include "sim/model/module.hpp"

namespace oikos::demography {

/// What the rules of demography read.
class Figures final : public ModuleFigures {
 public:
  Figures(const ModuleInput& input, Diagnostics& diagnostics);
  void add_steps(const BuildInput& input, Steps& steps) const override;

  AgeSexHazard deaths() const { return AgeSexHazard(death_); }
  const DepartureParams& departures() const { return departures_; }
  std::shared_ptr<const ArrivalPlan> arrivals(const BuildInput& input) const;

 private:
  rng::PlaceCode place_;
  std::vector<RatePeriod> death_, birth_, partner_search_, home_leaving_;
  DepartureParams departures_;
  ByMonth<double> male_birth_share_;
  ByMonth<double> arrivals_yearly_;                     ///< persons of the part of the city that is simulated
  ByMonth<int> arrivals_oldest_;                        ///< oldest reference person of arriving households [years]
  ByMonth<double> parting_;                             ///< monthly chance per couple
  Dated<double> partner_age_gap_, partner_age_gap_sd_;  ///< years
  Dated<double> partner_other_district_;                ///< share of searches
  Dated<double> births_outside_unions_;                 ///< share of births
  HomeTenures first_homes_, parting_homes_;
};

extern const Module module;

}  // namespace oikos::demography
