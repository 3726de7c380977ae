#include "sim/model/labour/expected_labour.hpp"

#include <algorithm>

#include "sim/model/education/declared.hpp"
#include "sim/model/labour/declared.hpp"

namespace oikos::labour {

namespace {

constexpr double scale = 4294967296.0;  // of hazards
constexpr std::size_t levels = education_names.size();

/// Chances of one exit after another, from hazards on the scale of draws and the factor on the first.
TwoExits chances(const LabourHazards::Two& hazards, double factor) {
  return {hazards.first * factor / scale, hazards.second / scale};
}

using ByEducation = std::array<double, levels>;
struct ExitsByEducation {
  ByEducation first{}, second{}, stays{};
  void set(std::size_t education, const TwoExits& exits) {
    first[education] = exits.first;
    second[education] = exits.second;
    stays[education] = exits.stays();
  }
};

/// The chances of a month: cohorts are many, kinds of persons are few.
struct MonthChances {
  std::array<std::array<ExitsByEducation, age_from.size()>, duration_from.size()> unemployed;
  std::array<std::array<ExitsByEducation, age_from.size()>, 2> employed;  ///< [sex]
  std::vector<TwoExits> inactive;                                         ///< [age]

  MonthChances(const LabourHazards& hazards, double align) {
    for (std::size_t k = 0; k < age_from.size(); ++k) {
      inactive.push_back(chances(hazards.of_inactive(k), 1));
      for (std::size_t e = 0; e < levels; ++e) {
        const auto education = static_cast<Education>(e);
        for (std::size_t d = 0; d < duration_from.size(); ++d)
          unemployed[d][k].set(e, chances(hazards.of_unemployed(d, education, k), align));
        for (const Sex sex : {Sex::male, Sex::female})
          employed[static_cast<std::size_t>(sex)][k].set(e, chances(hazards.of_employed(sex, education, k), 1 / align));
      }
    }
  }
};

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
      registered[static_cast<std::size_t>(std::clamp(months, 0, static_cast<int>(months_kept) - 1))][e] += persons;
      break;
  }
}

void ExpectedLabour::Cohort::scale(double factor) {
  children *= factor;
  retired *= factor;
  for (std::size_t e = 0; e < levels; ++e) students[e] *= factor, employed[e] *= factor, inactive[e] *= factor;
  if (!has_registered) return;
  for (auto& month : registered)
    for (double& persons : month) persons *= factor;
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
  for (std::size_t m = 0; m < months_kept; ++m)
    for (std::size_t e = 0; e < levels; ++e) registered[m][e] += times * others.registered[m][e];
}

namespace {
ShortMonth earliest_birth(const World& world, ShortMonth latest) {
  for (Row row = 0; row < world.persons.size(); ++row)
    latest = std::min<ShortMonth>(latest, world.persons[person::birth_month][row]);
  return latest;
}
}  // namespace

ExpectedLabour::ExpectedLabour(const World& initial, Month start)
    : first_birth_(earliest_birth(initial, to_short(start))) {
  const PersonTable& persons = initial.persons;
  for (Row row = 0; row < persons.size(); ++row) {
    const std::size_t cohort = index(persons[person::birth_month][row], persons[person::sex][row]);
    make_room(cohort);
    cohorts_[cohort].add(persons[person::labour][row], persons[person::education][row],
                         to_short(start) - persons[person::state_since][row], 1.0);
  }
}

