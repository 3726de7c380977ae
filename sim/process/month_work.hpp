#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "sim/expr/evaluate.hpp"
#include "sim/rng/stream.hpp"
#include "sim/store/executor.hpp"
#include "sim/world/membership.hpp"
#include "sim/world/world.hpp"

namespace oikos {

/// When it is, and whose luck counts.
struct StepContext {
  Month month;
  ShortMonth now;  ///< the same in two bytes
  int step;        ///< months since the start of the run
  const rng::Stream& luck;
};

/// A stretch of households and their members: the unit of work of a sweep. Results do not depend on its size.
struct Chunk {
  std::uint32_t first_household;
  std::uint32_t households;
  Row first_person;
  std::uint32_t persons;
};

/// Cuts the households into chunks of about `persons_per_chunk` persons.
void cut_chunks(const World& world, std::uint32_t persons_per_chunk, std::vector<Chunk>& chunks);

/// What a sweep can report of a person; the barrier processes of the month act on it.
enum class Event : std::uint8_t { death, departure, birth, parting, seeks_partner, leaves_home };
inline constexpr std::size_t event_kinds = 6;

/// What is counted each month besides the states. Names are result variables (docs/reference/indicators.md).
enum class Count : std::uint8_t {
  births,
  deaths,
  arrivals,
  departures,
  unions_formed,
  unions_dissolved,
  jobs_found,
  jobs_lost,
  retirements,
  child_benefit_children,
  social_assistance_households,
};
inline constexpr std::array<std::string_view, 11> count_names{"births",
                                                              "deaths",
                                                              "arrivals",
                                                              "departures",
                                                              "unions_formed",
                                                              "unions_dissolved",
                                                              "jobs_found",
                                                              "jobs_lost",
                                                              "retirements",
                                                              "child_benefit_children",
                                                              "social_assistance_households"};
using Counts = std::array<std::int64_t, count_names.size()>;

/// What the sweep of one chunk has to tell. Taken together in the order of chunks, so in the order of rows.
struct Outbox {
  std::array<std::vector<Row>, event_kinds> events;
  Counts counts{};
  std::vector<std::int64_t> flows;  ///< minor units, by FlowId

  std::vector<Row>& of(Event event) { return events[static_cast<std::size_t>(event)]; }
  void count(Count what, std::int64_t n = 1) { counts[static_cast<std::size_t>(what)] += n; }
  void clear(std::size_t flow_kinds);
};

/// What becomes of a person this month, as far as the sweep has decided. Later rules leave alone whom an earlier one
/// took.
enum class Fate : std::uint8_t { stays, dies, departs, moves };

/// Working memory of one worker, for the chunk at hand: what several rules ask of each person is found out once, and
/// lists that a rule needs for a moment find room. Positions count from the chunk's first person.
class Scratch {
 public:
  using Lanes = std::array<const std::uint32_t*, 4>;

  /// Forgets what is known of the last chunk.
  void start(const Chunk& chunk);
  /// Draws of all persons of the chunk for one purpose: lane k of the chunk's i-th person is lanes[k][i]. Made once a
  /// chunk.
  Lanes draws(rng::Purpose purpose, const World& world, const Chunk& chunk, const StepContext& now);
  /// Fates of the chunk's persons, all `stays` at first. Shape (chunk.persons).
  std::span<Fate> fates(const Chunk& chunk) { return {fates_.data(), chunk.persons}; }

  /// Age and sex of the chunk's persons this month. Shape (chunk.persons).
  const AgeSex* ages(const World& world, const Chunk& chunk, const StepContext& now);
  /// Positions of those whose month of birth it is, ascending; newborns are among them.
  std::span<const std::uint32_t> birthdays(const World& world, const Chunk& chunk, const StepContext& now);
  /// Positions of those whose hazards a programme has changed, ascending.
  std::span<const std::uint32_t> changed(const World& world, const Chunk& chunk);

