#include "sim/model/demography/migration.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/base/contract.hpp"
#include "sim/base/narrow.hpp"
#include "sim/model/demography/lanes.hpp"
#include "sim/model/hazard.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::demography {

const RatePeriod& DepartureParams::profile_at(Month month) const {
  expect(!profile.empty(), "a profile has at least one period");
  const auto after = std::ranges::upper_bound(profile, month, {}, &RatePeriod::from);
  return after == profile.begin() ? profile.front() : *std::prev(after);
}

namespace {
/// Chance of leaving by what the profile says of the reference person.
double departure_chance(double profile, double persons_yearly, double chance_for_one) {
  return std::clamp(profile * persons_yearly / 12.0 * chance_for_one, 0.0, 1.0);
}
}  // namespace

KindLimits DepartureParams::limits(Month month, int step, double chance_for_one) const {
  const RatePeriod& in_force = profile_at(month);
  const double asked = persons_yearly.at(step);
  KindLimits all;
  all.fill(rng::never);
  for (int age = 0; age <= largest_age_of_kind; ++age)
    for (const Sex sex : {Sex::male, Sex::female})
      all[age_sex(age, sex)] = rng::limit(
          departure_chance(in_force.yearly_rate[static_cast<std::size_t>(sex)][age_index(age)], asked, chance_for_one));
  return all;
}

