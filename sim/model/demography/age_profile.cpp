#include "sim/model/demography/age_profile.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"

namespace oikos::demography {

AgeSexHazard::AgeSexHazard(std::span<const RatePeriod> periods) {
  expect(!periods.empty(), "a hazard has at least one period");
  expect(std::ranges::is_sorted(periods, {}, &RatePeriod::from), "periods ascend");
  for (const auto& period : periods) {
    from_.push_back(period.from);
    KindLimits& table = tables_.emplace_back();
    table.fill(rng::never);
    for (int age = 0; age <= largest_age_of_kind; ++age)
      for (const Sex sex : {Sex::male, Sex::female})
        table[age_sex(age, sex)] =
            rng::limit(monthly_from_yearly_rate(period.yearly_rate[static_cast<std::size_t>(sex)][age_index(age)]));
  }
}

const KindLimits& AgeSexHazard::at(Month month) const {
  const auto after = std::ranges::upper_bound(from_, month);
  const auto index = after == from_.begin() ? 0 : after - from_.begin() - 1;
  return tables_[static_cast<std::size_t>(index)];
}

double AgeSexHazard::largest_chance(const KindLimits& table) {
  return std::max(1.0, static_cast<double>(*std::ranges::max_element(table)) + 1.0) / (double{rng::always} + 1.0);
}

void AgeSexHazard::multiply(KindLimits& table, double factor) {
  for (rng::Limit& one : table) {
    const double more = (static_cast<double>(one) + 1.0) * factor - 1.0;
    one = more >= double{rng::always} ? rng::always : static_cast<rng::Limit>(more);
  }
}

void AgeSexHazard::make_certain_from(int age) {
  for (KindLimits& table : tables_)
    for (int a = age; a <= largest_age_of_kind; ++a)
      for (const Sex sex : {Sex::male, Sex::female}) table[age_sex(a, sex)] = rng::always;
}

void AgeSexHazard::make_impossible_for(Sex sex) {
  for (KindLimits& table : tables_)
    for (int age = 0; age <= largest_age_of_kind; ++age) table[age_sex(age, sex)] = rng::never;
}

}  // namespace oikos::demography
