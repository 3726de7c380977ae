#include "sim/model/income/law_parameters.hpp"

#include "sim/model/income/payslip.hpp"

namespace oikos::income {

namespace {
constexpr ParameterRange share{0, 1};
/// Minor units a month: wages may be 2^32 parts per million of one, and must be exact (payslip.hpp).
constexpr ParameterRange amount{0, static_cast<double>(largest_wage_unit.minor())};
constexpr ParameterRange yearly_amount{0, 12 * amount.high};
}  // namespace

std::vector<ParameterSpec> law_parameters() {
  using U = ParameterUnit;
  const auto of_wage = [](const char* name, U unit, ParameterRange usual, const char* meaning,
                          ParameterRead read = ParameterRead::by_month) {
    return ParameterSpec{.name = name,
                         .unit = unit,
                         .allowed = unit == U::money_yearly ? yearly_amount : amount,
                         .plausible = usual,
                         .meaning = meaning,
                         .read = read,
                         .relative_to = "average_wage"};
  };
  return {
      {"employee_contributions", U::share, share, {0, 0.4}, "employee's social contributions per gross wage"},
      {"employer_contributions", U::share, share, {0, 0.6}, "employer's contributions on top of the gross wage"},
      {"health_contribution", U::share, share, {0, 0.3}, "health contribution per gross less contributions"},
      {"health_contribution_deductible",
       U::share,
       share,
       {0, 0.3},
       "part of the health contribution deducted from tax, of the same base"},
      {"income_tax_rate_1", U::share, share, {0, 0.6}, "income tax rate below the threshold"},
      {"income_tax_rate_2", U::share, share, {0, 0.8}, "income tax rate above the threshold"},
      of_wage("income_tax_threshold", U::money_yearly, {0, 600}, "yearly income above which the second rate holds"),
      of_wage("income_tax_reduction", U::money_yearly, {0, 12}, "yearly amount that reduces income tax"),
      of_wage("wage_cost_allowance", U::money_monthly, {0, 1}, "monthly deduction from the taxed wage"),
      of_wage("minimum_wage", U::money_monthly, {0.1, 1}, "least gross wage of full-time work",
              ParameterRead::by_month_and_at_start),
      {.name = "average_wage",
       .unit = U::money_monthly,
       .allowed = amount,
       .plausible = {1, 10},
       .meaning = "mean gross wage of the city",
       .read = ParameterRead::by_month_and_at_start,
       .relative_to = "minimum_wage"},
      of_wage("minimum_pension", U::money_monthly, {0.02, 1}, "least gross old-age pension",
              ParameterRead::by_month_and_at_start),
      {"pension_indexation", U::share, share, {0, 0.3}, "growth of pensions in each pension_indexation_month"},
      {.name = "pension_indexation_month",
       .unit = U::number,
       .allowed = {1, 12},
       .plausible = {1, 12},
       .meaning = "month of the year in which pensions grow, 1 to 12",
       .step = 1},
      of_wage("child_benefit_amount", U::money_monthly, {0, 0.5}, "benefit per child below 18"),
      {.name = "child_benefit_universal",
       .unit = U::number,
       .allowed = {0, 1},
       .plausible = {0, 1},
       .meaning = "1: paid for every child; 0: for the first one only below the threshold",
       .step = 1},
      of_wage("child_benefit_threshold", U::money_monthly, {0, 2},
              "net income per person up to which the first child counts"),
      of_wage("social_assistance_threshold_single", U::money_monthly, {0, 1},
              "income below which a person living alone is entitled to assistance"),
      of_wage("social_assistance_threshold_person", U::money_monthly, {0, 1},
              "income per person below which larger households are entitled to assistance"),
      {"social_assistance_share", U::share, share, {0, 1}, "part of the gap to the threshold that assistance pays"},
      of_wage("social_assistance_minimum", U::money_monthly, {0, 0.2}, "smallest assistance paid"),
      {"social_assistance_take_up", U::share, share, {0.1, 1}, "share of entitled households that claim assistance"}};
}

}  // namespace oikos::income
