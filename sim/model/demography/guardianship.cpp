#include "sim/model/demography/guardianship.hpp"

#include <algorithm>
#include <optional>

#include "sim/model/demography/homes.hpp"
#include "sim/model/demography/lanes.hpp"

namespace oikos::demography {

namespace {

/// A couple with children who might take in others, and where children find it.
struct Foster {
  std::uint32_t place;
  std::uint64_t identity;
  std::uint32_t household;
  std::uint8_t district;
};

/// A couple heads the household, both stay, and so does one below 18.
bool can_foster(const World& world, const StepContext& now, const MonthWork& work, std::uint32_t h) {
  if (world.households.members[h] < 3) return false;
  const Row first = world.households.first[h];
  const Row partner = world.persons.partner[first];
  if (partner == no_row || !work.desk.is_free(first) || !work.desk.is_free(partner)) return false;
  for (Row row = first; row < first + world.households.members[h]; ++row)
    if (!is_adult(world, row, now) && work.desk.is_free(row)) return true;
  return false;
}

/// All who might, in the order of their places.
std::vector<Foster> find_fosters(const World& world, const StepContext& now, const MonthWork& work) {
  std::vector<Foster> all;
  for (std::uint32_t h = 0; h < world.households.size(); ++h) {
    if (!can_foster(world, now, work, h)) continue;
    const std::uint64_t identity = world.households.identity[h];
    all.push_back({now.luck.draw(rng::Purpose::guardianship, lane_offers_home, identity, now.month), identity, h,
                   world.households.district[h]});
  }
  std::ranges::sort(all, [](const Foster& a, const Foster& b) {
    return a.place != b.place ? a.place < b.place : a.identity < b.identity;
  });
  return all;
}

/// The first from a place on, in the district if one is there.
std::optional<std::uint32_t> foster_home(const std::vector<Foster>& all, std::uint32_t place, std::uint8_t district) {
  if (all.empty()) return std::nullopt;
  const auto start = static_cast<std::size_t>(std::ranges::lower_bound(all, place, {}, &Foster::place) - all.begin());
  for (std::size_t step = 0; step < all.size(); ++step)
    if (const Foster& foster = all[(start + step) % all.size()]; foster.district == district) return foster.household;
  return all[start % all.size()].household;
}

/// Where a parent who lives elsewhere in the city will live.
std::optional<std::uint32_t> parents_home(const World& world, const StepContext& now, const MonthWork& work,
                                          Row child) {
  const PersonTable& persons = world.persons;
  for (const Row parent : {persons.mother[child], persons.father[child]})
    if (parent != no_row && !work.desk.leaves(parent) && is_adult(world, parent, now))
      if (const std::uint32_t home = work.desk.household_after(world, parent); home != persons.household[child])
        return home;
  return std::nullopt;
}

}  // namespace

ProcessInfo Guardianship::info() const {
  return {.name = "guardianship",
          .summary = "finds a home for children left without an adult",
          .reads = {"person.mother", "person.father", "person.partner", "household.district", "household.identity"},
          .writes = {},
          .draws = {"guardianship.0-1"},
          .page = "methods/unions.md"};
}

void Guardianship::resolve(World& world, const StepContext& now, MonthWork& work) const {
  const std::vector<Row> leaving = work.desk.changes().leaving;  // a copy: a child without a home is added
  std::vector<Row> orphans;
  for (const Row gone : leaving) {
    const std::uint32_t h = world.persons.household[gone];
    const Row first = world.households.first[h];
    const Row end = first + world.households.members[h];
    bool adult = false;
    for (Row row = first; row < end; ++row) adult |= work.desk.is_free(row) && is_adult(world, row, now);
    if (adult) continue;
    for (Row row = first; row < end; ++row) {
      if (!work.desk.is_free(row)) continue;
      if (const auto home = parents_home(world, now, work, row)) work.desk.move(row, *home);
      else if (std::ranges::find(orphans, row) == orphans.end()) orphans.push_back(row);
    }
  }
  if (orphans.empty()) return;
  // One look at all households serves all orphans of the month.
  const std::vector<Foster> fosters = find_fosters(world, now, work);
  for (const Row child : orphans) {
    const std::uint32_t left = world.persons.household[child];
    const std::uint32_t place =
        now.luck.draw(rng::Purpose::guardianship, lane_needs_home, world.households.identity[left], now.month);
    if (const auto home = foster_home(fosters, place, world.households.district[left])) {
      work.desk.move(child, *home);
    } else {
      work.desk.leave(child);
      work.count(Count::departures);
    }
  }
}

}  // namespace oikos::demography
