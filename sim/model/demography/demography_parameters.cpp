#include "sim/model/demography/demography_parameters.hpp"

namespace oikos::demography {

std::vector<ParameterSpec> demography_parameters() {
  using U = ParameterUnit;
  return {
      {"male_birth_share", U::share, {0, 1}, {0.45, 0.55}, "share of boys among the newborn"},
      {"parting_rate", U::chance, {0, 1}, {0, 0.01}, "chance that a couple parts"},
      {"partner_age_gap",
       U::years,
       {-20, 20},
       {-5, 8},
       "years that men are older than their partners",
       ParameterRead::by_month_and_at_start},
      {"partner_age_gap_sd",
       U::years,
       {0, 40},
       {0.5, 10},
       "spread of the differences in age at which singles notice each other",
       ParameterRead::by_month_and_at_start},
      {"partner_other_district",
       U::share,
       {0, 1},
       {0, 1},
       "share of those looking for a partner who look in the whole city"},
      {"births_outside_unions", U::share, {0, 1}, {0, 0.7}, "share of births to women who live with no partner"},
      {"first_home_owner",
       U::share,
       {0, 1},
       {0, 1},
       "share of first homes that are owned; what the three leave is rented privately"},
      {"first_home_municipal", U::share, {0, 1}, {0, 1}, "share of first homes rented from the municipality"},
      {"first_home_social", U::share, {0, 1}, {0, 1}, "share of first homes that are social dwellings"},
      {"parting_home_owner",
       U::share,
       {0, 1},
       {0, 1},
       "share of homes after parting that are owned; what the three leave is rented privately"},
      {"parting_home_municipal", U::share, {0, 1}, {0, 1}, "share of homes after parting rented from the municipality"},
      {"parting_home_social", U::share, {0, 1}, {0, 1}, "share of homes after parting that are social dwellings"}};
}

}  // namespace oikos::demography
