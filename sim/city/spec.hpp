#pragma once
#include <optional>
#include <string>

#include "sim/effect/spec.hpp"
#include "sim/programme/spec.hpp"
#include "sim/text/dated.hpp"
#include "sim/text/record.hpp"

namespace oikos {

/// A lever, which a city chooses and pays for, or a shock, which happens to it and costs nothing
/// (docs/reference/scenario.md).
struct LeverSpec {
  std::string title;
  std::optional<Positioned<std::string>> municipality;  ///< none: it exists once in each, and costs in each
  std::optional<Positioned<Month>> from, until;         ///< first and last month
  int ramp = 0;                                         ///< of its effects, unless they have their own
  Positioned<Dated<units::MoneyRate>> cost;             ///< of the whole city
  Payers payers;
  EffectSpecs effects;
  std::string source, confidence;  ///< of the cost
};

Record<LeverSpec> lever_record(const std::string& currency);
Record<LeverSpec> shock_record();

}  // namespace oikos
