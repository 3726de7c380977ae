#include "sim/world/world.hpp"

#include "sim/base/contract.hpp"

namespace oikos {

void World::assign(const World& other) {
  expect(&registry == &other.registry, "worlds of the same declarations");
  municipality = other.municipality;
  persons.assign(other.persons);
  households.assign(other.households);
  modifiers = other.modifiers;
  programmes = other.programmes;
  providers = other.providers;
  ledger = other.ledger;
}

}  // namespace oikos