ExpectedLabour::Newcomers::Newcomers(const World& donors, Month start, std::span<const std::uint32_t> candidates)
    : households_(static_cast<double>(candidates.size())) {
  const PersonTable& persons = donors.persons;
  all_.first_birth_ = earliest_birth(donors, to_short(start));
  for (const std::uint32_t h : candidates)
    for (Row row = donors.households[household::first][h];
         row < donors.households[household::first][h] + donors.households[household::members][h]; ++row) {
      const std::size_t cohort = all_.index(persons[person::birth_month][row], persons[person::sex][row]);
      all_.make_room(cohort);
      all_.cohorts_[cohort].add(persons[person::labour][row], persons[person::education][row],
                                to_short(start) - persons[person::state_since][row], 1.0);
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

void ExpectedLabour::bear(const std::array<std::int64_t, 2>& born, ShortMonth now) {
  for (const Sex sex : {Sex::male, Sex::female}) {
    const std::size_t cohort = index(now, sex);
    make_room(cohort);
    cohorts_[cohort].children = static_cast<double>(born[static_cast<std::size_t>(sex)]);
  }
}

void ExpectedLabour::school(const education::School& school, const When& now) {
  const education::SchoolLeaving& leaving = *school.leaving.at(now.step);
  const int school_age = school.school_age.at(now.step);
  for (std::size_t c = 0; c < cohorts_.size(); ++c) {
    const int months = now.short_month - birth_of(c);
    if (months % 12 != 0) continue;
    Cohort& cohort = cohorts_[c];
    const int age = months / 12;
    std::array<double, levels> stay = cohort.students;
    for (std::size_t present = 0; present < levels; ++present) {
      if (cohort.students[present] <= 0) continue;
      const auto exit = leaving.at(birth_of(c), sex_of(c), static_cast<Education>(present), age);
      const double leavers = cohort.students[present] * exit.chance;
      stay[present] -= leavers;
      for (std::size_t e = 0; e < levels; ++e) cohort.registered[0][e] += leavers * exit.attained[e];
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
  std::array<std::size_t, months_kept> duration;
  for (std::size_t m = 0; m < months_kept; ++m) duration[m] = hazards.duration_class(static_cast<int>(m));
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
      to.employed[static_cast<std::size_t>(sex)][k][e] += weight * cohort.employed[e];
      to.inactive[k] += weight * cohort.inactive[e];
    }
    for (std::size_t m = 0; m < months_kept && cohort.has_registered; ++m) {
      ByEducation& registered = to.registered[duration[m]][k];
      for (std::size_t e = 0; e < levels; ++e) registered[e] += weight * cohort.registered[m][e];
    }
  }
  return out;
}

ExpectedLabour::Force ExpectedLabour::Outlook::at(double align) const {
  const MonthChances chances(*hazards_, align);
  Force force;
  const auto add = [&](const Persons& persons, bool register_is_open) {
    double registered = 0;
    for (std::size_t k = 0; k < age_from.size(); ++k) {
      for (std::size_t e = 0; e < levels; ++e) {
        for (std::size_t d = 0; d < duration_from.size(); ++d) {
          const double seeking = persons.registered[d][k][e];
          force.employed += seeking * chances.unemployed[d][k].first[e];
          registered += seeking * chances.unemployed[d][k].stays[e];
        }
        for (std::size_t sex = 0; sex < 2; ++sex) {
          const double at_work = persons.employed[sex][k][e];
          force.employed += at_work * chances.employed[sex][k].stays[e];
          registered += at_work * chances.employed[sex][k].first[e];
        }
      }
      force.employed += persons.inactive[k] * chances.inactive[k].second;
      registered += persons.inactive[k] * chances.inactive[k].first;
    }
    if (register_is_open) force.unemployed += registered;
  };
  add(open_, true);
  add(entitled_, false);
  return force;
}

void ExpectedLabour::advance(const LabourHazards& hazards, const RetirementLaw& law, ShortMonth now, double align) {
  const MonthChances chances(hazards, align);
  for (std::size_t c = 0; c < cohorts_.size(); ++c) {
    Cohort& cohort = cohorts_[c];
    if (!cohort.has_workers) continue;
    const int age = now - birth_of(c);
    const Sex sex = sex_of(c);
    const std::size_t k = LabourHazards::age_class(age);
    const bool entitled = law.entitles(sex, age);
    const TwoExits& of_inactive = chances.inactive[k];
    const ExitsByEducation& of_employed = chances.employed[static_cast<std::size_t>(sex)][k];
    // Inner loops run over education, so that they become vectors.
    ByEducation employed, inactive, registering;
    for (std::size_t e = 0; e < levels; ++e) {
      employed[e] = cohort.employed[e] * of_employed.stays[e] + cohort.inactive[e] * of_inactive.second;
      inactive[e] = cohort.inactive[e] * of_inactive.stays() + cohort.employed[e] * of_employed.second[e];
      registering[e] = cohort.employed[e] * of_employed.first[e] + cohort.inactive[e] * of_inactive.first;
    }
    auto& months = cohort.registered;
    std::array<ByEducation, months_kept> still{};  // registered at the end of the month
    std::size_t m = 0;
    for (std::size_t d = 0; d < duration_from.size() && cohort.has_registered; ++d) {
      const ExitsByEducation& exits = chances.unemployed[d][k];
      const std::size_t end =
          d + 1 < duration_from.size() ? static_cast<std::size_t>(duration_from[d + 1]) : months_kept;
      for (; m < end; ++m)
        for (std::size_t e = 0; e < levels; ++e) {
          employed[e] += months[m][e] * exits.first[e];
          inactive[e] += months[m][e] * exits.second[e];
          still[m][e] = months[m][e] * exits.stays[e];
        }
    }
    for (std::size_t e = 0; e < levels; ++e) still[0][e] += registering[e];
    months[0].fill(0);
    std::copy_n(still.begin(), months_kept - 1, months.begin() + 1);
    for (std::size_t e = 0; e < levels; ++e) months.back()[e] += still.back()[e];
    cohort.employed = employed;
    cohort.inactive = inactive;
    cohort.has_registered = !entitled;
    if (!entitled) continue;
    const double retiring = std::clamp(law.chance(sex, age), 0.0, 1.0);
    for (std::size_t e = 0; e < levels; ++e) {
      double registered = 0;
      for (auto& month : months) registered += month[e], month[e] = 0;
      cohort.retired += retiring * (employed[e] + inactive[e]) + registered;
      cohort.employed[e] -= retiring * employed[e];
      cohort.inactive[e] -= retiring * inactive[e];
    }
  }
}

}  // namespace oikos::labour
