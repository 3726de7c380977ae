#include "analysis/report/tables.hpp"

#include <fmt/core.h>

#include <cmath>

#include "analysis/compare/numbers.hpp"
#include "analysis/report/html.hpp"

namespace oikos::analysis {

namespace {

constexpr std::string_view thin = "\u202f";

std::string unfolding(const std::string& summary, const std::string& table) {
  return fmt::format("<details><summary>{}</summary><div class=\"scroll\"><table>\n{}</table></div></details>\n",
                     summary, table);
}

std::string cell(const std::string& text) { return "<td>" + escape(text) + "</td>"; }
std::string number(double value, const NumberStyle& style) { return with_minus(level(value, style, thin)); }
std::string change(double value, const NumberStyle& style) { return with_minus(signed_level(value, style, thin)); }

std::string effect_cells(const Effect& e, const NumberStyle& style) {
  std::string out = cell(number(e.plan, style)) + cell(change(e.difference, style));
  if (e.identical) return out + cell("identical") + cell("");
  out +=
      cell(e.interval ? fmt::format("{} to {}", change(e.interval->low, style), change(e.interval->high, style)) : "–");
  return out + cell(e.pairs > 0 ? fmt::format("{:.0f} of {}", e.share_higher * e.pairs, e.pairs) : "–");
}

}  // namespace

std::string label_of(const Row& row) {
  return row.group.empty() ? row.long_name : fmt::format("{}, {}", row.group, row.long_name);
}

std::string effects_table(const Comparison& c, std::span<const Row* const> rows) {
  std::string table = fmt::format(
      "<thead><tr><th class=\"text\">indicator</th><th>months</th><th "
      "class=\"text\">plan</th><th>baseline</th><th>plan</th>"
      "<th>difference</th><th>{:.4g}\u202f% interval</th><th>higher in</th></tr></thead>\n<tbody>\n",
      c.confidence * 100);
  for (const auto* row : rows) {
    const auto style = number_style(*row);
    const auto units = style.units == "1" ? "" : fmt::format(" [{}]", style.units);
    for (std::size_t w = 0; w < c.windows.size(); ++w)
      for (std::size_t plan = 0; plan < c.plans.size(); ++plan) {
        const auto& e = row->effects[plan][w];
        table += fmt::format("<tr><th scope=\"row\" class=\"text\">{}</th>{}<td class=\"text\">{}</td>{}{}</tr>\n",
                             escape(label_of(*row) + units), cell(c.windows[w].long_name), escape(c.plans[plan].name),
                             cell(number(e.baseline, style)), effect_cells(e, style));
      }
  }
  return unfolding("Table of these numbers", table + "</tbody>\n");
}

std::string series_table(const Comparison& c, const Row& row, int most) {
  const int every = (c.months + most - 1) / most;
  const auto style = number_style(row);
  std::string table = "<thead><tr><th>month</th><th>baseline</th>";
  for (const auto& plan : c.plans)
    table += fmt::format("<th class=\"text\">{0}</th><th>difference</th><th>low</th><th>high</th>", escape(plan.name));
  table += "</tr></thead>\n<tbody>\n";
  for (int month = 0; month < c.months; month += every) {
    const auto at = [month](const std::vector<double>& values) { return values[static_cast<std::size_t>(month)]; };
    table += fmt::format("<tr><th scope=\"row\">{}</th>{}", to_string(c.start + month),
                         cell(number(at(row.series[0].baseline), style)));
    for (const auto& s : row.series)
      table += cell(number(at(s.plan), style)) + cell(change(at(s.difference), style)) +
               cell(change(at(s.low), style)) + cell(change(at(s.high), style));
    table += "</tr>\n";
  }
  const auto summary = every == 1
                           ? std::string("Table of these numbers")
                           : fmt::format("Table of these numbers, every {} months (the result files have all)", every);
  return unfolding(summary, table + "</tbody>\n");
}

}  // namespace oikos::analysis
