#include "sim/parameter/parameter_table.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "sim/text/csv.hpp"

namespace oikos {

namespace {

constexpr std::array<std::string_view, 7> required{"name", "from", "value", "unit", "place", "source", "confidence"};
constexpr std::array<std::string_view, 2> optional{"municipality", "year"};

/// Whether the header has all it needs and nothing that would be passed over.
bool header_is_good(const CsvTable& table, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.all().size();
  for (const auto name : required) table.column(name, diagnostics);
  if (diagnostics.all().size() != before) return false;  // what is missing may be what is misspelt
  std::vector<std::string> known(required.begin(), required.end());
  known.insert(known.end(), optional.begin(), optional.end());
  for (std::size_t c = 0; c < table.header().size(); ++c)
    if (std::ranges::find(known, table.header()[c]) == known.end())
      diagnostics.add(
          {.at = table.header_at(c),
           .what = "unknown column of a table of parameters",
           .expected = "name, from, value, unit, place, source, confidence; municipality and year if wanted",
           .got = quoted(table.header()[c]),
           .hint = did_you_mean(table.header()[c], known)});
  return diagnostics.all().size() == before;
}

}  // namespace

std::vector<ParameterRow> read_parameter_rows(const Source& source, Diagnostics& diagnostics) {
  const CsvTable table = parse_csv(source, diagnostics);
  if (table.header().empty() || !header_is_good(table, diagnostics)) return {};
  const auto column = [&](std::string_view name) { return *table.column(name, diagnostics); };
  const auto names = column("name"), dates = column("from"), values = column("value"), unit_names = column("unit"),
             sources = column("source"), labels = column("confidence");
  const auto municipalities = table.has("municipality") ? table.column("municipality", diagnostics) : std::nullopt;
  const auto known = codec::confidence();
  std::vector<ParameterRow> rows;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    ParameterRow row;
    const auto name = names.value(r, codec::identifier(), diagnostics);
    const bool number = values.value(r, codec::number(), diagnostics).has_value();
    const auto confidence = labels.value(r, known, diagnostics);
    const auto origin = sources.value(r, codec::text(), diagnostics);
    bool good = name && number && confidence && origin;
    if (!dates.text(r).empty()) {
      row.from = dates.value(r, codec::month(), diagnostics);
      good = good && row.from;
    }
    if (municipalities && !municipalities->text(r).empty()) {
      const auto key = municipalities->value(r, codec::identifier(), diagnostics);
      good = good && key;
      row.municipality = key.value_or("");
    }
    if (!good) continue;
    row.name = *name;
    row.value = values.text(r);
    row.unit = unit_names.text(r);
    row.source = *origin;
    row.confidence = *confidence;
    row.index = r;
    row.name_at = names.at(r);
    row.from_at = dates.at(r);
    row.value_at = values.at(r);
    row.unit_at = unit_names.at(r);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace oikos
