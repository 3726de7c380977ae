#include "analysis/report/report.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/compare/numbers.hpp"
#include "analysis/report/html.hpp"
#include "analysis/report/interval_chart.hpp"
#include "analysis/report/line_chart.hpp"
#include "analysis/report/style.hpp"
#include "analysis/report/svg.hpp"
#include "analysis/report/tables.hpp"
#include "sim/base/contract.hpp"

namespace oikos::analysis {

namespace {

using Rows = std::vector<const Row*>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t most_groups = 25;      ///< in one chart; the table has all
constexpr std::size_t most_programmes = 12;  ///< with charts over time

/// Rows of the same variable stand together.
std::vector<Rows> grouped(const Comparison& comparison) {
  std::vector<Rows> groups;
  for (const auto& row : comparison.rows)
    if (!row.group.empty()) {
      if (groups.empty() || groups.back().front()->variable != row.variable) groups.emplace_back();
      groups.back().push_back(&row);
    }
  return groups;
}

std::string joined_names(const std::vector<ComparedRun>& plans) {
  std::vector<std::string> names;
  for (const auto& plan : plans) names.push_back(plan.name);
  if (names.size() == 1) return names[0];
  const auto last = names.back();
  names.pop_back();
  return fmt::format("{} and {}", fmt::join(names, ", "), last);
}

class Page {
 public:
  Page(const Comparison& comparison, const ReportOptions& options) : c_(comparison), options_(options) {
    // The last year says more than the whole run, which begins alike in all plans.
    const auto year = std::ranges::find(c_.windows, "last_12_months", &Window::name);
    window_ = year == c_.windows.end() ? 0 : static_cast<std::size_t>(year - c_.windows.begin());
    for (const auto& row : c_.rows)
      if (row.group.empty()) (row.identical() ? unchanged_ : headlines_).push_back(&row);
    groups_ = grouped(c_);
  }

  std::string text() {
    head();
    glance();
    over_time();
    by_group();
    unchanged();
    reading();
    files();
    return out_ + "</main>\n</body>\n</html>\n";
  }

 private:
  std::string title() const {
    if (!options_.title.empty()) return options_.title;
    return fmt::format("{} compared with {}", joined_names(c_.plans), c_.baseline.name);
  }
  std::string interval_name() const { return fmt::format("{:.4g}\u202f% interval", c_.confidence * 100); }
  const Window& window() const { return c_.windows[window_]; }
  std::string next_id() { return fmt::format("c{}", ++charts_); }

  void head() {
    out_ = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{}"
        "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n",
        content_policy(),
        options_.program.empty() ? ""
                                 : fmt::format("<meta name=\"generator\" content=\"{}\">\n", escape(options_.program)),
        escape(title()), style_sheet());
    out_ += fmt::format("<h1>{}</h1>\n<p class=\"facts\">{} to {} · {} replicate{} · seed {} · money in {}</p>\n",
                        escape(title()), to_string(c_.start), to_string(c_.start + (c_.months - 1)), c_.replicates,
                        c_.replicates == 1 ? "" : "s", c_.seed, escape(c_.currency));
    for (const auto& note : c_.notes) out_ += fmt::format("<p class=\"note\">{}</p>\n", escape(note));
    legend();
  }

  void legend() {
    out_ += "<ul class=\"legend\">\n";
    const auto item = [&](int colour, const std::string& name) {
      Svg sample(fmt::format("l{}", colour), 38, 12, name, colour == 0 ? "line of the baseline" : "line of the plan");
      const Point ends[] = {{1, 6}, {37, 6}};
      sample.polyline(ends, fmt::format("curve {}", stroke_class(colour)));
      out_ += fmt::format("<li>{}<span>{}</span></li>\n", std::move(sample).finish(), escape(name));
    };
    item(0, c_.baseline.name + " (baseline)");
    for (std::size_t plan = 0; plan < c_.plans.size(); ++plan) item(static_cast<int>(plan) + 1, c_.plans[plan].name);
    out_ += "</ul>\n";
  }

  /// A mark with the difference in percent of the baseline; without place where the baseline is 0.
  Mark relative(const Row& row, std::size_t plan) const {
    const auto style = number_style(row);
    const auto& e = row.effects[plan][window_];
    Mark mark{.colour = static_cast<int>(plan) + 1, .value = nan};
    mark.text = with_minus(signed_level(e.difference, style, "\u202f"));
    if (style.units != "1") mark.text += " " + style.units;
    if (e.identical) mark.text = "identical";
    if (e.pairs == 0 || e.baseline == 0) return mark;
    const double percent = 100 / std::abs(e.baseline);
    mark.value = e.difference * percent;
    if (e.interval) mark.interval = statistics::Interval{e.interval->low * percent, e.interval->high * percent};
    return mark;
  }

