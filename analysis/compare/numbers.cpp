#include "analysis/compare/numbers.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace oikos::analysis {

namespace {

/// Power of ten of the leading digit, read from the digits written so that no rounding of a logarithm matters.
int magnitude(double value) {
  const auto text = fmt::format("{:.0e}", value);
  return std::stoi(text.substr(text.find('e') + 1));
}

std::string grouped(const std::string& digits, std::string_view space) {
  const auto end = std::min(digits.find('.'), digits.size());
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i < end && (end - i) % 3 == 0 && end > 4) out += space;
    out += digits[i];
  }
  return out;
}

}  // namespace

NumberStyle number_style(const Row& row) {
  double largest_level = 0, largest_difference = 0;
  bool whole = true;
  for (const auto& windows : row.effects)
    for (const auto& e : windows) {
      if (e.pairs == 0) continue;
      largest_level = std::max({largest_level, std::abs(e.baseline), std::abs(e.plan)});
      largest_difference = std::max(largest_difference, std::abs(e.difference));
      whole = whole && e.baseline == std::floor(e.baseline) && e.plan == std::floor(e.plan);
    }
  NumberStyle style{.units = row.units};
  const auto scale = [&](double divisor, const char* word) {
    style.divisor = divisor;
    style.units = row.units == "1" ? word : fmt::format("{} {}", word, row.units);
  };
  if (largest_level >= 1e10) scale(1e9, "billion");
  else if (largest_level >= 1e7) scale(1e6, "million");
  if (largest_difference > 0) style.decimals = std::clamp(2 - magnitude(largest_difference / style.divisor), 0, 6);
  else if (largest_level > 0) style.decimals = std::clamp(3 - magnitude(largest_level / style.divisor), 0, 6);
  if (whole && style.divisor == 1) style.decimals = std::min(style.decimals, 1);
  if (whole && style.divisor == 1 && largest_difference == std::floor(largest_difference)) style.decimals = 0;
  return style;
}

std::string level(double value, const NumberStyle& style, std::string_view space) {
  if (std::isnan(value)) return "-";
  if (value == 0) return "0";
  const double scaled = value / style.divisor;
  if (std::isinf(scaled)) return scaled > 0 ? "inf" : "-inf";
  const auto digits = fmt::format("{:.{}f}", std::abs(scaled), style.decimals);
  const char* sign = scaled < 0 ? "-" : "";
  if (digits.find_first_not_of("0.") == std::string::npos) return fmt::format("{}{:.2g}", sign, std::abs(scaled));
  return sign + grouped(digits, space);
}

std::string signed_level(double value, const NumberStyle& style, std::string_view space) {
  return (value > 0 ? "+" : "") + level(value, style, space);
}

}  // namespace oikos::analysis
