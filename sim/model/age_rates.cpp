#include "sim/model/age_rates.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "sim/base/detmath.hpp"
#include "sim/parameter/parameter_set.hpp"
#include "sim/text/csv.hpp"
#include "sim/text/dated.hpp"

namespace oikos {

namespace {

struct RateRow {
  std::string rate, municipality;
  Month from;
  std::size_t sex;  ///< 0, 1, or 2 for both
  int age;
  double value;  ///< a yearly hazard, or as written for a profile
  Position at, value_at;
};

/// Reads rows into values as rules use them.
class RowReader {
 public:
  RowReader(std::span<const AgeRateSpec> declared, Diagnostics& diagnostics)
      : declared_(declared), diagnostics_(diagnostics) {}

  std::vector<RateRow> read(const Source& source) {
    const CsvTable table = parse_csv(source, diagnostics_);
    std::vector<std::optional<CsvColumn>> columns;
    for (const auto name : required) columns.push_back(table.column(name, diagnostics_));
    if (!std::ranges::all_of(columns, [](const auto& c) { return c.has_value(); }) || !knows_all(table)) return {};
    const auto municipalities =
        table.has("municipality") ? table.column("municipality", diagnostics_) : std::optional<CsvColumn>{};
    const auto sexes = codec::one_of_index({"male", "female", "both"});
    const auto known = codec::confidence();
    std::vector<RateRow> rows;
    for (std::size_t r = 0; r < table.rows(); ++r) {
      const auto rate = columns[0]->value(r, codec::identifier(), diagnostics_);
      const auto from = columns[1]->text(r).empty() ? std::optional<Month>(Dated<double>::always())
                                                    : columns[1]->value(r, codec::month(), diagnostics_);
      const auto sex = columns[2]->value(r, sexes, diagnostics_);
      const auto age = columns[3]->value(r, codec::integer(0, demography::max_age), diagnostics_);
      const auto value = rate ? hazard(*rate, *columns[4], *columns[5], r) : std::nullopt;
      const auto source_text = columns[7]->value(r, codec::text(), diagnostics_);
      const auto confidence = columns[8]->value(r, known, diagnostics_);
      const auto municipality = municipalities && !municipalities->text(r).empty()
                                    ? municipalities->value(r, codec::identifier(), diagnostics_)
                                    : std::optional<std::string>("");
      if (rate && from && sex && age && value && source_text && confidence && municipality)
        rows.push_back(
            {*rate, *municipality, *from, *sex, static_cast<int>(*age), *value, columns[0]->at(r), columns[4]->at(r)});
    }
    return rows;
  }

  const AgeRateSpec* spec(std::string_view rate) const {
    const auto found = std::ranges::find(declared_, rate, &AgeRateSpec::name);
    return found == declared_.end() ? nullptr : &*found;
  }

 private:
  static constexpr std::array<const char*, 9> required{"rate", "from",  "sex",    "age",       "value",
                                                       "unit", "place", "source", "confidence"};

  bool knows_all(const CsvTable& table) {
    std::vector<std::string> known(required.begin(), required.end());
    known.insert(known.end(), {"municipality", "year"});
    bool good = true;
    for (std::size_t c = 0; c < table.header().size(); ++c) {
      if (std::ranges::find(known, table.header()[c]) != known.end()) continue;
      good = false;
      diagnostics_.add({.at = table.header_at(c),
                        .what = "unknown column of a table of rates by age",
                        .expected = "rate, from, sex, age, value, unit, place, source, confidence; municipality and "
                                    "year if wanted",
                        .got = quoted(table.header()[c]),
                        .hint = did_you_mean(table.header()[c], known)});
    }
    return good;
  }