  void glance() {
    if (headlines_.empty()) return;
    IntervalChart chart{
        .id = next_id(),
        .title = fmt::format("Differences from the baseline, {}", window().long_name),
        .description = fmt::format("One row per indicator: difference of the plan from the baseline in percent of the "
                                   "baseline, with its {}. The table below has the numbers.",
                                   interval_name()),
        .heading = fmt::format("difference in % of the baseline, {}", window().long_name),
        .axis_units = "",
        .shape = MarkShape::dot,
        .rows = {}};
    for (const auto* row : headlines_) {
      MarkRow marks{row->long_name, {}};
      for (std::size_t plan = 0; plan < c_.plans.size(); ++plan) marks.marks.push_back(relative(*row, plan));
      chart.rows.push_back(std::move(marks));
    }
    out_ += fmt::format(
        "<section>\n<h2>At a glance</h2>\n<p>What each plan changes, {}: mean of the paired replicates{}. To the right "
        "the difference in the indicator's own unit.</p>\n<figure class=\"wide\">\n{}</figure>\n{}</section>\n",
        window().long_name, c_.replicates > 1 ? " with its " + interval_name() : "", draw(chart),
        effects_table(c_, headlines_));
  }

  void over_time() {
    Rows rows = headlines_;
    std::size_t programmes = 0;
    for (const auto& group : groups_)
      for (const auto* row : group)
        if (row->breakdown == "programme" && !row->identical() && programmes++ < most_programmes) rows.push_back(row);
    if (rows.empty()) return;
    out_ += fmt::format(
        "<section>\n<h2>Over time</h2>\n<p>Left the level, mean of the replicates; right the difference from the "
        "baseline in the same replicate{}.</p>\n",
        c_.replicates > 1 ? ", with the band of its " + interval_name() : "");
    for (const auto* row : rows) time_charts(*row);
    out_ += "</section>\n";
  }

  void time_charts(const Row& row) {
    const auto style = number_style(row);
    const auto label = label_of(row);
    const auto units = style.units == "1" ? "" : fmt::format(" [{}]", style.units);
    LineChart levels{
        .id = next_id(),
        .title = label + ", by month",
        .description = fmt::format("Lines over the months for {} and {}.", c_.baseline.name, joined_names(c_.plans)),
        .heading = "level" + units,
        .start = c_.start,
        .divisor = style.divisor,
        .lines = {}};
    LineChart differences{.id = next_id(),
                          .title = label + ", difference from the baseline by month",
                          .description = fmt::format("Lines over the months for {}, with bands of the {}.",
                                                     joined_names(c_.plans), interval_name()),
                          .heading = "difference" + units,
                          .start = c_.start,
                          .divisor = style.divisor,
                          .lines = {},
                          .with_zero = true};
    for (std::size_t plan = 0; plan < row.series.size(); ++plan) {
      const auto& s = row.series[plan];
      const int colour = static_cast<int>(plan) + 1;
      levels.lines.push_back({.colour = colour, .values = s.plan});
      differences.lines.push_back({.colour = colour, .values = s.difference, .low = s.low, .high = s.high});
    }
    // Last, so that its dashes show on lines that still coincide.
    levels.lines.push_back({.colour = 0, .values = row.series[0].baseline});
    out_ +=
        fmt::format("<h3>{}</h3>\n{}<figure>\n<div class=\"pair\">\n{}{}</div>\n{}</figure>\n", escape(label),
                    row.description.empty() ? "" : fmt::format("<p class=\"soft\">{}</p>\n", escape(row.description)),
                    draw(levels), draw(differences), series_table(c_, row));
  }

  void by_group() {
    std::string charts;
    for (const auto& group : groups_)
      if (std::ranges::any_of(group, [](const Row* row) { return !row->identical(); })) charts += group_chart(group);
    if (charts.empty()) return;
    out_ += fmt::format("<section>\n<h2>By group</h2>\n<p>Difference from the baseline, {}{}.</p>\n{}</section>\n",
                        window().long_name, c_.replicates > 1 ? "; the line on a bar is its " + interval_name() : "",
                        charts);
  }

  double largest(const Row& row) const {
    double size = 0;
    for (const auto& windows : row.effects)
      if (windows[window_].pairs > 0) size = std::max(size, std::abs(windows[window_].difference));
    return size;
  }

  /// The groups that change, in their order; where there are too many, those that change most.
  Rows shown(const Rows& group) const {
    Rows rows;
    std::ranges::copy_if(group, std::back_inserter(rows), [](const Row* row) { return !row->identical(); });
    if (rows.size() <= most_groups) return rows;
    std::ranges::stable_sort(rows, std::greater<>(), [&](const Row* row) { return largest(*row); });
    rows.resize(most_groups);
    return rows;
  }

