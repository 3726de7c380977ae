#include "sim/model/labour/declared.hpp"
#include "sim/model/labour/figures.hpp"
#include "sim/model/labour/labour_parameters.hpp"
#include "sim/world/expression_columns.hpp"

namespace oikos::labour {

namespace {

using expr::Kind;

constexpr DomainSpec states{"labour", labour_names};

constexpr ExpressionName names[] = {
    {.name = "labour",
     .kind = Kind::enumeration,
     .domain = "labour",
     .doc = "labour state",
     .fill = fill_column<person::labour>},
    {.name = "months_in_state",
     .kind = Kind::months,
     .doc = "full months in the present labour state",
     .fill = fill_rows<[](const World& w, ShortMonth now) {
       return [&since = w.persons[person::state_since], now](Row r) { return now - since[r]; };
     }>},
};

void declare(Registry& registry) {
  registry.column(person::labour);
  registry.column(person::state_since);
  registry.column(person::wage_potential);
  registry.domain(states);
  for (const ExpressionName& one : names) registry.name(one);
  // Ages stand a wide margin from where law and figures put them.
  registry.fact("labour != child or age < 20");
  registry.fact("labour in (child, student) or age >= 10");
  for (const CountSpec* one : {&count::jobs_found, &count::jobs_lost, &count::retirements}) registry.count(*one);
  for (const TargetSpec* one :
       {&target::job_finding, &target::job_loss, &target::labour_exit, &target::labour_entry, &target::retirement})
    registry.target(*one);
  for (const LaneSpec* one : {&lane::labour, &lane::retires}) registry.lane(*one);
}

std::vector<ParameterPage> parameters() { return {{"[Labour](../methods/labour.md)", labour_parameters()}}; }

std::unique_ptr<const ModuleFigures> read(const ModuleInput& input, Diagnostics& diagnostics) {
  return std::make_unique<const Figures>(input, diagnostics);
}

}  // namespace

constinit const Module module{.name = "labour", .declare = declare, .parameters = parameters, .read = read};

}  // namespace oikos::labour
