#include "sim/model/labour/expected_labour.hpp"

#include <algorithm>
#include <numeric>

namespace oikos::labour {

namespace {

constexpr double scale = 4294967296.0;  // of hazards
constexpr std::size_t levels = education_names.size();

double sum(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// Chances of one exit after another, from hazards on the scale of draws and the factor on the first.
TwoExits chances(const LabourHazards::Two& hazards, double factor) {
  return {hazards.first * factor / scale, hazards.second / scale};
}

}  // namespace

TwoExits::TwoExits(double one, double other)
    : first(std::clamp(one, 0.0, 1.0)), second(std::clamp(other, 0.0, 1.0 - first)) {}

void ExpectedLabour::Cohort::add(Labour state, Education education, int months, double persons) {
  const auto e = static_cast<std::size_t>(education);
  has_workers |= state != Labour::child && state != Labour::student && state != Labour::retired;
  has_registered |= state == Labour::registered_unemployed;
  switch (state) {
    case Labour::child: children += persons; break;
    case Labour::student: students[e] += persons; break;
    case Labour::employed: employed[e] += persons; break;
    case Labour::inactive: inactive[e] += persons; break;
    case Labour::retired: retired += persons; break;
    case Labour::registered_unemployed:
      registered[e][static_cast<std::size_t>(std::clamp(months, 0, static_cast<int>(months_kept) - 1))] += persons;
      break;
  }
}

void ExpectedLabour::Cohort::scale(double factor) {
  children *= factor;
  retired *= factor;
  for (std::size_t e = 0; e < levels; ++e) students[e] *= factor, employed[e] *= factor, inactive[e] *= factor;
  if (!has_registered) return;
  for (auto& months : registered)
    for (double& persons : months) persons *= factor;
}

void ExpectedLabour::Cohort::add(const Cohort& others, double times) {
  has_workers |= others.has_workers;
  has_registered |= others.has_registered;
  children += times * others.children;
  retired += times * others.retired;
  for (std::size_t e = 0; e < levels; ++e) {
    students[e] += times * others.students[e];
    employed[e] += times * others.employed[e];
    inactive[e] += times * others.inactive[e];
  }
  if (!others.has_registered) return;
  for (std::size_t e = 0; e < levels; ++e)
    for (std::size_t m = 0; m < months_kept; ++m) registered[e][m] += times * others.registered[e][m];
}

namespace {
ShortMonth earliest_birth(const World& world, ShortMonth latest) {
  for (Row row = 0; row < world.persons.size(); ++row)
    latest = std::min<ShortMonth>(latest, world.persons.birth_month[row]);
  return latest;
}
}  // namespace

ExpectedLabour::ExpectedLabour(const World& initial, Month start)
    : first_birth_(earliest_birth(initial, to_short(start))) {
  const PersonTable& persons = initial.persons;
  for (Row row = 0; row < persons.size(); ++row) {
    const std::size_t cohort = index(persons.birth_month[row], persons.sex[row]);
    make_room(cohort);
    cohorts_[cohort].add(persons.labour[row], persons.education[row], to_short(start) - persons.state_since[row], 1.0);
  }
}

ExpectedLabour::Newcomers::Newcomers(const World& donors, Month start, std::span<const std::uint32_t> candidates)
    : households_(static_cast<double>(candidates.size())) {
  const PersonTable& persons = donors.persons;
  all_.first_birth_ = earliest_birth(donors, to_short(start));
  for (const std::uint32_t h : candidates)
    for (Row row = donors.households.first[h]; row < donors.households.first[h] + donors.households.members[h]; ++row) {
      const std::size_t cohort = all_.index(persons.birth_month[row], persons.sex[row]);
      all_.make_room(cohort);
      all_.cohorts_[cohort].add(persons.labour[row], persons.education[row], to_short(start) - persons.state_since[row],
                                1.0);
      filled_.push_back(cohort);
    }
  std::ranges::sort(filled_);
  filled_.erase(std::ranges::unique(filled_).begin(), filled_.end());
}

std::size_t ExpectedLabour::index(ShortMonth birth, Sex sex) const {
  return 2 * static_cast<std::size_t>(birth - first_birth_) + static_cast<std::size_t>(sex);
}

void ExpectedLabour::make_room(std::size_t cohort) {
  if (cohort >= cohorts_.size()) cohorts_.resize((cohort / 2 + 1) * 2);
}

void ExpectedLabour::arrive(const Newcomers& from, double households, int months) {
  if (from.households_ <= 0 || households <= 0) return;
  for (const std::size_t c : from.filled_) {
    // Who arrives is as old as the donor was.
    const auto birth = static_cast<ShortMonth>(from.all_.birth_of(c) + months);
    const std::size_t to = index(birth, sex_of(c));
    make_room(to);
    cohorts_[to].add(from.all_.cohorts_[c], households / from.households_);
  }
}

void ExpectedLabour::lose(const Exits& chances, ShortMonth now) {
  for (std::size_t c = 0; c < cohorts_.size(); ++c)
    cohorts_[c].scale(1 - chances[age_sex((now - birth_of(c)) / 12, sex_of(c))]);
}

void ExpectedLabour::bear(const World& world, ShortMonth now) {
  const PersonTable& persons = world.persons;
  std::array<std::int64_t, 2> born{};
  for (Row row = 0; row < persons.size(); ++row) {
    if (persons.birth_month[row] != now || persons.labour[row] != Labour::child) continue;
    ++born[static_cast<std::size_t>(persons.sex[row])];
  }
  for (const Sex sex : {Sex::male, Sex::female}) {
    const std::size_t cohort = index(now, sex);
    make_room(cohort);
    cohorts_[cohort].children = static_cast<double>(born[static_cast<std::size_t>(sex)]);
  }
}

void ExpectedLabour::school(const education::School& school, const StepContext& now) {
  const education::SchoolLeaving& leaving = *school.leaving.at(now.step);
  const int school_age = school.school_age.at(now.step);
  for (std::size_t c = 0; c < cohorts_.size(); ++c) {
    const int months = now.now - birth_of(c);
    if (months % 12 != 0) continue;
    Cohort& cohort = cohorts_[c];
    const int age = months / 12;
    std::array<double, levels> stay = cohort.students;
    for (std::size_t present = 0; present < levels; ++present) {
      if (cohort.students[present] <= 0) continue;
      const auto exit = leaving.at(birth_of(c), sex_of(c), static_cast<Education>(present), age);
      const double leavers = cohort.students[present] * exit.chance;
      stay[present] -= leavers;
      for (std::size_t e = 0; e < levels; ++e) cohort.registered[e][0] += leavers * exit.attained[e];
      cohort.has_workers |= leavers > 0;
      cohort.has_registered |= leavers > 0;
    }
    cohort.students = stay;
    if (months < school_age) continue;
    cohort.students[static_cast<std::size_t>(Education::low)] += cohort.children;
    cohort.children = 0;
  }
}

ExpectedLabour::Outlook ExpectedLabour::outlook(const LabourHazards& hazards, const RetirementLaw& law,
                                                ShortMonth now) const {
  Outlook out;
  out.hazards_ = &hazards;
  for (std::size_t c = 0; c < cohorts_.size(); ++c) {
    const Cohort& cohort = cohorts_[c];
    if (!cohort.has_workers) continue;
    const int age = now - birth_of(c);
    const Sex sex = sex_of(c);
    const std::size_t k = LabourHazards::age_class(age);
    const bool entitled = law.entitles(sex, age);
    const double weight = entitled ? 1 - std::clamp(law.chance(sex, age), 0.0, 1.0) : 1.0;
    Outlook::Persons& to = entitled ? out.entitled_ : out.open_;
    for (std::size_t e = 0; e < levels; ++e) {
      to.employed[static_cast<std::size_t>(sex)][e][k] += weight * cohort.employed[e];
      to.inactive[k] += weight * cohort.inactive[e];
      for (std::size_t m = 0; m < months_kept && cohort.has_registered; ++m)
        to.registered[hazards.duration_class(static_cast<int>(m))][e][k] += weight * cohort.registered[e][m];
    }
  }
  return out;
}

ExpectedLabour::Force ExpectedLabour::Outlook::at(double align) const {
  Force force;
  const auto add = [&](const Persons& persons, bool register_is_open) {
    double registered = 0;
    for (std::size_t k = 0; k < age_from.size(); ++k) {
      for (std::size_t e = 0; e < levels; ++e) {
        for (std::size_t d = 0; d < duration_from.size(); ++d) {
          const double seeking = persons.registered[d][e][k];
          const TwoExits exits = chances(hazards_->of_unemployed(d, static_cast<Education>(e), k), align);
          force.employed += seeking * exits.first;
          registered += seeking * exits.stays();
        }
        for (const Sex sex : {Sex::male, Sex::female}) {
          const double at_work = persons.employed[static_cast<std::size_t>(sex)][e][k];
          const TwoExits exits = chances(hazards_->of_employed(sex, static_cast<Education>(e), k), 1 / align);
          force.employed += at_work * exits.stays();
          registered += at_work * exits.first;
        }
      }
      const TwoExits exits = chances(hazards_->of_inactive(k), 1);
      force.employed += persons.inactive[k] * exits.second;
      registered += persons.inactive[k] * exits.first;
    }
    if (register_is_open) force.unemployed += registered;
  };
  add(open_, true);
  add(entitled_, false);
  return force;
}

void ExpectedLabour::advance(const LabourHazards& hazards, const RetirementLaw& law, ShortMonth now, double align) {
  for (std::size_t c = 0; c < cohorts_.size(); ++c) {
    Cohort& cohort = cohorts_[c];
    if (!cohort.has_workers) continue;
    const int age = now - birth_of(c);
    const Sex sex = sex_of(c);
    const std::size_t k = LabourHazards::age_class(age);
    const bool entitled = law.entitles(sex, age);
    const TwoExits of_inactive = chances(hazards.of_inactive(k), 1);
    for (std::size_t e = 0; e < levels; ++e) {
      const auto education = static_cast<Education>(e);
      const TwoExits of_employed = chances(hazards.of_employed(sex, education, k), 1 / align);
      double employed = cohort.employed[e] * of_employed.stays() + cohort.inactive[e] * of_inactive.second;
      double inactive = cohort.inactive[e] * of_inactive.stays() + cohort.employed[e] * of_employed.second;
      const double registering = cohort.employed[e] * of_employed.first + cohort.inactive[e] * of_inactive.first;
      auto& months = cohort.registered[e];
      std::array<double, months_kept> still{};  // registered at the end of the month
      std::size_t m = 0;
      for (std::size_t d = 0; d < duration_from.size() && cohort.has_registered; ++d) {
        const TwoExits exits = chances(hazards.of_unemployed(d, education, k), align);
        const std::size_t end =
            d + 1 < duration_from.size() ? static_cast<std::size_t>(duration_from[d + 1]) : months_kept;
        for (; m < end; ++m) {
          employed += months[m] * exits.first;
          inactive += months[m] * exits.second;
          still[m] = months[m] * exits.stays();
        }
      }
      still[0] += registering;
      months[0] = 0;
      std::copy_n(still.begin(), months_kept - 1, months.begin() + 1);
      months.back() += still.back();
      cohort.employed[e] = employed;
      cohort.inactive[e] = inactive;
      if (!entitled) continue;
      const double retiring = std::clamp(law.chance(sex, age), 0.0, 1.0);
      cohort.retired += retiring * (employed + inactive) + sum(months);
      cohort.employed[e] -= retiring * employed;
      cohort.inactive[e] -= retiring * inactive;
      months.fill(0);
    }
    cohort.has_registered = !entitled;
  }
}

}  // namespace oikos::labour
