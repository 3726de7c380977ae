#include "sim/model/age_rates.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "sim/text/csv.hpp"
#include "sim/text/dated.hpp"

namespace oikos {

namespace {

struct RateRow {
  std::string rate;
  Month from;
  std::size_t sex;  ///< 0, 1, or 2 for both
  int age;
  double value;
  Position at;
};

std::vector<RateRow> read_rows(const Source& source, Diagnostics& diagnostics) {
  const CsvTable table = parse_csv(source, diagnostics);
  std::vector<std::optional<CsvColumn>> columns;
  for (const char* name : {"rate", "from", "sex", "age", "value", "unit", "place", "source", "confidence"})
    columns.push_back(table.column(name, diagnostics));
  if (!std::ranges::all_of(columns, [](const auto& c) { return c.has_value(); })) return {};
  const auto sexes = codec::one_of_index({"male", "female", "both"});
  const auto known = codec::one_of({"verified", "recalled", "derived", "assumption"});
  std::vector<RateRow> rows;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const auto rate = columns[0]->value(r, codec::identifier(), diagnostics);
    const auto from = columns[1]->text(r).empty() ? std::optional<Month>(Dated<double>::always())
                                                  : columns[1]->value(r, codec::month(), diagnostics);
    const auto sex = columns[2]->value(r, sexes, diagnostics);
    const auto age = columns[3]->value(r, codec::integer(0, demography::max_age), diagnostics);
    const auto value = columns[4]->value(r, codec::number(0, 100), diagnostics);
    const auto unit = columns[5]->value(r, codec::one_of({"1/year", "1"}), diagnostics);
    const auto source_text = columns[7]->value(r, codec::text(), diagnostics);
    const auto confidence = columns[8]->value(r, known, diagnostics);
    if (rate && from && sex && age && value && unit && source_text && confidence)
      rows.push_back({*rate, *from, *sex, static_cast<int>(*age), *value, columns[0]->at(r)});
  }
  return rows;
}

}  // namespace

AgeRates AgeRates::read(const Source& source, Diagnostics& diagnostics) {
  AgeRates rates;
  rates.place_ = {source, 0, 0, 1};
  for (const RateRow& row : read_rows(source, diagnostics)) {
    auto& periods = rates.rates_[row.rate];
    if (periods.empty() || periods.back().from < row.from) periods.push_back({row.from, {}});
    if (periods.back().from != row.from) {
      diagnostics.add({.at = row.at,
                       .what = fmt::format("periods of rate {} do not ascend", quoted(row.rate)),
                       .expected = "all rows of a period, then those of the next",
                       .got = to_string(row.from),
                       .hint = ""});
      continue;
    }
    for (std::size_t sex = 0; sex < 2; ++sex)
      if (row.sex == sex || row.sex == 2)
        std::fill(periods.back().yearly_rate[sex].begin() + row.age, periods.back().yearly_rate[sex].end(), row.value);
  }
  return rates;
}

std::vector<demography::RatePeriod> AgeRates::need(const std::string& rate, Diagnostics& diagnostics) const {
  const auto found = rates_.find(rate);
  if (found != rates_.end()) return found->second;
  diagnostics.add({.at = place_,
                   .what = fmt::format("missing rate {}", quoted(rate)),
                   .expected = "rows of that name in the table of rates by age",
                   .got = "",
                   .hint = ""});
  return {demography::RatePeriod{Month{1800, 1}, {}}};
}

}  // namespace oikos
