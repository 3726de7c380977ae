#include "sim/model/income/law.hpp"

#include <gtest/gtest.h>

#include <array>

#include "sim/model/income/law_parameters.hpp"
#include "sim/text/node.hpp"

namespace oikos::income {
namespace {

/// Law that changes at dates: child benefit from April 2016, for every child from July 2019.
const std::string law_text = R"(name,from,value,unit,place,source,confidence
employee_contributions,,13.71,%,Poland,x,derived
employer_contributions,,20.48,%,Poland,x,recalled
health_contribution,,9,%,Poland,x,recalled
health_contribution_deductible,,7.75,%,Poland,x,recalled
income_tax_rate_1,,18,%,Poland,x,verified
income_tax_rate_2,,32,%,Poland,x,verified
income_tax_threshold,,85528,PLN/year,Poland,x,verified
income_tax_reduction,,556.02,PLN/year,Poland,x,verified
wage_cost_allowance,,111.25,PLN/month,Poland,x,derived
minimum_wage,2015-01,1750,PLN/month,Poland,x,verified
minimum_wage,2016-01,1850,PLN/month,Poland,x,verified
average_wage,2015-01,3543.83,PLN/month,Poland,x,derived
minimum_pension,,880.45,PLN/month,Poland,x,recalled
pension_indexation,,0,%,Poland,x,recalled
pension_indexation,2016-01,0.24,%,Poland,x,recalled
pension_indexation,2017-04,0.5,%,Poland,x,recalled
pension_indexation_month,,3,1,Poland,x,recalled
child_benefit_amount,,0,PLN/month,Poland,x,verified
child_benefit_amount,2016-04,500,PLN/month,Poland,x,verified
child_benefit_universal,,0,1,Poland,x,verified
child_benefit_universal,2019-07,1,1,Poland,x,verified
child_benefit_threshold,,800,PLN/month,Poland,x,verified
social_assistance_threshold_single,,542,PLN/month,Poland,x,verified
social_assistance_threshold_person,,456,PLN/month,Poland,x,verified
social_assistance_share,,50,%,Poland,x,recalled
social_assistance_minimum,,20,PLN/month,Poland,x,recalled
social_assistance_take_up,,65,%,Poland,x,recalled
social_assistance_take_up,2018-01,75,%,Poland,x,recalled
)";

ParameterSet parameters_of(const std::string& text, Diagnostics& diagnostics) {
  const std::array tables{make_source("law.csv", text)};
  return ParameterSet::read(tables, law_parameters(), {"PLN", "", Month{2015, 1}, 72}, diagnostics);
}

std::vector<MonthLaw> law_of_six_years() {
  Diagnostics diagnostics;
  const ParameterSet set = parameters_of(law_text, diagnostics);
  set.check({}, diagnostics);
  diagnostics.throw_if_any();
  return monthly_law(set);
}

std::size_t step_of(int year, int month) { return static_cast<std::size_t>(Month{year, month} - Month{2015, 1}); }

TEST(MonthlyLaw, turns_shares_into_parts_per_million_and_yearly_amounts_into_monthly_ones) {
  const MonthLaw now = law_of_six_years().front();
  EXPECT_EQ(now.tax.contributions, 137'100);
  EXPECT_EQ(now.tax.employer_contributions, 204'800);
  EXPECT_EQ(now.tax.health, 90'000);
  EXPECT_EQ(now.tax.health_deductible, 77'500);
  EXPECT_EQ(now.tax.rate_2, 320'000);
  EXPECT_EQ(now.tax.threshold.minor(), 712'733);
  EXPECT_EQ(now.tax.reduction.minor(), 4'634);
  EXPECT_EQ(now.tax.cost_allowance.minor(), 11'125);
  EXPECT_EQ(now.average_wage.minor(), 354'383);
  EXPECT_EQ(now.assistance_share, 500'000);
}

TEST(MonthlyLaw, of_october_2018_gives_the_published_net_wage) {
  EXPECT_EQ(wage_payslip(Money{409'498}, law_of_six_years()[step_of(2018, 10)].tax).net.minor(), 291'954);
}

TEST(MonthlyLaw, has_child_benefit_from_april_2016_and_for_every_child_from_july_2019) {
  const auto law = law_of_six_years();
  EXPECT_EQ(law[step_of(2016, 3)].child_benefit.minor(), 0);
  EXPECT_EQ(law[step_of(2016, 4)].child_benefit.minor(), 50'000);
  EXPECT_FALSE(law[step_of(2019, 6)].child_benefit_universal);
  EXPECT_TRUE(law[step_of(2019, 7)].child_benefit_universal);
}

TEST(MonthlyLaw, raises_pensions_every_year_in_the_month_of_indexation_by_the_value_then_in_force) {
  const auto law = law_of_six_years();
  for (std::size_t k = 0; k < law.size(); ++k) {
    const bool march = k % 12 == 2;
    EXPECT_EQ(law[k].pension_growth, !march || k < 12 ? 0 : k < step_of(2017, 4) ? 2'400 : 5'000) << k;
  }
}

TEST(MonthlyLaw, changes_the_take_up_of_assistance_in_the_month_of_the_date) {
  const auto law = law_of_six_years();
  EXPECT_EQ(law[step_of(2017, 12)].assistance_take_up, threshold(0.65));
  EXPECT_EQ(law[step_of(2018, 1)].assistance_take_up, threshold(0.75));
}

TEST(MonthlyLaw, changes_wages_in_the_month_of_the_date) {
  const auto law = law_of_six_years();
  EXPECT_EQ(law[step_of(2015, 12)].minimum_wage.minor(), 175'000);
  EXPECT_EQ(law[step_of(2016, 1)].minimum_wage.minor(), 185'000);
}

std::string errors_of(const std::string& text) {
  Diagnostics diagnostics;
  const ParameterSet set = parameters_of(text, diagnostics);
  if (diagnostics.empty())
    set.check({make_source("plan.yaml", "tables:\n  parameters: [law.csv]\n"), 2, 15, 9}, diagnostics);
  try {
    diagnostics.throw_if_any();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

std::string without(const std::string& name) {
  std::string out;
  for (std::size_t at = 0; at < law_text.size();) {
    const std::size_t end = law_text.find('\n', at) + 1;
    if (!law_text.substr(at).starts_with(name + ",")) out += law_text.substr(at, end - at);
    at = end;
  }
  return out;
}

TEST(LawParameters, are_reported_when_missing) {
  EXPECT_EQ(errors_of(without("income_tax_rate_2")),
            "plan.yaml:2:15: error: missing parameter 'income_tax_rate_2'\n"
            "     2 |   parameters: [law.csv]\n"
            "       |               ^^^^^^^^^\n"
            "  expected: a row of that name in one of the tables of parameters: income tax rate above the threshold\n"
            "  hint:     give a share, such as '12 %'\n");
}

TEST(LawParameters, are_reported_when_they_start_after_the_run) {
  EXPECT_EQ(errors_of(without("minimum_wage") + "minimum_wage,2015-02,1750,PLN/month,Poland,x,verified\n"),
            "law.csv:28:22: error: parameter 'minimum_wage' has no value at the start of the run\n"
            "    28 | minimum_wage,2015-02,1750,PLN/month,Poland,x,verified\n"
            "       |                      ^^^^\n"
            "  expected: a value in force in 2015-01\n"
            "  got:      the first one from 2015-02\n");
}

TEST(LawParameters, name_the_row_for_which_their_arithmetic_is_not_made) {
  EXPECT_EQ(errors_of(without("employer_contributions") + "employer_contributions,2015-01,10,%,Poland,x,recalled\n"
                                                          "employer_contributions,2016-01,-10,%,Poland,x,recalled\n"),
            "law.csv:30:32: error: parameter 'employer_contributions' is out of range\n"
            "    30 | employer_contributions,2016-01,-10,%,Poland,x,recalled\n"
            "       |                                ^^^\n"
            "  expected: 0 % to 100 %\n"
            "  got:      -10 %\n"
            "  hint:     it is read as: employer's contributions on top of the gross wage\n");
  EXPECT_EQ(errors_of(without("minimum_wage") + "minimum_wage,,6000000000,PLN/month,Poland,x,verified\n"),
            "law.csv:28:15: error: parameter 'minimum_wage' is out of range\n"
            "    28 | minimum_wage,,6000000000,PLN/month,Poland,x,verified\n"
            "       |               ^^^^^^^^^^\n"
            "  expected: 0 PLN/month to 5000000000 PLN/month\n"
            "  got:      6000000000 PLN/month\n"
            "  hint:     it is read as: least gross wage of full-time work\n");
}

TEST(LawParameters, are_refused_in_another_unit) {
  EXPECT_EQ(errors_of(without("minimum_wage") + "minimum_wage,,1750,months,Poland,x,verified\n"),
            "law.csv:28:20: error: wrong unit of parameter 'minimum_wage'\n"
            "    28 | minimum_wage,,1750,months,Poland,x,verified\n"
            "       |                    ^^^^^^\n"
            "  expected: an amount of money per month, such as '3000 PLN/month'\n"
            "  got:      'months'\n");
}

}  // namespace
}  // namespace oikos::income
