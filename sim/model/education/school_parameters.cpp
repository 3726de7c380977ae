#include "sim/model/education/school_parameters.hpp"

#include <fmt/core.h>

#include "sim/world/enums.hpp"

namespace oikos::education {

std::vector<ParameterSpec> school_parameters() {
  using U = ParameterUnit;
  std::vector<ParameterSpec> all{{.name = "school_start_age",
                                  .unit = U::months,
                                  .allowed = {0, 12 * 25},
                                  .plausible = {12 * 5, 12 * 16},
                                  .meaning = "age from which children count as pupils or students, at a birthday",
                                  .step = 12}};
  for (const auto& education : education_names)
    all.push_back({.name = fmt::format("school_leaving_age_{}", education),
                   .unit = U::months,
                   .allowed = {12 * 10, 12 * 60},
                   .plausible = {12 * 14, 12 * 30},
                   .meaning = fmt::format("age at leaving school with {} education, at a birthday", education),
                   .step = 12});
  for (const auto& sex : sex_names)
    for (const auto& education : education_names)
      all.push_back({fmt::format("attainment_{}_{}", sex, education),
                     U::share,
                     {0, 1},
                     {0, 0.8},
                     fmt::format("share of {} persons leaving school who reach {} education", sex, education)});
  return all;
}

}  // namespace oikos::education
