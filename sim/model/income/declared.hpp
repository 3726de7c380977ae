#pragma once
#include "sim/registry/registry.hpp"
#include "sim/world/household_table.hpp"
#include "sim/world/person_table.hpp"

/// What the rules of income own (module.cpp declares it).
namespace oikos {

namespace person {
inline constexpr PersonColumn<std::int64_t, struct GrossWage> gross_wage{
    "gross_wage", "minor/month", "gross wage of the month", {.renewed = true}};
inline constexpr PersonColumn<std::int64_t, struct Pension> pension{"pension", "minor/month",
                                                                    "gross old-age pension of the month"};
inline constexpr PersonColumn<std::int64_t, struct NetIncome> net_income{
    "net_income", "minor/month", "wage and pension after contributions and tax", {.renewed = true}};
}  // namespace person

namespace household {
inline constexpr HouseholdColumn<HouseholdType, struct TypeOf> type{
    "type", "name", "type by members", {.renewed = true}};
inline constexpr HouseholdColumn<std::uint16_t, struct DependentChildren> dependent_children{
    "dependent_children", "1", "members below 18, and pupils and students below 25 with a parent", {.renewed = true}};
inline constexpr HouseholdColumn<std::uint16_t, struct EquivalenceSize> equivalence_size{
    "equivalence_size", "0.1", "consumption units, modified OECD scale, in tenths", {.renewed = true}};
inline constexpr HouseholdColumn<std::int64_t, struct MarketIncome> market_income{
    "market_income", "minor/month", "members' wages and pensions after contributions and tax", {.renewed = true}};
inline constexpr HouseholdColumn<std::int64_t, struct ChildBenefit> child_benefit{
    "child_benefit", "minor/month", "child benefit", {.renewed = true}};
inline constexpr HouseholdColumn<std::int64_t, struct SocialAssistance> social_assistance{
    "social_assistance", "minor/month", "social assistance in cash", {.renewed = true}};
inline constexpr HouseholdColumn<std::int64_t, struct ProgrammeCash> programme_cash{
    "programme_cash", "minor/month", "cash from programmes", {.renewed = true}};
inline constexpr HouseholdColumn<std::int64_t, struct DisposableIncome> disposable_income{
    "disposable_income", "minor/month", "all of the above: after programmes", {.renewed = true}};
inline constexpr HouseholdColumn<std::int64_t, struct EquivalisedDisposableIncome> equivalised_disposable_income{
    "equivalised_disposable_income", "minor/month", "disposable income per consumption unit", {.renewed = true}};
}  // namespace household

namespace count {
inline constexpr CountSpec child_benefit_children{"child_benefit_children", "children for whom child benefit is paid"};
inline constexpr CountSpec social_assistance_households{"social_assistance_households",
                                                        "households receiving social assistance"};
}  // namespace count

namespace flow {
inline constexpr FlowSpec wages{"employers", "households", "wages"};
inline constexpr FlowSpec employer_contributions{"employers", "social_insurance", "employer_contributions"};
inline constexpr FlowSpec employee_contributions{"households", "social_insurance", "employee_contributions"};
inline constexpr FlowSpec health_contribution{"households", "health_fund", "health_contribution"};
inline constexpr FlowSpec income_tax{"households", "state", "income_tax"};
inline constexpr FlowSpec pensions{"social_insurance", "households", "old_age_pensions"};
inline constexpr FlowSpec child_benefit{"state", "households", "child_benefit"};
inline constexpr FlowSpec social_assistance{"city", "households", "social_assistance"};
}  // namespace flow

namespace lane {
inline constexpr LaneSpec benefit_take_up{rng::Purpose::benefit_take_up, 0, "claims"};  ///< of households, lasting
}

}  // namespace oikos
