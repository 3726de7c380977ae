#include "sim/model/demography/demography_parameters.hpp"

namespace oikos::demography {

std::vector<ParameterSpec> demography_parameters() {
  using U = ParameterUnit;
  return {{"male_birth_share", U::share, {0, 1}, {0.45, 0.55}, "share of boys among the newborn"},
          {"parting_rate", U::chance, {0, 1}, {0, 0.01}, "chance that a couple parts"},
          {"partner_age_gap", U::years, {-20, 20}, {-5, 8}, "years that men are older than their partners"}};
}

}  // namespace oikos::demography
