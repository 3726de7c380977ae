#pragma once
#include <cstdint>
#include <vector>

#include "sim/rng/stream.hpp"
#include "sim/world/world.hpp"

namespace oikos {

/// When it is, and whose luck counts.
struct StepContext {
  Month month;
  ShortMonth now;  ///< the same in two bytes
  int step;        ///< months since the start of the run
  const rng::Stream& luck;
};

/// A stretch of households and their members: the unit of work of a sweep. Results do not depend on its size.
struct Chunk {
  std::uint32_t first_household;
  std::uint32_t households;
  Row first_person;
  std::uint32_t persons;
};

/// Cuts the households into chunks of about `persons_per_chunk` persons: each ends with the household in which that
/// number is reached. Members stand side by side and are indexed (check_membership()); no household is empty.
void cut_chunks(const World& world, std::uint32_t persons_per_chunk, std::vector<Chunk>& chunks);

}  // namespace oikos
