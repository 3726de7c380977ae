#pragma once
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
  World() = default;
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  /// Makes this world equal to another.
  void assign(const World& other);

  PersonTable persons;
  HouseholdTable households;
  ModifierTable modifiers;
  std::vector<ProgrammeState> programmes;
  std::vector<ProviderState> providers;
  Ledger ledger;
};

}  // namespace oikos
