#include "sim/model/income/declared.hpp"
#include "sim/model/income/figures.hpp"
#include "sim/model/income/law_parameters.hpp"
#include "sim/model/labour/declared.hpp"
#include "sim/world/expression_columns.hpp"

namespace oikos::income {

namespace {

using expr::Kind;

constexpr DomainSpec types{"household_type", household_type_names};

/// Wages, pensions and benefits of a household before cash of programmes, by row of the household.
auto household_income_of(const World& w) {
  const HouseholdTable& h = w.households;
  // Below household_limit, which a double holds exactly.
  return [&market = h[household::market_income], &children = h[household::child_benefit],
          &assistance = h[household::social_assistance]](std::uint32_t k) {
    return static_cast<double>(market[k] + children[k] + assistance[k]);
  };
}

constexpr ExpressionName names[] = {
    {.name = "gross_wage",
     .kind = Kind::money,
     .unit = "/month",
     .doc = "gross wage of the month",
     .computed = true,
     .fill = fill_column<person::gross_wage>},
    {.name = "pension",
     .kind = Kind::money,
     .unit = "/month",
     .doc = "gross old-age pension of the month",
     .fill = fill_rows<[](const World& w, ShortMonth) {
       return [&labour = w.persons[person::labour], &pension = w.persons[person::pension]](Row r) {
         return labour[r] == Labour::retired ? pension[r] : std::int64_t{0};
       };
     }>},
    {.name = "net_income",
     .kind = Kind::money,
     .unit = "/month",
     .doc = "own wage and pension after contributions and tax",
     .computed = true,
     .fill = fill_column<person::net_income>},
    {.name = "dependent_children",
     .kind = Kind::number,
     .doc = "members below 18, and pupils and students below 25 with a parent",
     .most = 255,
     .computed = true,
     .fill = fill_column<household::dependent_children>},
    {.name = "household_type",
     .kind = Kind::enumeration,
     .domain = "household_type",
     .doc = "household by members",
     .computed = true,
     .fill = fill_column<household::type>},
    {.name = "household_income",
     .kind = Kind::money,
     .unit = "/month",
     .doc = "wages, pensions and benefits of the household, net, before cash of this month's programmes",
     .computed = true,
     .fill = fill_rows<[](const World& w, ShortMonth) {
       return
           [income = household_income_of(w), &home = w.persons[person::household]](Row r) { return income(home[r]); };
     }>},
    {.name = "income_per_person",
     .kind = Kind::money,
     .unit = "/month",
     .doc = "household_income per member",
     .whole = false,
     .computed = true,
     .fill = fill_rows<[](const World& w, ShortMonth) {
       return [income = household_income_of(w), &home = w.persons[person::household],
               &members = w.households[household::members]](Row r) { return income(home[r]) / members[home[r]]; };
     }>},
    {.name = "equivalised_income",
     .kind = Kind::money,
     .unit = "/month",
     .doc = "household_income per consumption unit (modified OECD scale), so before this month's programmes",
     .whole = false,
     .computed = true,
     .fill = fill_rows<[](const World& w, ShortMonth) {
       return [income = household_income_of(w), &home = w.persons[person::household],
               &units = w.households[household::equivalence_size]](Row r) {
         return income(home[r]) * 10.0 / units[home[r]];
       };
     }>},
    {.name = "child_benefit",
     .kind = Kind::money,
     .unit = "/month",
     .doc = "child benefit of the household",
     .computed = true,
     .fill = fill_column<household::child_benefit>},
    {.name = "social_assistance",
     .kind = Kind::money,
     .unit = "/month",
     .doc = "social assistance of the household",
     .computed = true,
     .fill = fill_column<household::social_assistance>},
};

void declare(Registry& registry) {
  for (const ColumnSpec* one : std::initializer_list<const ColumnSpec*>{
           &person::gross_wage, &person::pension, &person::net_income, &household::type, &household::dependent_children,
           &household::equivalence_size, &household::market_income, &household::child_benefit,
           &household::social_assistance, &household::programme_cash, &household::disposable_income,
           &household::equivalised_disposable_income})
    registry.column(*one);
  registry.domain(types);
  for (const ExpressionName& one : names) registry.name(one);
  for (const char* fact :
       {"gross_wage == CURRENCY or labour == employed", "pension == CURRENCY or labour == retired",
        "dependent_children <= household_size", "age >= 18 or dependent_children >= 1",
        "household_type not in (one_person_below_65, one_person_65_or_over) or "
        "household_size == 1 and dependent_children == 0 and not has_partner",
        "(household_type != one_person_below_65 or age < 65) and (household_type != one_person_65_or_over or age >= "
        "65)",
        "household_type not in (lone_parent, couple_with_children) or dependent_children >= 1 and household_size >= 2",
        "household_type != couple_without_children or household_size == 2 and dependent_children == 0"})
    registry.fact(fact);
  for (const CountSpec* one : {&count::child_benefit_children, &count::social_assistance_households})
    registry.count(*one);
  registry.lane(lane::benefit_take_up);
  for (const FlowSpec* one :
       {&flow::wages, &flow::employer_contributions, &flow::employee_contributions, &flow::health_contribution,
        &flow::income_tax, &flow::pensions, &flow::child_benefit, &flow::social_assistance})
    registry.flow(*one);
}

std::vector<ParameterPage> parameters() {
  return {{"[Income](../methods/income.md) and [benefits](../methods/benefits.md)", law_parameters()}};
}

std::unique_ptr<const ModuleFigures> read(const ModuleInput& input, Diagnostics& diagnostics) {
  return std::make_unique<const Figures>(input, diagnostics);
}

}  // namespace

constinit const Module module{.name = "income", .declare = declare, .parameters = parameters, .read = read};

}  // namespace oikos::income
