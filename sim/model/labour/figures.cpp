#include "sim/model/labour/figures.hpp"

#include "sim/model/demography/figures.hpp"
#include "sim/model/education/figures.hpp"
#include "sim/model/labour/alignment.hpp"
#include "sim/model/labour/exits.hpp"

namespace oikos::labour {

Figures::Figures(const ModuleInput& input, Diagnostics& diagnostics)
    : labour_(read_labour(input.parameters)), retirement_(read_retirement(input.parameters)) {
  check_exits(input.parameters, diagnostics);
}

void Figures::add_steps(const BuildInput& input, Steps& steps) const {
  if (input.found) {
    const auto& people = input.of<demography::Figures>(demography::module);
    const auto& school = input.of<education::Figures>(education::module);
    steps.push_back(std::make_unique<Alignment>(
        input.initial, input.start,
        Alignment::Rules{labour_, retirement_, school.school(input), people.arrivals(input), people.departures(),
                         people.deaths()},
        std::vector<double>(input.unemployment.begin(), input.unemployment.end()), input.found));
  }
  steps.push_back(std::make_unique<Transitions>(labour_, input.paths));
  steps.push_back(std::make_unique<Retirement>(retirement_, input.paths));
}

}  // namespace oikos::labour
