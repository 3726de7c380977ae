#include "sim/model/labour/exits.hpp"

#include <gtest/gtest.h>

#include <array>

#include "sim/model/labour/labour_parameters.hpp"
#include "sim/text/node.hpp"

namespace oikos::labour {
namespace {

/// Every labour parameter with chances of 10 % and factors of 1, then `plan` over it.
Diagnostics exits_of(const std::string& plan) {
  std::string text = "name,from,value,unit,place,source,confidence\n";
  for (const ParameterSpec& spec : labour_parameters()) {
    if (spec.unit == ParameterUnit::chance) text += spec.name + ",,10,%/month,x,x,assumption\n";
    if (spec.unit == ParameterUnit::number) text += spec.name + ",,1,1,x,x,assumption\n";
  }
  Diagnostics diagnostics;
  const std::array tables{make_source("rates.csv", text)};
  ParameterSet set = ParameterSet::read(tables, labour_parameters(), {"PLN", "", Month{2015, 1}, 24}, diagnostics);
  set.lay_over(parse_yaml(make_source("plan.yaml", plan), diagnostics), diagnostics);
  diagnostics.throw_if_any();
  check_exits(set, diagnostics);
  return diagnostics;
}

TEST(CheckExits, is_content_while_no_sum_is_above_one) {
  EXPECT_TRUE(exits_of("job_loss: 90 %/month\nleaving_work_male: 10 %/month\n").empty());
}

TEST(CheckExits, names_sum_parts_and_first_month_of_exits_from_work) {
  const Diagnostics found = exits_of(
      "job_loss: 20 %/month\njob_loss_factor_low: {2015-01: 2, 2016-03: 3}\njob_loss_factor_age_15_24: 1.5\n"
      "leaving_work_female: 12.5 %/month\n");
  ASSERT_EQ(found.all().size(), 1u);
  EXPECT_EQ(to_string(found.all()[0]),
            "plan.yaml:2:44: error: the monthly exits of employed persons sum above 100 % in 2016-03\n"
            "     2 | job_loss_factor_low: {2015-01: 2, 2016-03: 3}\n"
            "       |                                            ^\n"
            "  expected: at most 100 %/month together, as they compete for the same persons\n"
            "  got:      102.5 %/month: job_loss x job_loss_factor_low x job_loss_factor_age_15_24 90 %/month + "
            "leaving_work_female 12.5 %/month\n");
}

TEST(CheckExits, looks_at_the_unemployed_and_at_the_inactive_by_age) {
  EXPECT_EQ(exits_of("job_finding_from_month_6: 95 %/month\n").all()[0].what,
            "the monthly exits of registered unemployed sum above 100 % in 2015-01");
  EXPECT_TRUE(exits_of("registering_age_15_24: 60 %/month\nentering_work_age_25_54: 60 %/month\n").empty());
  EXPECT_EQ(exits_of("registering_age_15_24: 60 %/month\nentering_work_age_15_24: 60 %/month\n").all()[0].got,
            "120 %/month: registering_age_15_24 60 %/month + entering_work_age_15_24 60 %/month");
}

}  // namespace
}  // namespace oikos::labour
