#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oikos {

/// A calendar month. Value: months since January of year 0, so differences are plain integers.
class Month {
 public:
  constexpr Month() = default;
  /// @param month_of_year 1 to 12
  constexpr Month(int year, int month_of_year) : index_(year * 12 + month_of_year - 1) {}
  static constexpr Month from_index(std::int32_t index) {
    Month m;
    m.index_ = index;
    return m;
  }

  constexpr std::int32_t index() const { return index_; }
  constexpr int year() const { return index_ >= 0 ? index_ / 12 : -((11 - index_) / 12); }
  constexpr int month_of_year() const { return index_ - year() * 12 + 1; }

  friend constexpr auto operator<=>(Month, Month) = default;
  friend constexpr Month operator+(Month m, int months) { return from_index(m.index_ + months); }
  friend constexpr Month operator-(Month m, int months) { return from_index(m.index_ - months); }
  friend constexpr int operator-(Month a, Month b) { return a.index_ - b.index_; }
  constexpr Month& operator++() { return ++index_, *this; }

 private:
  std::int32_t index_ = 0;
};

/// Reads "2015-07". Years 1800 to 2999. Nothing on any other text, a bare year among it.
std::optional<Month> parse_month(std::string_view text);
/// Writes "2015-07".
std::string to_string(Month month);
/// Days from `from` to the first day of `to`, proleptic Gregorian calendar.
std::int32_t days_between(Month from, Month to);

}  // namespace oikos
