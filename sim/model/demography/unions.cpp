#include "sim/model/demography/unions.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "sim/base/narrow.hpp"
#include "sim/base/vectorised.hpp"
#include "sim/model/demography/lanes.hpp"
#include "sim/model/hazard.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::demography {

namespace {

constexpr int adult_months = 18 * 12;

bool is_adult(const World& world, Row row, const StepContext& now) {
  return world.persons.age_months(row, now.now) >= adult_months;
}

/// An adult other than `row` stays in the row's household.
bool another_adult_stays(const World& world, Row row, const StepContext& now, const MembershipDesk& desk) {
  const std::uint32_t h = world.persons.household[row];
  const Row first = world.households.first[h];
  for (Row other = first; other < first + world.households.members[h]; ++other)
    if (other != row && desk.is_free(other) && is_adult(world, other, now)) return true;
  return false;
}

/// Moves a person with the children who depend on them: the own ones below 18 whose other parent does not stay, and
/// everybody below 18 when no adult stays behind.
void move_with_children(World& world, const StepContext& now, MonthWork& work, Row person, std::uint32_t target) {
  const PersonTable& persons = world.persons;
  const std::uint32_t h = persons.household[person];
  const bool alone = !another_adult_stays(world, person, now, work.desk);
  const Row first = world.households.first[h];
  for (Row child = first; child < first + world.households.members[h]; ++child) {
    if (child == person || !work.desk.is_free(child) || is_adult(world, child, now)) continue;
    const Row other = persons.mother[child] == person ? persons.father[child] : persons.mother[child];
    const bool own = persons.mother[child] == person || persons.father[child] == person;
    const bool other_stays = other != no_row && persons.household[other] == h && work.desk.is_free(other);
    if (alone || (own && !other_stays)) work.desk.move(child, target);
  }
  work.desk.move(person, target);
}

}  // namespace

UnionHazards::UnionHazards(const ByMonth<double>& parting, AgeSexHazard search)
    : parting_(parting.transform(rng::limit)), search_(std::move(search)) {}

ProcessInfo UnionHazards::info() const {
  return {.name = "union_hazards",
          .summary = "decides which couples part and which singles look for a partner",
          .reads = {"person.partner", "person.identity", "person.birth_month", "person.sex", "person.effects"},
          .writes = {},
          .draws = {"demography.union"},
          .page = "methods/unions.md"};
}

namespace {
/// Kind of those who live with a partner: one chance for all, whereas singles have theirs by age and sex.
constexpr std::uint8_t in_union = age_sex_kinds - 1;
}  // namespace

void UnionHazards::sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch,
                         Outbox& out) const {
  const PersonTable& persons = world.persons;
  KindLimits limits = search_.at(now.month);
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
      if (fates[i] == Fate::stays) out.of(Event::seeks_partner).push_back(row);
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
          .draws = {},
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
    move_with_children(world, now, work, partner, work.desk.new_household(world, identity, district, tenure_));
    work.count(Count::unions_dissolved);
  }
}

ProcessInfo Couples::info() const {
  return {.name = "couples",
          .summary = "matches those who look for a partner and moves them together",
          .reads = {"person.identity", "person.birth_month", "person.sex", "person.mother", "person.father",
                    "household.district"},
          .writes = {"person.partner"},
          .draws = {"couple_formation.market_place"},
          .page = "methods/unions.md"};
}

void Couples::resolve(World& world, const StepContext& now, MonthWork& work) const {
  const PersonTable& persons = world.persons;
  struct Seeker {
    std::uint32_t place;
    std::uint64_t identity;
    Row row;
  };
  std::vector<Seeker> women, men;
  for (const Row row : work.of(Event::seeks_partner)) {
    if (!work.desk.is_free(row)) continue;
    const std::uint64_t identity = persons.identity[row];
    const auto draw = now.luck.draw(rng::Purpose::couple_formation, lane_market_place, identity, now.month);
    (persons.sex[row] == Sex::female ? women : men).push_back({rng::below(draw, rule_.market_places), identity, row});
  }
  const auto by_place = [](const Seeker& a, const Seeker& b) {
    return a.place != b.place ? a.place < b.place : a.identity < b.identity;
  };
  std::ranges::sort(women, by_place);
  std::ranges::sort(men, by_place);
  const int preferred = narrow<int>(std::round(rule_.preferred_gap.at(now.step) * 12));
  const int largest = narrow<int>(std::round(rule_.largest_gap * 12));
  std::vector<bool> taken(men.size());
  for (const Seeker& woman : women) {
    int nearest = largest + 1;
    std::size_t found = men.size();
    auto man = std::ranges::lower_bound(men, woman.place, {}, &Seeker::place);
    for (; man != men.end() && man->place == woman.place; ++man) {
      const auto index = static_cast<std::size_t>(man - men.begin());
      const bool same_home = persons.household[man->row] == persons.household[woman.row];
      if (taken[index] || same_home || !work.desk.is_free(man->row) || !work.desk.is_free(woman.row)) continue;
      const int gap = persons.birth_month[woman.row] - persons.birth_month[man->row];
      if (const int off = std::abs(gap - preferred); off < nearest) nearest = off, found = index;
    }
    if (found == men.size()) continue;
    taken[found] = true;
    join(world, now, work, woman.row, men[found].row);
  }
}

