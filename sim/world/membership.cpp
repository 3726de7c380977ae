#include "sim/world/membership.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"

namespace oikos {

namespace {

constexpr Row gone = no_row;

/// Extends the last run where rows follow on each other, so that untouched stretches stay one copy.
void append_run(std::vector<Run>& runs, std::uint32_t first, std::uint32_t count) {
  if (count == 0) return;
  if (!runs.empty() && runs.back().first + runs.back().count == first) runs.back().count += count;
  else runs.push_back({first, count});
}

void renumber(std::vector<Episode>& episodes, const std::vector<Row>& new_row) {
  for (auto& episode : episodes) episode.person = new_row[episode.person];
  std::erase_if(episodes, [](const Episode& e) { return e.person == gone; });
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

void MembershipBarrier::apply(World& world, const MembershipChanges& changes) {
  if (changes.empty()) return;
  PersonTable& persons = world.persons;
  HouseholdTable& households = world.households;
  const std::uint32_t rows = persons.size();

  // Who goes where. `touched_` marks households whose members change; the others move as whole stretches.
  touched_.assign(households.size(), 0);
  new_row_.assign(rows, 0);
  constexpr Row leaves = 1, moves = 2;
  for (const Row row : changes.leaving) {
    expect(new_row_[row] == 0, "a person leaves once");
    new_row_[row] = leaves;
    touched_[persons.household[row]] = 1;
  }
  std::vector<std::pair<std::uint32_t, Row>> joining;  // (household, person), stable by household
  joining.reserve(changes.moves.size() + changes.new_persons.size());
  for (const Move& move : changes.moves) {
    expect(new_row_[move.person] == 0, "a person moves once, and not when leaving");
    new_row_[move.person] = moves;
    touched_[persons.household[move.person]] = 1;
    touched_[move.household] = 1;
    joining.emplace_back(move.household, move.person);
  }
  for (const Row row : changes.new_persons) {
    touched_[persons.household[row]] = 1;
    joining.emplace_back(persons.household[row], row);
  }
  std::ranges::stable_sort(joining, {}, &std::pair<std::uint32_t, Row>::first);

  // The new order, as runs of old rows.
  person_runs_.clear();
  household_runs_.clear();
  kept_.assign(households.size(), 0);
  auto joiner = joining.begin();
  for (std::uint32_t h = 0; h < households.size(); ++h) {
    const Row first = households.first[h];
    const std::uint32_t members = households.members[h];
    if (!touched_[h]) {
      append_run(person_runs_, first, members);
      append_run(household_runs_, h, 1);
      continue;
    }
    std::uint32_t kept = 0;
    for (Row row = first; row < first + members; ++row)
      if (new_row_[row] == 0) append_run(person_runs_, row, 1), ++kept;
    for (; joiner != joining.end() && joiner->first == h; ++joiner) append_run(person_runs_, joiner->second, 1), ++kept;
    kept_[h] = static_cast<std::uint16_t>(kept);
    if (kept > 0) append_run(household_runs_, h, 1);
  }
  for (std::uint32_t h = 0; h < households.size(); ++h)
    if (touched_[h]) households.members[h] = kept_[h];

  // Where each old row went.
  std::fill(new_row_.begin(), new_row_.end(), gone);
  Row next = 0;
  for (const Run& run : person_runs_)
    for (std::uint32_t i = 0; i < run.count; ++i) new_row_[run.first + i] = next++;

  persons.rearrange(person_runs_);
  households.rearrange(household_runs_);
  for (auto* relation : {&persons.partner, &persons.mother, &persons.father}) {
    Row* values = relation->data();
    for (std::uint32_t i = 0; i < persons.size(); ++i)
      if (values[i] != no_row) values[i] = new_row_[values[i]];
  }
  index_members(world);
  for (auto& programme : world.programmes) {
    renumber(programme.episodes, new_row_);
    programme.month.abandoned += renumber(programme.waiting, new_row_);
  }
}

void index_members(World& world) {
  Row next = 0;
  std::uint32_t* household = world.persons.household.data();
  for (std::uint32_t h = 0; h < world.households.size(); ++h) {
    world.households.first[h] = next;
    for (const Row end = next + world.households.members[h]; next < end; ++next) household[next] = h;
  }
  expect(next == world.persons.size(), "every person is a member of a household");
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
      expect(entry.person < persons.size() && persons.identity[entry.person] == entry.identity, "waiting lists name persons");
  }
}

}  // namespace oikos
