#include "sim/population/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/file/file.hpp"

namespace oikos::population {

namespace {

constexpr std::size_t largest_table = std::size_t{16} << 20;  // bytes; real ones hold a few hundred rows
constexpr double share_tolerance = 1e-6;

/// "sex female, age_from 15" of the first `depth` keys for a position in the filled table.
std::string name_of(std::span<const TableKey> keys, std::size_t index, std::size_t depth) {
  std::string out;
  for (std::size_t after = keys.size(); after > 0; --after) {
    const std::size_t k = after - 1;
    const std::size_t label = index % keys[k].labels.size();
    index /= keys[k].labels.size();
    if (k < depth) out = fmt::format("{} {}{}{}", keys[k].column, keys[k].labels[label], out.empty() ? "" : ", ", out);
  }
  return out;
}

}  // namespace

Table::Table(const std::string& path, Diagnostics& diagnostics, double lowest)
    : diagnostics_(diagnostics),
      source_(std::make_shared<const SourceText>(SourceText{path, read_file(path, largest_table)})) {
  const std::size_t before = diagnostics.all().size();
  csv_ = parse_csv(source_, diagnostics);
  if (diagnostics.all().size() == before && csv_.rows() == 0)
    diagnostics.add({{source_, 1, 1, 1}, "table without rows", "a header and at least one row", "", ""});
  for (const std::string_view column : {"unit", "year", "place", "source"}) csv_.column(column, diagnostics);
  if (const auto confidence = csv_.column("confidence", diagnostics))
    if (auto words = confidence->values(codec::confidence(), diagnostics)) confidence_ = std::move(*words);
  if (const auto value = csv_.column("value", diagnostics))
    if (auto numbers = value->values(codec::number(lowest), diagnostics)) values_ = std::move(*numbers);
  good_ = diagnostics.all().size() == before;
}

void Table::fail(Diagnostic diagnostic) {
  diagnostics_.add(std::move(diagnostic));
  good_ = false;
}

Position Table::at(std::size_t row) const { return csv_.rows() > 0 ? csv_.at(row) : Position{source_, 1, 1, 1}; }

TableKey Table::words(std::string_view column, std::span<const std::string_view> names) {
  TableKey key{std::string(column), {names.begin(), names.end()}, {}};
  const auto cells = csv_.column(column, diagnostics_);
  if (cells)
    if (auto found = cells->values(codec::one_of_index(key.labels), diagnostics_)) key.label = std::move(*found);
  if (key.label.size() != csv_.rows()) good_ = false;
  return key;
}

TableKey Table::numbers(std::string_view column, int min, int max) {
  TableKey key{std::string(column), {}, {}};
  const auto cells = csv_.column(column, diagnostics_);
  const auto found = cells ? cells->values(codec::integer(min, max), diagnostics_) : std::nullopt;
  if (!found) {
    good_ = false;
    return key;
  }
  const std::set<std::int64_t> distinct(found->begin(), found->end());
  for (const std::int64_t number : distinct) key.labels.push_back(std::to_string(number));
  for (const std::int64_t number : *found)
    key.label.push_back(static_cast<std::size_t>(std::distance(distinct.begin(), distinct.find(number))));
  return key;
}

TableKey Table::names(std::string_view column) {
  TableKey key{std::string(column), {}, {}};
  const auto cells = csv_.column(column, diagnostics_);
  const auto found = cells ? cells->values(codec::text(), diagnostics_) : std::nullopt;
  if (!found) {
    good_ = false;
    return key;
  }
  for (const std::string& name : *found) {
    const auto place = std::find(key.labels.begin(), key.labels.end(), name);
    key.label.push_back(static_cast<std::size_t>(place - key.labels.begin()));
    if (place == key.labels.end()) key.labels.push_back(name);
  }
  return key;
}

std::size_t Table::row_of(std::span<const TableKey> keys, std::size_t index, std::size_t size) const {
  for (std::size_t row = 0; row < csv_.rows(); ++row) {
    std::size_t here = 0;
    for (const TableKey& key : keys) here = here * key.labels.size() + key.label[row];
    if (here / size == index / size) return row;
  }
  return 0;
}

Trust Table::trust(std::span<const TableKey> keys, std::size_t index) const {
  const std::size_t row = row_of(keys, index, 1);
  return trust_of(row < confidence_.size() ? confidence_[row] : "");
}

void Table::refuse(std::span<const TableKey> keys, std::size_t index, std::string what, std::string expected) {
  const std::size_t row = row_of(keys, index, 1);
  const auto value = csv_.column("value", diagnostics_);
  fail({value->at(row), std::move(what), std::move(expected), oikos::quoted(value->text(row)), ""});
}

void Table::refuse(std::string what, std::string expected, std::string got) {
  fail({at(0), std::move(what), std::move(expected), std::move(got), ""});
}

std::vector<double> Table::fill(std::span<const TableKey> keys, bool sparse) {
  if (!good_) return {};
  std::size_t cells = 1;
  for (const TableKey& key : keys) cells *= key.labels.size();
  std::vector<double> out(cells, 0.0);
  std::vector<bool> seen(cells, false);
  for (std::size_t row = 0; row < csv_.rows(); ++row) {
    std::size_t index = 0;
    for (const TableKey& key : keys) index = index * key.labels.size() + key.label[row];
    if (seen[index])
      fail({at(row), "second row for " + name_of(keys, index, keys.size()), "one row for each combination", "", ""});
    seen[index] = true;
    out[index] = values_[row];
  }
  for (std::size_t index = 0; index < cells && !sparse; ++index)
    if (!seen[index])
      fail({at(0), "no row for " + name_of(keys, index, keys.size()), "one row for each combination", "",
            "write a row with the value 0 where there is nothing"});
  return out;
}

void Table::check_shares(std::span<const TableKey> keys, std::span<const double> values, std::size_t size) {
  if (!good_) return;
  std::size_t depth = keys.size();
  for (std::size_t left = size; left > 1 && depth > 0;) left /= keys[--depth].labels.size();
  for (std::size_t begin = 0; begin < values.size(); begin += size) {
    double sum = 0;
    for (std::size_t i = begin; i < begin + size; ++i) sum += values[i];
    if (std::abs(sum - 1) <= share_tolerance) continue;
    const std::string group = name_of(keys, begin, depth);
    fail({at(row_of(keys, begin, size)), "shares" + (group.empty() ? "" : " of " + group) + " do not sum to 1",
          "a sum of 1, up to 0.000001", fmt::format("{:.6f}", sum), ""});
  }
}

}  // namespace oikos::population
