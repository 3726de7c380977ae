#include "sim/model/education/education.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/narrow.hpp"
#include "sim/model/education/declared.hpp"
#include "sim/model/labour/declared.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::education {

namespace {

constexpr std::size_t levels = education_names.size();
using Shares = std::array<double, levels>;

double sum(const Shares& shares) { return std::accumulate(shares.begin(), shares.end(), 0.0); }

Shares scaled_to_one(Shares shares) {
  const double whole = sum(shares);
  if (whole > 0)
    for (double& share : shares) share /= whole;
  return shares;
}

/// Persons of one sex who had the same age in years before the first month.
struct CohortCount {
  double persons = 0;
  Shares out_of_school{};  ///< by education
  Shares students{};       ///< by the education they have already; those who start school yet among them
};

/// What students with the education `present` will reach, when all students together will reach `reached`: those who
/// have more already reach more. Nobody falls below what is there.
Shares reached_from(std::size_t present, const Shares& students, const Shares& reached) {
  const double from = std::accumulate(students.begin(), students.begin() + static_cast<std::ptrdiff_t>(present), 0.0);
  const double to = from + students[present];
  Shares of_these{};
  double low = 0;
  for (std::size_t e = 0; e < levels; ++e) {
    const double high = low + reached[e];
    // Of a group that is nobody yet (arrivals may bring some) all that is higher is likely as in the cohort.
    const double part = to > from ? std::max(0.0, std::min(high, to) - std::max(low, from)) : reached[e];
    of_these[to > from ? std::max(e, present) : e] += to > from || e >= present ? part : 0.0;
    low = high;
  }
  if (sum(of_these) <= 0) of_these[present] = 1;
  return scaled_to_one(of_these);
}

/// Reports the first month of the run in which the attainments of a sex do not sum to one.
void check_attainment(const ParameterSet& parameters, const std::vector<SchoolParams>& school, std::size_t sex,
                      Diagnostics& diagnostics) {
  for (std::size_t k = 0; k < school.size(); ++k) {
    const auto& shares = school[k].attainment[sex];
    const double sum = shares[0] + shares[1] + shares[2] + shares[3];
    if (std::abs(sum - 1.0) <= 1e-9) continue;
    const Month month = parameters.scope().start + static_cast<int>(k);
    const Parameter* latest = nullptr;
    for (const auto& education : education_names) {
      const Parameter* one = parameters.find(fmt::format("attainment_{}_{}", sex_names[sex], education));
      if (one == nullptr) return;  // said already
      if (latest == nullptr || one->row_at(month).from > latest->row_at(month).from) latest = one;
    }
    diagnostics.add({.at = latest->row_at(month).at,
                     .what = fmt::format("shares of attainment of {} persons do not sum to 100 % in {}", sex_names[sex],
                                         to_string(month)),
                     .expected = "100 %",
                     .got = fmt::format("{:.6g} %", sum * 100),
                     .hint = ""});
    return;
  }
}

/// Years of age at the first birthday at which an age [months] is reached.
int birthday(int months) { return (months + 11) / 12; }

}  // namespace

std::vector<SchoolParams> read_school(const ParameterSet& parameters, Diagnostics& diagnostics) {
  std::vector<SchoolParams> school(static_cast<std::size_t>(parameters.scope().months));
  const auto each = [&](const std::string& name, auto set) {
    const auto values = parameters.by_month(name);
    for (std::size_t k = 0; k < school.size(); ++k) set(school[k], values.at(static_cast<int>(k)));
  };
  each("school_start_age", [](SchoolParams& p, double months) { p.school_age = narrow<int>(months); });
  for (std::size_t e = 0; e < education_names.size(); ++e) {
    each(fmt::format("school_leaving_age_{}", education_names[e]),
         [e](SchoolParams& p, double months) { p.leaving_age[e] = narrow<int>(months); });
    for (std::size_t s = 0; s < sex_names.size(); ++s)
      each(fmt::format("attainment_{}_{}", sex_names[s], education_names[e]),
           [s, e](SchoolParams& p, double share) { p.attainment[s][e] = share; });
  }
  for (std::size_t s = 0; s < sex_names.size(); ++s) check_attainment(parameters, school, s, diagnostics);
  return school;
}

