#include "sim/model/labour/retirement.hpp"

#include <algorithm>

#include "sim/base/money.hpp"
#include "sim/base/narrow.hpp"
#include "sim/base/vectorised.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::labour {

std::vector<RetirementLaw> read_retirement(const ParameterSet& parameters) {
  constexpr std::array<const char*, 2> ages{"pension_age_male", "pension_age_female"};
  const auto at_once = parameters.by_month("retiring_at_pension_age"), later = parameters.by_month("retiring_later"),
             replacement = parameters.by_month("pension_replacement"), wage = parameters.by_month("average_wage"),
             least = parameters.by_month("minimum_pension");
  std::vector<RetirementLaw> months(static_cast<std::size_t>(parameters.scope().months));
  for (std::size_t s = 0; s < ages.size(); ++s) {
    const auto age = parameters.by_month(ages[s]);
    const Dated<double> dated = parameters.dated(ages[s]);
    const Month before = parameters.scope().start - 1;
    int last = narrow<int>(dated.covers(before) ? dated.at(before) : age.at(0));
    for (std::size_t k = 0; k < months.size(); ++k) {
      months[k].age_months_before[s] = last;
      months[k].age_months[s] = last = narrow<int>(age.at(narrow<int>(k)));
    }
  }
  for (std::size_t k = 0; k < months.size(); ++k) {
    const int step = narrow<int>(k);
    months[k].at_once = at_once.at(step);
    months[k].later = later.at(step);
    months[k].replacement = replacement.at(step);
    months[k].average_wage = wage.at(step);
    months[k].minimum_pension = least.at(step);
  }
  return months;
}

Retirement::Retirement(std::vector<RetirementLaw> months, std::shared_ptr<const BaselinePaths> paths)
    : months_(std::move(months)), paths_(std::move(paths)) {}

ProcessInfo Retirement::info() const {
  return {.name = "retirement",
          .summary = "retires persons of pension age",
          .reads = {"person.birth_month", "person.sex", "person.labour", "person.wage_potential"},
          .writes = {"person.labour", "person.state_since", "person.pension"},
          .draws = {"retirement.0"},
          .page = "methods/labour.md"};
}

void Retirement::sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const {
  const RetirementLaw& law = months_[static_cast<std::size_t>(now.step)];
  const double wage_level = law.average_wage * paths_->wages[static_cast<std::size_t>(now.step)];
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
    if (!law.entitles(persons.sex[row], age)) continue;
    const auto draw = now.luck.draw(rng::Purpose::retirement, 0, persons.identity[row], now.month);
    const bool registered = persons.labour[row] == Labour::registered_unemployed;
    if (!registered && !rng::happens(draw, threshold(law.chance(persons.sex[row], age)))) continue;
    const double earned = law.replacement * persons.wage_potential[row] * 1e-6 * wage_level;
    persons.pension[row] = round_half_away(std::max(law.minimum_pension, earned));
    persons.labour[row] = Labour::retired;
    persons.state_since[row] = now.now;
    out.count(Count::retirements);
  }
}

}  // namespace oikos::labour
