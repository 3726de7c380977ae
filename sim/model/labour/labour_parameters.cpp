#include "sim/model/labour/labour_parameters.hpp"

#include <fmt/core.h>

#include <array>
#include <string_view>

#include "sim/world/enums.hpp"

namespace oikos::labour {

namespace {
constexpr ParameterRange factor{0, 100}, usual_factor{0.1, 5};
constexpr ParameterRange chance{0, 1};
constexpr std::array<std::string_view, 3> ages{"15_24", "25_54", "55_over"},
    age_words{"15 to 24", "25 to 54", "55 and over"};
constexpr std::array<int, 5> durations{0, 3, 6, 12, 24};
}  // namespace

std::vector<ParameterSpec> labour_parameters() {
  using U = ParameterUnit;
  std::vector<ParameterSpec> all;
  for (const int months : durations)
    all.push_back(
        {fmt::format("job_finding_from_month_{}", months),
         U::chance,
         chance,
         {0, 0.5},
         fmt::format("chance that registered unemployed find work, from month {} of unemployment on", months)});
  for (const auto& education : education_names) {
    all.push_back({fmt::format("job_finding_factor_{}", education), U::number, factor, usual_factor,
                   fmt::format("factor on job finding of persons of {} education", education)});
    all.push_back({fmt::format("job_loss_factor_{}", education), U::number, factor, usual_factor,
                   fmt::format("factor on job loss of persons of {} education", education)});
  }
  for (std::size_t a = 0; a < ages.size(); ++a) {
    all.push_back({fmt::format("job_finding_factor_age_{}", ages[a]), U::number, factor, usual_factor,
                   fmt::format("factor on job finding of persons aged {}", age_words[a])});
    all.push_back({fmt::format("job_loss_factor_age_{}", ages[a]), U::number, factor, usual_factor,
                   fmt::format("factor on job loss of persons aged {}", age_words[a])});
    all.push_back({fmt::format("registering_age_{}", ages[a]),
                   U::chance,
                   chance,
                   {0, 0.2},
                   fmt::format("chance that inactive persons aged {} register as unemployed", age_words[a])});
    all.push_back({fmt::format("entering_work_age_{}", ages[a]),
                   U::chance,
                   chance,
                   {0, 0.2},
                   fmt::format("chance that inactive persons aged {} take up work", age_words[a])});
  }
  for (const auto& sex : sex_names)
    all.push_back({fmt::format("leaving_work_{}", sex),
                   U::chance,
                   chance,
                   {0, 0.05},
                   fmt::format("chance that employed persons, {}, leave work for inactivity", sex)});
  all.push_back({"job_loss", U::chance, chance, {0, 0.1}, "chance that employed persons lose work, before factors"});
  all.push_back({"giving_up_search", U::chance, chance, {0, 0.2}, "chance that registered unemployed become inactive"});
  all.push_back({"wage_progression",
                 U::share,
                 {-0.5, 0.5},
                 {-0.02, 0.05},
                 "growth of the wage potential at each birthday below 45, above that of the average wage"});
  for (const auto& sex : sex_names)
    all.push_back({fmt::format("pension_age_{}", sex),
                   U::months,
                   {12 * 40, 12 * 100},
                   {12 * 50, 12 * 75},
                   fmt::format("age from which {} persons may retire", sex),
                   ParameterRead::by_month_and_at_start});
  all.push_back({"retiring_at_pension_age",
                 U::share,
                 {0, 1},
                 {0.1, 1},
                 "share that retires in the month of reaching the pension age"});
  all.push_back({"retiring_later", U::chance, chance, {0, 0.5}, "chance that persons above the pension age retire"});
  all.push_back({"pension_replacement", U::share, {0, 2}, {0.2, 1}, "new gross pension per gross wage at work"});
  return all;
}

}  // namespace oikos::labour
