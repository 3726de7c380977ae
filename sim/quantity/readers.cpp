#include "sim/quantity/readers.hpp"

#include "sim/base/detmath.hpp"
#include "sim/base/rate.hpp"
#include "sim/text/codec.hpp"

namespace oikos {

namespace {

/// Hazard a month of a chance; infinite where it is certain.
double monthly_hazard(const Chance& chance) {
  switch (chance.unit) {
    case ChanceUnit::hazard_per_month: return chance.value;
    case ChanceUnit::hazard_per_year: return chance.value / 12;
    case ChanceUnit::probability_per_month: return -detmath::log1p(-chance.value);
    case ChanceUnit::probability_per_year: return -detmath::log1p(-chance.value) / 12;
  }
  return 0;
}

}  // namespace

NumberReader hazard_reader() {
  const auto chance = codec::chance();
  return {.expected = chance.describe(),
          .read = [chance](const Node& node, Diagnostics& diagnostics) -> std::optional<double> {
            const auto value = chance.parse(node, diagnostics);
            return value ? std::optional(monthly_hazard(*value)) : std::nullopt;
          }};
}

NumberReader factor_reader() {
  const auto number = codec::number(0, 1000);
  return {.expected = "a factor from 0 to 1000",
          .read = [number](const Node& node, Diagnostics& diagnostics) { return number.parse(node, diagnostics); },
          .expression = expr::Goal::exactly("factor", {expr::Kind::number, nullptr})};
}

NumberReader share_reader() {
  const auto share = codec::share();
  return {.expected = share.describe(),
          .read = [share](const Node& node, Diagnostics& diagnostics) { return share.parse(node, diagnostics); }};
}

}  // namespace oikos
