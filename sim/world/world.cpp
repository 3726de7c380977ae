#include "sim/world/world.hpp"

namespace oikos {

void World::assign(const World& other) {
  persons.assign(other.persons);
  households.assign(other.households);
  modifiers = other.modifiers;
  programmes = other.programmes;
  providers = other.providers;
  ledger = other.ledger;
}

std::size_t bytes_held(const World& world) {
  std::size_t total = world.persons.bytes_held() + world.households.bytes_held();
  total += world.modifiers.changed_persons() * sizeof(ModifierTable::Factors);
  for (const auto& programme : world.programmes)
    total += programme.episodes.capacity() * sizeof(Episode) + programme.waiting.capacity() * sizeof(Waiting);
  return total;
}

}  // namespace oikos