SchoolLeaving::SchoolLeaving(const World& initial, Month start, const SchoolParams& params)
    : school_age_(birthday(params.school_age)), before_(to_short(start - 1)) {
  std::array<int, levels> leaving_age{};
  std::ranges::transform(params.leaving_age, leaving_age.begin(), birthday);
  for (std::size_t s = 0; s < 2; ++s) starting_[s] = {params.attainment[s], leaving_age};
  const PersonTable& persons = initial.persons;
  std::vector<std::array<CohortCount, 2>> counts;
  // Whose birthday is in the first month has it still ahead.
  const auto cohort = [&](Row row) {
    const int months_of_school = before_ - persons[person::birth_month][row] - 12 * school_age_;
    return months_of_school < 0 ? -1 : months_of_school / 12;
  };
  for (Row row = 0; row < persons.size(); ++row)
    if (persons[person::labour][row] == Labour::student && cohort(row) >= static_cast<int>(counts.size()))
      counts.resize(static_cast<std::size_t>(cohort(row)) + 1);
  for (Row row = 0; row < persons.size(); ++row) {
    if (cohort(row) < 0 || cohort(row) >= static_cast<int>(counts.size())) continue;
    CohortCount& count =
        counts[static_cast<std::size_t>(cohort(row))][static_cast<std::size_t>(persons[person::sex][row])];
    const bool in_school =
        persons[person::labour][row] == Labour::student || persons[person::labour][row] == Labour::child;
    ++count.persons;
    ++(in_school ? count.students : count.out_of_school)[static_cast<std::size_t>(persons[person::education][row])];
  }
  const int last_age = *std::ranges::max_element(leaving_age);
  for (std::size_t c = 0; c < counts.size(); ++c) {
    const int age = school_age_ + static_cast<int>(c);
    auto& plans = cohorts_.emplace_back();
    for (std::size_t s = 0; s < 2; ++s) {
      const CohortCount& count = counts[c][s];
      Shares lacking{};
      for (std::size_t e = 0; e < levels; ++e)
        lacking[e] = std::max(0.0, params.attainment[s][e] * count.persons - count.out_of_school[e]);
      if (sum(lacking) <= 0) lacking = params.attainment[s];
      const Shares reached = scaled_to_one(lacking), students = scaled_to_one(count.students);
      for (std::size_t present = 0; present < levels; ++present) {
        Plan& plan = plans[s][present];
        plan.share = reached_from(present, students, reached);
        for (std::size_t e = 0; e < levels; ++e) {
          int leaves = age >= last_age ? age + 1 : last_age;
          for (const int ahead : leaving_age)
            if (ahead > age) leaves = std::min(leaves, ahead);
          plan.leaving_age[e] = leaving_age[e] > age ? leaving_age[e] : leaves;
        }
      }
    }
  }
}

SchoolExit SchoolLeaving::exit(const Plan& plan, int age) {
  SchoolExit exit;
  double later = 0;
  for (std::size_t e = 0; e < levels; ++e) {
    if (plan.leaving_age[e] == age) exit.attained[e] = plan.share[e];
    if (plan.leaving_age[e] > age) later += plan.share[e];
  }
  const double leaving = sum(exit.attained);
  if (later > 0) {
    exit.chance = leaving / (leaving + later);
  } else {  // nobody stays beyond this age, whatever brought them here
    exit.chance = 1;
    if (leaving <= 0) {
      const auto oldest = std::ranges::max_element(plan.leaving_age) - plan.leaving_age.begin();
      exit.attained[static_cast<std::size_t>(oldest)] = 1;
    }
  }
  exit.attained = scaled_to_one(exit.attained);
  return exit;
}

SchoolExit SchoolLeaving::at(ShortMonth birth, Sex sex, Education present, int age) const {
  const auto s = static_cast<std::size_t>(sex);
  const int months_of_school = before_ - birth - 12 * school_age_;
  if (months_of_school >= 0 && months_of_school / 12 < static_cast<int>(cohorts_.size()))
    return exit(cohorts_[static_cast<std::size_t>(months_of_school / 12)][s][static_cast<std::size_t>(present)], age);
  return exit(starting_[s], age);
}

