#include "sim/process/month_work.hpp"

#include <algorithm>
#include <cstring>

#include "sim/base/contract.hpp"

namespace oikos {

void Outbox::start(const Registry& registry, std::size_t flow_kinds) {
  registry_ = &registry;
  events.resize(registry.events().size());
  for (auto& list : events) list.clear();
  counts.assign(registry.counts().size(), 0);
  flows.assign(flow_kinds, Money{});
}

void MembershipDesk::start(World& world) {
  world_ = &world;
  target_.assign(world.persons.size(), undecided);
  changes_.clear();
}

std::uint32_t MembershipDesk::household_after(Row person) const {
  expect(target_[person] != leaving, "who leaves has no household afterwards");
  return target_[person] == undecided ? world_->persons[person::household][person] : target_[person];
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

std::uint32_t MembershipDesk::new_household(HouseholdId identity, std::uint32_t from) {
  const std::uint32_t row = new_household(identity);
  const HouseholdTable& households = world_->households;
  for (const ColumnSpec* spec : households.specs()) {
    if (spec->rules.split != OnSplit::copied) continue;
    ColumnBase& column = households.column(*spec);
    std::memcpy(column.value(row), column.value(from), spec->element_size);
  }
  return row;
}

std::uint32_t MembershipDesk::new_household(HouseholdId identity) {
  World& world = *world_;
  const std::uint32_t row = world.households.append(1);
  ++changes_.new_households;
  world.households[household::identity][row] = identity.value();
  world.households[household::first][row] = world.persons.size();
  return row;
}

Row MembershipDesk::new_person(PersonId identity, std::uint32_t household) {
  World& world = *world_;
  const Row row = world.persons.append(1);
  world.persons[person::identity][row] = identity.value();
  world.persons[person::household][row] = household;
  target_.push_back(household);
  changes_.new_persons.push_back(row);
  return row;
}

namespace {

void copy_value(const ColumnSpec& spec, std::byte* to, const std::byte* from, int months) {
  if (spec.info.renewed || spec.rules.arrival == OnArrival::initial) return;
  std::memcpy(to, from, spec.element_size);
  const bool none = std::memcmp(from, spec.initial.data(), spec.element_size) == 0;
  if (spec.rules.arrival == OnArrival::shifted && !none) spec.shift(to, months);
}

}  // namespace

void MembershipDesk::begin_life(Row person, ShortMonth now) {
  World& world = *world_;
  for (const ColumnSpec* spec : world.persons.specs())
    if (spec->rules.birth == OnBirth::this_month) detail::write(world.persons.column(*spec).value(person), now);
}

void MembershipDesk::arrive(const World& donors, std::uint32_t household, std::uint32_t donor_household,
                            std::span<const Copied> persons, int months) {
  World& world = *world_;
  for (const ColumnSpec* spec : world.households.specs()) {
    copy_value(*spec, world.households.column(*spec).value(household),
               donors.households.column(*spec).value(donor_household), months);
  }
  for (const ColumnSpec* spec : world.persons.specs()) {
    ColumnBase& to = world.persons.column(*spec);
    const ColumnBase& from = donors.persons.column(*spec);
    for (const Copied& one : persons) {
      copy_value(*spec, to.value(one.row), from.value(one.donor), months);
      if (spec->info.refers != Refers::persons || spec->info.renewed || spec->rules.arrival == OnArrival::initial)
        continue;
      const Row relative = detail::read<Row>(from.value(one.donor));
      const auto other = std::ranges::lower_bound(persons, relative, {}, &Copied::donor);
      detail::write(to.value(one.row), other != persons.end() && other->donor == relative ? other->row : no_row);
    }
  }
}

}  // namespace oikos
