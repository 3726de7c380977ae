#include "sim/quantity/table.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "sim/text/csv.hpp"

namespace oikos {

namespace {

constexpr std::array<std::string_view, 9> descriptive{"value",      "unit", "year", "place",  "source",
                                                      "confidence", "low",  "high", "comment"};
constexpr std::string_view first_month = "from", lower_end = "_from";

/// A value with its unit as a scenario writes it: "0.05" and "1/year" give "0.05/year", "5" and "%" give "5 %".
std::string with_unit(const std::string& value, const std::string& unit) {
  if (unit.empty() || unit == "1" || unit.starts_with("share")) return value;
  if (unit.starts_with("1/")) return value + unit.substr(1);
  return value + " " + unit;
}

}  // namespace

std::string QuantityTable::key_names() const {
  std::string all;
  for (const Key& key : keys) all += (all.empty() ? "" : ", ") + key.name;
  return all;
}

std::optional<QuantityTable> read_quantity_table(const Position& named, const Source& source,
                                                 const std::optional<std::pair<std::string, std::string>>& only,
                                                 Diagnostics& diagnostics) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(source->text, '\n'));
  if (lines > QuantityTable::most_rows + 1) {
    diagnostics.add({.at = named,
                     .what = "a table with too many rows",
                     .expected = fmt::format("at most {} rows", QuantityTable::most_rows),
                     .got = fmt::format("{} lines in {}", lines, oikos::quoted(source->name)),
                     .hint = ""});
    return std::nullopt;
  }
  const auto before = diagnostics.all().size();
  const CsvTable csv = parse_csv(source, diagnostics);
  if (diagnostics.all().size() != before) return std::nullopt;
  const auto value = csv.column("value", diagnostics);
  if (!value) return std::nullopt;
  if (csv.rows() == 0) {
    diagnostics.add({.at = named,
                     .what = "a table without rows",
                     .expected = "at least one row",
                     .got = oikos::quoted(source->name),
                     .hint = ""});
    return std::nullopt;
  }
  const auto unit = csv.has("unit") ? csv.column("unit", diagnostics) : std::nullopt;
  std::vector<std::size_t> rows;
  const auto of_value = only ? csv.column(only->first, diagnostics) : std::nullopt;
  if (only && !of_value) return std::nullopt;
  for (std::size_t row = 0; row < csv.rows(); ++row)
    if (!only || of_value->text(row) == only->second) rows.push_back(row);
  if (rows.empty()) {
    diagnostics.add({.at = named,
                     .what = fmt::format("a table without rows for {}", oikos::quoted(only->second)),
                     .expected = fmt::format("rows of each value in the column {}", oikos::quoted(only->first)),
                     .got = "none",
                     .hint = ""});
    return std::nullopt;
  }
  QuantityTable table;
  for (std::size_t c = 0; c < csv.header().size(); ++c) {
    const std::string& name = csv.header()[c];
    if (std::ranges::find(descriptive, name) != descriptive.end() || (only && name == only->first)) continue;
    QuantityTable::Key key{.name = name, .at = csv.header_at(c), .cells = {}};
    key.is_month = name == first_month;
    if (!key.is_month && name.ends_with(lower_end)) {
      key.is_steps = true;
      key.name = name.substr(0, name.size() - lower_end.size());
    }
    const CsvColumn cells(csv, c);
    for (const std::size_t row : rows) key.cells.push_back(cells.node(row));
    table.keys.push_back(std::move(key));
  }
  // The order of columns has no influence: those that leave cells empty, for all others, come last.
  const auto leaves_out = [](const QuantityTable::Key& key) {
    return std::ranges::any_of(key.cells, [](const Node& cell) { return cell.is_null(); });
  };
  std::ranges::sort(table.keys, {},
                    [&](const QuantityTable::Key& key) { return std::tuple(leaves_out(key), key.name, key.is_steps); });
  if (table.keys.size() > 1 && leaves_out(table.keys[table.keys.size() - 2])) {
    diagnostics.add(
        {.at = table.keys.back().at,
         .what = "empty cells in two key columns",
         .expected = "empty cells, which stand for all others, in one column at most",
         .got = fmt::format("columns {} and {}", table.keys[table.keys.size() - 2].name, table.keys.back().name),
         .hint = ""});
    return std::nullopt;
  }
  for (const std::size_t row : rows) {
    Node one = value->node(row);
    if (one.is_null()) {
      diagnostics.add({.at = value->at(row),
                       .what = "a row without a value",
                       .expected = "a number",
                       .got = "an empty cell",
                       .hint = ""});
      return std::nullopt;
    }
    one.text = with_unit(one.text, unit ? unit->text(row) : "");
    table.values.push_back(std::move(one));
    table.rows_at.push_back(csv.at(row));
  }
  return table;
}

}  // namespace oikos
