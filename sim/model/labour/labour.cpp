#include "sim/model/labour/labour.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/base/contract.hpp"
#include "sim/base/figure_error.hpp"
#include "sim/base/narrow.hpp"
#include "sim/base/vectorised.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::labour {

namespace {
constexpr double scale = 4294967296.0;  // of a 32-bit draw
constexpr std::array<std::string_view, 3> age_names{"15_24", "25_54", "55_over"};
}  // namespace

LabourParams read_labour(const ParameterSet& parameters) {
  LabourParams p;
  const auto get = [&](const std::string& name) { return parameters.by_month(name).at(0); };
  for (std::size_t d = 0; d < duration_from.size(); ++d)
    p.finding[d] = get(fmt::format("job_finding_from_month_{}", duration_from[d]));
  for (std::size_t e = 0; e < education_names.size(); ++e) {
    p.finding_education[e] = get(fmt::format("job_finding_factor_{}", education_names[e]));
    p.losing_education[e] = get(fmt::format("job_loss_factor_{}", education_names[e]));
  }
  for (std::size_t a = 0; a < age_names.size(); ++a) {
    p.finding_age[a] = get(fmt::format("job_finding_factor_age_{}", age_names[a]));
    p.losing_age[a] = get(fmt::format("job_loss_factor_age_{}", age_names[a]));
    p.registering[a] = get(fmt::format("registering_age_{}", age_names[a]));
    p.entering[a] = get(fmt::format("entering_work_age_{}", age_names[a]));
  }
  for (std::size_t s = 0; s < sex_names.size(); ++s) p.leaving[s] = get(fmt::format("leaving_work_{}", sex_names[s]));
  p.losing = get("job_loss");
  p.giving_up = get("giving_up_search");
  p.wage_progression = get("wage_progression");
  return p;
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

Transitions::Transitions(LabourParams params, std::shared_ptr<const AlignmentPath> alignment)
    : hazards_(params),
      alignment_(std::move(alignment)),
      progression_ppm_(narrow<std::uint64_t>(std::lround(params.wage_progression * 1e6))) {}

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

/// A potential after a year's progression. Products of 32 bits and a share of at most the whole stay below 2^52.
std::uint32_t raised(std::uint32_t potential, std::uint64_t progression_ppm) {
  const std::uint64_t after = potential + (potential * progression_ppm + 500'000) / 1'000'000;
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
  const double align = (*alignment_)[static_cast<std::size_t>(now.step)];
  const double losing = 1.0 / align;
  const auto largest = hazards_.largest(align);
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
      const auto hazard = hazards_.of_employed(persons.sex[row], persons.education[row], age);
      const double lose = hazard.first * losing * factor(Modifier::job_loss);
      if (draw < lose) {
        enter(row, Labour::registered_unemployed);
        out.count(Count::jobs_lost);
      } else if (draw < lose + hazard.second * factor(Modifier::labour_exit)) {
        enter(row, Labour::inactive);
      } else if (age_months % 12 == 0 && age_months < 45 * 12) {
        persons.wage_potential[row] = raised(persons.wage_potential[row], progression_ppm_);
      }
    } else if (state == Labour::registered_unemployed) {
      const auto hazard = hazards_.of_unemployed(hazards_.duration_class(now.now - persons.state_since[row]),
                                                 persons.education[row], age);
      const double find = hazard.first * align * factor(Modifier::job_finding);
      if (draw < find) {
        enter(row, Labour::employed);
        out.count(Count::jobs_found);
      } else if (draw < find + hazard.second) {
        enter(row, Labour::inactive);
      }
    } else {
      const auto hazard = hazards_.of_inactive(age);
      if (draw < hazard.first) enter(row, Labour::registered_unemployed);
      else if (draw < hazard.first + hazard.second) enter(row, Labour::employed), out.count(Count::jobs_found);
    }
  }
}

Alignment::Alignment(LabourParams params, std::vector<double> target, std::shared_ptr<AlignmentPath> path)
    : hazards_(params), target_(std::move(target)), path_(std::move(path)) {
  path_->assign(target_.size(), 1.0);
}

ProcessInfo Alignment::info() const {
  return {.name = "labour_alignment",
          .summary = "finds the factor that keeps expected unemployment on its path (pilot only)",
          .reads = {"person.labour", "person.state_since", "person.education", "person.birth_month", "person.sex"},
          .writes = {},
          .draws = {},
          .page = "methods/labour.md"};
}