void Couples::join(World& world, const StepContext& now, MonthWork& work, Row woman, Row man) const {
  PersonTable& persons = world.persons;
  persons.partner[woman] = man;
  persons.partner[man] = woman;
  work.count(Count::unions_formed);
  const bool woman_at_parents = persons.lives_with_parent(woman);
  const bool man_at_parents = persons.lives_with_parent(man);
  if (!woman_at_parents) return move_with_children(world, now, work, man, persons.household[woman]);
  if (!man_at_parents) return move_with_children(world, now, work, woman, persons.household[man]);
  const std::uint8_t district = world.households.district[persons.household[woman]];
  const auto identity = rng::founded_household_identity(PersonId{persons.identity[woman]}, now.month);
  const std::uint32_t home = work.desk.new_household(world, identity, district, rule_.tenure);
  move_with_children(world, now, work, woman, home);
  move_with_children(world, now, work, man, home);
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
          .draws = {},
          .page = "methods/unions.md"};
}

void NewHomes::resolve(World& world, const StepContext& now, MonthWork& work) const {
  const PersonTable& persons = world.persons;
  for (const Row row : work.of(Event::leaves_home)) {
    if (!work.desk.is_free(row) || !another_adult_stays(world, row, now, work.desk)) continue;
    const std::uint8_t district = world.households.district[persons.household[row]];
    const auto identity = rng::founded_household_identity(PersonId{persons.identity[row]}, now.month);
    move_with_children(world, now, work, row, work.desk.new_household(world, identity, district, tenure_));
  }
}

ProcessInfo Guardianship::info() const {
  return {.name = "guardianship",
          .summary = "finds a home for children left without an adult",
          .reads = {"person.mother", "person.father", "household.district"},
          .writes = {},
          .draws = {"couple_formation.1"},
          .page = "methods/unions.md"};
}

namespace {

/// Household that takes the child in, or the number of households when there is none.
std::uint32_t guardian_household(const World& world, const StepContext& now, const MonthWork& work, Row child) {
  const PersonTable& persons = world.persons;
  const HouseholdTable& households = world.households;
  for (const Row parent : {persons.mother[child], persons.father[child]})
    if (parent != no_row && !work.desk.leaves(parent) && is_adult(world, parent, now)) {
      const std::uint32_t home = work.desk.household_after(world, parent);
      if (home != persons.household[child]) return home;
    }
  const std::uint32_t own = persons.household[child];
  const std::uint32_t n = households.size();
  const auto draw = now.luck.draw(rng::Purpose::couple_formation, 1, persons.identity[child], now.month);
  for (std::uint32_t k = 0, h = rng::below(draw, n); k < n; ++k, h = h + 1 == n ? 0 : h + 1) {
    if (h == own || households.district[h] != households.district[own] || households.members[h] < 3) continue;
    const Row first = households.first[h];
    const Row partner = persons.partner[first];
    if (partner == no_row || !work.desk.is_free(first) || !work.desk.is_free(partner)) continue;
    bool has_child = false;
    for (Row row = first; row < first + households.members[h]; ++row)
      has_child |= !is_adult(world, row, now) && work.desk.is_free(row);
    if (has_child) return h;
  }
  return n;
}

}  // namespace

void Guardianship::resolve(World& world, const StepContext& now, MonthWork& work) const {
  const std::vector<Row> leaving = work.desk.changes().leaving;  // a copy: a child without a home is added
  for (const Row gone : leaving) {
    const std::uint32_t h = world.persons.household[gone];
    const Row first = world.households.first[h];
    const Row end = first + world.households.members[h];
    bool adult = false;
    for (Row row = first; row < end; ++row) adult |= work.desk.is_free(row) && is_adult(world, row, now);
    if (adult) continue;
    for (Row row = first; row < end; ++row) {
      if (!work.desk.is_free(row)) continue;
      const std::uint32_t home = guardian_household(world, now, work, row);
      if (home < world.households.size()) {
        work.desk.move(row, home);
      } else {
        work.desk.leave(row);
        work.count(Count::departures);
      }
    }
  }
}

}  // namespace oikos::demography
