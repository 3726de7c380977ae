#include "sim/model/education/education.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "sim/base/narrow.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::education {

SchoolParams read_school(const ParameterSet& parameters, Month start, Diagnostics& diagnostics) {
  SchoolParams school;
  school.school_age =
      narrow<int>(parameters.need("school_start_age", ParameterUnit::years, start, diagnostics).at(start));
  for (std::size_t e = 0; e < education_names.size(); ++e) {
    const auto age = parameters.need(fmt::format("school_leaving_age_{}", education_names[e]), ParameterUnit::years,
                                     start, diagnostics);
    school.leaving_age[e] = narrow<int>(age.at(start));
    for (std::size_t s = 0; s < sex_names.size(); ++s) {
      const auto name = fmt::format("attainment_{}_{}", sex_names[s], education_names[e]);
      school.attainment[s][e] = parameters.need(name, ParameterUnit::share, start, diagnostics).at(start);
    }
  }
  for (std::size_t s = 0; s < sex_names.size() && diagnostics.empty(); ++s) {
    const double sum =
        school.attainment[s][0] + school.attainment[s][1] + school.attainment[s][2] + school.attainment[s][3];
    if (std::abs(sum - 1.0) > 1e-9)
      diagnostics.add({.at = parameters.find(fmt::format("attainment_{}_low", sex_names[s]))->at,
                       .what = fmt::format("shares of attainment of {} persons do not sum to 100 %", sex_names[s]),
                       .expected = "100 %",
                       .got = fmt::format("{:.6g} %", sum * 100),
                       .hint = ""});
  }
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

Schooling::Schooling(SchoolParams params, EntryWages wages) : params_(params), wages_(std::move(wages)) {
  for (std::size_t s = 0; s < 2; ++s) {
    double sum = 0;
    for (std::size_t e = 0; e < 4; ++e) cumulative_[s][e] = threshold(sum += params_.attainment[s][e]);
  }
}

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
  for (const std::uint32_t i : scratch.birthdays()) {
    const Row row = chunk.first_person + i;
    const Labour labour = persons.labour[row];
    if (labour != Labour::child && labour != Labour::student) continue;
    const int age = persons.age_years(row, now.now);
    if (labour == Labour::child) {
      if (age >= params_.school_age) persons.labour[row] = Labour::student, persons.state_since[row] = now.now;
      continue;
    }
    const auto luck = now.luck.block(rng::Purpose::education, persons.identity[row], rng::lasting);
    const auto sex = static_cast<std::size_t>(persons.sex[row]);
    auto attained = rng::category(luck[0], cumulative_[sex]);
    if (age < params_.leaving_age[attained]) continue;
    // Who is still in school far beyond the drawn leaving age was there at the start: then it must be higher education.
    if (age >= params_.leaving_age[attained] + 2) attained = static_cast<std::size_t>(Education::tertiary);
    if (age < params_.leaving_age[attained]) continue;
    persons.education[row] = static_cast<Education>(attained);
    persons.wage_potential[row] = wages_.at(persons.sex[row], persons.education[row], luck[1]);
    persons.labour[row] = Labour::registered_unemployed;
    persons.state_since[row] = now.now;
  }
}

}  // namespace oikos::education
