#include "sim/model/demography/unions.hpp"

#include <algorithm>

#include "sim/base/vectorised.hpp"
#include "sim/model/demography/lanes.hpp"
#include "sim/model/hazard.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::demography {

namespace {

/// How much likelier a person is to be open to a partner than to find one: large, so that those who look meet somebody
/// of a fitting age near by also where few people live. Less where a chance would pass certainty.
double openness(double largest_chance) {
  constexpr double wanted = 24;
  return std::clamp(1.0 / largest_chance, 2.0, wanted);
}

/// Kind of those who live with a partner: one chance for all, whereas singles have theirs by age and sex.
constexpr std::uint8_t in_union = age_sex_kinds - 1;

}  // namespace

UnionHazards::UnionHazards(const ByMonth<double>& parting, const AgeSexHazard& search)
    : parting_(parting.transform(rng::limit)),
      open_(search.multiplied(openness)),
      looks_(search.multiplied([](double) { return 2.0; })) {}

ProcessInfo UnionHazards::info() const {
  return {.name = "union_hazards",
          .summary = "decides which couples part, which singles are open to a partner, and who looks for one",
          .reads = {"person.partner", "person.identity", "person.birth_month", "person.sex", "person.effects"},
          .writes = {},
          .draws = {"demography.union"},
          .page = "methods/unions.md"};
}

void UnionHazards::sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch,
                         Outbox& out) const {
  const PersonTable& persons = world.persons;
  KindLimits limits = open_.at(now.month);
  const KindLimits& looks = looks_.at(now.month);
  limits[in_union] = parting_.at(now.step);
  const std::uint32_t* draw = scratch.draws(rng::Purpose::demography)[lane_union];
  const auto fates = scratch.fates();
  const auto kinds = scratch.kinds();
  vectorised([n = chunk.persons, partner = persons.partner.data() + chunk.first_person, ages = scratch.ages(),
              kind = kinds.data()] {
    OIKOS_NO_OVERLAP
    for (std::uint32_t i = 0; i < n; ++i) kind[i] = choose(partner[i] == no_row, ages[i], in_union);
  });
  // Singles look for a partner whatever a programme does: the modifier is for couples.
  flag_hits(Modifier::parting, draw, kinds.data(), limits, scratch, in_union);
  for (const std::uint32_t i : scratch.flagged()) {
    const Row row = chunk.first_person + i;
    const Row partner = persons.partner[row];
    if (partner == no_row) {
      if (fates[i] != Fate::stays) continue;
      out.of(Event::open_to_partner).push_back(row);
      if (persons.sex[row] == Sex::female && happens(draw[i], looks[kinds[i]], 1.0F))
        out.of(Event::seeks_partner).push_back(row);
      continue;
    }
    const bool decides = persons.sex[row] != persons.sex[partner] ? persons.sex[row] == Sex::female
                                                                  : persons.identity[row] < persons.identity[partner];
    const bool both_stay = fates[i] == Fate::stays && fates[partner - chunk.first_person] == Fate::stays;
    if (decides && both_stay) out.of(Event::parting).push_back(row);
  }
}

ProcessInfo Partings::info() const {
  return {.name = "partings",
          .summary = "moves the parting one into a new household of the district",
          .reads = {"person.partner", "household.district"},
          .writes = {"person.partner"},
          .draws = {"couple_formation.3"},
          .page = "methods/unions.md"};
}

void Partings::resolve(World& world, const StepContext& now, MonthWork& work) const {
  PersonTable& persons = world.persons;
  for (const Row row : work.of(Event::parting)) {
    const Row partner = persons.partner[row];
    if (partner == no_row || !work.desk.is_free(row) || !work.desk.is_free(partner)) continue;
    persons.partner[row] = persons.partner[partner] = no_row;
    const std::uint8_t district = world.households.district[persons.household[partner]];
    const auto identity = rng::founded_household_identity(PersonId{persons.identity[partner]}, now.month);
    const Tenure tenure = tenure_of_founder(tenures_, world, now, partner);
    move_with_children(world, now, work, partner, work.desk.new_household(world, identity, district, tenure));
    work.count(Count::unions_dissolved);
  }
}

ProcessInfo HomeLeaving::info() const {
  return {.name = "home_leaving",
          .summary = "decides which adult children leave the parental home",
          .reads = {"person.partner", "person.mother", "person.father", "person.household", "person.birth_month",
                    "person.sex"},
          .writes = {},
          .draws = {"demography.move"},
          .page = "methods/unions.md"};
}

void HomeLeaving::sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const {
  const PersonTable& persons = world.persons;
  const std::uint32_t* draw = scratch.draws(rng::Purpose::demography)[lane_move];
  const AgeSex* ages = scratch.ages();
  const auto fates = scratch.fates();
  flag_hits(draw, ages, hazard_.at(now.month), scratch);
  for (const std::uint32_t i : scratch.flagged()) {
    const Row row = chunk.first_person + i;
    if (fates[i] != Fate::stays || persons.partner[row] != no_row) continue;
    const bool reference = world.households.first[persons.household[row]] == row;
    if (reference || !persons.lives_with_parent(row)) continue;
    fates[i] = Fate::moves;
    out.of(Event::leaves_home).push_back(row);
  }
}

ProcessInfo NewHomes::info() const {
  return {.name = "new_homes",
          .summary = "gives those who leave the parental home a household of their own",
          .reads = {"household.district"},
          .writes = {},
          .draws = {"couple_formation.3"},
          .page = "methods/unions.md"};
}

void NewHomes::resolve(World& world, const StepContext& now, MonthWork& work) const {
  const PersonTable& persons = world.persons;
  for (const Row row : work.of(Event::leaves_home)) {
    if (!work.desk.is_free(row) || !another_adult_stays(world, row, now, work.desk)) continue;
    const std::uint8_t district = world.households.district[persons.household[row]];
    const auto identity = rng::founded_household_identity(PersonId{persons.identity[row]}, now.month);
    const Tenure tenure = tenure_of_founder(tenures_, world, now, row);
    move_with_children(world, now, work, row, work.desk.new_household(world, identity, district, tenure));
  }
}

}  // namespace oikos::demography
