#include "sim/model/demography/mortality.hpp"

#include "sim/model/demography/lanes.hpp"
#include "sim/model/hazard.hpp"

namespace oikos::demography {

ProcessInfo Mortality::info() const {
  return {.name = "mortality",
          .summary = "decides who dies, by age and sex",
          .reads = {"person.birth_month", "person.sex", "person.effects"},
          .writes = {},
          .draws = {"demography.death"},
          .page = "methods/demography.md"};
}

void Mortality::sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const {
  const PersonTable& persons = world.persons;
  const auto& table = hazard_.at(now.month);
  const std::uint32_t* draw = scratch.draws(rng::Purpose::demography, world, chunk, now)[lane_death];
  const auto fates = scratch.fates(chunk);
  for (std::uint32_t i = 0; i < chunk.persons; ++i) {
    const Row row = chunk.first_person + i;
    const int age = persons.age_years(row, now.now);
    const Threshold limit = table[static_cast<std::size_t>(persons.sex[row])][age_index(age)];
    if (!happens(draw[i], limit, Modifier::death, world.modifiers, persons.effects[row]) && age < max_age) continue;
    fates[i] = Fate::dies;
    out.of(Event::death).push_back(row);
  }
}

ProcessInfo Deaths::info() const {
  return {.name = "deaths",
          .summary = "takes the dead out of their households; partners become single",
          .reads = {"person.partner"},
          .writes = {"person.partner"},
          .draws = {},
          .page = "methods/demography.md"};
}

void Deaths::resolve(World& world, const StepContext&, MonthWork& work) const {
  for (const Row row : work.of(Event::death)) {
    if (const Row partner = world.persons.partner[row]; partner != no_row) world.persons.partner[partner] = no_row;
    world.persons.partner[row] = no_row;
    work.desk.leave(row);
    work.count(Count::deaths);
  }
}

}  // namespace oikos::demography