Departures::Departures(DepartureParams params, Month start, std::shared_ptr<const BaselinePaths> paths)
    : params_(std::move(params)), paths_(std::move(paths)) {
  for (int step = 0; step < static_cast<int>(paths_->departures.size()); ++step) {
    const double chance_for_one = paths_->departures[static_cast<std::size_t>(step)];
    ready_.push_back({chance_for_one, params_.limits(start + step, step, chance_for_one)});
  }
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

void Departures::sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const {
  const PersonTable& persons = world.persons;
  const HouseholdTable& households = world.households;
  const std::uint32_t* draw = scratch.draws(rng::Purpose::demography)[lane_move];
  const AgeSex* ages = scratch.ages();
  const auto fates = scratch.fates();
  const Ready& ready = ready_[static_cast<std::size_t>(now.step)];
  const double chance_for_one = paths_->departures[static_cast<std::size_t>(now.step)];
  if (chance_for_one == ready.chance_for_one) flag_hits(Modifier::departure, draw, ages, ready.limits, scratch);
  else  // in the pilot, which finds the chances month by month
    flag_hits(Modifier::departure, draw, ages, params_.limits(now.month, now.step, chance_for_one), scratch);
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

DepartureLevel::DepartureLevel(DepartureParams params, AgeSexHazard death, std::shared_ptr<BaselinePaths> paths)
    : params_(std::move(params)), death_(std::move(death)), paths_(std::move(paths)) {}

ProcessInfo DepartureLevel::info() const {
  return {.name = "departure_level",
          .summary = "finds the chance of leaving that the asked number of departures needs (pilot only)",
          .reads = {"person.birth_month", "person.sex", "household.first", "household.members"},
          .writes = {},
          .draws = {},
          .page = "methods/demography.md"};
}

void DepartureLevel::resolve(World& world, const StepContext& now, MonthWork&) const {
  const PersonTable& persons = world.persons;
  const HouseholdTable& households = world.households;
  const KindLimits& deaths = death_.at(now.month);
  const auto kind = [&](Row row) { return age_sex(persons.age_years(row, now.now), persons.sex[row]); };
  const auto survives = [&](std::size_t of_kind) { return 1.0 - (static_cast<double>(deaths[of_kind]) + 1) * 0x1p-31; };
  std::array<std::int64_t, age_sex_kinds> members{}, deciding{}, dying{};
  for (std::uint32_t h = 0; h < households.size(); ++h) {
    const std::size_t decides = kind(households.first[h]);
    members[decides] += households.members[h];
    ++deciding[decides];
  }
  if (now.step % 12 == 0) {
    for (std::uint32_t h = 0; h < households.size(); ++h) {
      const Row first = households.first[h];
      for (Row row = first + 1; row < first + households.members[h]; ++row) dying[kind(first)] += deaths[kind(row)] + 1;
    }
    for (std::size_t k = 0; k < dying.size(); ++k)
      (*dying_)[k] = deciding[k] > 0 ? static_cast<double>(dying[k]) / static_cast<double>(deciding[k]) * 0x1p-31 : 0;
  }
  const RatePeriod& profile = params_.profile_at(now.month);
  const auto leaving = [&](auto chance_of) {
    double sum = 0;
    for (int age = 0; age <= largest_age_of_kind; ++age)
      for (const Sex sex : {Sex::male, Sex::female}) {
        const std::size_t k = age_sex(age, sex);
        const double alive = static_cast<double>(members[k]) - static_cast<double>(deciding[k]) * (*dying_)[k];
        sum += chance_of(profile.yearly_rate[static_cast<std::size_t>(sex)][age_index(age)]) * survives(k) * alive;
      }
    return sum;
  };
  const double at_risk = leaving([](double one) { return one; });
  const double asked = params_.persons_yearly.at(now.step);
  const double chance_for_one = at_risk > 0 ? 1 / at_risk : 0;
  paths_->departures[static_cast<std::size_t>(now.step)] = chance_for_one;
  paths_->departures_yearly.wanted.push_back(asked);
  paths_->departures_yearly.reached.push_back(
      12 * leaving([&](double one) { return departure_chance(one, asked, chance_for_one); }));
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

ArrivalPlan::ArrivalPlan(const World& donors, Month start, int months, const ByMonth<double>& persons_yearly,
                         const ByMonth<int>& oldest) {
  struct Donors {
    std::shared_ptr<const std::vector<std::uint32_t>> rows;
    double persons = 0;
  };
  std::map<int, Donors> of_age;
  double so_far = 0;
  for (int step = 0; step < months; ++step) {
    expect(persons_yearly.at(step) >= 0, "arrivals are not negative");
    const auto [found, is_new] = of_age.try_emplace(oldest.at(step));
    Donors& from = found->second;
    if (is_new) {
      std::vector<std::uint32_t> rows;
      for (std::uint32_t h = 0; h < donors.households.size(); ++h) {
        const int age = donors.persons.age_years(donors.households.first[h], to_short(start));
        if (age < 18 || age > oldest.at(step)) continue;
        rows.push_back(h);
        from.persons += donors.households.members[h];
      }
      from.rows = std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
    }
    constexpr double rounding = 1e-9;  // sums that are whole numbers count as such
    const double before = std::floor(so_far + rounding);
    if (!from.rows->empty())
      so_far += persons_yearly.at(step) / 12.0 * static_cast<double>(from.rows->size()) / from.persons;
    households_.push_back(static_cast<std::uint32_t>(std::floor(so_far + rounding) - before));
    candidates_.push_back(from.rows);
  }
}

Arrivals::Arrivals(rng::PlaceCode place, std::shared_ptr<const World> donors, Month start,
                   std::shared_ptr<const ArrivalPlan> plan)
    : place_(place), donors_(std::move(donors)), start_(to_short(start)), plan_(std::move(plan)) {}

ProcessInfo Arrivals::info() const {
  return {.name = "arrivals",
          .summary = "brings households to the city, the same ones in every plan",
          .reads = {},
          .writes = {"all columns of the new rows"},
          .draws = {"arrival.0"},
          .page = "methods/demography.md"};
}

void Arrivals::resolve(World& world, const StepContext& now, MonthWork& work) const {
  const auto candidates = plan_->candidates(now.step);
  for (std::uint32_t slot = 0; slot < plan_->households(now.step); ++slot) {
    const std::uint32_t draw =
        now.luck.draw(rng::Purpose::arrival, 0, rng::initial_identity(place_, slot), now.month);
    copy(world, now, work, candidates[rng::below(draw, static_cast<std::uint32_t>(candidates.size()))], slot);
  }
}

void Arrivals::copy(World& world, const StepContext& now, MonthWork& work, std::uint32_t donor,
                    std::uint32_t slot) const {
  const PersonTable& from = donors_->persons;
  PersonTable& to = world.persons;
  const Row first = donors_->households.first[donor];
  const auto shift = narrow<ShortMonth>(now.now - start_);
  const PersonId founder = rng::arrival_identity(place_, now.month, slot, 0);
  const std::uint32_t household =
      work.desk.new_household(world, rng::founded_household_identity(founder, now.month),
                              donors_->households.district[donor], donors_->households.tenure[donor]);
  Row new_first = no_row;
  for (std::uint32_t k = 0; k < donors_->households.members[donor]; ++k) {
    const Row source = first + k;
    const Row row = work.desk.new_person(world, rng::arrival_identity(place_, now.month, slot, k), household);
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

}  // namespace oikos::demography
