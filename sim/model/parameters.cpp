#include "sim/model/parameters.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "sim/text/csv.hpp"

namespace oikos {

namespace {

std::optional<ParameterUnit> unit_of(std::string_view text, std::string_view currency) {
  if (text == currency || (text.starts_with(currency) && text.substr(currency.size()).starts_with("/")))
    return ParameterUnit::money;
  constexpr std::array<std::pair<std::string_view, ParameterUnit>, 5> words{{{"1", ParameterUnit::number},
                                                                             {"%", ParameterUnit::share},
                                                                             {"months", ParameterUnit::months},
                                                                             {"years", ParameterUnit::years},
                                                                             {"1/year", ParameterUnit::yearly_rate}}};
  for (const auto& [word, unit] : words)
    if (text == word) return unit;
  return std::nullopt;
}

double stored(double written, ParameterUnit unit) {
  if (unit == ParameterUnit::money) return static_cast<double>(round_half_away(written * 100.0));
  return unit == ParameterUnit::share ? written / 100.0 : written;
}

std::string unit_name(ParameterUnit unit, std::string_view currency) {
  constexpr std::array<std::string_view, 6> names{"1", "%", "", "months", "years", "1/year"};
  return unit == ParameterUnit::money ? std::string(currency) : std::string(names[static_cast<std::size_t>(unit)]);
}

/// Reader of one value in the parameter's unit, as written in scenario text.
Codec<double> value_codec(ParameterUnit unit, std::string_view currency) {
  if (unit == ParameterUnit::share) return codec::share(-codec::infinity, codec::infinity);
  if (unit == ParameterUnit::money)
    return codec::mapped(codec::money(std::string(currency)), [](Money m) { return static_cast<double>(m.minor()); });
  return codec::number();
}

struct Row {
  std::string name, unit_text, source, confidence;
  std::optional<Month> from;
  double value = 0;
  Position at;
};

/// The rows of a table that could be read; the others are reported.
std::vector<Row> read_rows(const Source& source, Diagnostics& diagnostics) {
  const CsvTable table = parse_csv(source, diagnostics);
  std::array<std::optional<CsvColumn>, 7> columns;
  constexpr std::array<std::string_view, 7> names{"name", "from", "value", "unit", "place", "source", "confidence"};
  for (std::size_t i = 0; i < names.size(); ++i) columns[i] = table.column(names[i], diagnostics);
  if (!std::ranges::all_of(columns, [](const auto& c) { return c.has_value(); })) return {};
  const auto known = codec::one_of({"verified", "recalled", "derived", "assumption"});
  std::vector<Row> rows;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    Row row;
    row.at = columns[0]->at(r);
    const auto name = columns[0]->value(r, codec::identifier(), diagnostics);
    const auto value = columns[2]->value(r, codec::number(), diagnostics);
    const auto confidence = columns[6]->value(r, known, diagnostics);
    const auto origin = columns[5]->value(r, codec::text(), diagnostics);
    bool good = name && value && confidence && origin;
    if (!columns[1]->text(r).empty()) {
      row.from = columns[1]->value(r, codec::month(), diagnostics);
      good = good && row.from;
    }
    if (!good) continue;
    row.name = *name;
    row.value = *value;
    row.confidence = *confidence;
    row.source = *origin;
    row.unit_text = columns[3]->text(r);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

ParameterSet ParameterSet::read(const std::vector<Source>& tables, std::string_view currency,
                                Diagnostics& diagnostics) {
  ParameterSet set;
  for (const Source& source : tables) {
    const std::vector<Row> rows = read_rows(source, diagnostics);
    for (std::size_t i = 0; i < rows.size();) {
      const Row& first = rows[i];
      const auto unit = unit_of(first.unit_text, currency);
      if (!unit)
        diagnostics.add({.at = first.at,
                         .what = fmt::format("unknown unit of parameter {}", quoted(first.name)),
                         .expected = fmt::format("{0}, {0}/month, {0}/year, %, 1, 1/year, months or years", currency),
                         .got = quoted(first.unit_text),
                         .hint = ""});
      if (const Parameter* twice = set.find(first.name))
        diagnostics.add({.at = first.at,
                         .what = fmt::format("parameter {} stands twice", quoted(first.name)),
                         .expected = "all dates of a parameter in rows that follow on each other",
                         .got = fmt::format("the first in {}:{}", twice->at.source->name, twice->at.line),
                         .hint = ""});
      std::vector<Dated<double>::Change> changes;
      std::size_t end = i;
      for (; end < rows.size() && rows[end].name == first.name; ++end) {
        const Month from = rows[end].from.value_or(Dated<double>::always());
        if (!changes.empty() && from <= changes.back().from) {
          diagnostics.add({.at = rows[end].at,
                           .what = fmt::format("dates of parameter {} do not ascend", quoted(first.name)),
                           .expected = "each row later than the one above",
                           .got = rows[end].from ? to_string(from) : "no date",
                           .hint = ""});
          continue;
        }
        changes.push_back({from, stored(rows[end].value, unit.value_or(ParameterUnit::number))});
      }
      set.all_.push_back({first.name, unit.value_or(ParameterUnit::number), first.unit_text,
                          Dated<double>(std::move(changes)), first.source, first.confidence, first.at});
      i = end;
    }
  }
  return set;
}

const Parameter* ParameterSet::find(std::string_view name) const {
  const auto found = std::ranges::find(all_, name, &Parameter::name);
  return found == all_.end() ? nullptr : &*found;
}

void ParameterSet::override_with(const Node& mapping, std::string_view currency, Diagnostics& diagnostics) {
  for (const auto& entry : mapping.entries) {
    const auto found = std::ranges::find(all_, entry.key, &Parameter::name);
    if (found == all_.end()) {
      std::vector<std::string> names;
      for (const auto& parameter : all_) names.push_back(parameter.name);
      diagnostics.add({.at = entry.key_at,
                       .what = "unknown parameter",
                       .expected = "a parameter of the tables (list them: oikos explain columns)",
                       .got = quoted(entry.key),
                       .hint = did_you_mean(entry.key, names)});
      continue;
    }
    if (auto values = codec::dated(value_codec(found->unit, currency)).parse(entry.value, diagnostics)) {
      found->values = std::move(*values);
      found->at = entry.key_at;
      found->source = "scenario";
    }
  }
}

const Dated<double>& ParameterSet::need(std::string_view name, ParameterUnit unit, Month from,
                                        Diagnostics& diagnostics) const {
  static const Dated<double> nothing{0.0};
  const Parameter* found = find(name);
  if (found == nullptr) {
    diagnostics.add({.at = place_,
                     .what = fmt::format("missing parameter {}", quoted(name)),
                     .expected = "a row of that name in one of the parameter tables",
                     .got = "",
                     .hint = ""});
    return nothing;
  }
  if (found->unit != unit) {
    diagnostics.add({.at = found->at,
                     .what = fmt::format("wrong unit of parameter {}", quoted(name)),
                     .expected = unit_name(unit, unit == ParameterUnit::money ? "an amount of money" : ""),
                     .got = quoted(found->unit_text),
                     .hint = ""});
    return nothing;
  }
  if (!found->values.covers(from)) {
    diagnostics.add({.at = found->at,
                     .what = fmt::format("parameter {} has no value at the start of the run", quoted(name)),
                     .expected = fmt::format("a value in force in {}", to_string(from)),
                     .got = fmt::format("the first one from {}", to_string(found->values.first())),
                     .hint = ""});
    return nothing;
  }
  return found->values;
}

}  // namespace oikos
