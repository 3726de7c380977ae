#include "sim/model/demography/fertility.hpp"

#include <algorithm>
#include <tuple>

#include "sim/base/detmath.hpp"
#include "sim/model/demography/lanes.hpp"
#include "sim/model/hazard.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::demography {

namespace {

constexpr int band_years = 5;

/// Women of a band of ages, and their births if they bear at the rate of all.
struct Band {
  double with_partner = 0, without = 0, births = 0;
};

/// Factors of a band when those without a partner bear `ratio` times as often as those with one.
std::pair<double, double> factors(const Band& band, double ratio) {
  const double women = band.with_partner + band.without;
  if (women == 0) return {1.0, 1.0};
  const double with = women / (band.with_partner + band.without * ratio);
  return {with, with * ratio};
}

double share_outside(std::span<const Band> bands, double ratio) {
  double outside = 0, all = 0;
  for (const Band& band : bands) {
    const double women = band.with_partner + band.without;
    if (women == 0) continue;
    outside += band.births * band.without / women * factors(band, ratio).second;
    all += band.births;
  }
  return all == 0 ? 0 : outside / all;
}

/// The ratio at which the share is as asked for; it rises with the ratio. By bisection of its logarithm.
double ratio_for(std::span<const Band> bands, double share) {
  double low = -10, high = 10;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (share_outside(bands, detmath::exp(middle)) < share ? low : high) = middle;
  }
  return detmath::exp((low + high) / 2);
}

const ByAge<double>& womens_rate(std::span<const RatePeriod> rates, Month month) {
  const auto after = std::ranges::upper_bound(rates, month, {}, &RatePeriod::from);
  return (after == rates.begin() ? rates.front() : *std::prev(after))
      .yearly_rate[static_cast<std::size_t>(Sex::female)];
}

/// Periods of women's rates under factors that change at dates.
template <class FactorAt>
std::vector<RatePeriod> multiplied(std::span<const RatePeriod> rates, std::vector<Month> dates, FactorAt factor) {
  for (const RatePeriod& period : rates) dates.push_back(period.from);
  std::ranges::sort(dates);
  dates.erase(std::ranges::unique(dates).begin(), dates.end());
  std::vector<RatePeriod> periods;
  for (const Month from : dates) {
    ByAge<double> women = womens_rate(rates, from);
    for (std::size_t age = 0; age < women.size(); ++age) women[age] *= factor(from, age);
    periods.push_back({from, {ByAge<double>{}, women}});  // men bear no children
  }
  return periods;
}

}  // namespace

UnionFactors birth_factors(const World& women, Month month, const ByAge<double>& yearly_rate, double outside_unions) {
  std::array<Band, max_age / band_years + 1> bands{};
  const PersonTable& persons = women.persons;
  for (Row row = 0; row < persons.size(); ++row) {
    if (persons.sex[row] != Sex::female) continue;
    const std::size_t age = age_index(persons.age_years(row, to_short(month)));
    Band& band = bands[age / band_years];
    ++(persons.partner[row] == no_row ? band.without : band.with_partner);
    band.births += yearly_rate[age];
  }
  const double ratio = ratio_for(bands, outside_unions);
  UnionFactors all{};
  for (std::size_t age = 0; age <= max_age; ++age)
    std::tie(all.with_partner[age], all.without_partner[age]) = factors(bands[age / band_years], ratio);
  return all;
}

BirthHazard::BirthHazard(std::span<const RatePeriod> rates)
    : with_partner_(multiplied(rates, {}, [](Month, std::size_t) { return 1.0; })),
      without_partner_(with_partner_),
      either_(with_partner_) {}

BirthHazard::BirthHazard(std::span<const RatePeriod> rates, const World& initial, Month start,
                         const Dated<double>& outside_unions)
    : BirthHazard(rates) {
  std::vector<Month> dates;
  std::vector<UnionFactors> found;
  for (const auto& change : outside_unions.changes()) {
    dates.push_back(change.from);
    found.push_back(birth_factors(initial, start, womens_rate(rates, start), change.value));
  }
  const auto at = [&](Month month) -> const UnionFactors& {
    const auto after = std::ranges::upper_bound(dates, month);
    return found[after == dates.begin() ? 0 : static_cast<std::size_t>(after - dates.begin()) - 1];
  };
  const auto make = [&](auto member) {
    return AgeSexHazard(multiplied(rates, dates, [&](Month m, std::size_t age) { return member(at(m), age); }));
  };
  with_partner_ = make([](const UnionFactors& f, std::size_t age) { return f.with_partner[age]; });
  without_partner_ = make([](const UnionFactors& f, std::size_t age) { return f.without_partner[age]; });
  either_ = make(
      [](const UnionFactors& f, std::size_t age) { return std::max(f.with_partner[age], f.without_partner[age]); });
}

ProcessInfo Fertility::info() const {
  return {.name = "fertility",
          .summary = "decides which women bear a child, by age and whether they live with a partner",
          .reads = {"person.birth_month", "person.sex", "person.partner", "person.effects"},
          .writes = {},
          .draws = {"demography.birth"},
          .page = "methods/demography.md"};
}

void Fertility::sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const {
  const std::uint32_t* draw = scratch.draws(rng::Purpose::demography)[lane_birth];
  const AgeSex* ages = scratch.ages();
  const auto fates = scratch.fates();
  const KindLimits& with_partner = hazard_.with_partner(now.month);
  const KindLimits& without = hazard_.without_partner(now.month);
  // Whom the larger chance of her age hits, whether she has a partner or not, is looked at again: they are few.
  flag_hits(Modifier::birth, draw, ages, hazard_.either(now.month), scratch);
  for (const std::uint32_t i : scratch.flagged()) {
    if (fates[i] == Fate::dies || fates[i] == Fate::departs) continue;
    const Row row = chunk.first_person + i;
    const KindLimits& own = world.persons.partner[row] == no_row ? without : with_partner;
    if (happens(draw[i], own[ages[i]], scratch.factor(Modifier::birth, i))) out.of(Event::birth).push_back(row);
  }
}

ProcessInfo Births::info() const {
  return {.name = "births",
          .summary = "adds the newborn to their mothers' households",
          .reads = {"person.identity", "person.partner"},
          .writes = {"person.children_born"},
          .draws = {"birth_details.0"},
          .page = "methods/demography.md"};
}

void Births::resolve(World& world, const StepContext& now, MonthWork& work) const {
  PersonTable& persons = world.persons;
  for (const Row mother : work.of(Event::birth)) {
    if (work.desk.leaves(mother)) continue;  // her household left with somebody else's
    ++persons.children_born[mother];
    const PersonId identity = rng::newborn_identity(PersonId{persons.identity[mother]}, persons.children_born[mother]);
    const Row child = work.desk.new_person(world, identity, work.desk.household_after(world, mother));
    const std::uint32_t sex = now.luck.draw(rng::Purpose::birth_details, 0, identity.value(), now.month);
    persons.sex[child] = rng::happens(sex, male_.at(now.step)) ? Sex::male : Sex::female;
    persons.birth_month[child] = now.now;
    persons.state_since[child] = now.now;
    persons.labour[child] = Labour::child;
    persons.mother[child] = mother;
    persons.father[child] = persons.partner[mother];
    work.count(Count::births);
  }
}

}  // namespace oikos::demography
