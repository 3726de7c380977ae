#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sim/base/money.hpp"
#include "sim/base/month.hpp"
#include "sim/base/rate.hpp"

/// Strict reading of single values with units. Pure functions of the text; places are added by the codecs
/// (sim/text/codec.hpp).
namespace oikos::units {

/// Why a text is not the value wanted.
struct Problem {
  std::string what;  ///< lower case, no full stop
  std::string hint;  ///< a way out, or ""
};

/// A value, or why there is none.
template <class T>
struct Parsed {
  std::optional<T> value;
  Problem problem;

  Parsed(T good) : value(std::move(good)) {}        // NOLINT: meant to convert
  Parsed(Problem bad) : problem(std::move(bad)) {}  // NOLINT: meant to convert
  explicit operator bool() const { return value.has_value(); }
  const T& operator*() const { return *value; }
  const T* operator->() const { return &*value; }
};

/// First and last of a range, both included.
struct MonthRange {
  int min = 0;  ///< months
  int max = 0;  ///< months

  friend bool operator==(MonthRange, MonthRange) = default;
};

/// An amount per something.
struct MoneyRate {
  Money amount;
  std::string per;  ///< "month", "year", "hour", "place-month" ...

  friend bool operator==(const MoneyRate&, const MoneyRate&) = default;
};

/// "-12.5", "3e-4": decimal point, no grouping, no leading zero, no plus sign, finite. Correctly rounded.
Parsed<double> parse_number(std::string_view text);
/// "42", "-3".
Parsed<std::int64_t> parse_integer(std::string_view text);
/// A whole number of 64 bits without sign.
Parsed<std::uint64_t> parse_natural(std::string_view text);
/// "12 %" or a plain number in [0, 1]. "12 %" gives the same bits as 0.12.
Parsed<double> parse_share(std::string_view text);
/// As parse_share, exact in parts per million: at most four decimals of a percent.
Parsed<std::int64_t> parse_share_ppm(std::string_view text);
/// "4 %/month", "6 %/year": a probability; "0.02/month", "0.18/year": a hazard. Not negative, a probability at most 1.
Parsed<Chance> parse_chance(std::string_view text);
/// The unit of a chance as tables write it: "%/month", "%/year", "1/month", "1/year".
std::optional<ChanceUnit> chance_unit(std::string_view text);
/// "850 PLN", "1234.56 PLN", "1.2 million PLN": whole minor units, in the currency given.
Parsed<Money> parse_money(std::string_view text, std::string_view currency);
/// "850 PLN/month": an amount per one of `units`.
Parsed<MoneyRate> parse_money_rate(std::string_view text, std::string_view currency, std::span<const std::string> per);
/// "9 months", "2 years": whole months.
Parsed<int> parse_duration_months(std::string_view text);
/// "9..12 months", "1..2 years"; "9 months" means 9..9.
Parsed<MonthRange> parse_duration_range(std::string_view text);
/// "5 hours", "1 hour", "3 thousand households", "12.5 hours/week" for the unit "hour" or "hour/week".
Parsed<double> parse_quantity(std::string_view text, std::string_view unit);
/// "18 years", or plain "18" when `plain_ok`: whole years.
Parsed<int> parse_age(std::string_view text, bool plain_ok);
/// Which month of a year a bare year is most likely meant for, in the hint.
enum class MonthRole : std::uint8_t { first, last };
/// "2015-07"; a bare year is no month.
Parsed<Month> parse_month(std::string_view text, MonthRole role = MonthRole::first);
/// Three capital letters, as ISO 4217 has them.
Parsed<std::string> parse_currency(std::string_view text);
/// Only "yes" and "no".
Parsed<bool> parse_boolean(std::string_view text);
/// [a-z][a-z0-9_]*, at most 64 characters.
Parsed<std::string> parse_identifier(std::string_view text);
/// Position of the text among `names`.
Parsed<std::size_t> parse_one_of(std::string_view text, std::span<const std::string> names);

}  // namespace oikos::units
