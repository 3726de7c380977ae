#include "sim/model/demography/homes.hpp"

#include "sim/model/demography/lanes.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::demography {

Tenure HomeTenures::at(std::uint32_t draw, Month month) const {
  double sum = 0;
  const auto below_next = [&](const Dated<double>& share) {
    sum += share.at(month);
    return rng::happens(draw, threshold(sum));
  };
  if (below_next(owner)) return Tenure::owner;
  if (below_next(municipal)) return Tenure::municipal;
  if (below_next(social)) return Tenure::social;
  return Tenure::private_rent;
}

Tenure tenure_of_founder(const HomeTenures& tenures, const World& world, const StepContext& now, Row founder) {
  const std::uint64_t who = world.persons.identity[founder];
  return tenures.at(now.luck.draw(rng::Purpose::couple_formation, lane_tenure, who, now.month), now.month);
}

bool is_adult(const World& world, Row row, const StepContext& now) {
  return world.persons.age_months(row, now.now) >= adult_age_months;
}

bool another_adult_stays(const World& world, Row row, const StepContext& now, const MembershipDesk& desk) {
  const std::uint32_t h = world.persons.household[row];
  const Row first = world.households.first[h];
  for (Row other = first; other < first + world.households.members[h]; ++other)
    if (other != row && desk.is_free(other) && is_adult(world, other, now)) return true;
  return false;
}

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

}  // namespace oikos::demography
