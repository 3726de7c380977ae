#pragma once
#include "sim/engine/schedule.hpp"
#include "sim/scenario/prepare.hpp"

namespace oikos {

/// Whether a pilot computes wages, taxes and benefits: what it finds hangs on them only where attributes or effects
/// read them.
enum class PilotMoney : std::uint8_t { left_out, counted };

/// The rules of people and work, and what finds the paths that keep a baseline as it is asked for.
/// @param paths written month by month   @param attributes with their divisors
Schedule make_pilot_schedule(const Prepared& prepared, const std::shared_ptr<const World>& initial,
                             const std::shared_ptr<BaselinePaths>& paths,
                             const std::shared_ptr<const std::vector<Attribute>>& attributes,
                             PilotMoney money = PilotMoney::left_out);

}  // namespace oikos
