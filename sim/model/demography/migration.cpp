#include "sim/model/demography/migration.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/base/contract.hpp"
#include "sim/base/narrow.hpp"
#include "sim/process/hazard.hpp"
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

ProcessInfo Departures::about() const {
  return {.name = "departures",
          .summary = "decides which households leave the city, by age of the reference person",
          .stage = Stage::decisions,
          .after = {{"departure_level", "it finds the month's chance"},
                    {"mortality", "a household is not led away by the dead"}},
          .page = "methods/demography.md"};
}

void Departures::run(const View& view) const {
  const auto& home = view[person::household];
  const auto& first_of = view[household::first];
  const std::uint32_t* draw = view.draws<lane::move>();
  const AgeSex* ages = view.ages();
  const auto fates = view.fates();
  const auto step = static_cast<std::size_t>(view.now.step);
  const Ready& ready = ready_[step];
  const double chance_for_one = paths_->departures[step];
  // In the pilot, which finds the chances month by month, nothing is ready.
  const bool found = chance_for_one != ready.chance_for_one;
  for (const std::uint32_t i :
       found ? view.hits<target::departure>(draw, ages, params_.limits(view.now.month, view.now.step, chance_for_one))
             : view.hits<target::departure>(draw, ages, ready.limits)) {
    const Row first = view.chunk.first_person + i;
    const std::uint32_t h = home[first];
    if (first_of[h] != first || fates[i] == Fate::dies) continue;  // the reference person decides
    for (std::uint32_t k = 0; k < view[household::members][h]; ++k) {
      if (fates[i + k] != Fate::stays) continue;
      fates[i + k] = Fate::departs;
      view.report<event::departure>().push_back(first + k);
    }
  }
}

DepartureLevel::DepartureLevel(DepartureParams params, AgeSexHazard death, std::shared_ptr<BaselinePaths> paths)
    : params_(std::move(params)), death_(std::move(death)), paths_(std::move(paths)) {}

ProcessInfo DepartureLevel::about() const {
  return {.name = "departure_level",
          .summary = "finds the chance of leaving that the asked number of departures needs (pilot only)",
          .stage = Stage::decisions,
          .page = "methods/demography.md"};
}

void DepartureLevel::run(const View& view) const {
  const When& now = view.now;
  const auto& birth = view[person::birth_month];
  const auto& sex = view[person::sex];
  const auto& first_of = view[household::first];
  const auto& members_of = view[household::members];
  const KindLimits& deaths = death_.at(now.month);
  const auto kind = [&](Row row) { return age_sex((now.short_month - birth[row]) / 12, sex[row]); };
  const auto survives = [&](std::size_t of_kind) { return 1.0 - (static_cast<double>(deaths[of_kind]) + 1) * 0x1p-31; };
  std::array<std::int64_t, age_sex_kinds> members{}, deciding{}, dying{};
  for (std::uint32_t h = 0; h < view.households(); ++h) {
    const std::size_t decides = kind(first_of[h]);
    members[decides] += members_of[h];
    ++deciding[decides];
  }
  if (now.step % 12 == 0) {
    for (std::uint32_t h = 0; h < view.households(); ++h) {
      const Row first = first_of[h];
      for (Row row = first + 1; row < first + members_of[h]; ++row) dying[kind(first)] += deaths[kind(row)] + 1;
    }
    for (std::size_t k = 0; k < dying.size(); ++k)
      (*dying_)[k] = deciding[k] > 0 ? static_cast<double>(dying[k]) / static_cast<double>(deciding[k]) * 0x1p-31 : 0;
  }
  const RatePeriod& profile = params_.profile_at(now.month);
  const auto leaving = [&](auto chance_of) {
    double sum = 0;
    for (int age = 0; age <= largest_age_of_kind; ++age)
      for (const Sex one : {Sex::male, Sex::female}) {
        const std::size_t k = age_sex(age, one);
        const double alive = static_cast<double>(members[k]) - static_cast<double>(deciding[k]) * (*dying_)[k];
        sum += chance_of(profile.yearly_rate[static_cast<std::size_t>(one)][age_index(age)]) * survives(k) * alive;
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

ProcessInfo Leavings::about() const {
  return {.name = "leavings",
          .summary = "takes the departing households out of the tables",
          .stage = Stage::meetings,
          .after = {{"deaths", "the dead are taken first"}},
          .page = "methods/demography.md"};
}

void Leavings::run(const View& view) const {
  for (const Row row : view.told<event::departure>()) {
    view[person::partner][row] = no_row;
    view.desk().leave(row);
    view.count<count::departures>();
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
        const int age = donors.persons.age_years(donors.households[household::first][h], to_short(start));
        if (age < 18 || age > oldest.at(step)) continue;
        rows.push_back(h);
        from.persons += donors.households[household::members][h];
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

ProcessInfo Arrivals::about() const {
  return {.name = "arrivals",
          .summary = "brings households to the city, the same ones in every plan",
          .stage = Stage::meetings,
          .after = {{"births", "rows of newcomers stand behind all others"}},
          .page = "methods/demography.md"};
}

void Arrivals::run(const View& view) const {
  const auto candidates = plan_->candidates(view.now.step);
  for (std::uint32_t slot = 0; slot < plan_->households(view.now.step); ++slot) {
    const std::uint32_t draw = view.draw<lane::donor>(rng::initial_identity(place_, slot));
    copy(view, candidates[rng::below(draw, static_cast<std::uint32_t>(candidates.size()))], slot);
  }
}

void Arrivals::copy(const View& view, std::uint32_t donor, std::uint32_t slot) const {
  MembershipDesk& desk = view.desk();
  const HouseholdTable& homes = donors_->households;
  const PersonId founder = rng::arrival_identity(place_, view.now.month, slot, 0);
  const std::uint32_t household = desk.new_household(rng::founded_household_identity(founder, view.now.month));
  std::vector<Copied> persons;
  for (std::uint32_t k = 0; k < homes[household::members][donor]; ++k) {
    const Row row = desk.new_person(rng::arrival_identity(place_, view.now.month, slot, k), household);
    persons.push_back({row, homes[household::first][donor] + k});
    view.count<count::arrivals>();
  }
  desk.arrive(*donors_, household, donor, persons, view.now.short_month - start_);
}

}  // namespace oikos::demography
