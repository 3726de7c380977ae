#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "analysis/report/html.hpp"
#include "analysis/report/interval_chart.hpp"
#include "analysis/report/line_chart.hpp"
#include "analysis/report/style.hpp"
#include "analysis/report/svg.hpp"

namespace oikos::analysis {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

int count(const std::string& text, const std::string& part) {
  int found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(Html, markup_in_text_is_escaped) {
  EXPECT_EQ(escape("</script>\"it's\" & <b>\n\x01"), "&lt;/script&gt;&quot;it&#39;s&quot; &amp; &lt;b&gt;  ");
  EXPECT_EQ(escape("Śródmieście"), "Śródmieście");
}

TEST(Html, numbers_get_a_real_minus) {
  EXPECT_EQ(with_minus("-1.5 to +2"), "−1.5 to +2");
  EXPECT_EQ(with_minus("-1e-09"), "−1e-09");
  EXPECT_EQ(with_minus("-"), "–");
}

TEST(Svg, elements_are_written_with_title_and_description) {
  Svg svg("c1", 10, 20, "a < b", "c & d");
  svg.line({0, 0.04}, {1.25, -0.01}, "grid");
  svg.text({1, 2}, "x > y", "end", "tip");
  EXPECT_EQ(std::move(svg).finish(),
            "<svg viewBox=\"0 0 10 20\" role=\"img\" aria-labelledby=\"c1-t c1-d\">\n"
            "<title id=\"c1-t\">a &lt; b</title>\n<desc id=\"c1-d\">c &amp; d</desc>\n"
            "<line x1=\"0\" y1=\"0\" x2=\"1.2\" y2=\"0\" class=\"grid\"/>\n"
            "<text x=\"1\" y=\"2\" class=\"end\"><title>tip</title>x &gt; y</text>\n</svg>\n");
}

LineChart chart_of(const std::vector<double>& values) {
  return {.id = "c",
          .title = "t",
          .description = "d",
          .heading = "h",
          .start = Month(2016, 1),
          .lines = {{.colour = 1, .values = values}}};
}

TEST(LineChart, a_missing_month_leaves_a_gap) {
  const std::vector<double> whole{1, 2, 3, 4, 5}, broken{1, 2, nan, 4, 5}, lonely{1, nan, 3, 4, nan};
  EXPECT_EQ(count(draw(chart_of(whole)), "<polyline"), 1);
  EXPECT_EQ(count(draw(chart_of(broken)), "<polyline"), 2);
  EXPECT_EQ(count(draw(chart_of(lonely)), "<polyline"), 1);
  EXPECT_EQ(count(draw(chart_of(lonely)), "<circle"), 1);
}

TEST(LineChart, ends_of_the_axis_hold_the_line) {
  const std::vector<double> values{0, 10};
  EXPECT_THAT(draw(chart_of(values)), HasSubstr("points=\"66,238 548,34\""));
}

TEST(LineChart, nothing_to_draw_is_no_trouble) {
  const std::vector<double> missing(3, nan), one{2.0};
  EXPECT_THAT(draw(chart_of(missing)), Not(HasSubstr("nan")));
  EXPECT_THAT(draw(chart_of(one)), HasSubstr("<circle"));
  EXPECT_THAT(draw(chart_of({})), HasSubstr("</svg>"));
}

IntervalChart marks(std::vector<double> values, MarkShape shape) {
  IntervalChart chart{
      .id = "c", .title = "t", .description = "d", .heading = "h", .axis_units = "", .shape = shape, .rows = {}};
  for (const double value : values) {
    MarkRow row{.label = "row", .marks = {}};
    row.marks.push_back(
        {.colour = 1, .value = value, .interval = statistics::Interval{value - 0.5, value + 0.5}, .text = "text"});
    chart.rows.push_back(std::move(row));
  }
  return chart;
}

TEST(IntervalChart, each_mark_has_its_interval_and_text) {
  const auto svg = draw(marks({1, -2, 3}, MarkShape::dot));
  EXPECT_EQ(count(svg, "<circle"), 3);
  EXPECT_EQ(count(svg, "class=\"whisker s1\""), 3);
  EXPECT_EQ(count(svg, ">text</text>"), 3);
  EXPECT_EQ(count(draw(marks({1, -2, 3}, MarkShape::bar)), "class=\"bar f1\""), 3);
}

TEST(IntervalChart, a_mark_far_beyond_the_others_becomes_an_arrow) {
  const auto svg = draw(marks({1, -2, 3, 500}, MarkShape::dot));
  EXPECT_EQ(count(svg, "<circle"), 3);
  EXPECT_EQ(count(svg, "<polygon"), 1);
}

TEST(IntervalChart, a_mark_without_value_keeps_its_text) {
  const auto svg = draw(marks({nan}, MarkShape::dot));
  EXPECT_EQ(count(svg, "<circle"), 0);
  EXPECT_EQ(count(svg, ">text</text>"), 1);
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
}

TEST(IntervalChart, long_labels_are_cut_and_whole_in_the_tip) {
  auto chart = marks({1}, MarkShape::dot);
  chart.rows[0].label = std::string(30, 'a') + " " + std::string(30, 'b') + " " + std::string(30, 'c');
  EXPECT_THAT(draw(chart), HasSubstr("<title>" + chart.rows[0].label + "</title>" + std::string(30, 'b') + "…"));
}

TEST(Style, colours_repeat_with_other_dashes) {
  EXPECT_EQ(stroke_class(0), "s0");
  EXPECT_EQ(stroke_class(1), "s1");
  EXPECT_EQ(fill_class(7), "f1");
  EXPECT_NE(stroke_class(7), stroke_class(1));
}

// Known answers: SHA-256 of "" and "abc" (FIPS 180-4), in base64.
TEST(Style, hashes_are_written_in_base64) {
  EXPECT_EQ(sha256_base64(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  EXPECT_EQ(sha256_base64("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

}  // namespace
}  // namespace oikos::analysis
