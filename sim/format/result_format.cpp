#include "sim/format/result_format.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace oikos::format {

std::string by_breakdown(std::string_view indicator, std::string_view breakdown) {
  return fmt::format("{}_by_{}", indicator, breakdown);
}

std::string programme_variable(std::string_view measure) { return fmt::format("{}_{}", programme, measure); }

std::string provider_variable(std::string_view measure) { return fmt::format("{}_{}", provider, measure); }

bool is_name(std::string_view text) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto rest = [&](char c) { return lower(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !text.empty() && text.size() <= 200 && lower(text.front()) && std::ranges::all_of(text, rest);
}

bool is_safe_unit(std::string_view unit) {
  constexpr std::array<std::string_view, 7> spans{"days",         "hours",        "minutes",    "seconds",
                                                  "milliseconds", "microseconds", "nanoseconds"};
  return !unit.empty() && std::ranges::find(spans, unit) == spans.end() &&
         unit.find(" since ") == std::string_view::npos;
}

}  // namespace oikos::format
