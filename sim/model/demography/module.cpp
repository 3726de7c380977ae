#include "sim/model/demography/declared.hpp"
#include "sim/model/demography/demography_parameters.hpp"
#include "sim/model/demography/figures.hpp"
#include "sim/model/demography/migration_parameters.hpp"
#include "sim/world/expression_columns.hpp"

namespace oikos::demography {

namespace {

using expr::Kind;

constexpr DomainSpec tenures{"tenure", tenure_names};

constexpr ExpressionName names[] = {
    {.name = "children_born",
     .kind = Kind::number,
     .doc = "live births so far, of women",
     .most = 255,
     .fill = fill_column<person::children_born>},
    {.name = "tenure",
     .kind = Kind::enumeration,
     .domain = "tenure",
     .doc = "how the dwelling is held",
     .fill = fill_column<household::tenure>},
};

void declare(Registry& registry) {
  registry.column(person::children_born);
  registry.column(household::tenure);
  registry.domain(tenures);
  for (const ExpressionName& one : names) registry.name(one);
  registry.fact("children_born == 0 or sex == female");
  for (const EventSpec* one : {&event::death, &event::departure, &event::birth, &event::parting,
                               &event::open_to_partner, &event::seeks_partner, &event::leaves_home})
    registry.event(*one);
  for (const CountSpec* one : {&count::births, &count::deaths, &count::arrivals, &count::departures,
                               &count::unions_formed, &count::unions_dissolved})
    registry.count(*one);
  for (const TargetSpec* one :
       {&target::death, &target::birth, &target::departure, &target::parting, &target::leaving_home})
    registry.target(*one);
  for (const LaneSpec* one :
       {&lane::death, &lane::birth, &lane::move, &lane::union_of, &lane::place, &lane::anywhere, &lane::notice,
        &lane::tenure, &lane::sex_of_child, &lane::needs_home, &lane::offers_home, &lane::donor})
    registry.lane(*one);
}

std::vector<ParameterPage> parameters() {
  return {{"[Demography](../methods/demography.md) and [unions](../methods/unions.md)", demography_parameters()},
          {"[Migration](../methods/demography.md)", migration_parameters()}};
}

std::vector<AgeRateSpec> age_rates() {
  return {{"death", false, 2, "yearly rate of dying, by sex and age"},
          {"birth", false, 0.5, "yearly rate at which women bear a child, by age"},
          {"partner_search", false, 2, "yearly rate at which singles look for a partner, by sex and age"},
          {"home_leaving", false, 2, "yearly rate of leaving the parents' home, by sex and age"},
          {"departure_profile", true, 100,
           "relative chance of households to leave the city, by age of the reference person"}};
}

std::unique_ptr<const ModuleFigures> read(const ModuleInput& input, Diagnostics& diagnostics) {
  return std::make_unique<const Figures>(input, diagnostics);
}

}  // namespace

constinit const Module module{
    .name = "demography", .declare = declare, .parameters = parameters, .age_rates = age_rates, .read = read};

}  // namespace oikos::demography
