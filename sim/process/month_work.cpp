#include "sim/process/month_work.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"
#include "sim/base/vectorised.hpp"
#include "sim/store/flags.hpp"

namespace oikos {

void cut_chunks(const World& world, std::uint32_t persons_per_chunk, std::vector<Chunk>& chunks) {
  expect(persons_per_chunk > 0, "a chunk holds at least one person");
  chunks.clear();
  const HouseholdTable& households = world.households;
  const std::uint32_t persons = world.persons.size();
  for (std::uint32_t household = 0, person = 0; person < persons;) {
    // The chunk ends with the household of its last wanted person.
    const std::uint32_t wanted = std::min(persons_per_chunk, persons - person);
    const std::uint32_t last = world.persons.household[person + wanted - 1];
    const Row end = households.first[last] + households.members[last];
    chunks.push_back({household, last + 1 - household, person, end - person});
    household = last + 1;
    person = end;
  }
}

void Outbox::clear(std::size_t flow_kinds) {
  for (auto& list : events) list.clear();
  counts.fill(0);
  flows.assign(flow_kinds, 0);
}

void Scratch::start(const Chunk& chunk) {
  made_ = 0;
  fates_.assign(chunk.persons, Fate::stays);
  birthdays_.known = changed_.known = false;
}

Scratch::Lanes Scratch::draws(rng::Purpose purpose, const World& world, const Chunk& chunk, const StepContext& now) {
  const std::size_t n = chunk.persons;
  std::size_t slot = 0;
  while (slot < made_ && draws_[slot]->purpose != purpose) ++slot;
  if (slot == made_) {
    if (made_ == draws_.size()) draws_.push_back(std::make_unique<Draws>());
    Draws& fresh = *draws_[made_++];
    fresh.purpose = purpose;
    if (fresh.numbers.size() < 4 * n) fresh.numbers.resize(4 * n);
    std::uint32_t* const base = fresh.numbers.data();
    now.luck.blocks(purpose, {world.persons.identity.data() + chunk.first_person, n}, now.month, 0,
                    {base, base + n, base + 2 * n, base + 3 * n});
  }
  const std::uint32_t* const base = draws_[slot]->numbers.data();
  return {base, base + n, base + 2 * n, base + 3 * n};
}

void Scratch::Known::list(std::span<const std::uint8_t> flags) {
  if (positions.size() < flags.size()) positions.resize(flags.size());
  count = positions_of(flags, positions.data());
  known = true;
}

void Scratch::find_ages(const World& world, const Chunk& chunk, const StepContext& now) {
  if (birthdays_.known) return;
  if (ages_.size() < chunk.persons) ages_.resize(chunk.persons);
  const auto birthday = flags(chunk);
  vectorised([n = chunk.persons, birth = world.persons.birth_month.data() + chunk.first_person,
              sex = world.persons.sex.data() + chunk.first_person, month = now.now, kind = ages_.data(),
              flag = birthday.data()] {
    OIKOS_NO_OVERLAP
    for (std::uint32_t i = 0; i < n; ++i) {
      const auto months = static_cast<std::uint16_t>(month - birth[i]);
      const auto years = static_cast<std::uint16_t>(months / 12);
      const auto counted = choose<std::uint16_t>(years < largest_age_of_kind, years, largest_age_of_kind);
      kind[i] = static_cast<AgeSex>(2 * counted + static_cast<std::uint16_t>(sex[i]));
      flag[i] = static_cast<std::uint8_t>(static_cast<std::uint16_t>(12 * years) == months ? 1 : 0);
    }
  });
  birthdays_.list(birthday);
}

const AgeSex* Scratch::ages(const World& world, const Chunk& chunk, const StepContext& now) {
  find_ages(world, chunk, now);
  return ages_.data();
}

std::span<const std::uint32_t> Scratch::birthdays(const World& world, const Chunk& chunk, const StepContext& now) {
  find_ages(world, chunk, now);
  return birthdays_.all();
}

std::span<const std::uint32_t> Scratch::changed(const World& world, const Chunk& chunk) {
  if (world.modifiers.changed_persons() == 0) return {};
  if (!changed_.known) {
    const auto flag = flags(chunk);
    vectorised([n = chunk.persons, place = world.persons.effects.data() + chunk.first_person, to = flag.data()] {
      OIKOS_NO_OVERLAP
      for (std::uint32_t i = 0; i < n; ++i) to[i] = static_cast<std::uint8_t>(place[i] != 0 ? 1 : 0);
    });
    changed_.list(flag);
  }
  return changed_.all();
}

namespace {

template <class T>
std::span<T> room(std::vector<T>& vector, std::uint32_t size) {
  if (vector.size() < size) vector.resize(size);
  return {vector.data(), size};
}

}  // namespace

std::span<std::uint8_t> Scratch::flags(const Chunk& chunk) { return room(flags_, chunk.persons); }
std::span<std::uint8_t> Scratch::kinds(const Chunk& chunk) { return room(kinds_, chunk.persons); }
std::span<std::uint32_t> Scratch::positions(const Chunk& chunk) { return room(positions_, chunk.persons); }
std::span<std::uint32_t> Scratch::numbers(const Chunk& chunk, std::size_t which) {
  return room(numbers_[which], chunk.persons);
}
std::span<std::int32_t> Scratch::amounts(const Chunk& chunk) { return room(amounts_, chunk.persons); }
std::span<std::uint64_t> Scratch::running_counts(const Chunk& chunk) {
  return room(running_counts_, chunk.persons + 1);
}
std::span<std::uint32_t> Scratch::running_amounts(const Chunk& chunk) {
  return room(running_amounts_, chunk.persons + 1);
}

std::span<const std::uint32_t> Scratch::flagged(const Chunk& chunk) {
  const auto list = positions(chunk);
  return list.first(positions_of(flags(chunk), list.data()));
}

void MembershipDesk::start(const World& world) {
  target_.assign(world.persons.size(), undecided);
  changes_.clear();
}

std::uint32_t MembershipDesk::household_after(const World& world, Row person) const {
  expect(target_[person] != leaving, "who leaves has no household afterwards");
  return target_[person] == undecided ? world.persons.household[person] : target_[person];
}

void MembershipDesk::leave(Row person) {
  expect(is_free(person), "a person is taken once a month");
  target_[person] = leaving;
  changes_.leaving.push_back(person);
}

void MembershipDesk::move(Row person, std::uint32_t household) {
  expect(is_free(person), "a person is taken once a month");
  target_[person] = household;
  changes_.moves.push_back({person, household});
}

std::uint32_t MembershipDesk::new_household(World& world, HouseholdId identity, std::uint8_t district, Tenure tenure) {
  const std::uint32_t row = world.households.append(1);
  world.households.identity[row] = identity.value();
  world.households.first[row] = world.persons.size();
  world.households.district[row] = district;
  world.households.tenure[row] = tenure;
  return row;
}

Row MembershipDesk::new_person(World& world, PersonId identity, std::uint32_t household) {
  const Row row = world.persons.append(1);
  world.persons.identity[row] = identity.value();
  world.persons.household[row] = household;
  world.persons.partner[row] = no_row;
  world.persons.mother[row] = no_row;
  world.persons.father[row] = no_row;
  target_.push_back(household);
  changes_.new_persons.push_back(row);
  return row;
}

}  // namespace oikos
