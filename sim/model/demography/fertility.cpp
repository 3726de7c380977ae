#include "sim/model/demography/fertility.hpp"

#include <algorithm>
#include <tuple>

#include "sim/base/detmath.hpp"
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
  const auto& sex = persons[person::sex];
  const auto& partner = persons[person::partner];
  for (Row row = 0; row < persons.size(); ++row) {
    if (sex[row] != Sex::female) continue;
    const std::size_t age = age_index(persons.age_years(row, to_short(month)));
    Band& band = bands[age / band_years];
    ++(partner[row] == no_row ? band.without : band.with_partner);
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

ProcessInfo Fertility::about() const {
  return {.name = "fertility",
          .summary = "decides which women bear a child, by age and whether they live with a partner",
          .stage = Stage::decisions,
          .after = {{"mortality", "nobody bears in the month of her death"},
                    {"departures", "nor in that of her departure"}},
          .page = "methods/demography.md"};
}

void Fertility::run(const View& view) const {
  const std::uint32_t* draw = view.draws<lane::birth>();
  const AgeSex* ages = view.ages();
  const auto fates = view.fates();
  const KindLimits& with_partner = hazard_.with_partner(view.now.month);
  const KindLimits& without = hazard_.without_partner(view.now.month);
  // Whom the larger chance of her age hits, whether she has a partner or not, is looked at again: they are few.
  for (const std::uint32_t i : view.hits<target::birth>(draw, ages, hazard_.either(view.now.month))) {
    if (fates[i] == Fate::dies || fates[i] == Fate::departs) continue;
    const Row row = view.chunk.first_person + i;
    const KindLimits& own = view[person::partner][row] == no_row ? without : with_partner;
    if (happens(draw[i], own[ages[i]], view.change<target::birth>(i))) view.report<event::birth>().push_back(row);
  }
}

ProcessInfo Births::about() const {
  return {.name = "births",
          .summary = "adds the newborn to their mothers' households",
          .stage = Stage::meetings,
          .after = {{"guardianship", "a child is born where its mother will live"}},
          .page = "methods/demography.md"};
}

void Births::run(const View& view) const {
  MembershipDesk& desk = view.desk();
  for (const Row mother : view.told<event::birth>()) {
    if (desk.leaves(mother)) continue;  // her household left with somebody else's
    const int rank = ++view[person::children_born][mother];
    const PersonId identity = rng::newborn_identity(PersonId{view[person::identity][mother]}, rank);
    const Row child = desk.new_person(identity, desk.household_after(mother));
    desk.begin_life(child, view.now.short_month);
    const std::uint32_t sex = view.draw<lane::sex_of_child>(identity.value());
    view[person::sex][child] = rng::happens(sex, male_.at(view.now.step)) ? Sex::male : Sex::female;
    view[person::mother][child] = mother;
    view[person::father][child] = view[person::partner][mother];
    view.count<count::births>();
  }
}

}  // namespace oikos::demography