School make_school(const World& initial, Month start, const std::vector<SchoolParams>& params) {
  std::vector<int> school_age;
  std::vector<std::shared_ptr<const SchoolLeaving>> leaving;
  for (std::size_t k = 0; k < params.size(); ++k) {
    school_age.push_back(params[k].school_age);
    leaving.push_back(k > 0 && params[k] == params[k - 1]
                          ? leaving.back()
                          : std::make_shared<const SchoolLeaving>(initial, start, params[k]));
  }
  return {ByMonth<int>(std::move(school_age)), ByMonth<std::shared_ptr<const SchoolLeaving>>(std::move(leaving))};
}

EntryWages::EntryWages(const World& initial, Month start) {
  constexpr std::size_t count = 64;
  const ShortMonth now = to_short(start);
  const PersonTable& persons = initial.persons;
  for (std::size_t s = 0; s < 2; ++s)
    for (std::size_t e = 0; e < 4; ++e) {
      std::vector<std::uint32_t> young, all;
      for (Row row = 0; row < persons.size(); ++row) {
        if (persons[person::wage_potential][row] == 0 || static_cast<std::size_t>(persons[person::sex][row]) != s ||
            static_cast<std::size_t>(persons[person::education][row]) != e)
          continue;
        all.push_back(persons[person::wage_potential][row]);
        const int age = persons.age_years(row, now);
        if (age >= 20 && age < 40) young.push_back(persons[person::wage_potential][row]);
      }
      std::vector<std::uint32_t>& from = young.empty() ? all : young;
      std::ranges::sort(from);
      for (std::size_t k = 0; k < count && !from.empty(); ++k)
        quantiles_[s][e].push_back(from[(2 * k + 1) * from.size() / (2 * count)]);
    }
}

std::uint32_t EntryWages::at(Sex sex, Education education, std::uint32_t draw) const {
  const auto& quantiles = quantiles_[static_cast<std::size_t>(sex)][static_cast<std::size_t>(education)];
  return quantiles.empty() ? 1'000'000 : quantiles[rng::below(draw, static_cast<std::uint32_t>(quantiles.size()))];
}

Schooling::Schooling(std::shared_ptr<const School> school, EntryWages wages)
    : school_(std::move(school)), wages_(std::move(wages)) {}

ProcessInfo Schooling::about() const {
  return {.name = "schooling",
          .summary = "starts and ends school at birthdays",
          .stage = Stage::livelihood,
          .after = {{"labour_alignment", "it finds the month's factor"}},
          .page = "methods/education.md"};
}

void Schooling::run(const View& view) const {
  const ShortMonth now = view.now.short_month;
  const auto& birth_month = view[person::birth_month];
  const auto& sex = view[person::sex];
  auto& labour = view[person::labour];
  auto& since = view[person::state_since];
  auto& education = view[person::education];
  const int school_age = school_->school_age.at(view.now.step);
  const SchoolLeaving& leaving = *school_->leaving.at(view.now.step);
  for (const std::uint32_t i : view.birthdays()) {
    const Row row = view.chunk.first_person + i;
    const int age_months = now - birth_month[row];
    if (labour[row] != Labour::child && labour[row] != Labour::student) continue;
    if (labour[row] == Labour::child) {
      if (age_months >= school_age) labour[row] = Labour::student, since[row] = now;
      continue;
    }
    const SchoolExit exit = leaving.at(birth_month[row], sex[row], education[row], age_months / 12);
    if (exit.chance <= 0) continue;
    const std::uint64_t who = view[person::identity][row];
    if (!rng::happens(view.draw<lane::leaves_school>(who), threshold(exit.chance))) continue;
    std::array<Threshold, levels> cumulative{};
    double up_to = 0;
    for (std::size_t e = 0; e < levels; ++e) cumulative[e] = threshold(std::min(1.0, up_to += exit.attained[e]));
    education[row] = static_cast<Education>(rng::category(view.draw<lane::attainment>(who), cumulative));
    view[person::wage_potential][row] = wages_.at(sex[row], education[row], view.draw<lane::first_wage>(who));
    labour[row] = Labour::registered_unemployed;
    since[row] = now;
  }
}

}  // namespace oikos::education
