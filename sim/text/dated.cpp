#include "sim/text/dated.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace oikos {

double Path::at(Month month) const {
  const auto changes = dates.changes();
  const auto next = std::ranges::upper_bound(changes, month, {}, &Dated<double>::Change::from);
  if (!linear || next == changes.begin() || next == changes.end()) return dates.at(month);
  const auto& before = *(next - 1);
  const double share = (month - before.from + 0.5) / (next->from - before.from);
  return before.value + (next->value - before.value) * share;
}

bool is_dated(const Node& node) {
  bool dates = false;
  for (const auto& entry : node.entries) {
    if (entry.key == Path::between) continue;
    if (!parse_month(entry.key)) return false;
    dates = true;
  }
  return node.is_mapping() && dates;
}

namespace codec {

bool looks_dated(const Node& node) {
  return node.is_mapping() && std::ranges::any_of(node.entries, [](const auto& entry) {
           return !entry.key.empty() && entry.key.front() >= '0' && entry.key.front() <= '9';
         });
}

std::vector<Month> expect_month_keys(const Node& node, bool lines, Diagnostics& diagnostics) {
  std::vector<Month> months;
  bool good = true;
  for (const auto& entry : node.entries) {
    if (entry.key == Path::between) {
      if (lines) continue;
      good = false;
      diagnostics.add({entry.key_at, "this value changes in steps", "months and their values", oikos::quoted(entry.key),
                       "leave 'between' out"});
      continue;
    }
    const auto month = units::parse_month(entry.key);
    if (!month) {
      good = false;
      diagnostics.add({entry.key_at, month.problem.what, "a month from 1800-01 to 2999-12, such as 2015-07",
                       oikos::quoted(entry.key), month.problem.hint});
      continue;
    }
    if (!months.empty() && *month <= months.back()) {
      good = false;
      diagnostics.add({entry.key_at, "dates are not in ascending order",
                       fmt::format("a month after {}", to_string(months.back())), oikos::quoted(entry.key),
                       "sort the dates"});
    }
    months.push_back(*month);
  }
  if (const auto between = std::ranges::find(node.entries, Path::between, &Node::Entry::key);
      good && between != node.entries.end() && months.size() < 2) {
    good = false;
    diagnostics.add({between->key_at, "one date makes no line", "two dates or more", "one date",
                     "write a second date, or leave 'between' out"});
  }
  if (!good) months.clear();
  return months;
}

Codec<Path> path_of(Codec<double> item) {
  const std::string expected =
      item.describe() + ", or such values by month: {2015-07: ..., 2018-01: ...}, with 'between: linear' along lines";
  return {[item, expected](const Node& node, Diagnostics& diagnostics) -> std::optional<Path> {
            if (!looks_dated(node)) {
              auto value = item.parse(node, diagnostics);
              if (!value) return std::nullopt;
              return Path{.dates = Dated<double>(*value), .linear = false};
            }
            const auto months = expect_month_keys(node, true, diagnostics);
            auto dates = dated_values(node, months, item, diagnostics);
            const Node* between = node.find(Path::between);
            const bool good =
                between == nullptr || one_of({std::string(Path::linear_word)}).parse(*between, diagnostics).has_value();
            if (!dates || !good) return std::nullopt;
            return Path{.dates = std::move(*dates), .linear = between != nullptr};
          },
          dated_schema(item.schema(), true), expected, item.inner()};
}

Schema dated_schema(const Schema& value, bool lines) {
  Schema by_month = schema::map_of("^[12][0-9]{3}-(0[1-9]|1[0-2])$", value);
  if (lines) {
    auto with_lines = *by_month;
    const std::string words[] = {std::string(Path::linear_word)};
    with_lines["properties"][std::string(Path::between)] = *schema::words(words);
    by_month = std::make_shared<const nlohmann::json>(std::move(with_lines));
  }
  const Schema choices[] = {value, by_month};
  return schema::any_of(choices);
}

}  // namespace codec
}  // namespace oikos
