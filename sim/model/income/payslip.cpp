#include "sim/model/income/payslip.hpp"

#include <algorithm>
#include <bit>

#include "sim/base/contract.hpp"
#include "sim/base/vectorised.hpp"

namespace oikos::income {

namespace {

std::int64_t part(std::int64_t amount, std::int64_t ppm) { return share_of(Money{amount}, ppm).minor(); }
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

// For many persons the same whole numbers are computed in double precision, which has the wider vectors: exactly, for
// amounts from 0 to 2^51. Every sum and product below is a whole number (or one and a half) below 2^53, but for the
// quotients, of which the nearest whole number is wanted. Half a unit of the dividend is added first, so that none of
// them lies nearer than half a unit of the divisor to the middle between two.

/// Nearest whole number of |x| < 2^51 that lies in no middle: the sum has no bits left for a fraction.
constexpr double no_fraction = 0x1.8p52;
double nearest(double x) { return x + no_fraction - no_fraction; }

/// Whole numbers as the bits of no_fraction + x, whose last digits they are: |x| < 2^51.
constexpr auto bits_of_zero = std::bit_cast<std::int64_t>(no_fraction);
std::int64_t to_integer(double whole) { return std::bit_cast<std::int64_t>(whole + no_fraction) - bits_of_zero; }
double to_double(std::int64_t whole) { return std::bit_cast<double>(whole + bits_of_zero) - no_fraction; }

/// An amount in millions and the rest, which may be negative and is at most half a million: then products with parts
/// per million stay below 10^12, and their millionth is computed with an error far below the 1/2 * 10^-6 that part_of()
/// leaves.
struct Split {
  double millions, rest;
};
Split split_of(double amount) {
  const double millions = nearest(amount * 1e-6);
  return {millions, amount - millions * 1e6};
}
/// amount * ppm / 10^6, halves up.
double part_of(Split amount, double ppm) { return amount.millions * ppm + nearest((amount.rest * ppm + 0.5) * 1e-6); }
/// An amount below 2^31: its products with parts per million stay below 2^51, and their millionth is computed with an
/// error below 2^31 * 2^-52.4, less than part_of() leaves.
struct Small {
  double amount;
};
double part_of(Small amount, double ppm) { return nearest((amount.amount * ppm + 0.5) * 1e-6); }
constexpr std::int64_t small_limit = std::int64_t{1} << 31;

template <bool small>
auto parts_of(double amount) {
  if constexpr (small) return Small{amount};
  else return split_of(amount);
}

/// To the whole currency unit, halves up. (minor + 1/2) / 100 is at least 1/200 away from a middle and computed with
/// an error below 2^51 / 100 * 2^-52 = 1/200.
double in_whole(double minor) { return nearest((minor + 0.5) * 0.01) * 100.0; }
double smaller(double a, double b) { return a < b ? a : b; }
double larger(double a, double b) { return a > b ? a : b; }

struct TaxRates {
  double contributions, employer_contributions, health, health_deductible, rate_1, rate_2, threshold, reduction,
      cost_allowance;
};

/// Sums of up to so many amounts below 2^51 stay below 2^59.
constexpr std::size_t piece = 256;
struct PieceSums {
  std::int64_t gross = 0, employer = 0, contributions = 0, health = 0, tax = 0;
};

/// Payslips of at most `piece` persons, whose parts are summed while they stay in first-level cache.
/// @tparam small all gross amounts are below small_limit
template <bool small>
PieceSums payslips_of_piece(const std::int64_t* gross, std::size_t count, const TaxRates& rates, std::int64_t* net) {
  PieceSums sums;
  vectorised([count, gross, net, r = rates, &sums] {
    std::int64_t employer[piece], contributions[piece], health[piece], tax[piece];
    PieceSums all;
    for (std::size_t i = 0; i < count; ++i) all.gross += gross[i];
    OIKOS_NO_OVERLAP
    for (std::size_t i = 0; i < count; ++i) {
      const double amount = to_double(gross[i]);
      const auto wage = parts_of<small>(amount);
      const double c = part_of(wage, r.contributions);
      const double insured = amount - c;
      const auto base_of_health = parts_of<small>(insured);
      const double h = part_of(base_of_health, r.health);
      const double base = in_whole(larger(0.0, insured - r.cost_allowance));
      const double below = smaller(base, r.threshold);
      const double due = part_of(parts_of<small>(below), r.rate_1) + part_of(parts_of<small>(base - below), r.rate_2) -
                         r.reduction - part_of(base_of_health, r.health_deductible);
      const double t = smaller(in_whole(larger(0.0, due)), insured - h);
      employer[i] = to_integer(part_of(wage, r.employer_contributions));
      contributions[i] = to_integer(c);
      health[i] = to_integer(h);
      tax[i] = to_integer(t);
      net[i] = to_integer(insured - h - t);
    }
    for (std::size_t i = 0; i < count; ++i) all.employer += employer[i];
    for (std::size_t i = 0; i < count; ++i) all.contributions += contributions[i];
    for (std::size_t i = 0; i < count; ++i) all.health += health[i];
    for (std::size_t i = 0; i < count; ++i) all.tax += tax[i];
    sums = all;
  });
  return sums;
}

PayslipSums payslips(std::span<const std::int64_t> gross, const TaxRates& rates, std::int64_t* net) {
  PayslipSums all;
  for (std::size_t begin = 0; begin < gross.size(); begin += piece) {
    const auto here = gross.subspan(begin, std::min(piece, gross.size() - begin));
    const bool small = *std::ranges::max_element(here) < small_limit;
    const PieceSums sums =
        (small ? payslips_of_piece<true> : payslips_of_piece<false>)(here.data(), here.size(), rates, net + begin);
    all.gross += Money{sums.gross};
    all.employer_contributions += Money{sums.employer};
    all.contributions += Money{sums.contributions};
    all.health += Money{sums.health};
    all.tax += Money{sums.tax};
  }
  return all;
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

PayslipSums wage_payslips(std::span<const std::int64_t> gross, const TaxLaw& law, std::int64_t* net) {
  return payslips(gross, rates_of(law), net);
}

PayslipSums pension_payslips(std::span<const std::int64_t> gross, const TaxLaw& law, std::int64_t* net) {
  TaxRates rates = rates_of(law);
  rates.contributions = rates.employer_contributions = rates.cost_allowance = 0.0;
  return payslips(gross, rates, net);
}

void multiples_of(Money amount, std::span<const std::uint32_t> ratios_ppm, std::int64_t* multiples) {
  expect(amount >= Money{} && amount <= largest_wage_unit, "wages are multiples of an amount in the range of the law");
  vectorised([n = ratios_ppm.size(), ratio = ratios_ppm.data(), of = static_cast<double>(amount.minor()), multiples] {
    const Split parts = split_of(of);
    OIKOS_NO_OVERLAP
    for (std::size_t i = 0; i < n; ++i) {
      const Split times = split_of(static_cast<double>(ratio[i]));
      multiples[i] = to_integer(of * times.millions + parts.millions * times.rest +
                                nearest((parts.rest * times.rest + 0.5) * 1e-6));
    }
  });
}

}  // namespace oikos::income
