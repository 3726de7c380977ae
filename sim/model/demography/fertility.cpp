#include "sim/model/demography/fertility.hpp"

#include "sim/model/demography/lanes.hpp"
#include "sim/model/hazard.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::demography {

ProcessInfo Fertility::info() const {
  return {.name = "fertility",
          .summary = "decides which women bear a child, by age",
          .reads = {"person.birth_month", "person.sex", "person.effects"},
          .writes = {},
          .draws = {"demography.birth"},
          .page = "methods/demography.md"};
}

void Fertility::sweep(World&, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const {
  const std::uint32_t* draw = scratch.draws(rng::Purpose::demography)[lane_birth];
  const AgeSex* ages = scratch.ages();
  const auto fates = scratch.fates();
  flag_hits(Modifier::birth, draw, ages, hazard_.at(now.month), scratch);
  for (const std::uint32_t i : scratch.flagged()) {
    if (fates[i] == Fate::dies || fates[i] == Fate::departs) continue;
    out.of(Event::birth).push_back(chunk.first_person + i);
  }
}

ProcessInfo Births::info() const {
  return {.name = "births",
          .summary = "adds the newborn to their mothers' households",
          .reads = {"person.identity", "person.partner"},
          .writes = {"person.children_born"},
          .draws = {"birth_details.0"},
          .page = "methods/demography.md"};
}

void Births::resolve(World& world, const StepContext& now, MonthWork& work) const {
  PersonTable& persons = world.persons;
  for (const Row mother : work.of(Event::birth)) {
    if (work.desk.leaves(mother)) continue;  // her household left with somebody else's
    ++persons.children_born[mother];
    const PersonId identity = rng::newborn_identity(PersonId{persons.identity[mother]}, persons.children_born[mother]);
    const Row child = work.desk.new_person(world, identity, work.desk.household_after(world, mother));
    const std::uint32_t sex = now.luck.draw(rng::Purpose::birth_details, 0, identity.value(), now.month);
    persons.sex[child] = rng::happens(sex, male_.at(now.step)) ? Sex::male : Sex::female;
    persons.birth_month[child] = now.now;
    persons.state_since[child] = now.now;
    persons.labour[child] = Labour::child;
    persons.mother[child] = mother;
    persons.father[child] = persons.partner[mother];
    work.count(Count::births);
  }
}

}  // namespace oikos::demography
