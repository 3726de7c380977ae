#include "sim/model/labour/retirement.hpp"

#include <algorithm>

#include "sim/base/money.hpp"
#include "sim/base/narrow.hpp"
#include "sim/base/vectorised.hpp"
#include "sim/model/income/declared.hpp"
#include "sim/model/labour/declared.hpp"
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

ProcessInfo Retirement::about() const {
  return {.name = "retirement",
          .summary = "retires persons of pension age",
          .stage = Stage::livelihood,
          .after = {{"schooling", "pupils of pension age leave school first"},
                    {"labour_transitions", "who loses work in the month of the pension age retires at once"}},
          .page = "methods/labour.md"};
}

void Retirement::run(const View& view) const {
  const Row first = view.chunk.first_person;
  const ShortMonth now = view.now.short_month;
  const RetirementLaw& law = months_[static_cast<std::size_t>(view.now.step)];
  const double wage_level = law.average_wage * paths_->wages[static_cast<std::size_t>(view.now.step)];
  const auto& birth_month = view[person::birth_month];
  const auto& sex = view[person::sex];
  const auto& potential = view[person::wage_potential];
  auto& labour = view[person::labour];
  const auto flags = view.room.flags();
  // Nobody was born before the first month that ShortMonth holds, so a pension age beyond it is nobody's.
  const auto born_before =
      static_cast<ShortMonth>(std::max(now - std::min(law.age_months[0], law.age_months[1]) + 1, -0x8000));
  vectorised([n = view.chunk.persons, birth = birth_month.data() + first, born_before,
              state = std::as_const(labour).data() + first, flag = flags.data()] {
    OIKOS_NO_OVERLAP
    for (std::uint32_t i = 0; i < n; ++i)
      flag[i] = static_cast<std::uint8_t>((birth[i] < born_before) & (state[i] != Labour::retired));
  });
  for (const std::uint32_t i : view.room.flagged()) {
    const Row row = first + i;
    const int age = now - birth_month[row];
    if (!law.entitles(sex[row], age)) continue;
    const auto draw = view.draw<lane::retires>(view[person::identity][row]);
    const bool registered = labour[row] == Labour::registered_unemployed;
    const double chance = changed(law.chance(sex[row], age), view.change<target::retirement>(i));
    if (!registered && !rng::happens(draw, threshold(chance))) continue;
    const double earned = law.replacement * potential[row] * 1e-6 * wage_level;
    view[person::pension][row] = round_half_away(std::max(law.minimum_pension, earned));
    labour[row] = Labour::retired;
    view[person::state_since][row] = now;
    view.count<count::retirements>();
  }
}

}  // namespace oikos::labour
