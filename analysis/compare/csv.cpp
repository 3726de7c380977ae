#include <fmt/core.h>
#include <fmt/ranges.h>

#include <cmath>

#include "analysis/compare/compare.hpp"

namespace oikos::analysis {

namespace {

/// A field after RFC 4180: quoted where it holds a comma, a quote or a line break.
std::string field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    out += c;
    if (c == '"') out += '"';
  }
  return out + '"';
}

/// The shortest digits that give the same number back; nothing for a missing one.
std::string field(double value) { return std::isfinite(value) ? fmt::format("{}", value) : ""; }

std::string line(const Comparison& c, std::size_t plan, const Row& row, std::size_t window) {
  const auto& e = row.effects[plan][window];
  const auto& w = c.windows[window];
  const std::vector<std::string> fields{field(c.plans[plan].name),
                                        field(row.indicator),
                                        field(row.breakdown),
                                        field(row.group),
                                        w.name,
                                        to_string(c.start + w.first),
                                        to_string(c.start + (w.first + w.months - 1)),
                                        field(row.units),
                                        field(e.baseline),
                                        field(e.plan),
                                        field(e.difference),
                                        e.interval ? field(e.interval->low) : "",
                                        e.interval ? field(e.interval->high) : "",
                                        field(e.share_higher),
                                        field(e.share_lower),
                                        fmt::format("{}", e.pairs),
                                        e.identical ? "1" : "0",
                                        e.variance_reduction ? field(*e.variance_reduction) : ""};
  return fmt::format("{}\n", fmt::join(fields, ","));
}

}  // namespace

std::string to_csv(const Comparison& c) {
  std::string out =
      "plan,indicator,breakdown,group,window,first_month,last_month,units,baseline,value,difference,low,high,"
      "share_higher,share_lower,pairs,identical,variance_reduction\n";
  for (std::size_t plan = 0; plan < c.plans.size(); ++plan)
    for (const auto& row : c.rows)
      for (std::size_t window = 0; window < c.windows.size(); ++window) out += line(c, plan, row, window);
  return out;
}

}  // namespace oikos::analysis
