#include "sim/text/dated.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace oikos {

bool is_dated(const Node& node) {
  return node.is_mapping() && !node.entries.empty() &&
         std::ranges::all_of(node.entries, [](const auto& entry) { return parse_month(entry.key).has_value(); });
}

namespace codec {

bool looks_dated(const Node& node) {
  return node.is_mapping() && std::ranges::any_of(node.entries, [](const auto& entry) {
           return !entry.key.empty() && entry.key.front() >= '0' && entry.key.front() <= '9';
         });
}

std::vector<Month> expect_month_keys(const Node& node, Diagnostics& diagnostics) {
  std::vector<Month> months;
  bool good = true;
  for (const auto& entry : node.entries) {
    const auto month = units::parse_month(entry.key);
    if (!month) {
      good = false;
      diagnostics.add({entry.key_at, month.problem.what, "a month from 1800-01 to 2999-12, such as 2015-07",
                       quoted(entry.key), month.problem.hint});
      continue;
    }
    if (!months.empty() && *month <= months.back()) {
      good = false;
      diagnostics.add({entry.key_at, "dates are not in ascending order",
                       fmt::format("a month after {}", to_string(months.back())), quoted(entry.key), "sort the dates"});
    }
    months.push_back(*month);
  }
  if (!good) months.clear();
  return months;
}

Schema dated_schema(const Schema& value) {
  const Schema choices[] = {value, schema::map_of("^[12][0-9]{3}(-(0[1-9]|1[0-2]))?$", value)};
  return schema::any_of(choices);
}

}  // namespace codec
}  // namespace oikos
