#include "sim/model/demography/fertility.hpp"
#include "sim/model/demography/guardianship.hpp"
#include "sim/model/demography/migration.hpp"
#include "sim/model/demography/mortality.hpp"
#include "sim/model/demography/partner_market.hpp"
#include "sim/model/demography/unions.hpp"
#include "sim/scenario/build.hpp"

namespace oikos {

Schedule make_schedule(const Prepared& p, const std::shared_ptr<const World>& initial,
                       std::shared_ptr<const labour::AlignmentPath> alignment, Rules rules) {
  using demography::AgeSexHazard;
  const Scenario& s = p.loaded.scenario;
  const DemographyParams& d = p.demography;
  const double scale = s.municipality().population.scale;
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
  const auto departing = demography::departure_probabilities(*initial, s.start, d.departure.front().yearly_rate[0],
                                                             d.departures_yearly * scale);
  sweep(demo, std::make_unique<demography::Mortality>(AgeSexHazard(d.death)));
  sweep(demo, std::make_unique<demography::Departures>(departing));
  sweep(demo, std::make_unique<demography::Fertility>(
                  demography::BirthHazard(d.birth, *initial, s.start, d.births_outside_unions)));
  sweep(demo, std::make_unique<demography::UnionHazards>(d.parting_yearly, AgeSexHazard(d.partner_search)));
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
  barrier(demo, std::make_unique<demography::Arrivals>(initial, s.start, d.arrivals_yearly * scale, d.arrivals_oldest));

  const Phase work = Phase::livelihood;
  sweep(work, std::make_unique<education::Schooling>(p.school, education::EntryWages(*initial, s.start)));
  sweep(work, std::make_unique<labour::Transitions>(p.labour, std::move(alignment)));
  sweep(work, std::make_unique<labour::Retirement>(p.retirement));
  // Only programmes look at money.
  if (rules != Rules::people_and_work) {
    sweep(work, std::make_unique<income::Earnings>(p.law, p.income_flows));
    sweep(work, std::make_unique<income::Benefits>(p.law, p.income_flows, p.assistance_take_up));
    sweep(Phase::accounts, std::make_unique<IncomeTotals>());
  }
  if (rules == Rules::all)
    barrier(Phase::services, std::make_unique<Programmes>(p.programmes, p.capacities, p.parameter_values));
  return schedule;
}

}  // namespace oikos
