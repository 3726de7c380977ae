#pragma once
#include <optional>
#include <string>
#include <vector>

#include "analysis/statistics/sample.hpp"

namespace oikos::analysis {

/// What one plan changes in one row.
struct Mark {
  int colour = 1;
  double value = 0;  ///< NaN: nothing is drawn, only the text stands
  std::optional<statistics::Interval> interval = {};
  std::string text = {};  ///< to the right of the chart
};

struct MarkRow {
  std::string label;
  std::vector<Mark> marks;  ///< one a plan, at least one
};

/// How marks look: a dot on its interval, or a bar from 0 with its interval on it.
enum class MarkShape { dot, bar };

struct IntervalChart {
  std::string id;
  std::string title;
  std::string description;
  std::string heading;     ///< what the axis counts
  std::string axis_units;  ///< written after tick labels, as " %"
  MarkShape shape = MarkShape::dot;
  std::vector<MarkRow> rows;
};

/// Rows under each other on one axis around 0, as an SVG element. The axis follows the bulk of the rows: a mark far
/// beyond the others ends in an arrow at the edge, and its text has the number.
std::string draw(const IntervalChart& chart);

}  // namespace oikos::analysis
