#include "sim/model/demography/figures.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "sim/base/narrow.hpp"
#include "sim/model/demography/fertility.hpp"
#include "sim/model/demography/guardianship.hpp"
#include "sim/model/demography/mortality.hpp"
#include "sim/model/demography/partner_market.hpp"
#include "sim/model/demography/unions.hpp"

namespace oikos::demography {

namespace {

/// Where the latest of the three shares in force stands: of several equally late, the one that lies on top (a plan's).
Position latest_row(const ParameterSet& parameters, const std::string& who, Month month) {
  const Parameter::Row* latest = nullptr;
  for (const char* tenure : {"owner", "municipal", "social"}) {
    const Parameter* one = parameters.find(fmt::format("{}_home_{}", who, tenure));
    if (one == nullptr) continue;
    const Parameter::Row& row = one->row_at(month);
    const auto is_of_table = [](const Parameter::Row& r) { return r.at.source->name.ends_with(".csv"); };
    if (latest == nullptr || (is_of_table(*latest) && !is_of_table(row)) ||
        (is_of_table(*latest) == is_of_table(row) && latest->from < row.from))
      latest = &row;
  }
  return latest == nullptr ? Position{} : latest->at;
}

/// How those who found a home hold it: shares of three tenures, private rent the rest.
HomeTenures read_tenures(const ParameterSet& parameters, const std::string& who, Diagnostics& diagnostics) {
  const auto share = [&](const char* tenure) { return parameters.dated(fmt::format("{}_home_{}", who, tenure)); };
  HomeTenures tenures{share("owner"), share("municipal"), share("social")};
  const Month start = parameters.scope().start;
  for (const auto* one : {&tenures.owner, &tenures.municipal, &tenures.social})
    for (const auto& change : one->changes()) {
      const Month month = std::max(change.from, start);
      if (!tenures.owner.covers(month) || !tenures.municipal.covers(month) || !tenures.social.covers(month)) continue;
      const double sum = tenures.owner.at(month) + tenures.municipal.at(month) + tenures.social.at(month);
      if (sum <= 1.0 + 1e-9) continue;
      diagnostics.add({.at = latest_row(parameters, who, month),
                       .what = fmt::format("shares of tenures of {} homes are more than the whole", who),
                       .expected = "owner, municipal and social at most 100 % together; the rest rents privately",
                       .got = fmt::format("{:.6g} % in {}", sum * 100, to_string(month)),
                       .hint = ""});
      return tenures;
    }
  return tenures;
}

}  // namespace

Figures::Figures(const ModuleInput& input, Diagnostics& diagnostics)
    : place_(input.place),
      death_(input.rates.need("death", diagnostics)),
      birth_(input.rates.need("birth", diagnostics)),
      partner_search_(input.rates.need("partner_search", diagnostics)),
      home_leaving_(input.rates.need("home_leaving", diagnostics)),
      departures_{input.rates.need("departure_profile", diagnostics),
                  input.parameters.by_month("departures_yearly").transform([&](double n) { return n * input.scale; })},
      male_birth_share_(input.parameters.by_month("male_birth_share")),
      arrivals_yearly_(
          input.parameters.by_month("arrivals_yearly").transform([&](double n) { return n * input.scale; })),
      arrivals_oldest_(
          input.parameters.by_month("arrivals_oldest_age").transform([](double age) { return narrow<int>(age); })),
      parting_(input.parameters.by_month("parting_rate")),
      partner_age_gap_(input.parameters.dated("partner_age_gap")),
      partner_age_gap_sd_(input.parameters.dated("partner_age_gap_sd")),
      partner_other_district_(input.parameters.dated("partner_other_district")),
      births_outside_unions_(input.parameters.dated("births_outside_unions")),
      first_homes_(read_tenures(input.parameters, "first", diagnostics)),
      parting_homes_(read_tenures(input.parameters, "parting", diagnostics)) {}

std::shared_ptr<const ArrivalPlan> Figures::arrivals(const BuildInput& input) const {
  return std::make_shared<const ArrivalPlan>(*input.initial, input.start, input.months, arrivals_yearly_,
                                             arrivals_oldest_);
}

void Figures::add_steps(const BuildInput& input, Steps& steps) const {
  const auto add = [&]<class P>(std::unique_ptr<P> step) { steps.push_back(std::move(step)); };
  if (input.found) add(std::make_unique<DepartureLevel>(departures_, deaths(), input.found));
  add(std::make_unique<Mortality>(deaths()));
  add(std::make_unique<Departures>(departures_, input.start, input.paths));
  add(std::make_unique<Fertility>(BirthHazard(birth_, *input.initial, input.start, births_outside_unions_)));
  add(std::make_unique<UnionHazards>(parting_, AgeSexHazard(partner_search_)));
  add(std::make_unique<HomeLeaving>(AgeSexHazard(home_leaving_)));
  add(std::make_unique<Deaths>());
  add(std::make_unique<Leavings>());
  add(std::make_unique<Partings>(parting_homes_));
  add(std::make_unique<NewHomes>(first_homes_));
  add(std::make_unique<Couples>(Couples::Rule{.age_gap = partner_age_gap_,
                                              .age_gap_sd = partner_age_gap_sd_,
                                              .other_district = partner_other_district_,
                                              .tenures = first_homes_}));
  add(std::make_unique<Guardianship>());
  add(std::make_unique<Births>(male_birth_share_));
  add(std::make_unique<Arrivals>(place_, input.initial, input.start, arrivals(input)));
}

}  // namespace oikos::demography
