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
std::int64_t renumber_rows(std::vector<Episode>& episodes, const std::vector<Row>& new_row) {
  for (auto& episode : episodes) episode.subject = new_row[episode.subject];
  const auto lost = std::ranges::count_if(episodes, [](const Episode& e) { return e.subject == gone && e.enrolled(); });
  std::erase_if(episodes, [](const Episode& e) { return e.subject == gone; });
  return lost;
}

std::int64_t renumber_rows(std::vector<Waiting>& waiting, const std::vector<Row>& new_row) {
  for (auto& entry : waiting) entry.subject = new_row[entry.subject];
  return static_cast<std::int64_t>(std::erase_if(waiting, [](const Waiting& w) { return w.subject == gone; }));
}

/// Where each row of the runs of the new order went. One more place says that nobody stays nobody.
void new_row_of(const std::vector<Run>& runs, std::vector<Row>& new_row) {
  new_row.back() = no_row;
  Row next = 0;
  for (const Run& run : runs) {
    std::iota(new_row.begin() + run.first, new_row.begin() + run.first + run.count, next);
    next += run.count;
  }
}

/// Whether a column that rows carry along, or a programme, names rows of this kind.
bool keeps_relations(const World& world, Refers whose) {
  if (std::ranges::any_of(world.programmes, [&](const ProgrammeState& one) { return one.subjects == whose; }))
    return true;
  for (const StateTable* table :
       {static_cast<const StateTable*>(&world.persons), static_cast<const StateTable*>(&world.households)})
    for (const ColumnBase* column : table->columns())
      if (column->info().refers == whose && !column->info().renewed) return true;
  return false;
}

/// Hands over what a household has whose last members move to another.
void merge_into(HouseholdTable& households, std::uint32_t to, std::uint32_t ended) {
  for (const ColumnSpec* spec : households.specs())
    if (spec->merge != nullptr) spec->merge(households.column(*spec).value(to), households.column(*spec).value(ended));
}

}  // namespace

void MembershipChanges::clear() {
  leaving.clear();
  moves.clear();
  new_persons.clear();
  new_households = 0;
}

void MembershipBarrier::apply(World& world, const MembershipChanges& changes, ShortMonth now,
                              const Executor& executor) {
  if (changes.empty()) return;
  PersonTable& persons = world.persons;
  HouseholdTable& households = world.households;
  const Column<std::uint32_t>& home = persons[person::household];
  Column<Row>& first_of = households[household::first];
  Column<std::uint16_t>& members_of = households[household::members];
  const std::uint32_t rows = persons.size();

  // Who goes where. Only touched households are looked at one by one; what lies between them moves as one stretch.
  mark_.assign(rows, 0);
  touched_.clear();
  std::vector<std::pair<std::uint32_t, Row>> joining;  // (household, person), stable by household
  joining.reserve(changes.moves.size() + changes.new_persons.size());
  for (const Row row : changes.leaving) {
    expect(mark_[row] == 0, "a person leaves once");
    mark_[row] = 1;
    touched_.push_back(home[row]);
  }
  for (const Move& move : changes.moves) {
    expect(mark_[move.person] == 0, "a person moves once, and not when leaving");
    mark_[move.person] = 1;
    touched_.push_back(home[move.person]);
    joining.emplace_back(move.household, move.person);
  }
  for (const Row row : changes.new_persons) joining.emplace_back(home[row], row);
  std::ranges::stable_sort(joining, {}, &std::pair<std::uint32_t, Row>::first);
  for (const auto& [household, person] : joining) touched_.push_back(household);
  std::ranges::sort(touched_);
  touched_.erase(std::ranges::unique(touched_).begin(), touched_.end());

  // The new order, as runs of old rows. Households appended this month have no members yet and stand at the end.
  person_runs_.clear();
  household_runs_.clear();
  ended_.clear();
  auto joiner = joining.begin();
  std::uint32_t done = 0;  // households before this one are placed
  const std::uint32_t founded = households.size() - changes.new_households;
  const auto stretch = [&](std::uint32_t from, std::uint32_t to) {  // households [from, to), none of them touched
    to = std::min(to, founded);                                     // nobody moved into those founded beyond
    if (from >= to) return;
    const Row first = first_of[from];
    append_run(person_runs_, first, first_of[to - 1] + members_of[to - 1] - first);
    append_run(household_runs_, from, to - from);
  };
  for (const std::uint32_t h : touched_) {
    stretch(done, h);
    done = h + 1;
    const Row first = first_of[h];
    members_.clear();
    for (Row row = first; row < first + members_of[h]; ++row)
      if (mark_[row] == 0) members_.push_back(row);
    for (; joiner != joining.end() && joiner->first == h; ++joiner) members_.push_back(joiner->second);
    const auto is_adult = [&](Row row) { return persons.age_months(row, now) >= adult_age_months; };
    if (const auto adult = std::ranges::find_if(members_, is_adult); adult != members_.end())
      std::rotate(members_.begin(), adult, adult + 1);
    for (const Row row : members_) append_run(person_runs_, row, 1);
    members_of[h] = narrow<std::uint16_t>(members_.size());
    if (!members_.empty()) append_run(household_runs_, h, 1);
    else ended_.push_back(h);
  }
  stretch(done, households.size());

  const std::uint32_t households_before = households.size();
  new_row_.resize(std::size_t{rows} + 1);
  for (const Row row : changes.leaving) new_row_[row] = gone;  // all others stand in a run
  new_row_of(person_runs_, new_row_);

  // A household that all its members move out of goes on in that to which its reference person goes.
  if (std::ranges::any_of(households.specs(), [](const ColumnSpec* spec) { return spec->merge != nullptr; })) {
    std::vector<std::uint32_t> left;
    for (const Row row : changes.leaving) left.push_back(home[row]);
    std::ranges::sort(left);
    for (const Move& move : changes.moves)
      if (const std::uint32_t h = home[move.person];
          first_of[h] == move.person && std::ranges::binary_search(ended_, h) && !std::ranges::binary_search(left, h))
        merge_into(households, move.household, h);
  }

  persons.rearrange(person_runs_, executor);
  households.rearrange(household_runs_, executor);
  renumber(Refers::persons, new_row_, world, executor);
  if (keeps_relations(world, Refers::households)) {
    new_household_.assign(std::size_t{households_before} + 1, gone);
    new_row_of(household_runs_, new_household_);
    renumber(Refers::households, new_household_, world, executor);
  }
  index_members(world, executor);
  for (auto& programme : world.programmes) {
    const std::vector<Row>& new_row = programme.subjects == Refers::households ? new_household_ : new_row_;
    programme.month.deaths_and_departures += renumber_rows(programme.episodes, new_row);
    programme.month.abandoned += renumber_rows(programme.waiting, new_row);
  }
}

