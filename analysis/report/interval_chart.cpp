#include "analysis/report/interval_chart.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/compare/text_layout.hpp"
#include "analysis/report/scale.hpp"
#include "analysis/report/style.hpp"
#include "analysis/report/svg.hpp"

namespace oikos::analysis {

namespace {

constexpr int width = 920;
constexpr double left = 296, right = 710, top = 52, line_height = 18, row_gap = 16, text_left = 726;
constexpr int label_columns = 38;

double row_height(const MarkRow& row) { return row_gap + line_height * static_cast<double>(row.marks.size()); }

int height_of(const IntervalChart& chart) {
  double height = top + 8;
  for (const auto& row : chart.rows) height += row_height(row);
  return static_cast<int>(height);
}

/// How far from 0 a mark reaches.
double reach(const Mark& mark) {
  if (!std::isfinite(mark.value)) return 0;
  if (!mark.interval) return std::abs(mark.value);
  return std::max(std::abs(mark.interval->low), std::abs(mark.interval->high));
}

/// Holds every mark, unless one reaches more than six times as far as half of them do.
Scale scale_of(const IntervalChart& chart) {
  std::vector<double> reaches;
  double low = 0, high = 0;
  for (const auto& row : chart.rows)
    for (const auto& mark : row.marks)
      if (const double r = reach(mark); r > 0) reaches.push_back(r);
  if (reaches.empty()) return round_scale(-1, 1, 8);
  std::ranges::sort(reaches);
  const double limit = std::min(reaches.back(), 6 * reaches[reaches.size() / 2]);
  for (const auto& row : chart.rows)
    for (const auto& mark : row.marks) {
      if (!std::isfinite(mark.value)) continue;
      const auto ends = mark.interval.value_or(statistics::Interval{mark.value, mark.value});
      low = std::min({low, mark.value, ends.low});
      high = std::max({high, mark.value, ends.high});
    }
  return round_scale(std::max(low, -limit), std::min(high, limit), 8);
}

class Drawing {
 public:
  explicit Drawing(const IntervalChart& chart)
      : chart_(chart),
        scale_(scale_of(chart)),
        height_(height_of(chart)),
        svg_(chart.id, width, height_, chart.title, chart.description) {}

  std::string finish() && {
    svg_.text({left, 16}, chart_.heading, "head");
    axis();
    double y = top;
    for (const auto& row : chart_.rows) {
      labelled(row, y);
      y += row_height(row);
    }
    return std::move(svg_).finish();
  }

 private:
  double x(double value) const { return left + (right - left) * std::clamp(scale_.place(value), 0.0, 1.0); }

  void axis() {
    for (const double tick : scale_.ticks()) {
      const bool zero = std::abs(tick) < scale_.step / 2;
      svg_.line({x(tick), top - 8}, {x(tick), height_ - 8.0}, zero ? "zero" : "grid");
      svg_.text({x(tick), top - 14}, tick_label(scale_, tick) + chart_.axis_units, "mid");
    }
  }

  void labelled(const MarkRow& row, double y) {
    const double inner = line_height * static_cast<double>(row.marks.size());
    auto lines = wrap(row.label, label_columns);
    const bool cut = lines.size() > 2;
    if (cut) {
      lines.resize(2);
      lines[1] += "…";
    }
    double text_y = y + row_gap / 2 + inner / 2 + 4 - 7.0 * static_cast<double>(lines.size() - 1);
    for (const auto& line : lines) {
      svg_.text({left - 14, text_y}, line, "end label", cut ? row.label : "");
      text_y += 14;
    }
    double centre = y + row_gap / 2 + line_height / 2;
    for (const auto& one : row.marks) {
      mark(one, centre);
      svg_.text({text_left, centre + 4}, one.text, "value");
      centre += line_height;
    }
  }

  void mark(const Mark& one, double y) {
    if (!std::isfinite(one.value)) return;
    const auto fill = fill_class(one.colour), stroke = stroke_class(one.colour);
    if (chart_.shape == MarkShape::bar)
      svg_.rect({std::min(x(0), x(one.value)), y - 6}, std::abs(x(one.value) - x(0)), 12, "bar " + fill);
    if (one.interval)
      svg_.line({x(one.interval->low), y}, {x(one.interval->high), y},
                chart_.shape == MarkShape::bar ? "whisker ink" : "whisker " + stroke);
    if (one.value > scale_.high) arrow({right, y}, 1, fill);
    else if (one.value < scale_.low) arrow({left, y}, -1, fill);
    else if (chart_.shape == MarkShape::dot) svg_.circle({x(one.value), y}, 4.5, fill);
  }

  /// Beyond the edge; direction 1 to the right, -1 to the left.
  void arrow(Point tip, int direction, const std::string& fill) {
    const double back = tip.x - 9 * direction;
    svg_.polygon(std::array{Point{tip.x, tip.y}, Point{back, tip.y - 6}, Point{back, tip.y + 6}}, fill);
  }

  const IntervalChart& chart_;
  Scale scale_;
  int height_;
  Svg svg_;
};

}  // namespace

std::string draw(const IntervalChart& chart) { return Drawing(chart).finish(); }

}  // namespace oikos::analysis
