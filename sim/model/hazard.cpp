#include "sim/model/hazard.hpp"

namespace oikos {

void flag_hits(Modifier which, const std::uint32_t* draws, const std::uint8_t* kinds, const KindLimits& limits,
               const World& world, const Chunk& chunk, Scratch& scratch) {
  const auto changed = scratch.changed(world, chunk);
  flag_hits(draws, kinds, limits, chunk, scratch);
  const auto flags = scratch.flags(chunk);
  for (const std::uint32_t i : changed) {
    const float factor = world.modifiers.factor(which, world.persons.effects[chunk.first_person + i]);
    flags[i] = happens(draws[i], limits[kinds[i]], factor) ? 1 : 0;
  }
}

void flag_hits(const std::uint32_t* draws, const std::uint8_t* kinds, const KindLimits& limits, const Chunk& chunk,
               Scratch& scratch) {
  rng::decide({draws, chunk.persons}, kinds, limits, scratch.flags(chunk).data());
}

}  // namespace oikos