void MembershipBarrier::renumber(Refers whose, const std::vector<Row>& new_row, World& world,
                                 const Executor& executor) {
  const auto rows = static_cast<std::uint32_t>(new_row.size() - 1);
  for (StateTable* table : {static_cast<StateTable*>(&world.persons), static_cast<StateTable*>(&world.households)})
    for (ColumnBase* column : table->columns()) {
      if (column->info().refers != whose || column->info().renewed) continue;
      auto* const relation = reinterpret_cast<Row*>(column->value(0));
      executor.for_stretches(table->size(), [&](std::uint32_t first, std::uint32_t count) {
        vectorised([count, rows, to = new_row.data(), value = relation + first] {
          OIKOS_NO_OVERLAP
          for (std::uint32_t i = 0; i < count; ++i) value[i] = to[value[i] < rows ? value[i] : rows];
        });
      });
    }
}

void index_members(World& world, const Executor& executor) {
  world.forget_children();
  const Row persons = world.persons.size();
  const std::uint32_t households = world.households.size();
  Row* const first = world.households[household::first].data();
  const std::uint16_t* const members = world.households[household::members].data();
  std::uint32_t* const household = world.persons[person::household].data();
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
    expect(households[household::members][h] > 0, "no household is empty");
    expect(households[household::first][h] == next,
           "members of households stand side by side, in the order of households");
    for (std::uint32_t i = 0; i < households[household::members][h]; ++i, ++next) {
      expect(next < persons.size(), "households have no more members than there are persons");
      expect(persons[person::household][next] == h, "the person knows the household");
      const Row partner = persons[person::partner][next];
      if (partner == no_row) continue;
      expect(partner < persons.size() && persons[person::partner][partner] == next, "partners name each other");
      expect(persons[person::household][partner] == h, "partners live together");
    }
  }
  expect(next == persons.size(), "every person is a member of a household");
  for (const StateTable* table :
       {static_cast<const StateTable*>(&persons), static_cast<const StateTable*>(&households)})
    for (const ColumnBase* column : table->columns()) {
      const Refers refers = column->info().refers;
      if (refers == Refers::nothing) continue;
      const std::uint32_t rows_there = refers == Refers::persons ? persons.size() : households.size();
      const auto* const relation = reinterpret_cast<const Row*>(column->value(0));
      for (Row row = 0; row < table->size(); ++row)
        expect(relation[row] == no_row || relation[row] < rows_there, "relations are rows of their table");
    }
  for (const auto& programme : world.programmes) {
    const bool of_households = programme.subjects == Refers::households;
    const Column<std::uint64_t>& identity = of_households ? households[household::identity] : persons[person::identity];
    const std::uint32_t subjects = of_households ? households.size() : persons.size();
    for (const auto& episode : programme.episodes)
      expect(episode.subject < subjects, "episodes name persons or households");
    for (const auto& entry : programme.waiting)
      expect(entry.subject < subjects && identity[entry.subject] == entry.identity,
             "waiting lists name persons or households");
  }
}

}  // namespace oikos
