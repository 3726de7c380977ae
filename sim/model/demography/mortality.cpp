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

void Mortality::sweep(World&, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const {
  const std::uint32_t* draw = scratch.draws(rng::Purpose::demography)[lane_death];
  const AgeSex* ages = scratch.ages();
  const auto fates = scratch.fates();
  flag_hits(Modifier::death, draw, ages, hazard_.at(now.month), scratch);
  const auto flags = scratch.flags();
  for (const std::uint32_t i : scratch.changed())  // no programme helps beyond the last age
    if (ages[i] >= age_sex(max_age, Sex::male)) flags[i] = 1;
  for (const std::uint32_t i : scratch.flagged()) {
    fates[i] = Fate::dies;
    out.of(Event::death).push_back(chunk.first_person + i);
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
