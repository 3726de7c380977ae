#include "sim/model/income/law.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace oikos::income {

std::vector<MonthLaw> monthly_law(const ParameterSet& parameters) {
  const auto of = [&](std::string_view name) { return parameters.by_month(name); };
  const auto contributions = of("employee_contributions"), employer = of("employer_contributions"),
             health = of("health_contribution"), deductible = of("health_contribution_deductible"),
             rate_1 = of("income_tax_rate_1"), rate_2 = of("income_tax_rate_2"), threshold = of("income_tax_threshold"),
             reduction = of("income_tax_reduction"), allowance = of("wage_cost_allowance"),
             minimum_wage = of("minimum_wage"), average_wage = of("average_wage"),
             minimum_pension = of("minimum_pension"), growth = of("pension_indexation"),
             growth_month = of("pension_indexation_month"), child = of("child_benefit_amount"),
             universal = of("child_benefit_universal"), child_limit = of("child_benefit_threshold"),
             single = of("social_assistance_threshold_single"), person = of("social_assistance_threshold_person"),
             share = of("social_assistance_share"), least = of("social_assistance_minimum"),
             take_up = of("social_assistance_take_up");
  const auto money = [](double minor) { return Money{round_half_away(minor)}; };
  const auto ppm = [](double fraction) { return round_half_away(fraction * 1e6); };
  std::vector<MonthLaw> law;
  for (int m = 0; m < parameters.scope().months; ++m) {
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
    const int month_of_year = (parameters.scope().start + m).month_of_year();
    now.pension_growth = growth_month.at(m) == month_of_year ? ppm(growth.at(m)) : 0;
    now.child_benefit = money(child.at(m));
    now.child_benefit_universal = universal.at(m) != 0.0;
    now.child_benefit_threshold = money(child_limit.at(m));
    now.assistance_single = money(single.at(m));
    now.assistance_per_person = money(person.at(m));
    now.assistance_share = ppm(share.at(m));
    now.assistance_minimum = money(least.at(m));
    now.assistance_take_up = oikos::threshold(take_up.at(m));
  }
  return law;
}

}  // namespace oikos::income