  /// The value of a row; nothing after a diagnostic.
  std::optional<double> hazard(const std::string& rate, const CsvColumn& values, const CsvColumn& unit_names,
                               std::size_t r) {
    const AgeRateSpec* declared = spec(rate);
    const std::string unit = unit_names.text(r);
    const bool profile = declared != nullptr ? declared->profile : unit == "1";
    const auto chance = units::chance_unit(unit);
    if (profile != (unit == "1") || (!profile && !chance)) {
      diagnostics_.add({.at = unit_names.at(r),
                        .what = fmt::format("wrong unit of rate {}", quoted(rate)),
                        .expected = profile ? "1" : "1/year, 1/month, %/year or %/month",
                        .got = quoted(unit),
                        .hint = ""});
      return std::nullopt;
    }
    const bool percent = chance == ChanceUnit::probability_per_month || chance == ChanceUnit::probability_per_year;
    const auto value = values.value(r, codec::number(0, percent ? 99.999 : 100), diagnostics_);
    if (!value || profile || *value == 0) return value;
    const double years = chance == ChanceUnit::probability_per_month || chance == ChanceUnit::hazard_per_month ? 12 : 1;
    return (percent ? -detmath::log1p(-*value / 100) : *value) * years;
  }

  std::span<const AgeRateSpec> declared_;
  Diagnostics& diagnostics_;
};

/// The periods of one rate and municipality.
using Periods = std::vector<demography::RatePeriod>;

void add_row(const RateRow& row, Periods& periods, Diagnostics& diagnostics) {
  if (periods.empty() || periods.back().from < row.from) periods.push_back({row.from, {}});
  if (periods.back().from != row.from) {
    diagnostics.add({.at = row.at,
                     .what = fmt::format("periods of rate {} do not ascend", quoted(row.rate)),
                     .expected = "all rows of a period, then those of the next",
                     .got = to_string(row.from),
                     .hint = ""});
    return;
  }
  for (std::size_t sex = 0; sex < 2; ++sex)
    if (row.sex == sex || row.sex == 2)
      std::fill(periods.back().yearly_rate[sex].begin() + row.age, periods.back().yearly_rate[sex].end(), row.value);
}

/// Warns of a row whose value is above the largest plausible one, and of a rate that nobody declares, at its first row.
void warn_of(const RateRow& row, const AgeRateSpec* spec, std::span<const AgeRateSpec> declared, bool first,
             Diagnostics& diagnostics) {
  if (spec != nullptr && row.value > spec->largest)
    diagnostics.warn({.at = row.value_at,
                      .what = fmt::format("rate {} is outside its usual range", quoted(row.rate)),
                      .expected = fmt::format("0 to {:g}{}", spec->largest, spec->profile ? "" : "/year"),
                      .got = fmt::format("{:.10g}{}", row.value, spec->profile ? "" : "/year"),
                      .hint = fmt::format("it is the {}", spec->meaning)});
  if (spec != nullptr || !first) return;
  std::vector<std::string> names;
  for (const AgeRateSpec& one : declared) names.push_back(one.name);
  diagnostics.warn({.at = row.at,
                    .what = fmt::format("nothing reads rate {}", quoted(row.rate)),
                    .expected = codec::joined(names),
                    .got = quoted(row.rate),
                    .hint = did_you_mean(row.rate, names)});
}

}  // namespace

AgeRates AgeRates::read(const Source& source, std::string_view municipality, std::span<const AgeRateSpec> declared,
                        Diagnostics& diagnostics) {
  AgeRates rates;
  rates.place_ = {source, 0, 0, 1};
  RowReader reader(declared, diagnostics);
  std::map<std::pair<std::string, std::string>, Periods> all;
  std::set<std::string> seen;
  for (const RateRow& row : reader.read(source)) {
    warn_of(row, reader.spec(row.rate), declared, seen.insert(row.rate).second, diagnostics);
    if (!all.contains({row.rate, row.municipality}))
      warn_of_misspelt(row.municipality, std::string(municipality), row.at, diagnostics);
    add_row(row, all[{row.rate, row.municipality}], diagnostics);
  }
  for (const bool own : {false, true})
    for (auto& [key, periods] : all) {
      if (own ? key.second.empty() || key.second != municipality : !key.second.empty()) continue;
      Periods& into = rates.rates_[key.first];
      std::erase_if(into, [&](const auto& period) { return period.from >= periods.front().from; });
      std::ranges::move(periods, std::back_inserter(into));
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
