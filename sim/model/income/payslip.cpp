#include "sim/model/income/payslip.hpp"

#include <algorithm>

#include "sim/base/vectorised.hpp"

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

namespace {

// For many persons the same whole numbers are computed in double precision, which has the wider vectors. Products stay
// below 2^31 * 10^6 < 2^51 and are exact. A quotient is cut off after half a unit of the dividend is added: it then
// lies at least 1/2 * 10^-6 away from the next whole number, and is computed with an error below 2^31 * 2^-52 < 1/2 *
// 10^-6.
double cut_off(double x) { return static_cast<double>(static_cast<std::int32_t>(x)); }
double part_of(double amount, double ppm) { return cut_off((amount * ppm + 500'000.5) * 1e-6); }
double in_whole(double minor) { return cut_off((minor + 50.5) * 0.01) * 100.0; }
double smaller(double a, double b) { return a < b ? a : b; }
double larger(double a, double b) { return a > b ? a : b; }

struct TaxRates {
  double contributions, employer_contributions, health, health_deductible, rate_1, rate_2, threshold, reduction,
      cost_allowance;
};

PayslipSums payslips(std::span<const std::int32_t> gross, const TaxRates& rates, std::int32_t* net) {
  PayslipSums sums;
  vectorised([n = gross.size(), gross = gross.data(), net, r = rates, &sums] {
    // In pieces, so that what is summed stays in first-level cache; whole numbers are summed in any order.
    constexpr std::size_t piece = 256;
    std::int32_t employer[piece], contributions[piece], health[piece], tax[piece];
    PayslipSums all;
    for (std::size_t begin = 0; begin < n; begin += piece) {
      const std::size_t count = n - begin < piece ? n - begin : piece;
      const std::int32_t* from = gross + begin;
      std::int32_t* to = net + begin;
      for (std::size_t i = 0; i < count; ++i) all.gross += from[i];
      OIKOS_NO_OVERLAP
      for (std::size_t i = 0; i < count; ++i) {
        const double amount = from[i];
        const double c = part_of(amount, r.contributions);
        const double insured = amount - c;
        const double h = part_of(insured, r.health);
        const double base = in_whole(larger(0.0, insured - r.cost_allowance));
        const double below = smaller(base, r.threshold);
        const double due = part_of(below, r.rate_1) + part_of(base - below, r.rate_2) - r.reduction -
                           part_of(insured, r.health_deductible);
        const double t = smaller(in_whole(larger(0.0, due)), insured - h);
        employer[i] = static_cast<std::int32_t>(part_of(amount, r.employer_contributions));
        contributions[i] = static_cast<std::int32_t>(c);
        health[i] = static_cast<std::int32_t>(h);
        tax[i] = static_cast<std::int32_t>(t);
        to[i] = static_cast<std::int32_t>(insured - h - t);
      }
      for (std::size_t i = 0; i < count; ++i) all.employer_contributions += employer[i];
      for (std::size_t i = 0; i < count; ++i) all.contributions += contributions[i];
      for (std::size_t i = 0; i < count; ++i) all.health += health[i];
      for (std::size_t i = 0; i < count; ++i) all.tax += tax[i];
    }
    sums = all;
  });
  return sums;
}

TaxRates rates_of(const TaxLaw& law) {
  const auto number = [](std::int64_t whole) { return static_cast<double>(whole); };
  return {.contributions = number(law.contributions),
          .employer_contributions = number(law.employer_contributions),
          .health = number(law.health),
          .health_deductible = number(law.health_deductible),
          .rate_1 = number(law.rate_1),
          .rate_2 = number(law.rate_2),
          .threshold = number(law.threshold.minor()),
          .reduction = number(law.reduction.minor()),
          .cost_allowance = number(law.cost_allowance.minor())};
}

}  // namespace

PayslipSums wage_payslips(std::span<const std::int32_t> gross, const TaxLaw& law, std::int32_t* net) {
  return payslips(gross, rates_of(law), net);
}

PayslipSums pension_payslips(std::span<const std::int32_t> gross, const TaxLaw& law, std::int32_t* net) {
  TaxRates rates = rates_of(law);
  rates.contributions = rates.employer_contributions = rates.cost_allowance = 0.0;
  return payslips(gross, rates, net);
}

void multiples_of(Money amount, std::span<const std::uint32_t> ratios_ppm, std::int32_t* multiples) {
  vectorised([n = ratios_ppm.size(), ratio = ratios_ppm.data(), of = static_cast<double>(amount.minor()), multiples] {
    OIKOS_NO_OVERLAP
    for (std::size_t i = 0; i < n; ++i)
      multiples[i] = static_cast<std::int32_t>(smaller((of * ratio[i] + 500'000.5) * 1e-6, 2'147'483'647.0));
  });
}

}  // namespace oikos::income
