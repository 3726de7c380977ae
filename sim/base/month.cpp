#include "sim/base/month.hpp"

#include <fmt/core.h>

#include <chrono>

namespace oikos {

namespace {

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::chrono::sys_days first_day(Month month) {
  using namespace std::chrono;
  return sys_days{year{month.year()} / std::chrono::month{static_cast<unsigned>(month.month_of_year())} / day{1}};
}

}  // namespace

std::optional<Month> parse_month(std::string_view text) {
  if (text.size() != 7) return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  if (!year || *year < 1800 || *year > 2999) return std::nullopt;
  const auto month = digits(text.substr(5));
  if (text[4] != '-' || !month || *month < 1 || *month > 12) return std::nullopt;
  return Month{*year, *month};
}

std::string to_string(Month month) { return fmt::format("{:04d}-{:02d}", month.year(), month.month_of_year()); }

std::int32_t days_between(Month from, Month to) {
  return static_cast<std::int32_t>((first_day(to) - first_day(from)).count());
}

}  // namespace oikos
