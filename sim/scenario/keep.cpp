#include "sim/scenario/keep.hpp"

#include <fmt/core.h>

#include "sim/text/csv.hpp"

namespace oikos {

namespace {

/// The dates and shares of a table; rows with mistakes are reported and left out.
std::vector<Dated<double>::Change> read_rows(const Source& source, Diagnostics& diagnostics) {
  const CsvTable table = parse_csv(source, diagnostics);
  std::vector<std::optional<CsvColumn>> columns;
  for (const char* name : {"from", "value", "unit", "place", "source", "confidence"})
    columns.push_back(table.column(name, diagnostics));
  if (!std::ranges::all_of(columns, [](const auto& c) { return c.has_value(); })) return {};
  const auto known = codec::confidence();
  std::vector<Dated<double>::Change> rows;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const auto from = columns[0]->value(r, codec::month(), diagnostics);
    const auto value = columns[1]->value(r, codec::number(0, 100), diagnostics);
    const auto unit = columns[2]->value(r, codec::one_of({"%"}), diagnostics);
    const auto origin = columns[4]->value(r, codec::text(), diagnostics);
    const auto confidence = columns[5]->value(r, known, diagnostics);
    if (!from || !value || !unit || !origin || !confidence) continue;
    if (!rows.empty() && *from <= rows.back().from) {
      diagnostics.add({.at = columns[0]->at(r),
                       .what = "dates are not in ascending order",
                       .expected = fmt::format("a month after {}", to_string(rows.back().from)),
                       .got = oikos::quoted(columns[0]->text(r)),
                       .hint = "sort the rows"});
      continue;
    }
    rows.push_back({*from, *value / 100, columns[0]->at(r)});
  }
  return rows;
}

}  // namespace

std::optional<Path> read_kept(const Named<KeptSpec>& kept, const Source& table, Month start, Diagnostics& diagnostics) {
  Path path = kept.value.path;
  if (table != nullptr) {
    const auto before = diagnostics.all().size();
    path = {.dates = Dated<double>(read_rows(table, diagnostics)), .linear = kept.value.linear};
    if (diagnostics.all().size() != before) return std::nullopt;
  }
  if (path.covers(start)) return path;
  diagnostics.add({.at = kept.at,
                   .what = fmt::format("{} has no value at the start of the run", oikos::quoted(kept.name)),
                   .expected = fmt::format("a value in force in {}", to_string(start)),
                   .got = path.dates.empty() ? "no value" : "the first one from " + to_string(path.dates.first()),
                   .hint = ""});
  return std::nullopt;
}

}  // namespace oikos
