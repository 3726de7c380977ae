#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "sim/base/month.hpp"
#include "sim/world/household_table.hpp"
#include "sim/world/ledger.hpp"
#include "sim/world/modifiers.hpp"
#include "sim/world/person_table.hpp"
#include "sim/world/service_state.hpp"

namespace oikos {

/// The children of all persons.
class Children {
 public:
  explicit Children(const PersonTable& persons);
  /// Ascending by row.
  std::span<const Row> of(Row parent) const {
    return {children_.data() + begins_[parent], children_.data() + begins_[parent + 1]};
  }

 private:
  std::vector<std::uint32_t> begins_;
  std::vector<Row> children_;
};

/// Everything that is true in a month: nothing else is remembered between months.
struct World {
  /// @param declared what modules declare; outlives the world
  explicit World(const Registry& declared)
      : registry(declared), persons(declared), households(declared), modifiers(declared.targets().size()) {}
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  /// Makes this world equal to another of the same declarations.
  void assign(const World& other);

  /// Changes the hazard of a person on a target.
  void change(Row person, const TargetSpec& target, HazardChange by) {
    modifiers.change(persons, person, registry.index(target), by);
  }
  /// What effects make of that hazard; nothing of nearly all.
  const HazardChange& change_of(Row person, const TargetSpec& target) const {
    return modifiers.change(registry.index(target), persons[oikos::person::effects][person]);
  }

  /// Who are whose children now; found when it is first asked for after rows have moved. May be asked by several
  /// threads.
  const Children& children() const;
  /// Rows have moved.
  void forget_children() { children_.reset(); }

  const Registry& registry;
  std::uint8_t municipality = 0;  ///< whose world it is: its place in the scenario's list
  PersonTable persons;
  HouseholdTable households;
  ModifierTable modifiers;
  std::vector<ProgrammeState> programmes;
  std::vector<ProviderState> providers;
  Ledger ledger;

 private:
  mutable std::mutex finding_children_;
  mutable std::unique_ptr<const Children> children_;
};

}  // namespace oikos
