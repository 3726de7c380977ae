#pragma once
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace oikos {

/// An amount of money in minor units (grosz, cent): an integer, so that sums are exact in any order.
class Money {
 public:
  constexpr Money() = default;
  constexpr explicit Money(std::int64_t minor_units) : minor_(minor_units) {}
  constexpr std::int64_t minor() const { return minor_; }

  friend constexpr auto operator<=>(Money, Money) = default;
  friend constexpr Money operator+(Money a, Money b) { return Money{a.minor_ + b.minor_}; }
  friend constexpr Money operator-(Money a, Money b) { return Money{a.minor_ - b.minor_}; }
  friend constexpr Money operator-(Money a) { return Money{-a.minor_}; }
  friend constexpr Money operator*(Money a, std::int64_t n) { return Money{a.minor_ * n}; }
  constexpr Money& operator+=(Money b) { return minor_ += b.minor_, *this; }
  constexpr Money& operator-=(Money b) { return minor_ -= b.minor_, *this; }

 private:
  std::int64_t minor_ = 0;
};

/// Nearest integer, halves away from zero: the one rounding of amounts (docs/methods/money.md).
/// Exact for |x| < 2^52; saturates at the ends of int64, so that no input is undefined; NaN gives 0.
std::int64_t round_half_away(double x);

/// `amount * share`, share in parts per million, rounded half away from zero in 128-bit integers.
Money share_of(Money amount, std::int64_t parts_per_million);

/// Splits `amount` (not negative) into parts proportional to `weights` (not negative, not all zero); the parts sum to
/// `amount` exactly. Left-over minor units go to the largest remainders, ties to the earlier part.
/// @throws ContractError on anything else
void split(Money amount, std::span<const std::int64_t> weights, std::span<Money> parts);

/// Writes "1234.56 PLN".
std::string to_string(Money amount, std::string_view currency);

}  // namespace oikos
