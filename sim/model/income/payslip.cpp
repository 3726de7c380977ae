#include "sim/model/income/payslip.hpp"

#include <algorithm>

namespace oikos::income {

namespace {

// Gross amounts of a month lie far below 2^63 / 10^6 minor units, so 64 bits do here what share_of does in 128.
constexpr std::int64_t million = 1'000'000;
std::int64_t part(std::int64_t amount, std::int64_t ppm) { return (amount * ppm + million / 2) / million; }
std::int64_t to_whole(std::int64_t minor) { return (minor + 50) / 100 * 100; }

Payslip payslip(std::int64_t gross, std::int64_t contributions, std::int64_t cost_allowance, const TaxLaw& law) {
  const std::int64_t insured = gross - contributions;
  const std::int64_t health = part(insured, law.health);
  const std::int64_t base = to_whole(std::max<std::int64_t>(0, insured - cost_allowance));
  const std::int64_t below = std::min(base, law.threshold.minor());
  const std::int64_t due = part(below, law.rate_1) + part(base - below, law.rate_2) - law.reduction.minor() -
                           part(insured, law.health_deductible);
  const std::int64_t tax = std::min(to_whole(std::max<std::int64_t>(0, due)), insured - health);
  return {Money{contributions}, Money{health}, Money{tax}, Money{insured - health - tax}};
}

}  // namespace

Payslip wage_payslip(Money gross, const TaxLaw& law) {
  return payslip(gross.minor(), part(gross.minor(), law.contributions), law.cost_allowance.minor(), law);
}

Payslip pension_payslip(Money gross, const TaxLaw& law) { return payslip(gross.minor(), 0, 0, law); }

}  // namespace oikos::income
