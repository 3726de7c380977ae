#include "analysis/report/svg.hpp"

#include <fmt/core.h>

#include "analysis/report/html.hpp"

namespace oikos::analysis {

namespace {

std::string listed(std::span<const Point> points) {
  std::string out;
  for (const auto& p : points) {
    if (!out.empty()) out += ' ';
    out += coordinate(p.x) + ',' + coordinate(p.y);
  }
  return out;
}

}  // namespace

std::string coordinate(double pixels) {
  auto text = fmt::format("{:.1f}", pixels);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text == "-0" ? "0" : text;
}

Svg::Svg(std::string_view id, int width, int height, std::string_view title, std::string_view description)
    : out_(fmt::format("<svg viewBox=\"0 0 {0} {1}\" role=\"img\" aria-labelledby=\"{2}-t {2}-d\">\n"
                       "<title id=\"{2}-t\">{3}</title>\n<desc id=\"{2}-d\">{4}</desc>\n",
                       width, height, escape(id), escape(title), escape(description))) {}

void Svg::line(Point from, Point to, std::string_view classes) {
  out_ += fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" class=\"{}\"/>\n", coordinate(from.x),
                      coordinate(from.y), coordinate(to.x), coordinate(to.y), classes);
}

void Svg::polyline(std::span<const Point> points, std::string_view classes) {
  if (points.size() >= 2) out_ += fmt::format("<polyline points=\"{}\" class=\"{}\"/>\n", listed(points), classes);
}

void Svg::polygon(std::span<const Point> points, std::string_view classes) {
  out_ += fmt::format("<polygon points=\"{}\" class=\"{}\"/>\n", listed(points), classes);
}

void Svg::rect(Point corner, double width, double height, std::string_view classes) {
  out_ += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" class=\"{}\"/>\n", coordinate(corner.x),
                      coordinate(corner.y), coordinate(width), coordinate(height), classes);
}

void Svg::circle(Point centre, double radius, std::string_view classes) {
  out_ += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" class=\"{}\"/>\n", coordinate(centre.x),
                      coordinate(centre.y), coordinate(radius), classes);
}

void Svg::text(Point at, std::string_view text, std::string_view classes, std::string_view tip) {
  out_ += fmt::format("<text x=\"{}\" y=\"{}\" class=\"{}\">{}{}</text>\n", coordinate(at.x), coordinate(at.y), classes,
                      tip.empty() ? "" : fmt::format("<title>{}</title>", escape(tip)), escape(text));
}

std::string Svg::finish() && { return std::move(out_) + "</svg>\n"; }

}  // namespace oikos::analysis
