#include "sim/model/demography/migration.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/contract.hpp"
#include "sim/base/narrow.hpp"
#include "sim/model/demography/lanes.hpp"
#include "sim/model/hazard.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::demography {

Departures::Departures(const ByAge<double>& monthly_probability) {
  limits_.fill(rng::never);
  for (int age = 0; age <= largest_age_of_kind; ++age)
    for (const Sex sex : {Sex::male, Sex::female})
      limits_[age_sex(age, sex)] = rng::limit(monthly_probability[age_index(age)]);
}

ProcessInfo Departures::info() const {
  return {.name = "departures",
          .summary = "decides which households leave the city, by age of the reference person",
          .reads = {"person.birth_month", "person.sex", "person.household", "person.effects", "household.first",
                    "household.members"},
          .writes = {},
          .draws = {"demography.move"},
          .page = "methods/demography.md"};
}

void Departures::sweep(World& world, const Chunk& chunk, const StepContext&, Scratch& scratch, Outbox& out) const {
  const PersonTable& persons = world.persons;
  const HouseholdTable& households = world.households;
  const std::uint32_t* draw = scratch.draws(rng::Purpose::demography)[lane_move];
  const AgeSex* ages = scratch.ages();
  const auto fates = scratch.fates();
  flag_hits(Modifier::departure, draw, ages, limits_, scratch);
  for (const std::uint32_t i : scratch.flagged()) {
    const Row first = chunk.first_person + i;
    const std::uint32_t h = persons.household[first];
    if (households.first[h] != first || fates[i] == Fate::dies) continue;  // the reference person decides
    for (std::uint32_t k = 0; k < households.members[h]; ++k) {
      if (fates[i + k] != Fate::stays) continue;
      fates[i + k] = Fate::departs;
      out.of(Event::departure).push_back(first + k);
    }
  }
}

ProcessInfo Leavings::info() const {
  return {.name = "leavings",
          .summary = "takes the departing households out of the tables",
          .reads = {},
          .writes = {"person.partner"},
          .draws = {},
          .page = "methods/demography.md"};
}

void Leavings::resolve(World& world, const StepContext&, MonthWork& work) const {
  for (const Row row : work.of(Event::departure)) {
    world.persons.partner[row] = no_row;
    work.desk.leave(row);
    work.count(Count::departures);
  }
}

Arrivals::Arrivals(std::shared_ptr<const World> donors, Month start, double persons_yearly, int max_reference_age)
    : donors_(std::move(donors)), start_(to_short(start)) {
  expect(persons_yearly >= 0, "arrivals are not negative");
  std::int64_t persons = 0;
  for (std::uint32_t h = 0; h < donors_->households.size(); ++h) {
    const int age = donors_->persons.age_years(donors_->households.first[h], start_);
    if (age < 18 || age > max_reference_age) continue;
    candidates_.push_back(h);
    persons += donors_->households.members[h];
  }
  if (!candidates_.empty())
    households_monthly_ =
        persons_yearly / 12.0 * static_cast<double>(candidates_.size()) / static_cast<double>(persons);
}

ProcessInfo Arrivals::info() const {
  return {.name = "arrivals",
          .summary = "brings households to the city, the same ones in every plan",
          .reads = {},
          .writes = {"all columns of the new rows"},
          .draws = {"arrival.0"},
          .page = "methods/demography.md"};
}

void Arrivals::resolve(World& world, const StepContext& now, MonthWork& work) const {
  const double before = std::floor(households_monthly_ * now.step);
  const double after = std::floor(households_monthly_ * (now.step + 1));
  for (std::uint32_t slot = 0, all = narrow<std::uint32_t>(after - before); slot < all; ++slot) {
    const std::uint32_t draw = now.luck.draw(rng::Purpose::arrival, 0, slot, now.month);
    copy(world, now, work, candidates_[rng::below(draw, static_cast<std::uint32_t>(candidates_.size()))], slot);
  }
}

void Arrivals::copy(World& world, const StepContext& now, MonthWork& work, std::uint32_t donor,
                    std::uint32_t slot) const {
  const PersonTable& from = donors_->persons;
  PersonTable& to = world.persons;
  const Row first = donors_->households.first[donor];
  const auto shift = narrow<ShortMonth>(now.now - start_);
  const PersonId founder = rng::arrival_identity(now.month, slot, 0);
  const std::uint32_t household =
      work.desk.new_household(world, rng::founded_household_identity(founder, now.month),
                              donors_->households.district[donor], donors_->households.tenure[donor]);
  Row new_first = no_row;
  for (std::uint32_t k = 0; k < donors_->households.members[donor]; ++k) {
    const Row source = first + k;
    const Row row = work.desk.new_person(world, rng::arrival_identity(now.month, slot, k), household);
    if (k == 0) new_first = row;
    const auto placed = [&](Row relative) {
      const bool inside = relative != no_row && from.household[relative] == donor;
      return inside ? new_first + (relative - first) : no_row;
    };
    to.partner[row] = placed(from.partner[source]);
    to.mother[row] = placed(from.mother[source]);
    to.father[row] = placed(from.father[source]);
    to.birth_month[row] = narrow<ShortMonth>(from.birth_month[source] + shift);
    to.sex[row] = from.sex[source];
    to.children_born[row] = from.children_born[source];
    to.education[row] = from.education[source];
    to.labour[row] = from.labour[source];
    to.state_since[row] = narrow<ShortMonth>(from.state_since[source] + shift);
    to.wage_potential[row] = from.wage_potential[source];
    to.pension[row] = from.pension[source];
    work.count(Count::arrivals);
  }
}

ByAge<double> departure_probabilities(const World& initial, Month start, const ByAge<double>& profile,
                                      double persons_yearly) {
  double weighted = 0;
  for (std::uint32_t h = 0; h < initial.households.size(); ++h)
    weighted += profile[age_index(initial.persons.age_years(initial.households.first[h], to_short(start)))] *
                initial.households.members[h];
  ByAge<double> monthly{};
  if (weighted <= 0) return monthly;
  for (std::size_t age = 0; age < monthly.size(); ++age)
    monthly[age] = std::min(1.0, profile[age] * persons_yearly / 12.0 / weighted);
  return monthly;
}

}  // namespace oikos::demography
