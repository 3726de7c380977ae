#pragma once
#include <cstdint>
#include <vector>

#include "sim/rng/stream.hpp"
#include "sim/world/world.hpp"

namespace oikos {

/// When it is.
struct When {
  Month month;
  ShortMonth short_month;  ///< the same in two bytes
  int step;                ///< months since the start of the run
};

/// When it is, and whose luck counts.
struct StepContext : When {
  StepContext(Month at, int months_since_start, const rng::Stream& whose)
      : When{at, to_short(at), months_since_start}, luck(whose) {}

  const rng::Stream& luck;

  /// One person's or household's draw of this month for a decision.
  std::uint32_t draw(const LaneSpec& lane, std::uint64_t who, std::uint32_t index = 0) const {
    return luck.draw(lane.purpose, lane.lane, who, month, index);
  }
  /// The same for a lasting trait: in every month the same.
  std::uint32_t lasting_draw(const LaneSpec& lane, std::uint64_t who) const {
    return luck.draw(lane.purpose, lane.lane, who, rng::lasting);
  }
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