  std::string group_chart(const Rows& group) {
    const auto rows = shown(group);
    const auto& first = *rows.front();
    // One unit for the whole chart, that of the row with the largest numbers.
    auto style = number_style(first);
    for (const auto* row : rows)
      if (const auto other = number_style(*row); other.divisor > style.divisor) style = other;
    IntervalChart chart{.id = next_id(),
                        .title = fmt::format("{}: difference by group", first.long_name),
                        .description = fmt::format(
                            "One bar per group and plan: difference from the baseline, {}. The table below has the "
                            "numbers.",
                            window().long_name),
                        .heading = style.units == "1" ? "difference" : fmt::format("difference [{}]", style.units),
                        .axis_units = "",
                        .shape = MarkShape::bar,
                        .rows = {}};
    for (const auto* row : rows) {
      MarkRow marks{row->group, {}};
      for (std::size_t plan = 0; plan < c_.plans.size(); ++plan) marks.marks.push_back(absolute(*row, plan, style));
      chart.rows.push_back(std::move(marks));
    }
    std::string left_out;
    if (rows.size() < group.size())
      left_out = fmt::format(
          "<p class=\"soft\">{} of {} groups: the others {}. The table has all.</p>\n", rows.size(), group.size(),
          rows.size() == most_groups ? "change less" : "are identical to the last bit in every plan");
    return fmt::format("<h3>{}</h3>\n{}<figure class=\"wide\">\n{}</figure>\n{}", escape(first.long_name), left_out,
                       draw(chart), effects_table(c_, group));
  }

  Mark absolute(const Row& row, std::size_t plan, const NumberStyle& style) const {
    const auto& e = row.effects[plan][window_];
    Mark mark{.colour = static_cast<int>(plan) + 1, .value = e.difference / style.divisor};
    mark.text = e.identical ? "identical" : with_minus(signed_level(e.difference, style, "\u202f"));
    if (e.interval)
      mark.interval = statistics::Interval{e.interval->low / style.divisor, e.interval->high / style.divisor};
    return mark;
  }

  void unchanged() {
    if (unchanged_.empty()) return;
    std::vector<std::string> names;
    for (const auto* row : unchanged_) names.push_back(escape(row->long_name));
    out_ += fmt::format(
        "<section>\n<h2>Unchanged</h2>\n<p>Identical to the last bit in every month, replicate and plan: "
        "{}.</p>\n{}</section>\n",
        fmt::join(names, ", "), effects_table(c_, unchanged_));
  }

  void reading() {
    out_ +=
        "<section>\n<h2>How to read this</h2>\n"
        "<p>Every replicate runs the baseline and each plan with the same random numbers, person by person. A "
        "difference is the "
        "plan minus the baseline in the same replicate; chance that both share drops out.</p>\n";
    if (c_.replicates > 1)
      out_ += fmt::format(
          "<p>The {} covers the mean difference that more replicates would show, if the model is right. It says "
          "nothing "
          "about whether parameters and assumptions are right. More replicates make it narrower at will: look at the "
          "size of "
          "the difference, not only at whether the interval leaves out 0. Where a plan changes nothing on average, one "
          "interval in {:.0f} leaves out 0 by chance.</p>\n",
          interval_name(), 1 / (1 - c_.confidence));
    out_ +=
        "<p>Values are means over the months named; counts and money are per month. “Identical” means equal to the "
        "last bit in every "
        "month and replicate.</p>\n</section>\n";
  }

  void files() {
    out_ +=
        "<section>\n<h2>Where the numbers come from</h2>\n<div class=\"scroll\"><table>\n<thead><tr><th "
        "class=\"text\">plan</th>"
        "<th class=\"text\">file</th><th class=\"text\">scenario, SHA-256</th><th class=\"text\">written "
        "by</th></tr></thead>\n<tbody>\n";
    const auto line = [&](const ComparedRun& run, const char* role) {
      out_ += fmt::format(
          "<tr><th scope=\"row\" class=\"text\">{}{}</th><td class=\"text\">{}</td><td "
          "class=\"text\"><code>{}</code></td>"
          "<td class=\"text\">{}</td></tr>\n",
          escape(run.name), role, escape(run.path), escape(run.scenario_sha256), escape(run.source));
    };
    line(c_.baseline, " (baseline)");
    for (const auto& plan : c_.plans) line(plan, "");
    out_ += "</tbody>\n</table></div>\n";
    if (!options_.program.empty())
      out_ += fmt::format("<p class=\"soft\">Report by {}.</p>\n", escape(options_.program));
    out_ += "</section>\n";
  }

  const Comparison& c_;
  const ReportOptions& options_;
  std::size_t window_ = 0;
  Rows headlines_, unchanged_;
  std::vector<Rows> groups_;
  std::string out_;
  int charts_ = 0;
};

}  // namespace

std::string html_report(const Comparison& comparison, const ReportOptions& options) {
  expect(!comparison.plans.empty() && !comparison.windows.empty(), "a report has a plan and a window");
  return Page(comparison, options).text();
}

}  // namespace oikos::analysis
