#include "sim/model/labour/labour.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "sim/base/figure_error.hpp"
#include "sim/base/money.hpp"
#include "sim/model/education/declared.hpp"
#include "sim/model/labour/declared.hpp"

namespace oikos::labour {

namespace {
constexpr double scale = 4294967296.0;  // of a 32-bit draw
constexpr std::array<std::string_view, 3> age_names{"15_24", "25_54", "55_over"};
}  // namespace

ByMonth<LabourParams> read_labour(const ParameterSet& parameters) {
  std::vector<LabourParams> months(static_cast<std::size_t>(parameters.scope().months));
  const auto each = [&](const std::string& name, auto value_in) {
    const auto values = parameters.by_month(name);
    for (std::size_t k = 0; k < months.size(); ++k) value_in(months[k]) = values.at(static_cast<int>(k));
  };
  for (std::size_t d = 0; d < duration_from.size(); ++d)
    each(fmt::format("job_finding_from_month_{}", duration_from[d]), [d](auto& p) -> double& { return p.finding[d]; });
  for (std::size_t e = 0; e < education_names.size(); ++e) {
    each(fmt::format("job_finding_factor_{}", education_names[e]),
         [e](auto& p) -> double& { return p.finding_education[e]; });
    each(fmt::format("job_loss_factor_{}", education_names[e]),
         [e](auto& p) -> double& { return p.losing_education[e]; });
  }
  for (std::size_t a = 0; a < age_names.size(); ++a) {
    each(fmt::format("job_finding_factor_age_{}", age_names[a]), [a](auto& p) -> double& { return p.finding_age[a]; });
    each(fmt::format("job_loss_factor_age_{}", age_names[a]), [a](auto& p) -> double& { return p.losing_age[a]; });
    each(fmt::format("registering_age_{}", age_names[a]), [a](auto& p) -> double& { return p.registering[a]; });
    each(fmt::format("entering_work_age_{}", age_names[a]), [a](auto& p) -> double& { return p.entering[a]; });
  }
  for (std::size_t s = 0; s < sex_names.size(); ++s)
    each(fmt::format("leaving_work_{}", sex_names[s]), [s](auto& p) -> double& { return p.leaving[s]; });
  each("job_loss", [](auto& p) -> double& { return p.losing; });
  each("giving_up_search", [](auto& p) -> double& { return p.giving_up; });
  each("wage_progression", [](auto& p) -> double& { return p.wage_progression; });
  return ByMonth<LabourParams>(std::move(months));
}

LabourHazards::LabourHazards(const LabourParams& p) {
  for (std::size_t m = 0; m < duration_class_.size(); ++m)
    for (std::size_t d = 0; d < duration_from.size(); ++d)
      if (static_cast<int>(m) >= duration_from[d]) duration_class_[m] = static_cast<std::uint8_t>(d);
  for (std::size_t e = 0; e < 4; ++e)
    for (std::size_t a = 0; a < 3; ++a) {
      for (std::size_t d = 0; d < duration_from.size(); ++d)
        finding_[d][e][a] = p.finding[d] * p.finding_education[e] * p.finding_age[a] * scale;
      losing_[e][a] = p.losing * p.losing_education[e] * p.losing_age[a] * scale;
    }
  for (std::size_t s = 0; s < 2; ++s) leaving_[s] = p.leaving[s] * scale;
  giving_up_ = p.giving_up * scale;
  for (std::size_t a = 0; a < 3; ++a) registering_[a] = p.registering[a] * scale, entering_[a] = p.entering[a] * scale;
}

std::array<rng::Limit, labour_names.size()> LabourHazards::largest(double align, const Changes& common) const {
  double finding = 0, losing = 0, inactive = 0;
  for (const auto& by_education : finding_)
    for (const auto& by_age : by_education) finding = std::max(finding, *std::ranges::max_element(by_age));
  for (const auto& by_age : losing_) losing = std::max(losing, *std::ranges::max_element(by_age));
  for (std::size_t a = 0; a < age_from.size(); ++a) inactive = std::max(inactive, registering_[a] + entering_[a]);
  std::array<rng::Limit, labour_names.size()> all;
  all.fill(rng::never);
  const auto at_most = [](double chance, HazardChange change) {  // a chance grows by no more than its hazard does
    return chance * std::max(1.0, double{change.times}) + double{change.plus} * scale;
  };
  const auto set = [&](Labour state, double sum) {
    // A chance of 1 and above is certain.
    all[static_cast<std::size_t>(state)] = narrow<rng::Limit>(std::min(sum / 2, double{rng::always}));
  };
  set(Labour::employed,
      at_most(losing * (1.0 / align), common.losing) + at_most(*std::ranges::max_element(leaving_), common.leaving));
  set(Labour::registered_unemployed, at_most(finding * align, common.finding) + giving_up_);
  set(Labour::inactive, at_most(inactive, common.entering) + double{common.entering.plus} * scale);
  return all;
}

Transitions::Transitions(const ByMonth<LabourParams>& params, std::shared_ptr<const BaselinePaths> paths)
    : hazards_(params.transform([](const LabourParams& p) { return LabourHazards(p); })),
      progression_ppm_(
          params.transform([](const LabourParams& p) { return round_half_away(p.wage_progression * 1e6); })),
      paths_(std::move(paths)) {}

ProcessInfo Transitions::about() const {
  return {.name = "labour_transitions",
          .summary = "finds, loses and leaves jobs, by duration, education, age and sex",
          .stage = Stage::livelihood,
          .after = {{"labour_alignment", "it finds the month's factor"},
                    {"schooling", "who leaves school looks for work at once"}},
          .page = "methods/labour.md"};
}

namespace {

/// A chance on the scale of draws, as effects change it. Without a change it is the same to the last bit.
double chance(double of_scale, HazardChange change) {
  return change.none() ? of_scale : changed(of_scale / scale, change) * scale;
}

/// A potential after a year's progression, halves up. Products of 32 bits and a share of at most the whole stay below
/// 2^53.
std::uint32_t raised(std::uint32_t potential, std::int64_t progression_ppm) {
  const std::int64_t after = (std::int64_t{potential} * (1'000'000 + progression_ppm) + 500'000) / 1'000'000;
  if (!std::in_range<std::uint32_t>(after)) [[unlikely]]
    throw FigureError({.path = "parameters/wage_progression",
                       .what = "wages grow beyond what can be held",
                       .expected = "wages below 4294 times the average wage",
                       .got = "",
                       .hint = ""});
  return static_cast<std::uint32_t>(after);
}

}  // namespace

void Transitions::run(const View& view) const {
  const Row first = view.chunk.first_person;
  const ShortMonth now = view.now.short_month;
  auto& labour = view[person::labour];
  auto& since = view[person::state_since];
  auto& potential = view[person::wage_potential];
  const auto& education = view[person::education];
  const auto& birth_month = view[person::birth_month];
  const auto& sex = view[person::sex];
  const LabourHazards& hazards = hazards_.at(view.now.step);
  const double align = paths_->labour[static_cast<std::size_t>(view.now.step)];
  const double losing = 1.0 / align;
  const auto largest = hazards.largest(align, {.finding = view.common<target::job_finding>(),
                                               .losing = view.common<target::job_loss>(),
                                               .leaving = view.common<target::labour_exit>(),
                                               .entering = view.common<target::labour_entry>()});
  const std::int64_t progression_ppm = progression_ppm_.at(view.now.step);
  const std::uint32_t* draws = view.draws<lane::labour>();
  const auto enter = [&](Row row, Labour state) {
    labour[row] = state;
    since[row] = now;
  };
  // Most draw more than anybody's hazard: one comparison leaves those who may move. Those with changes of their own and
  // those whose wages may grow are looked at anyhow.
  const auto birthdays = view.birthdays();
  const auto changed = view.changed();
  const auto flags = view.room.flags();
  rng::decide({draws, view.chunk.persons}, reinterpret_cast<const std::uint8_t*>(labour.data() + first), largest,
              flags.data());
  for (const std::uint32_t i : birthdays) flags[i] |= labour[first + i] == Labour::employed ? 1 : 0;
  for (const std::uint32_t i : changed) flags[i] = 1;
  for (const std::uint32_t i : view.room.flagged()) {
    const Row row = first + i;
    const Labour state = labour[row];
    if (state != Labour::employed && state != Labour::registered_unemployed && state != Labour::inactive) continue;
    const int age_months = now - birth_month[row];
    const std::size_t age = LabourHazards::age_class(age_months);
    const double draw = draws[i];
    if (state == Labour::employed) {
      const auto hazard = hazards.of_employed(sex[row], education[row], age);
      const double lose = chance(hazard.first * losing, view.change<target::job_loss>(i));
      if (draw < lose) {
        enter(row, Labour::registered_unemployed);
        view.count<count::jobs_lost>();
      } else if (draw < lose + chance(hazard.second, view.change<target::labour_exit>(i))) {
        enter(row, Labour::inactive);
      } else if (age_months % 12 == 0 && age_months < 45 * 12) {
        potential[row] = raised(potential[row], progression_ppm);
      }
    } else if (state == Labour::registered_unemployed) {
      const auto hazard = hazards.of_unemployed(hazards.duration_class(now - since[row]), education[row], age);
      const double find = chance(hazard.first * align, view.change<target::job_finding>(i));
      if (draw < find) {
        enter(row, Labour::employed);
        view.count<count::jobs_found>();
      } else if (draw < find + hazard.second) {
        enter(row, Labour::inactive);
      }
    } else {
      const auto hazard = hazards.of_inactive(age);
      const HazardChange change = view.change<target::labour_entry>(i);
      const double registers = chance(hazard.first, change);
      if (draw < registers) enter(row, Labour::registered_unemployed);
      else if (draw < registers + chance(hazard.second, change))
        enter(row, Labour::employed), view.count<count::jobs_found>();
    }
  }
}

}  // namespace oikos::labour
