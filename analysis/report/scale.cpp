#include "analysis/report/scale.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/compare/numbers.hpp"
#include "analysis/report/html.hpp"
#include "sim/base/contract.hpp"

namespace oikos::analysis {

namespace {

struct Step {
  double size;
  int decimals;
};

/// The step's decimal form is read back as a number, so that ticks are the nearest numbers to round decimals.
Step step_of(int digit, int exponent) {
  return {std::stod(fmt::format("{}e{}", digit, exponent)), std::max(0, -exponent)};
}

}  // namespace

std::vector<double> Scale::ticks() const {
  std::vector<double> found;
  const auto first = std::llround(low / step), last = std::llround(high / step);
  for (auto i = first; i <= last; ++i) found.push_back(static_cast<double>(i) * step);
  return found;
}

Scale round_scale(double low, double high, int most) {
  expect(std::isfinite(low) && std::isfinite(high) && most >= 2, "a scale has finite ends and steps");
  if (high < low) std::swap(low, high);
  const double size = std::max(std::abs(low), std::abs(high));
  if (high - low <= size * 1e-9) {
    const double room = size > 0 ? size * 0.05 : 1;
    low -= room;
    high += room;
  }
  int exponent = static_cast<int>(std::floor(std::log10((high - low) / most))) - 1;
  while (true) {
    for (const int digit : {1, 2, 5}) {
      const auto step = step_of(digit, exponent);
      const double first = std::floor(low / step.size), last = std::ceil(high / step.size);
      if (last - first <= most) return {first * step.size, last * step.size, step.size, step.decimals};
    }
    ++exponent;
  }
}

std::string tick_label(const Scale& scale, double tick) {
  if (std::abs(tick) < scale.step / 2) return "0";
  return with_minus(level(tick, {.units = "", .divisor = 1, .decimals = scale.decimals}, "\u2009"));
}

std::vector<MonthTick> month_ticks(Month start, int months, int most) {
  std::vector<MonthTick> ticks;
  for (const int every : {1, 2, 3, 6}) {
    if (months > every * most || months > 24) continue;
    for (int m = 0; m < months; m += every) ticks.push_back({m, to_string(start + m)});
    return ticks;
  }
  const int first = (12 - (start.month_of_year() - 1)) % 12;
  for (int every = 1;; ++every) {
    if ((months - first + 11) / 12 > every * most) continue;
    for (int m = first; m < months; m += 12 * every) ticks.push_back({m, fmt::format("{}", (start + m).year())});
    return ticks;
  }
}

}  // namespace oikos::analysis
