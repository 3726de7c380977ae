#include "sim/base/narrow.hpp"
#include "sim/model/demography/fertility.hpp"
#include "sim/model/demography/guardianship.hpp"
#include "sim/model/demography/migration.hpp"
#include "sim/model/demography/mortality.hpp"
#include "sim/model/demography/partner_market.hpp"
#include "sim/model/demography/unions.hpp"
#include "sim/model/income/books.hpp"
#include "sim/process/membership_step.hpp"
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
  const auto add = [&]<class P>(std::unique_ptr<P> process) { schedule.add(std::move(process)); };

  add(std::make_unique<demography::Mortality>(AgeSexHazard(d.death)));
  add(std::make_unique<demography::Departures>(departure_params(p), s.start, paths));
  add(std::make_unique<demography::Fertility>(
      demography::BirthHazard(d.birth, *initial, s.start, d.births_outside_unions)));
  add(std::make_unique<demography::UnionHazards>(d.parting, AgeSexHazard(d.partner_search)));
  add(std::make_unique<demography::HomeLeaving>(AgeSexHazard(d.home_leaving)));
  add(std::make_unique<demography::Deaths>());
  add(std::make_unique<demography::Leavings>());
  add(std::make_unique<demography::Partings>(d.parting_homes));
  add(std::make_unique<demography::NewHomes>(d.first_homes));
  add(std::make_unique<demography::Couples>(demography::Couples::Rule{.age_gap = d.partner_age_gap,
                                                                      .age_gap_sd = d.partner_age_gap_sd,
                                                                      .other_district = d.partner_other_district,
                                                                      .tenures = d.first_homes}));
  add(std::make_unique<demography::Guardianship>());
  add(std::make_unique<demography::Births>(d.male_birth_share));
  add(std::make_unique<demography::Arrivals>(s.place(), initial, s.start, arrival_plan(p, *initial)));
  add(std::make_unique<MembershipStep>());
  add(std::make_unique<education::Schooling>(school_of(p, *initial), education::EntryWages(*initial, s.start)));
  add(std::make_unique<labour::Transitions>(p.labour, paths));
  add(std::make_unique<labour::Retirement>(p.retirement, paths));
  // Only programmes look at money.
  if (rules != Rules::people_and_work) {
    add(std::make_unique<income::Earnings>(p.law, p.income_flows, paths));
    add(std::make_unique<income::Benefits>(p.law, p.income_flows));
    add(std::make_unique<income::IncomeTotals>());
    add(std::make_unique<income::Books>(p.flows));
    add(std::make_unique<RecordProcess>());
  }
  if (rules == Rules::all) add(std::make_unique<Programmes>(p.programmes, p.capacities, p.parameter_values));
  schedule.arrange();
  return schedule;
}

}  // namespace oikos
