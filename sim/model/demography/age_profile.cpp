#include "sim/model/demography/age_profile.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"

namespace oikos::demography {

AgeSexHazard::AgeSexHazard(std::span<const RatePeriod> periods) {
  expect(!periods.empty(), "a hazard has at least one period");
  expect(std::ranges::is_sorted(periods, {}, &RatePeriod::from), "periods ascend");
  for (const auto& period : periods) {
    from_.push_back(period.from);
    Table& table = tables_.emplace_back();
    for (std::size_t sex = 0; sex < 2; ++sex)
      for (std::size_t age = 0; age <= max_age; ++age)
        table[sex][age] = threshold(monthly_from_yearly_rate(period.yearly_rate[sex][age]));
  }
}

const AgeSexHazard::Table& AgeSexHazard::at(Month month) const {
  const auto after = std::ranges::upper_bound(from_, month);
  const auto index = after == from_.begin() ? 0 : after - from_.begin() - 1;
  return tables_[static_cast<std::size_t>(index)];
}

}  // namespace oikos::demography
