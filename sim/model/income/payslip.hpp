#pragma once
#include <cstdint>
#include <span>

#include "sim/base/money.hpp"

namespace oikos::income {

/// Income tax and contributions of one month's law, single earner, withheld monthly. Rates in parts per million, 0 to
/// 10^6; amounts not negative.
struct TaxLaw {
  std::int64_t contributions = 0;           ///< employee's social contributions, share of the gross wage
  std::int64_t employer_contributions = 0;  ///< employer's, on top of the gross wage
  std::int64_t health = 0;                  ///< health contribution, share of gross less contributions
  std::int64_t health_deductible = 0;       ///< part of it deducted from tax, share of the same base
  std::int64_t rate_1 = 0;                  ///< tax rate of the first bracket
  std::int64_t rate_2 = 0;                  ///< above the threshold
  Money threshold;                          ///< a month: a twelfth of the yearly threshold
  Money reduction;                          ///< a month: a twelfth of the yearly tax-reducing amount
  Money cost_allowance;                     ///< a month: deducted from the base of wages, not of pensions
};

/// What becomes of a month's gross amount. gross = contributions + health + tax + net, exactly.
struct Payslip {
  Money contributions;
  Money health;
  Money tax;
  Money net;
};

/// Payslip of an employee.
///   contributions = gross * rate, health = (gross - contributions) * rate, both to the minor unit;
///   base = gross - contributions - cost allowance, to the whole currency unit, at least 0;
///   tax = rate_1 * base below the threshold and rate_2 above it, less the reduction and the deductible part of health,
///   to the whole currency unit, at least 0. Rounding half away from zero throughout.
/// Source docs/methods/income.md
Payslip wage_payslip(Money gross, const TaxLaw& law);

/// Payslip of an old-age pension: no social contributions and no cost allowance.
Payslip pension_payslip(Money gross, const TaxLaw& law);

/// What is withheld from many persons and paid on top of their wages.
struct PayslipSums {
  Money gross;
  Money employer_contributions;  ///< of wages only
  Money contributions;
  Money health;
  Money tax;
};

/// Gross amounts and the law's own are below this, in minor units: up to here the payslips of many persons are exact.
inline constexpr std::int64_t gross_limit = std::int64_t{1} << 51;
/// Largest amount of which wages are multiples, so that the largest multiple, 2^32 parts per million, is a gross
/// amount.
inline constexpr Money largest_wage_unit{500'000'000'000};

/// The same payslips for many persons at once, four side by side where the CPU has AVX2.
/// @param gross minor units, not negative, below gross_limit; shape (n)   @param net minor units, shape (n); may be
/// `gross` itself
/// @throws MoneyOverflow a sum is too large
PayslipSums wage_payslips(std::span<const std::int64_t> gross, const TaxLaw& law, std::int64_t* net);
PayslipSums pension_payslips(std::span<const std::int64_t> gross, const TaxLaw& law, std::int64_t* net);
/// amount * ratio of many ratios in parts per million, halves up. @param amount 0 to largest_wage_unit
/// @param multiples minor units, below gross_limit; shapes (n)
void multiples_of(Money amount, std::span<const std::uint32_t> ratios_ppm, std::int64_t* multiples);

static_assert(0xFFFF'FFFF * (largest_wage_unit.minor() / 1'000'000) < gross_limit);

}  // namespace oikos::income
