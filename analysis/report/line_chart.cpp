#include "analysis/report/line_chart.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/report/scale.hpp"
#include "analysis/report/style.hpp"
#include "analysis/report/svg.hpp"

namespace oikos::analysis {

namespace {

constexpr int width = 560, height = 270;
constexpr double left = 66, right = 548, top = 34, bottom = 238;

class Drawing {
 public:
  explicit Drawing(const LineChart& chart)
      : chart_(chart), scale_(scale_of(chart)), svg_(chart.id, width, height, chart.title, chart.description) {
    for (const auto& line : chart.lines) months_ = std::max(months_, static_cast<int>(line.values.size()));
  }

  std::string finish() && {
    svg_.text({left - 56, 16}, chart_.heading, "head");
    axes();
    for (const auto& line : chart_.lines) band(line);
    for (const auto& line : chart_.lines) curve(line);
    return std::move(svg_).finish();
  }

 private:
  static Scale scale_of(const LineChart& chart) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    const auto take = [&](std::span<const double> values) {
      for (const double x : values)
        if (std::isfinite(x)) low = std::min(low, x / chart.divisor), high = std::max(high, x / chart.divisor);
    };
    for (const auto& line : chart.lines) take(line.values), take(line.low), take(line.high);
    if (low > high) low = high = 0;
    if (chart.with_zero) low = std::min(low, 0.0), high = std::max(high, 0.0);
    return round_scale(low, high, 6);
  }

  double x(int month) const { return left + (right - left) * (months_ > 1 ? month / double(months_ - 1) : 0.5); }
  double y(double value) const { return bottom - (bottom - top) * scale_.place(value); }
  Point at(int month, std::span<const double> values) const {
    return {x(month), y(values[static_cast<std::size_t>(month)] / chart_.divisor)};
  }

  void axes() {
    for (const double tick : scale_.ticks()) {
      const bool zero = chart_.with_zero && std::abs(tick) < scale_.step / 2;
      svg_.line({left, y(tick)}, {right, y(tick)}, zero ? "zero" : "grid");
      svg_.text({left - 7, y(tick) + 4}, tick_label(scale_, tick), "end");
    }
    for (const auto& tick : month_ticks(chart_.start, months_, 7)) {
      svg_.line({x(tick.month), bottom}, {x(tick.month), bottom + 5}, "tick");
      svg_.text({x(tick.month), bottom + 20}, tick.label,
                tick.month == 0             ? "start"
                : tick.month + 1 == months_ ? "end"
                                            : "mid");
    }
  }

  /// Calls `draw` with each stretch of months, first and past the last, in which all values are there.
  template <class Draw>
  void stretches(std::span<const double> a, std::span<const double> b, Draw draw) const {
    const int count = static_cast<int>(a.size());
    for (int begin = 0; begin < count;) {
      const auto there = [&](int m) {
        return std::isfinite(a[static_cast<std::size_t>(m)]) && std::isfinite(b[static_cast<std::size_t>(m)]);
      };
      int end = begin;
      while (end < count && there(end)) ++end;
      if (end > begin) draw(begin, end);
      begin = end + 1;
    }
  }

  void band(const Line& line) {
    if (line.low.empty()) return;
    stretches(line.low, line.high, [&](int begin, int end) {
      std::vector<Point> outline;
      for (int m = begin; m < end; ++m) outline.push_back(at(m, line.high));
      for (int m = end; m-- > begin;) outline.push_back(at(m, line.low));
      if (end - begin > 1) svg_.polygon(outline, fmt::format("band {}", fill_class(line.colour)));
      else svg_.line(outline.front(), outline.back(), fmt::format("whisker {}", stroke_class(line.colour)));
    });
  }

  void curve(const Line& line) {
    stretches(line.values, line.values, [&](int begin, int end) {
      std::vector<Point> points;
      for (int m = begin; m < end; ++m) points.push_back(at(m, line.values));
      if (points.size() == 1) svg_.circle(points[0], 3.5, fill_class(line.colour));
      svg_.polyline(points, fmt::format("curve {}", stroke_class(line.colour)));
    });
  }

  const LineChart& chart_;
  Scale scale_;
  Svg svg_;
  int months_ = 1;
};

}  // namespace

std::string draw(const LineChart& chart) { return Drawing(chart).finish(); }

}  // namespace oikos::analysis
