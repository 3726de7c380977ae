#include "sim/process/hazard.hpp"

namespace oikos {

void flag_hits(TargetId which, const std::uint32_t* draws, const std::uint8_t* kinds, const KindLimits& limits,
               Scratch& scratch, std::optional<std::uint8_t> changeable) {
  flag_hits(draws, kinds, limits, scratch);
  const auto flags = scratch.flags();
  for (const std::uint32_t i : scratch.changed()) {
    if (changeable && kinds[i] != *changeable) continue;
    flags[i] = happens(draws[i], limits[kinds[i]], scratch.factor(which, i)) ? 1 : 0;
  }
}

void flag_hits(const std::uint32_t* draws, const std::uint8_t* kinds, const KindLimits& limits, Scratch& scratch) {
  const auto flags = scratch.flags();
  rng::decide({draws, flags.size()}, kinds, limits, flags.data());
}

}  // namespace oikos
