#include "sim/model/demography/migration_parameters.hpp"

namespace oikos::demography {

std::vector<ParameterSpec> migration_parameters() {
  using U = ParameterUnit;
  return {{.name = "arrivals_yearly",
           .unit = U::persons_yearly,
           .allowed = {0, 1e7},
           .plausible = {0, 0.2},
           .meaning = "persons who come to live in the city",
           .relative_to = "initial_persons"},
          {.name = "departures_yearly",
           .unit = U::persons_yearly,
           .allowed = {0, 1e7},
           .plausible = {0, 0.2},
           .meaning = "persons who leave the city",
           .relative_to = "initial_persons"},
          {"arrivals_oldest_age", U::years, {18, 120}, {30, 70}, "oldest reference person of arriving households"}};
}

}  // namespace oikos::demography
