#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sim/process/chunk.hpp"
#include "sim/process/scratch.hpp"
#include "sim/store/executor.hpp"
#include "sim/world/membership.hpp"

namespace oikos {

/// What a sweep can report of a person; the barrier processes of the month act on it.
enum class Event : std::uint8_t { death, departure, birth, parting, open_to_partner, seeks_partner, leaves_home };
inline constexpr std::size_t event_kinds = 7;

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
  std::vector<Money> flows;  ///< by FlowId

  std::vector<Row>& of(Event event) { return events[static_cast<std::size_t>(event)]; }
  void count(Count what, std::int64_t n = 1) { counts[static_cast<std::size_t>(what)] += n; }
  void clear(std::size_t flow_kinds);
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
