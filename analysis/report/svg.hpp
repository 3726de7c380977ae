#pragma once
#include <span>
#include <string>
#include <string_view>

namespace oikos::analysis {

struct Point {
  double x = 0;
  double y = 0;
};

/// A drawing in pixels, origin top left. Looks come from classes of the style sheet (style.hpp); texts are escaped
/// here.
class Svg {
 public:
  /// @param id           unique on the page; names the title and description for screen readers
  /// @param title        what the chart shows
  /// @param description  what is to be seen in it, in a sentence
  Svg(std::string_view id, int width, int height, std::string_view title, std::string_view description);

  void line(Point from, Point to, std::string_view classes);
  /// Nothing for fewer than two points.
  void polyline(std::span<const Point> points, std::string_view classes);
  void polygon(std::span<const Point> points, std::string_view classes);
  void rect(Point corner, double width, double height, std::string_view classes);
  void circle(Point centre, double radius, std::string_view classes);
  /// @param tip  shown when the pointer rests on it; none if empty
  void text(Point at, std::string_view text, std::string_view classes, std::string_view tip = "");

  /// The whole element.
  std::string finish() &&;

 private:
  std::string out_;
};

/// A coordinate with at most one decimal.
std::string coordinate(double pixels);

}  // namespace oikos::analysis
