#pragma once
#include <cstdint>
#include <vector>

#include "sim/world/person_table.hpp"

namespace oikos {

/// A person or household in a programme, or who left it while an effect still lasts. Two periods, told apart by `left`.
struct Episode {
  Row subject;  ///< row of the person or household, as the programme's state says
  ShortMonth entered;
  ShortMonth ends;  ///< month in which the planned stay is over
  ShortMonth left;  ///< month of leaving; `still_in` while enrolled
  bool completed;   ///< left because the planned stay was over
  static constexpr ShortMonth still_in = 0x7FFF;
  bool enrolled() const { return left == still_in; }
};

/// A person or household on a waiting list. Total order: higher priority, then longer waiting, then the keyed
/// tie-break, then identity.
struct Waiting {
  Row subject;
  std::uint64_t identity;
  double priority;
  ShortMonth since;
  std::uint32_t tie;
};

/// Monthly counts of a programme. Enrolment changes by entries - completions - early exits - deaths and departures.
struct ProgrammeCounts {
  std::int64_t eligible = 0;  ///< persons who met the conditions and were neither enrolled nor waiting
  std::int64_t applications = 0;
  std::int64_t refusals = 0;
  std::int64_t entries = 0;
  std::int64_t completions = 0;
  std::int64_t early_exits = 0;
  std::int64_t deaths_and_departures = 0;  ///< of the enrolled; households that ended
  std::int64_t abandoned = 0;              ///< left the waiting list: no longer eligible, gave up, died or moved away
  std::int64_t months_waited = 0;          ///< by those who entered this month
  std::int64_t waiting = 0;                ///< on the waiting list at the end of the month
  std::int64_t unpaid = 0;                 ///< enrolled whose cash was not paid, because the budget was empty
  std::int64_t spent = 0;                  ///< minor units, services and cash
};

/// All that the world remembers of one programme.
struct ProgrammeState {
  Refers subjects = Refers::persons;  ///< who is enrolled: persons or households
  std::vector<Episode> episodes;      ///< ordered by entry
  std::vector<Waiting> waiting;       ///< in the list's order
  ProgrammeCounts month;
  std::int64_t enrolled = 0;
  std::int64_t cash_this_year = 0;  ///< minor units, for the budget
};

/// All that the world remembers of one provider.
struct ProviderState {
  std::int64_t places = 0;  ///< open this month
  std::int64_t occupied = 0;
  std::int64_t planned = 0;  ///< places of the month in millionths, with the fraction that a sample of the city has
  std::int64_t credit = 0;   ///< place-months in millionths that the fraction has earned and nobody has used
  int opened = -1;           ///< month whose places these are, as its index; -1: none yet
};

}  // namespace oikos
