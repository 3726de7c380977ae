#include "sim/model/demography/declared.hpp"
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
  for (const TargetSpec* one : {&target::death, &target::birth, &target::departure, &target::parting})
    registry.target(*one);
  for (const LaneSpec* one :
       {&lane::death, &lane::birth, &lane::move, &lane::union_of, &lane::place, &lane::anywhere, &lane::notice,
        &lane::tenure, &lane::sex_of_child, &lane::needs_home, &lane::offers_home, &lane::donor})
    registry.lane(*one);
}

}  // namespace

constinit const Module module{"demography", declare};

}  // namespace oikos::demography
