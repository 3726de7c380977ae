#include "sim/model/labour/labour.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "sim/base/figure_error.hpp"
#include "sim/base/money.hpp"

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

std::array<rng::Limit, labour_names.size()> LabourHazards::largest(double align) const {
  double finding = 0, losing = 0, inactive = 0;
  for (const auto& by_education : finding_)
    for (const auto& by_age : by_education) finding = std::max(finding, *std::ranges::max_element(by_age));
  for (const auto& by_age : losing_) losing = std::max(losing, *std::ranges::max_element(by_age));
  for (std::size_t a = 0; a < age_from.size(); ++a) inactive = std::max(inactive, registering_[a] + entering_[a]);
  std::array<rng::Limit, labour_names.size()> all;
  all.fill(rng::never);
  const auto set = [&](Labour state, double sum) {
    // A chance of 1 and above is certain.
    all[static_cast<std::size_t>(state)] = narrow<rng::Limit>(std::min(sum / 2, double{rng::always}));
  };
  set(Labour::employed, losing * (1.0 / align) + *std::ranges::max_element(leaving_));
  set(Labour::registered_unemployed, finding * align + giving_up_);
  set(Labour::inactive, inactive);
  return all;
}

Transitions::Transitions(const ByMonth<LabourParams>& params, std::shared_ptr<const BaselinePaths> paths)
    : hazards_(params.transform([](const LabourParams& p) { return LabourHazards(p); })),
      progression_ppm_(
          params.transform([](const LabourParams& p) { return round_half_away(p.wage_progression * 1e6); })),
      paths_(std::move(paths)) {}

ProcessInfo Transitions::info() const {
  return {.name = "labour_transitions",
          .summary = "finds, loses and leaves jobs, by duration, education, age and sex",
          .reads = {"person.labour", "person.state_since", "person.education", "person.birth_month", "person.sex",
                    "person.effects"},
          .writes = {"person.labour", "person.state_since", "person.wage_potential"},
          .draws = {"labour.0"},
          .page = "methods/labour.md"};
}

namespace {

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

void Transitions::sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const {
  PersonTable& persons = world.persons;
  const LabourHazards& hazards = hazards_.at(now.step);
  const double align = paths_->labour[static_cast<std::size_t>(now.step)];
  const double losing = 1.0 / align;
  const auto largest = hazards.largest(align);
  const std::int64_t progression_ppm = progression_ppm_.at(now.step);
  const std::uint32_t* draws = scratch.draws(rng::Purpose::labour)[0];
  const auto enter = [&](Row row, Labour state) {
    persons.labour[row] = state;
    persons.state_since[row] = now.now;
  };
  // Most draw more than anybody's hazard: one comparison leaves those who may move. Those with factors of their own and
  // those whose wages may grow are looked at anyhow.
  const auto birthdays = scratch.birthdays();
  const auto changed = scratch.changed();
  const auto flags = scratch.flags();
  rng::decide({draws, chunk.persons}, reinterpret_cast<const std::uint8_t*>(persons.labour.data() + chunk.first_person),
              largest, flags.data());
  for (const std::uint32_t i : birthdays)
    flags[i] |= persons.labour[chunk.first_person + i] == Labour::employed ? 1 : 0;
  for (const std::uint32_t i : changed) flags[i] = 1;
  for (const std::uint32_t i : scratch.flagged()) {
    const Row row = chunk.first_person + i;
    const Labour state = persons.labour[row];
    if (state != Labour::employed && state != Labour::registered_unemployed && state != Labour::inactive) continue;
    const int age_months = persons.age_months(row, now.now);
    const std::size_t age = LabourHazards::age_class(age_months);
    const double draw = draws[i];
    const auto factor = [&](Modifier which) { return static_cast<double>(scratch.factor(which, i)); };
    if (state == Labour::employed) {
      const auto hazard = hazards.of_employed(persons.sex[row], persons.education[row], age);
      const double lose = hazard.first * losing * factor(Modifier::job_loss);
      if (draw < lose) {
        enter(row, Labour::registered_unemployed);
        out.count(Count::jobs_lost);
      } else if (draw < lose + hazard.second * factor(Modifier::labour_exit)) {
        enter(row, Labour::inactive);
      } else if (age_months % 12 == 0 && age_months < 45 * 12) {
        persons.wage_potential[row] = raised(persons.wage_potential[row], progression_ppm);
      }
    } else if (state == Labour::registered_unemployed) {
      const auto hazard = hazards.of_unemployed(hazards.duration_class(now.now - persons.state_since[row]),
                                                persons.education[row], age);
      const double find = hazard.first * align * factor(Modifier::job_finding);
      if (draw < find) {
        enter(row, Labour::employed);
        out.count(Count::jobs_found);
      } else if (draw < find + hazard.second) {
        enter(row, Labour::inactive);
      }
    } else {
      const auto hazard = hazards.of_inactive(age);
      if (draw < hazard.first) enter(row, Labour::registered_unemployed);
      else if (draw < hazard.first + hazard.second) enter(row, Labour::employed), out.count(Count::jobs_found);
    }
  }
}

}  // namespace oikos::labour
