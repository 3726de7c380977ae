#include "sim/scenario/declared_parameters.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "sim/model/demography/demography_parameters.hpp"
#include "sim/model/demography/migration_parameters.hpp"
#include "sim/model/education/school_parameters.hpp"
#include "sim/model/income/law_parameters.hpp"
#include "sim/model/labour/labour_parameters.hpp"
#include "sim/parameter/parameter_unit.hpp"
#include "sim/population/population_parameters.hpp"

namespace oikos {

namespace {

std::vector<std::pair<std::string, std::vector<ParameterSpec>>> by_page() {
  return {{"[Demography](../methods/demography.md) and [unions](../methods/unions.md)",
           demography::demography_parameters()},
          {"[Migration](../methods/demography.md)", demography::migration_parameters()},
          {"[Education](../methods/education.md)", education::school_parameters()},
          {"[Labour](../methods/labour.md)", labour::labour_parameters()},
          {"[Income](../methods/income.md) and [benefits](../methods/benefits.md)", income::law_parameters()},
          {"[The population at the start](../methods/population.md)", population::population_parameters()}};
}

}  // namespace

std::vector<ParameterSpec> declared_parameters() {
  std::vector<ParameterSpec> all;
  for (auto& [page, specs] : by_page()) std::ranges::move(specs, std::back_inserter(all));
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
