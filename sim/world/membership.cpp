#include "sim/world/membership.hpp"

#include <algorithm>
#include <numeric>

#include "sim/base/contract.hpp"
#include "sim/base/narrow.hpp"
#include "sim/base/vectorised.hpp"

namespace oikos {

namespace {

constexpr Row gone = no_row;

/// Extends the last run where rows follow on each other, so that untouched stretches stay one copy.
void append_run(std::vector<Run>& runs, std::uint32_t first, std::uint32_t count) {
  if (count == 0) return;
  if (!runs.empty() && runs.back().first + runs.back().count == first) runs.back().count += count;
  else runs.push_back({first, count});
}

/// @return how many of the enrolled are gone
std::int64_t renumber(std::vector<Episode>& episodes, const std::vector<Row>& new_row) {
  for (auto& episode : episodes) episode.person = new_row[episode.person];
  const auto lost = std::ranges::count_if(episodes, [](const Episode& e) { return e.person == gone && e.enrolled(); });
  std::erase_if(episodes, [](const Episode& e) { return e.person == gone; });
  return lost;
}

std::int64_t renumber(std::vector<Waiting>& waiting, const std::vector<Row>& new_row) {
  for (auto& entry : waiting) entry.person = new_row[entry.person];
  return static_cast<std::int64_t>(std::erase_if(waiting, [](const Waiting& w) { return w.person == gone; }));
}

}  // namespace

void MembershipChanges::clear() {
  leaving.clear();
  moves.clear();
  new_persons.clear();
}

void MembershipBarrier::apply(World& world, const MembershipChanges& changes, ShortMonth now,
                              const Executor& executor) {
  if (changes.empty()) return;
  PersonTable& persons = world.persons;
  HouseholdTable& households = world.households;
  const std::uint32_t rows = persons.size();

  // Who goes where. Only touched households are looked at one by one; what lies between them moves as one stretch.
  mark_.assign(rows, 0);
  touched_.clear();
  std::vector<std::pair<std::uint32_t, Row>> joining;  // (household, person), stable by household
  joining.reserve(changes.moves.size() + changes.new_persons.size());
  for (const Row row : changes.leaving) {
    expect(mark_[row] == 0, "a person leaves once");
    mark_[row] = 1;
    touched_.push_back(persons.household[row]);
  }
  for (const Move& move : changes.moves) {
    expect(mark_[move.person] == 0, "a person moves once, and not when leaving");
    mark_[move.person] = 1;
    touched_.push_back(persons.household[move.person]);
    joining.emplace_back(move.household, move.person);
  }
  for (const Row row : changes.new_persons) joining.emplace_back(persons.household[row], row);
  std::ranges::stable_sort(joining, {}, &std::pair<std::uint32_t, Row>::first);
  for (const auto& [household, person] : joining) touched_.push_back(household);
  std::ranges::sort(touched_);
  touched_.erase(std::ranges::unique(touched_).begin(), touched_.end());

  // The new order, as runs of old rows. Households appended this month have no members yet and stand at the end.
  person_runs_.clear();
  household_runs_.clear();
  auto joiner = joining.begin();
  std::uint32_t done = 0;                                           // households before this one are placed
  const auto stretch = [&](std::uint32_t from, std::uint32_t to) {  // households [from, to), none of them touched
    if (from == to) return;
    const Row first = households.first[from];
    append_run(person_runs_, first, households.first[to - 1] + households.members[to - 1] - first);
    append_run(household_runs_, from, to - from);
  };
  for (const std::uint32_t h : touched_) {
    stretch(done, h);
    done = h + 1;
    const Row first = households.first[h];
    members_.clear();
    for (Row row = first; row < first + households.members[h]; ++row)
      if (mark_[row] == 0) members_.push_back(row);
    for (; joiner != joining.end() && joiner->first == h; ++joiner) members_.push_back(joiner->second);
    const auto is_adult = [&](Row row) { return persons.age_months(row, now) >= adult_age_months; };
    if (const auto adult = std::ranges::find_if(members_, is_adult); adult != members_.end())
      std::rotate(members_.begin(), adult, adult + 1);
    for (const Row row : members_) append_run(person_runs_, row, 1);
    households.members[h] = narrow<std::uint16_t>(members_.size());
    if (!members_.empty()) append_run(household_runs_, h, 1);
  }
  stretch(done, households.size());

  // Where each old row went; one more place says that nobody stays nobody.
  new_row_.resize(rows + 1);
  new_row_[rows] = no_row;
  for (const Row row : changes.leaving) new_row_[row] = gone;
  Row next = 0;
  for (const Run& run : person_runs_) {
    std::iota(new_row_.begin() + run.first, new_row_.begin() + run.first + run.count, next);
    next += run.count;
  }

  persons.rearrange(person_runs_, executor);
  households.rearrange(household_runs_, executor);
  for (auto* relation : {&persons.partner, &persons.mother, &persons.father})
    executor.for_stretches(persons.size(), [&](std::uint32_t first, std::uint32_t count) {
      vectorised([count, rows, to = new_row_.data(), value = relation->data() + first] {
        OIKOS_NO_OVERLAP
        for (std::uint32_t i = 0; i < count; ++i) value[i] = to[value[i] < rows ? value[i] : rows];
      });
    });
  index_members(world, executor);
  for (auto& programme : world.programmes) {
    programme.month.deaths_and_departures += renumber(programme.episodes, new_row_);
    programme.month.abandoned += renumber(programme.waiting, new_row_);
  }
}

void index_members(World& world, const Executor& executor) {
  const Row persons = world.persons.size();
  const std::uint32_t households = world.households.size();
  Row* const first = world.households.first.data();
  const std::uint16_t* const members = world.households.members.data();
  std::uint32_t* const household = world.persons.household.data();
  std::uint64_t next = 0;
  for (std::uint32_t h = 0; h < households; ++h) {
    first[h] = static_cast<Row>(next);  // at most persons, as is checked below
    next += members[h];
  }
  expect(next == persons, "every person is a member of a household");
  executor.for_stretches(households, [&](std::uint32_t from, std::uint32_t count) {
    const Row stretch_end = count == 0 ? 0 : first[from + count - 1] + members[from + count - 1];
    for (std::uint32_t h = from; h < from + count; ++h) {
      // Mostly four at once, whatever the size: whoever of them belongs to the next household is written again.
      if (members[h] <= 4 && first[h] + 4 <= stretch_end) std::fill_n(household + first[h], 4, h);
      else std::fill_n(household + first[h], members[h], h);
    }
  });
}

void check_membership(const World& world) {
  const PersonTable& persons = world.persons;
  const HouseholdTable& households = world.households;
  Row next = 0;
  for (std::uint32_t h = 0; h < households.size(); ++h) {
    expect(households.members[h] > 0, "no household is empty");
    expect(households.first[h] == next, "members of households stand side by side, in the order of households");
    for (std::uint32_t i = 0; i < households.members[h]; ++i, ++next) {
      expect(next < persons.size(), "households have no more members than there are persons");
      expect(persons.household[next] == h, "the person knows the household");
      const Row partner = persons.partner[next];
      if (partner == no_row) continue;
      expect(partner < persons.size() && persons.partner[partner] == next, "partners name each other");
      expect(persons.household[partner] == h, "partners live together");
    }
  }
  expect(next == persons.size(), "every person is a member of a household");
  for (const auto* relation : {&persons.mother, &persons.father})
    for (Row row = 0; row < persons.size(); ++row)
      expect((*relation)[row] == no_row || (*relation)[row] < persons.size(), "parents are rows of the table");
  for (const auto& programme : world.programmes) {
    for (const auto& episode : programme.episodes) expect(episode.person < persons.size(), "episodes name persons");
    for (const auto& entry : programme.waiting)
      expect(entry.person < persons.size() && persons.identity[entry.person] == entry.identity,
             "waiting lists name persons");
  }
}

}  // namespace oikos
