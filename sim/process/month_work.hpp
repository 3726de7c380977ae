#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/process/chunk.hpp"
#include "sim/process/scratch.hpp"
#include "sim/store/executor.hpp"
#include "sim/world/membership.hpp"

namespace oikos {

/// What the sweep of one chunk has to tell. Taken together in the order of chunks, so in the order of rows.
class Outbox {
 public:
  /// Empties it. @param registry what can be told; outlives the month
  void start(const Registry& registry, std::size_t flow_kinds);
  std::vector<Row>& of(const EventSpec& event) { return events[registry_->index(event)]; }
  void count(const CountSpec& what, std::int64_t n = 1) { counts[registry_->index(what)] += n; }
  void pay(const FlowSpec& flow, Money amount) { flows[registry_->index(flow)] += amount; }

  std::vector<std::vector<Row>> events;  ///< by place of the event in the registry
  std::vector<std::int64_t> counts;      ///< by place of the count
  std::vector<Money> flows;              ///< by FlowId

 private:
  const Registry* registry_ = nullptr;
};

/// Where somebody copied from a donor stands.
struct Copied {
  Row row, donor;
};

/// Keeps order while people move: who leaves, who goes where, who is new. Each person is taken at most once a month.
class MembershipDesk {
 public:
  /// Begins a month. @param world whose persons move; outlives it
  void start(World& world);
  /// Nobody has taken this person yet this month.
  bool is_free(Row person) const { return target_[person] == undecided; }
  bool leaves(Row person) const { return target_[person] == leaving; }
  /// Household where the person will live after the barrier. Not for those who leave.
  std::uint32_t household_after(Row person) const;

  void leave(Row person);
  void move(Row person, std::uint32_t household);
  /// Appends a household without members yet. Columns that a split copies are those of `from`, the others begin as in
  /// every new row.
  std::uint32_t new_household(HouseholdId identity, std::uint32_t from);
  /// The same for a household that comes from elsewhere.
  std::uint32_t new_household(HouseholdId identity);
  /// Appends a person, who will live in `household`. All other columns begin as in every new row.
  Row new_person(PersonId identity, std::uint32_t household);
  const MembershipChanges& changes() const { return changes_; }

  /// Gives a person born this month what each column says of the newborn (OnBirth).
  void begin_life(Row person, ShortMonth now);
  /// Gives arriving persons, and their household, what each column says of those who arrive (OnArrival); relations lead
  /// to those who arrive with them, or to nobody.
  /// @param donors the world they are copied from   @param persons ascending by donor   @param months since the donors'
  /// values held
  void arrive(const World& donors, std::uint32_t household, std::uint32_t donor_household,
              std::span<const Copied> persons, int months);

 private:
  static constexpr std::uint32_t undecided = 0xFFFF'FFFFu, leaving = 0xFFFF'FFFEu;
  World* world_ = nullptr;
  std::vector<std::uint32_t> target_;
  MembershipChanges changes_;
};

/// What barrier processes share in a month.
struct MonthWork {
  /// All outlive it.
  MonthWork(const Registry& declared, const Executor& threads, std::span<Scratch> rooms,
            std::uint32_t persons_per_chunk)
      : registry(declared),
        executor(threads),
        scratch(rooms),
        events(declared.events().size()),
        counts(declared.counts().size()),
        persons_per_chunk_(persons_per_chunk) {}

  const Registry& registry;
  const Executor& executor;
  std::vector<Chunk> chunks;             ///< all households, cut
  std::span<Scratch> scratch;            ///< one a worker
  std::vector<std::vector<Row>> events;  ///< of all chunks, in row order
  std::vector<std::int64_t> counts;
  MembershipDesk desk;
  MembershipBarrier membership;
  std::vector<std::uint8_t> marks;  ///< a mark for each person, for whoever needs it for a moment

  const std::vector<Row>& of(const EventSpec& event) const { return events[registry.index(event)]; }
  void count(const CountSpec& what, std::int64_t n = 1) { counts[registry.index(what)] += n; }
  /// Cuts the households into chunks. After each change of rows.
  void cut(const World& world) { cut_chunks(world, persons_per_chunk_, chunks); }

 private:
  std::uint32_t persons_per_chunk_;
};

}  // namespace oikos
