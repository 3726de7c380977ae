#pragma once
#include <cstdint>
#include <vector>

#include "sim/base/month.hpp"
#include "sim/world/household_table.hpp"
#include "sim/world/ledger.hpp"
#include "sim/world/modifiers.hpp"
#include "sim/world/person_table.hpp"
#include "sim/world/service_state.hpp"

namespace oikos {

/// Everything that is true in a month: nothing else is remembered between months.
struct World {
  /// @param declared what modules declare; outlives the world
  explicit World(const Registry& declared)
      : registry(declared), persons(declared), households(declared), modifiers(declared.targets().size()) {}
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  /// Makes this world equal to another of the same declarations.
  void assign(const World& other);

  /// Multiplies the factor of a person on a target.
  void multiply(Row person, const TargetSpec& target, float factor) {
    modifiers.multiply(persons, person, registry.index(target), factor);
  }
  /// The same by the target's place in the registry, for who multiplies many.
  void multiply(Row person, std::size_t target, float factor) { modifiers.multiply(persons, person, target, factor); }
  /// That factor; 1 for nearly all.
  float factor(Row person, const TargetSpec& target) const {
    return modifiers.factor(registry.index(target), persons[oikos::person::effects][person]);
  }

  const Registry& registry;
  std::uint8_t municipality = 0;  ///< whose world it is: its place in the scenario's list
  PersonTable persons;
  HouseholdTable households;
  ModifierTable modifiers;
  std::vector<ProgrammeState> programmes;
  std::vector<ProviderState> providers;
  Ledger ledger;
};

}  // namespace oikos
