#pragma once
#include <cstdint>

#include "sim/base/rate.hpp"
#include "sim/world/modifiers.hpp"

namespace oikos {

/// True when the draw meets the hazard, multiplied by the person's factor where a programme has set one.
/// The unchanged majority is decided by one integer comparison.
inline bool happens(std::uint32_t draw, Threshold limit, Modifier which, const ModifierTable& modifiers,
                    std::uint32_t place) {
  if (place == 0) [[likely]]
    return draw < limit;
  return static_cast<double>(draw) < static_cast<double>(limit) * static_cast<double>(modifiers.factor(which, place));
}

}  // namespace oikos
