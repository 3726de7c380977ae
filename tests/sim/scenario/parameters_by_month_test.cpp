// Goal: every parameter that a rule declares to read by month acts from the month of its date on, and not before.
// Method: two runs of a small city, one with the parameter changed from a month on.
#include <gmock/gmock.h>

#include <map>

#include "sim/base/narrow.hpp"
#include "sim/model/demography/declared.hpp"
#include "sim/model/education/declared.hpp"
#include "sim/model/income/declared.hpp"
#include "sim/model/labour/declared.hpp"
#include "sim/parameter/parameter_unit.hpp"
#include "sim/scenario/build.hpp"
#include "sim/scenario/declared_parameters.hpp"
#include "tests/sim/scenario/loading.hpp"

namespace oikos::testing {
namespace {

constexpr int changed_step = 4;  // from 2016-11 on
const Settings small_city{
    {"municipalities/ruda_slaska/population/scale", "4 %"}, {"start", "2016-07"}, {"months", "14"}};

/// What tells two months apart: everything that lives in the tables, and the money that flowed.
std::vector<std::uint64_t> fingerprint(const World& world) {
  std::uint64_t hash = 14695981039346656037u;
  const auto mix = [&](const auto& column, std::uint32_t size) OIKOS_WRAPS {
    for (std::uint32_t i = 0; i < size; ++i) hash = (hash ^ static_cast<std::uint64_t>(column[i])) * 1099511628211u;
  };
  const PersonTable& p = world.persons;
  mix(p[person::identity], p.size()), mix(p[person::household], p.size()), mix(p[person::partner], p.size()),
      mix(p[person::birth_month], p.size());
  mix(p[person::sex], p.size()), mix(p[person::education], p.size()), mix(p[person::labour], p.size()),
      mix(p[person::state_since], p.size());
  mix(p[person::wage_potential], p.size()), mix(p[person::pension], p.size()), mix(p[person::net_income], p.size());
  const HouseholdTable& h = world.households;
  mix(h[household::identity], h.size()), mix(h[household::tenure], h.size()),
      mix(h[household::child_benefit], h.size()), mix(h[household::social_assistance], h.size());
  return {p.size(), h.size(), hash};
}

std::vector<std::vector<std::uint64_t>> months_of(const Prepared& prepared) {
  const Executor executor(2);
  const Model model = build_model(prepared, executor);
  Simulation simulation(model, 0, executor);
  std::vector<std::vector<std::uint64_t>> months;
  for (int k = 0; k < model.months; ++k) {
    simulation.step();
    months.push_back(fingerprint(simulation.world()));
    std::vector<std::uint64_t> flows;
    for (const Money amount : simulation.world().ledger.amounts())
      flows.push_back(static_cast<std::uint64_t>(amount.minor()));
    months.back().insert(months.back().end(), flows.begin(), flows.end());
  }
  return months;
}

/// Changes that show in a small city within months, as entries of a plan; what is not listed is scaled by its unit.
std::string change_of(const ParameterSpec& spec, const ParameterSet& base) {
  static const std::map<std::string, std::string> by_hand{{"male_birth_share", "0 %"},
                                                          {"partner_age_gap", "-9 years"},
                                                          {"arrivals_oldest_age", "90 years"},
                                                          {"school_start_age", "12 years"},
                                                          {"pension_indexation_month", "12"},
                                                          {"child_benefit_universal", "1"},
                                                          {"pension_age_male", "60 years"},
                                                          {"pension_age_female", "55 years"},
                                                          {"retiring_at_pension_age", "0 %"},
                                                          {"health_contribution_deductible", "1 %"},
                                                          {"social_assistance_minimum", "500 PLN"},
                                                          {"income_tax_threshold", "20000 PLN"},
                                                          {"first_home_owner", "0 %"},
                                                          {"first_home_municipal", "59 %"},
                                                          {"first_home_social", "49 %"},
                                                          {"parting_home_owner", "0 %"},
                                                          {"parting_home_municipal", "70 %"},
                                                          {"parting_home_social", "60 %"}};
  const auto dated = [](const std::string& name, const std::string& value) {
    return name + ": {2016-11: " + value + "}\n";
  };
  if (const auto found = by_hand.find(spec.name); found != by_hand.end()) return dated(spec.name, found->second);
  const double now = base.by_month(spec.name).at(changed_step);
  if (spec.name.starts_with("attainment_")) {  // shares that stay a whole: another one gives way
    const std::string front = spec.name.substr(0, spec.name.find('_', 11) + 1);
    const std::string other = front + (spec.name.ends_with("tertiary") ? "secondary" : "tertiary");
    const double both = now + base.by_month(other).at(changed_step);
    return dated(spec.name, show_parameter(both, spec.unit, "PLN")) + dated(other, "0 %");
  }
  if (spec.name.starts_with("school_leaving_age_")) return dated(spec.name, show_parameter(now - 12, spec.unit, "PLN"));
  const double changed = spec.unit == ParameterUnit::chance  ? std::min(now * 4, 0.3)
                         : spec.unit == ParameterUnit::share ? now / 2
                                                             : now * 2;
  return dated(spec.name, show_parameter(changed, spec.unit, "PLN"));
}

TEST(ParametersByMonth, act_from_the_month_of_their_date_on) {
  const City city;
  const auto prepared = [&](const std::string& plan) {
    return prepare(load_readable(city.plan("plan.yaml", "extends: baseline.yaml\n" + plan), small_city));
  };
  const Prepared base = prepared("name: other\n");
  const auto before = months_of(base);
  for (const ParameterSpec& spec : declared_parameters()) {
    if (spec.read == ParameterRead::at_start) continue;
    // Cohorts at school in the first months have more of low education than is asked for: nobody leaves with it.
    if (spec.name == "school_leaving_age_low") continue;
    std::string entries = change_of(spec, base.parameters), plan = "parameters:\n";
    for (std::size_t at = 0; at < entries.size(); at = entries.find('\n', at) + 1)
      plan += "  " + entries.substr(at, entries.find('\n', at) + 1 - at);
    const auto after = months_of(prepared(plan));
    for (int k = 0; k < changed_step; ++k)
      EXPECT_EQ(after[static_cast<std::size_t>(k)], before[static_cast<std::size_t>(k)])
          << spec.name << " in month " << k;
    EXPECT_NE(after.back(), before.back()) << plan << "changes nothing";
  }
}

}  // namespace
}  // namespace oikos::testing
