#include "sim/programme/spec.hpp"

#include <gtest/gtest.h>

#include "sim/model/demography/declared.hpp"
#include "sim/model/labour/declared.hpp"
#include "sim/scenario/modules.hpp"

namespace oikos {
namespace {

std::optional<ProgrammeSpec> read(const std::string& text, Diagnostics& diagnostics) {
  const Node tree = parse_yaml(make_source("plan.yaml", text), diagnostics);
  return programme_record("PLN").parse(tree, diagnostics);
}

TEST(ProgrammeRecord, reads_a_whole_programme) {
  Diagnostics diagnostics;
  const auto spec = read(R"(domain: unemployment
provider: training
eligible: age >= 18
duration: 9..12 months
take_up: {applies: {rate: 4 %/month}, decision: {wrongly_refused: 5 %}}
drop_out: 12/year
again_after: 2 years
cost: 1800 PLN/place-month
budget: {amount: {2015-01: 12 thousand PLN/year}, ration: priority, spread: yes}
payers: {eu_social_fund: {2016-01: 60 %, 2023-01: 0 %}, city: rest}
from: 2015-03
until: 2019-12
effects:
  job_finding:
    - {times: 0.7, while: enrolled, source: s, confidence: assumption}
    - {times: 1.35, after: completion, fade: 3 years, source: s, confidence: recalled}
  death: {times: 0.5, while: enrolled, source: s, confidence: assumption}
)",
                         diagnostics);
  diagnostics.throw_if_any();
  ASSERT_TRUE(spec.has_value());
  EXPECT_EQ(spec->unit, Unit::person);
  EXPECT_EQ(spec->duration, (units::MonthRange{9, 12}));
  EXPECT_EQ(spec->take_up.value.applies, (Chance{0.04, ChanceUnit::probability_per_month}));
  EXPECT_EQ(spec->take_up.value.wrongly_refused, 0.05);
  EXPECT_EQ(spec->drop_out, (Chance{12, ChanceUnit::hazard_per_year}));
  EXPECT_EQ(spec->from->value, Month(2015, 3));
  EXPECT_EQ(spec->until->value, Month(2019, 12));
  EXPECT_EQ(spec->again_after, 24);
  EXPECT_EQ(spec->budget->value.amount.at(Month{2015, 1}), Money{1'200'000});
  EXPECT_EQ(spec->budget->value.ration, BudgetSpec::Ration::priority);
  EXPECT_TRUE(spec->budget->value.spread);
  EXPECT_EQ(spec->cost.value.at(Month{2020, 1}).per, "place-month");
  ASSERT_EQ(spec->payers.value.size(), 2u);
  EXPECT_EQ(spec->payers.value[0].name, "eu_social_fund");
  EXPECT_EQ(spec->payers.value[0].value.at(Month{2022, 12}), 600'000);
  EXPECT_EQ(spec->payers.value[0].value.at(Month{2023, 1}), 0);
  EXPECT_FALSE(spec->payers.value[1].value.at(Month{2020, 1}).has_value());
  ASSERT_EQ(spec->effects.size(), 2u);
  EXPECT_EQ(spec->effects[0].name, "job_finding");
  EXPECT_EQ(spec->effects[1].name, "death");
  const std::vector<EffectSpec>& finding = spec->effects[0].value;
  ASSERT_EQ(finding.size(), 2u);
  EXPECT_EQ(finding[0].times->text, "0.7");
  EXPECT_EQ(finding[0].when, EffectSpec::When::enrolled);
  EXPECT_EQ(finding[1].when, EffectSpec::When::after_completion);
  EXPECT_EQ(finding[1].fade, 36);
}

TEST(ProgrammeRecord, takes_everybody_at_once_and_for_ever_unless_stated) {
  Diagnostics diagnostics;
  const auto spec = read("domain: poverty\neligible: true\n", diagnostics);
  diagnostics.throw_if_any();
  EXPECT_EQ(spec->take_up.value.applies.monthly(), 1.0);
  EXPECT_EQ(spec->take_up.value.wrongly_refused, 0.0);
  EXPECT_EQ(spec->drop_out.monthly(), 0.0);
  EXPECT_FALSE(spec->duration.has_value());
  EXPECT_FALSE(spec->again_after.has_value());
  EXPECT_TRUE(spec->cost.value.empty());
  EXPECT_TRUE(spec->payers.value.empty());
}

TEST(ProgrammeRecord, wants_an_effect_at_one_time) {
  for (const auto& [times, got] :
       {std::pair<std::string, std::string>{"", "neither"}, {"while: enrolled, after: exit, ", "both"}}) {
    Diagnostics diagnostics;
    read(
        "domain: poverty\neligible: true\neffects:\n  death: {times: 2, " + times + "source: s, confidence: derived}\n",
        diagnostics);
    ASSERT_EQ(diagnostics.all().size(), 1u);
    EXPECT_EQ(diagnostics.all()[0].what, "an effect is in force at one time");
    EXPECT_EQ(diagnostics.all()[0].expected, "either 'while: enrolled' or 'after: exit' (or completion)");
    EXPECT_EQ(diagnostics.all()[0].got, got);
    EXPECT_EQ(diagnostics.all()[0].at.line, 4);
  }
}

}  // namespace
}  // namespace oikos
