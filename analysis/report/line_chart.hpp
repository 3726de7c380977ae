#pragma once
#include <span>
#include <string>
#include <vector>

#include "sim/base/month.hpp"

namespace oikos::analysis {

/// A line over the months; NaN leaves a gap.
struct Line {
  int colour = 0;  ///< 0: the baseline; 1, 2, ...: the plans
  std::span<const double> values;
  std::span<const double> low = {};  ///< of the band around it; empty: none
  std::span<const double> high = {};
};

struct LineChart {
  std::string id;
  std::string title;        ///< for screen readers
  std::string description;  ///< for screen readers
  std::string heading;      ///< above the chart: what the axis counts
  Month start;
  double divisor = 1;  ///< values are divided by it
  std::vector<Line> lines;
  bool with_zero = false;  ///< whether 0 belongs to the axis and is drawn
};

/// The chart as an SVG element.
std::string draw(const LineChart& chart);

}  // namespace oikos::analysis
