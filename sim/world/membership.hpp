#pragma once
#include <cstdint>
#include <vector>

#include "sim/store/executor.hpp"
#include "sim/world/world.hpp"

namespace oikos {

/// A person who changes household at the barrier.
struct Move {
  Row person;
  std::uint32_t household;  ///< a household row, or one appended for the purpose
};

/// Changes of who lives where, collected during a month and carried out at once.
///
/// New persons and households are appended to their tables first (with their `household` column set) and listed here.
/// After apply(): members of each household stand side by side in the order kept members, movers, new persons, the
/// first adult among them before all others, so that no child is the reference person where an adult lives; households
/// keep their order, new ones follow; empty households are gone, and what they had becomes of it what its column says
/// (OnMerge); rows of the dead and departed are gone; all columns that refer to persons or households, waiting lists
/// and episodes name the new rows (`no_row` or dropped where the person is gone).
struct MembershipChanges {
  std::vector<Row> leaving;          ///< died or left the city; each at most once
  std::vector<Move> moves;           ///< each person at most once, none of them leaving
  std::vector<Row> new_persons;      ///< appended rows, in order
  std::uint32_t new_households = 0;  ///< appended rows; those into which nobody moves are gone afterwards
  bool empty() const { return leaving.empty() && moves.empty() && new_persons.empty() && new_households == 0; }
  void clear();
};

/// Carries out the changes. Does nothing when there are none. Keeps its memory between months.
class MembershipBarrier {
 public:
  void apply(World& world, const MembershipChanges& changes, ShortMonth now, const Executor& executor);

 private:
  /// Gives relations to the rows of one table their new rows. @param new_row of each old row, and one more: nobody's
  static void renumber(Refers whose, const std::vector<Row>& new_row, World& world, const Executor& executor);

  std::vector<Row> new_row_, new_household_, members_;
  std::vector<Run> person_runs_;
  std::vector<Run> household_runs_;
  std::vector<std::uint8_t> mark_;      ///< of persons who leave or move
  std::vector<std::uint32_t> touched_;  ///< households whose members change, ascending
  std::vector<std::uint32_t> ended_;    ///< of those, who have no members any more, ascending
};

/// Sets `first` of households and `household` of persons from the households' `members`: persons must already stand
/// side by side by household. @throws ContractError when the members are not all persons
void index_members(World& world, const Executor& executor);

/// Checks what the barrier promises. @throws ContractError naming the first broken promise. Linear; used by tests and
/// `run --check`.
void check_membership(const World& world);

}  // namespace oikos
