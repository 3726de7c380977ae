#include "sim/model/income/law.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace oikos::income {

namespace {

/// Asks for parameters of the law and reports those outside the range for which the law's arithmetic is made.
class LawReader {
 public:
  LawReader(const ParameterSet& parameters, Month start, Diagnostics& diagnostics)
      : parameters_(parameters), start_(start), diagnostics_(diagnostics) {}
  Dated<double> share(std::string_view name) const { return within(name, ParameterUnit::share, 1.0, "0 % to 100 %"); }
  /// Minor units a month. Wages may be 2^32 parts per million of one, and must be exact (payslip.hpp).
  Dated<double> money(std::string_view name) const {
    return within(name, ParameterUnit::money, static_cast<double>(largest_wage_unit.minor()),
                  "0 to 5 billion of the currency");
  }
  /// Minor units a year.
  Dated<double> money_a_year(std::string_view name) const {
    return within(name, ParameterUnit::money, 12.0 * static_cast<double>(largest_wage_unit.minor()),
                  "0 to 60 billion of the currency");
  }

 private:
  Dated<double> within(std::string_view name, ParameterUnit unit, double most, std::string_view range) const {
    const Dated<double>& values = parameters_.need(name, unit, start_, diagnostics_);
    const Parameter* found = parameters_.find(name);
    const auto outside = [&](const auto& change) { return !(change.value >= 0.0 && change.value <= most); };
    if (found == nullptr || std::ranges::none_of(values.changes(), outside)) return values;
    diagnostics_.add({.at = found->at,
                      .what = fmt::format("parameter {} is out of range", quoted(name)),
                      .expected = std::string(range),
                      .got = fmt::format("{:.10g}", std::ranges::find_if(values.changes(), outside)->value *
                                                        (unit == ParameterUnit::share ? 100.0 : 0.01)) +
                             (unit == ParameterUnit::share ? " %" : ""),
                      .hint = ""});
    return values;
  }
  const ParameterSet& parameters_;
  Month start_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::vector<MonthLaw> monthly_law(const ParameterSet& parameters, Month start, int months, Diagnostics& diagnostics) {
  const LawReader law_of(parameters, start, diagnostics);
  const auto contributions = law_of.share("employee_contributions"), employer = law_of.share("employer_contributions"),
             health = law_of.share("health_contribution"), deductible = law_of.share("health_contribution_deductible"),
             rate_1 = law_of.share("income_tax_rate_1"), rate_2 = law_of.share("income_tax_rate_2"),
             threshold = law_of.money_a_year("income_tax_threshold"),
             reduction = law_of.money_a_year("income_tax_reduction"), allowance = law_of.money("wage_cost_allowance"),
             minimum_wage = law_of.money("minimum_wage"), average_wage = law_of.money("average_wage"),
             minimum_pension = law_of.money("minimum_pension"), growth = law_of.share("pension_indexation"),
             child = law_of.money("child_benefit_amount"), child_limit = law_of.money("child_benefit_threshold"),
             single = law_of.money("social_assistance_threshold_single"),
             person = law_of.money("social_assistance_threshold_person"),
             share = law_of.share("social_assistance_share"), least = law_of.money("social_assistance_minimum");
  const Dated<double>& universal =
      parameters.need("child_benefit_universal", ParameterUnit::number, start, diagnostics);
  const auto money = [](double minor) { return Money{round_half_away(minor)}; };
  const auto ppm = [](double fraction) { return round_half_away(fraction * 1e6); };
  std::vector<MonthLaw> law;
  for (int k = 0; k < months; ++k) {
    const Month m = start + k;
    MonthLaw& now = law.emplace_back();
    now.tax = {ppm(contributions.at(m)),
               ppm(employer.at(m)),
               ppm(health.at(m)),
               ppm(deductible.at(m)),
               ppm(rate_1.at(m)),
               ppm(rate_2.at(m)),
               money(threshold.at(m) / 12.0),
               money(reduction.at(m) / 12.0),
               money(allowance.at(m))};
    now.minimum_wage = money(minimum_wage.at(m));
    now.average_wage = money(average_wage.at(m));
    now.minimum_pension = money(minimum_pension.at(m));
    const bool starts = std::ranges::any_of(growth.changes(), [&](const auto& change) { return change.from == m; });
    now.pension_growth = starts ? ppm(growth.at(m)) : 0;
    now.child_benefit = money(child.at(m));
    now.child_benefit_universal = universal.at(m) != 0.0;
    now.child_benefit_threshold = money(child_limit.at(m));
    now.assistance_single = money(single.at(m));
    now.assistance_per_person = money(person.at(m));
    now.assistance_share = ppm(share.at(m));
    now.assistance_minimum = money(least.at(m));
  }
  return law;
}

}  // namespace oikos::income
