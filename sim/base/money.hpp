#pragma once
#include <compare>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace oikos {

/// An amount beyond what Money holds. What a user wrote leads there, so whoever knows the cause makes it a FigureError.
class MoneyOverflow : public std::overflow_error {
  using std::overflow_error::overflow_error;
};
[[noreturn]] void money_overflows();

/// An amount of money in minor units (grosz, cent): an integer, so that sums are exact in any order. Every operation
/// throws MoneyOverflow instead of a wrong amount.
class Money {
 public:
  constexpr Money() = default;
  constexpr explicit Money(std::int64_t minor_units) : minor_(minor_units) {}
  constexpr std::int64_t minor() const { return minor_; }

  friend constexpr auto operator<=>(Money, Money) = default;
  friend constexpr Money operator+(Money a, Money b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a.minor_, b.minor_, &sum)) [[unlikely]]
      money_overflows();
    return Money{sum};
  }
  friend constexpr Money operator-(Money a, Money b) {
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(a.minor_, b.minor_, &difference)) [[unlikely]]
      money_overflows();
    return Money{difference};
  }
  friend constexpr Money operator-(Money a) { return Money{} - a; }
  friend constexpr Money operator*(Money a, std::int64_t n) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(a.minor_, n, &product)) [[unlikely]]
      money_overflows();
    return Money{product};
  }
  constexpr Money& operator+=(Money b) { return *this = *this + b; }
  constexpr Money& operator-=(Money b) { return *this = *this - b; }

 private:
  std::int64_t minor_ = 0;
};

/// The largest amount there is.
inline constexpr Money largest_money{std::numeric_limits<std::int64_t>::max()};

/// Nearest integer, halves away from zero: the one rounding of amounts (docs/methods/money.md).
/// Exact for |x| < 2^52. @throws MoneyOverflow beyond the ends of int64 and for NaN
std::int64_t round_half_away(double x);

/// `amount * share`, share in parts per million, rounded half away from zero in 128-bit integers.
/// @throws MoneyOverflow where the share is above the whole and the result not to be held
Money share_of(Money amount, std::int64_t parts_per_million);

/// Splits `amount` (not negative) into parts proportional to `weights` (not negative, not all zero); the parts sum to
/// `amount` exactly. Left-over minor units go to the largest remainders, ties to the earlier part.
/// @throws ContractError on anything else
void split(Money amount, std::span<const std::int64_t> weights, std::span<Money> parts);

/// Writes "1234.56 PLN".
std::string to_string(Money amount, std::string_view currency);

}  // namespace oikos