  /// Room for something of each person of the chunk, contents undefined. `flags` and `positions` last until the next
  /// call that says it uses them; the others are the rule's until it ends. Shapes (chunk.persons).
  std::span<std::uint8_t> flags(const Chunk& chunk);
  std::span<std::uint8_t> kinds(const Chunk& chunk);
  std::span<std::uint32_t> positions(const Chunk& chunk);
  std::span<std::uint32_t> numbers(const Chunk& chunk, std::size_t which = 0);  ///< three of them
  std::span<std::int32_t> amounts(const Chunk& chunk);
  /// The same with one more in front, for running totals: shapes (chunk.persons + 1).
  std::span<std::uint64_t> running_counts(const Chunk& chunk);
  std::span<std::uint32_t> running_amounts(const Chunk& chunk);
  /// Positions of the flags that are set, ascending; they stand in `positions`.
  std::span<const std::uint32_t> flagged(const Chunk& chunk);

  expr::Evaluator evaluator;
  std::vector<Row> rows;  ///< for whoever needs a list of rows for a moment

 private:
  /// A list of positions that is made at most once a chunk.
  struct Known {
    std::vector<std::uint32_t> positions;
    std::uint32_t count = 0;
    bool known = false;
    void list(std::span<const std::uint8_t> flags);
    std::span<const std::uint32_t> all() const { return {positions.data(), count}; }
  };
  void find_ages(const World& world, const Chunk& chunk, const StepContext& now);
  struct Draws {
    rng::Purpose purpose;
    std::vector<std::uint32_t> numbers;
  };
  std::vector<std::unique_ptr<Draws>> draws_;
  std::size_t made_ = 0;
  std::vector<Fate> fates_;
  std::vector<AgeSex> ages_;
  Known birthdays_, changed_;
  std::vector<std::uint8_t> flags_, kinds_;
  std::vector<std::uint32_t> positions_, running_amounts_;
  std::array<std::vector<std::uint32_t>, 3> numbers_;
  std::vector<std::int32_t> amounts_;
  std::vector<std::uint64_t> running_counts_;
};

/// Keeps order while people move: who leaves, who goes where, who is new. Each person is taken at most once a month.
class MembershipDesk {
 public:
  void start(const World& world);
  /// Nobody has taken this person yet this month.
  bool is_free(Row person) const { return target_[person] == undecided; }
  bool leaves(Row person) const { return target_[person] == leaving; }
  /// Household where the person will live after the barrier. Not for those who leave.
  std::uint32_t household_after(const World& world, Row person) const;

  void leave(Row person);
  void move(Row person, std::uint32_t household);
  /// Appends a household without members yet, with the district and tenure given.
  std::uint32_t new_household(World& world, HouseholdId identity, std::uint8_t district, Tenure tenure);
  /// Appends a person, who will live in `household`. The caller fills the columns; relations start as no_row.
  Row new_person(World& world, PersonId identity, std::uint32_t household);
  const MembershipChanges& changes() const { return changes_; }

 private:
  static constexpr std::uint32_t undecided = 0xFFFF'FFFFu, leaving = 0xFFFF'FFFEu;
  std::vector<std::uint32_t> target_;
  MembershipChanges changes_;
};

/// What barrier processes share in a month.
struct MonthWork {
  const Executor& executor;
  std::span<const Chunk> chunks;
  std::span<Scratch> scratch;                        ///< one a worker
  std::array<std::vector<Row>, event_kinds> events;  ///< of all chunks, in row order
  Counts counts{};
  MembershipDesk desk;
  std::vector<std::uint8_t> marks;  ///< a mark for each person, for whoever needs it for a moment

  const std::vector<Row>& of(Event event) const { return events[static_cast<std::size_t>(event)]; }
  void count(Count what, std::int64_t n = 1) { counts[static_cast<std::size_t>(what)] += n; }
};

}  // namespace oikos
