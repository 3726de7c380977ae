#include "sim/model/education/education.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "sim/base/narrow.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::education {

namespace {

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

EntryWages::EntryWages(const World& initial, Month start) {
  constexpr std::size_t count = 64;
  const ShortMonth now = to_short(start);
  const PersonTable& persons = initial.persons;
  for (std::size_t s = 0; s < 2; ++s)
    for (std::size_t e = 0; e < 4; ++e) {
      std::vector<std::uint32_t> young, all;
      for (Row row = 0; row < persons.size(); ++row) {
        if (persons.wage_potential[row] == 0 || static_cast<std::size_t>(persons.sex[row]) != s ||
            static_cast<std::size_t>(persons.education[row]) != e)
          continue;
        all.push_back(persons.wage_potential[row]);
        const int age = persons.age_years(row, now);
        if (age >= 20 && age < 40) young.push_back(persons.wage_potential[row]);
      }
      std::vector<std::uint32_t>& from = young.size() >= count ? young : all;
      std::ranges::sort(from);
      for (std::size_t k = 0; k < count && !from.empty(); ++k)
        quantiles_[s][e].push_back(from[(2 * k + 1) * from.size() / (2 * count)]);
    }
}

std::uint32_t EntryWages::at(Sex sex, Education education, std::uint32_t draw) const {
  const auto& quantiles = quantiles_[static_cast<std::size_t>(sex)][static_cast<std::size_t>(education)];
  return quantiles.empty() ? 1'000'000 : quantiles[rng::below(draw, static_cast<std::uint32_t>(quantiles.size()))];
}

Schooling::Schooling(ByMonth<SchoolParams> params, EntryWages wages)
    : months_(params.transform([](const SchoolParams& of_month) {
        Month month{of_month, {}};
        for (std::size_t s = 0; s < 2; ++s) {
          double sum = 0;
          for (std::size_t e = 0; e < 4; ++e) month.cumulative[s][e] = threshold(sum += of_month.attainment[s][e]);
        }
        return month;
      })),
      wages_(std::move(wages)) {}

ProcessInfo Schooling::info() const {
  return {.name = "schooling",
          .summary = "starts and ends school at birthdays",
          .reads = {"person.birth_month", "person.identity", "person.sex", "person.labour"},
          .writes = {"person.labour", "person.state_since", "person.education", "person.wage_potential"},
          .draws = {"education.0", "education.1"},
          .page = "methods/education.md"};
}

void Schooling::sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox&) const {
  PersonTable& persons = world.persons;
  const auto& [school, cumulative] = months_.at(now.step);
  for (const std::uint32_t i : scratch.birthdays()) {
    const Row row = chunk.first_person + i;
    const Labour labour = persons.labour[row];
    if (labour != Labour::child && labour != Labour::student) continue;
    const int age = persons.age_months(row, now.now);
    if (labour == Labour::child) {
      if (age >= school.school_age) persons.labour[row] = Labour::student, persons.state_since[row] = now.now;
      continue;
    }
    const auto luck = now.luck.block(rng::Purpose::education, persons.identity[row], rng::lasting);
    const auto sex = static_cast<std::size_t>(persons.sex[row]);
    auto attained = rng::category(luck[0], cumulative[sex]);
    if (age < school.leaving_age[attained]) continue;
    // Who is still in school far beyond the drawn leaving age was there at the start: then it must be higher education.
    if (age >= school.leaving_age[attained] + 2 * 12) attained = static_cast<std::size_t>(Education::tertiary);
    if (age < school.leaving_age[attained]) continue;
    persons.education[row] = static_cast<Education>(attained);
    persons.wage_potential[row] = wages_.at(persons.sex[row], persons.education[row], luck[1]);
    persons.labour[row] = Labour::registered_unemployed;
    persons.state_since[row] = now.now;
  }
}

}  // namespace oikos::education
