#pragma once
#include <string>
#include <vector>

#include "sim/base/month.hpp"

namespace oikos::analysis {

/// A linear scale with round ticks: 1, 2 or 5 times a power of ten.
struct Scale {
  double low = 0;   ///< first tick
  double high = 1;  ///< last tick, above `low`
  double step = 1;
  int decimals = 0;  ///< that tell neighbouring ticks apart

  std::vector<double> ticks() const;
  /// Place of a value between 0 (at `low`) and 1 (at `high`).
  double place(double value) const { return (value - low) / (high - low); }
};

/// The scale that holds low to high with at most `most` steps. Equal ends are widened.
/// @param low, high  finite
Scale round_scale(double low, double high, int most);

/// "1 250" or "−0.05": as many decimals as the scale needs, real minus.
std::string tick_label(const Scale& scale, double tick);

/// A labelled month on the axis of time.
struct MonthTick {
  int month = 0;  ///< since the start
  std::string label;
};

/// Years for long runs, months for short ones; at most `most` of them.
std::vector<MonthTick> month_ticks(Month start, int months, int most);

}  // namespace oikos::analysis
