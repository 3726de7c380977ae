#include "sim/base/narrow.hpp"
#include "sim/model/demography/fertility.hpp"
#include "sim/model/demography/guardianship.hpp"
#include "sim/model/demography/migration.hpp"
#include "sim/model/demography/mortality.hpp"
#include "sim/model/demography/partner_market.hpp"
#include "sim/model/demography/unions.hpp"
#include "sim/scenario/build.hpp"

namespace oikos {

demography::DepartureParams departure_params(const Prepared& p) {
  const double scale = p.loaded.scenario.municipality().population.scale;
  return {p.demography.departure, p.demography.departures_yearly.transform([&](double n) { return n * scale; })};
}

std::shared_ptr<const demography::ArrivalPlan> arrival_plan(const Prepared& p, const World& initial) {
  const Scenario& s = p.loaded.scenario;
  return std::make_shared<const demography::ArrivalPlan>(
      initial, s.start, static_cast<int>(s.months),
      p.demography.arrivals_yearly.transform([&](double n) { return n * s.municipality().population.scale; }),
      p.demography.arrivals_oldest.transform([](double age) { return narrow<int>(age); }));
}

std::shared_ptr<const education::School> school_of(const Prepared& p, const World& initial) {
  return std::make_shared<const education::School>(education::make_school(initial, p.loaded.scenario.start, p.school));
}

Schedule make_schedule(const Prepared& p, const std::shared_ptr<const World>& initial,
                       const std::shared_ptr<const BaselinePaths>& paths, Rules rules) {
  using demography::AgeSexHazard;
  const Scenario& s = p.loaded.scenario;
  const DemographyParams& d = p.demography;
  Schedule schedule;
  const auto sweep = [&]<class P>(Phase phase, std::unique_ptr<P> process) {
    schedule.of(phase).sweeps.push_back(std::move(process));
  };
  const auto barrier = [&]<class P>(Phase phase, std::unique_ptr<P> process) {
    schedule.of(phase).after.push_back(std::move(process));
  };

  // Demography. Each decision leaves alone whom an earlier one took: death, departure of the household, birth, unions,
  // leaving home.
  const Phase demo = Phase::demography;
  sweep(demo, std::make_unique<demography::Mortality>(AgeSexHazard(d.death)));
  sweep(demo, std::make_unique<demography::Departures>(departure_params(p), s.start, paths));
  sweep(demo, std::make_unique<demography::Fertility>(
                  demography::BirthHazard(d.birth, *initial, s.start, d.births_outside_unions)));
  sweep(demo, std::make_unique<demography::UnionHazards>(d.parting, AgeSexHazard(d.partner_search)));
  sweep(demo, std::make_unique<demography::HomeLeaving>(AgeSexHazard(d.home_leaving)));
  barrier(demo, std::make_unique<demography::Deaths>());
  barrier(demo, std::make_unique<demography::Leavings>());
  barrier(demo, std::make_unique<demography::Partings>(d.parting_homes));
  barrier(demo, std::make_unique<demography::NewHomes>(d.first_homes));
  barrier(demo,
          std::make_unique<demography::Couples>(demography::Couples::Rule{.age_gap = d.partner_age_gap,
                                                                          .age_gap_sd = d.partner_age_gap_sd,
                                                                          .other_district = d.partner_other_district,
                                                                          .tenures = d.first_homes}));
  barrier(demo, std::make_unique<demography::Guardianship>());
  barrier(demo, std::make_unique<demography::Births>(d.male_birth_share));
  barrier(demo, std::make_unique<demography::Arrivals>(s.place(), initial, s.start, arrival_plan(p, *initial)));

  const Phase work = Phase::livelihood;
  sweep(work, std::make_unique<education::Schooling>(school_of(p, *initial), education::EntryWages(*initial, s.start)));
  sweep(work, std::make_unique<labour::Transitions>(p.labour, paths));
  sweep(work, std::make_unique<labour::Retirement>(p.retirement, paths));
  // Only programmes look at money.
  if (rules != Rules::people_and_work) {
    sweep(work, std::make_unique<income::Earnings>(p.law, p.income_flows, paths));
    sweep(work, std::make_unique<income::Benefits>(p.law, p.income_flows));
    sweep(Phase::accounts, std::make_unique<IncomeTotals>());
  }
  if (rules == Rules::all)
    barrier(Phase::services, std::make_unique<Programmes>(p.programmes, p.capacities, p.parameter_values));
  return schedule;
}

}  // namespace oikos
