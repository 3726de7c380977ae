#include "sim/process/month_work.hpp"

#include "sim/base/contract.hpp"

namespace oikos {

void Outbox::clear(std::size_t flow_kinds) {
  for (auto& list : events) list.clear();
  counts.fill(0);
  flows.assign(flow_kinds, Money{});
}

void MembershipDesk::start(const World& world) {
  target_.assign(world.persons.size(), undecided);
  changes_.clear();
}

std::uint32_t MembershipDesk::household_after(const World& world, Row person) const {
  expect(target_[person] != leaving, "who leaves has no household afterwards");
  return target_[person] == undecided ? world.persons.household[person] : target_[person];
}

void MembershipDesk::leave(Row person) {
  expect(is_free(person), "a person is taken once a month");
  target_[person] = leaving;
  changes_.leaving.push_back(person);
}

void MembershipDesk::move(Row person, std::uint32_t household) {
  expect(is_free(person), "a person is taken once a month");
  target_[person] = household;
  changes_.moves.push_back({person, household});
}

std::uint32_t MembershipDesk::new_household(World& world, HouseholdId identity, std::uint8_t district, Tenure tenure) {
  const std::uint32_t row = world.households.append(1);
  world.households.identity[row] = identity.value();
  world.households.first[row] = world.persons.size();
  world.households.district[row] = district;
  world.households.tenure[row] = tenure;
  return row;
}

Row MembershipDesk::new_person(World& world, PersonId identity, std::uint32_t household) {
  const Row row = world.persons.append(1);
  world.persons.identity[row] = identity.value();
  world.persons.household[row] = household;
  world.persons.partner[row] = no_row;
  world.persons.mother[row] = no_row;
  world.persons.father[row] = no_row;
  target_.push_back(household);
  changes_.new_persons.push_back(row);
  return row;
}

}  // namespace oikos
