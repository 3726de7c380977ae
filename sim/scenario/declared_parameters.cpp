#include "sim/scenario/declared_parameters.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "sim/parameter/parameter_unit.hpp"
#include "sim/population/population_parameters.hpp"
#include "sim/scenario/modules.hpp"

namespace oikos {

namespace {

std::vector<ParameterPage> by_page() {
  std::vector<ParameterPage> all;
  for (const Module* module : modules())
    if (module->parameters != nullptr) std::ranges::move(module->parameters(), std::back_inserter(all));
  all.push_back({"[The population at the start](../methods/population.md)", population::population_parameters()});
  return all;
}

}  // namespace

std::vector<ParameterSpec> declared_parameters() {
  std::vector<ParameterSpec> all;
  for (auto& [page, specs] : by_page()) std::ranges::move(specs, std::back_inserter(all));
  return all;
}

std::vector<AgeRateSpec> declared_age_rates() {
  std::vector<AgeRateSpec> all;
  for (const Module* module : modules())
    if (module->age_rates != nullptr) std::ranges::move(module->age_rates(), std::back_inserter(all));
  return all;
}

std::string parameters_markdown(const std::string& currency) {
  std::string out;
  for (const auto& [page, specs] : by_page()) {
    out +=
        fmt::format("**{}**\n\n| name | unit | read | allowed | usual | meaning |\n|---|---|---|---|---|---|\n", page);
    for (const ParameterSpec& spec : specs)
      out += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", spec.name, unit_text(spec.unit, currency),
                         read_text(spec.read), show_range(spec.allowed, spec.unit, currency),
                         usual_range(spec, currency), spec.meaning);
    out += "\n";
  }
  return out;
}

}  // namespace oikos
