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

}  // namespace oikos