void Alignment::resolve(World& world, const StepContext& now, MonthWork&) const {
  // Persons by all that their hazards depend on, then sums of hazards in whole units of 2^-32, so that they are exact.
  using ByClasses = std::array<
      std::array<std::array<std::array<std::int64_t, age_from.size()>, education_names.size()>, sex_names.size()>,
      duration_from.size()>;
  std::array<ByClasses, labour_names.size()> persons_of{};
  const PersonTable& persons = world.persons;
  for (Row row = 0; row < persons.size(); ++row)
    ++persons_of[static_cast<std::size_t>(persons.labour[row])]
                [hazards_.duration_class(now.now - persons.state_since[row])]
                [static_cast<std::size_t>(persons.sex[row])][static_cast<std::size_t>(persons.education[row])]
                [LabourHazards::age_class(persons.age_months(row, now.now))];

  // U' = U + S/a - F a + R - G, with R and G unaligned.
  std::int64_t unemployed = 0, employed = 0, finding = 0, losing = 0, other = 0, force_change = 0;
  const auto of = [&](Labour state, std::size_t d, Sex sex, Education education, std::size_t age) {
    return persons_of[static_cast<std::size_t>(state)][d][static_cast<std::size_t>(sex)]
                     [static_cast<std::size_t>(education)][age];
  };
  for (std::size_t d = 0; d < duration_from.size(); ++d)
    for (const Sex sex : {Sex::male, Sex::female})
      for (std::size_t e = 0; e < education_names.size(); ++e)
        for (std::size_t age = 0; age < age_from.size(); ++age) {
          const auto education = static_cast<Education>(e);
          const std::int64_t at_work = of(Labour::employed, d, sex, education, age);
          const auto of_employed = hazards_.of_employed(sex, education, age);
          employed += at_work;
          losing += at_work * std::llround(of_employed.first);
          force_change -= at_work * std::llround(of_employed.second);
          const std::int64_t seeking = of(Labour::registered_unemployed, d, sex, education, age);
          const auto of_unemployed = hazards_.of_unemployed(d, education, age);
          unemployed += seeking;
          finding += seeking * std::llround(of_unemployed.first);
          other -= seeking * std::llround(of_unemployed.second);
          force_change -= seeking * std::llround(of_unemployed.second);
          const std::int64_t outside = of(Labour::inactive, d, sex, education, age);
          const auto of_inactive = hazards_.of_inactive(age);
          other += outside * std::llround(of_inactive.first);
          force_change += outside * (std::llround(of_inactive.first) + std::llround(of_inactive.second));
        }
  if (finding == 0 || losing == 0) return;
  const auto count = [](std::int64_t units) { return static_cast<double>(units) / scale; };
  const double force = static_cast<double>(unemployed + employed) + count(force_change);
  const double wanted = target_[static_cast<std::size_t>(now.step)] * force;
  // F a^2 - B a - S = 0 with B = U + R - G - wanted; the positive root, kept in a range where hazards stay
  // probabilities.
  const double b = static_cast<double>(unemployed) + count(other) - wanted;
  const double f = count(finding), s = count(losing);
  const double root = (b + std::sqrt(b * b + 4 * f * s)) / (2 * f);
  (*path_)[static_cast<std::size_t>(now.step)] = std::clamp(root, 0.2, 5.0);
}

Retirement::Params read_retirement(const ParameterSet& parameters) {
  const auto men = parameters.by_month("pension_age_male"), women = parameters.by_month("pension_age_female"),
             wage = parameters.by_month("average_wage"), least = parameters.by_month("minimum_pension");
  Retirement::Params p;
  p.at_once = parameters.by_month("retiring_at_pension_age").at(0);
  p.later = parameters.by_month("retiring_later").at(0);
  p.replacement = parameters.by_month("pension_replacement").at(0);
  for (int k = 0; k < parameters.scope().months; ++k)
    p.months.push_back({{narrow<int>(men.at(k)), narrow<int>(women.at(k))}, wage.at(k), least.at(k)});
  return p;
}

Retirement::Retirement(Params params)
    : params_(std::move(params)), at_once_(threshold(params_.at_once)), later_(threshold(params_.later)) {}

ProcessInfo Retirement::info() const {
  return {.name = "retirement",
          .summary = "retires persons of pension age",
          .reads = {"person.birth_month", "person.sex", "person.labour", "person.wage_potential"},
          .writes = {"person.labour", "person.state_since", "person.pension"},
          .draws = {"retirement.0"},
          .page = "methods/labour.md"};
}

void Retirement::sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const {
  const MonthLaw& law = params_.months[static_cast<std::size_t>(now.step)];
  PersonTable& persons = world.persons;
  const auto flags = scratch.flags();
  // Nobody was born before the first month that ShortMonth holds, so a pension age beyond it is nobody's.
  const auto born_before =
      static_cast<ShortMonth>(std::max(now.now - std::min(law.age_months[0], law.age_months[1]) + 1, -0x8000));
  vectorised([n = chunk.persons, birth = persons.birth_month.data() + chunk.first_person, born_before,
              labour = persons.labour.data() + chunk.first_person, flag = flags.data()] {
    OIKOS_NO_OVERLAP
    for (std::uint32_t i = 0; i < n; ++i)
      flag[i] = static_cast<std::uint8_t>((birth[i] < born_before) & (labour[i] != Labour::retired));
  });
  for (const std::uint32_t i : scratch.flagged()) {
    const Row row = chunk.first_person + i;
    const int age = persons.age_months(row, now.now);
    const int due = age - law.age_months[static_cast<std::size_t>(persons.sex[row])];
    if (due < 0) continue;
    const auto draw = now.luck.draw(rng::Purpose::retirement, 0, persons.identity[row], now.month);
    if (!rng::happens(draw, due == 0 ? at_once_ : later_)) continue;
    const double earned = params_.replacement * persons.wage_potential[row] * 1e-6 * law.average_wage;
    persons.pension[row] = round_half_away(std::max(law.minimum_pension, earned));
    persons.labour[row] = Labour::retired;
    persons.state_since[row] = now.now;
    out.count(Count::retirements);
  }
}

}  // namespace oikos::labour
