#include "sim/model/hazard.hpp"

namespace oikos {

std::span<const std::uint32_t> hit_by(Modifier which, const std::uint32_t* draws, const std::uint8_t* kinds,
                                      const KindLimits& limits, const World& world, const Chunk& chunk,
                                      Scratch& scratch) {
  const auto changed = scratch.changed(world, chunk);
  const auto flags = scratch.flags(chunk);
  rng::decide({draws, chunk.persons}, kinds, limits, flags.data());
  for (const std::uint32_t i : changed) {
    const float factor = world.modifiers.factor(which, world.persons.effects[chunk.first_person + i]);
    flags[i] = happens(draws[i], limits[kinds[i]], factor) ? 1 : 0;
  }
  return scratch.flagged(chunk);
}

std::span<const std::uint32_t> hit(const std::uint32_t* draws, const std::uint8_t* kinds, const KindLimits& limits,
                                   const Chunk& chunk, Scratch& scratch) {
  rng::decide({draws, chunk.persons}, kinds, limits, scratch.flags(chunk).data());
  return scratch.flagged(chunk);
}

}  // namespace oikos
