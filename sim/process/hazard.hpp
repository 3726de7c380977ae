#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "sim/process/scratch.hpp"
#include "sim/rng/decide.hpp"

namespace oikos {

/// Monthly chances by kind of person: what age_sex() gives, or whatever else fits a byte.
using KindLimits = std::array<rng::Limit, age_sex_kinds>;

/// True when the draw lies within the limit, the chance multiplied by `factor`; compared in double precision. A factor
/// of 1 decides as rng::decide() does.
inline bool happens(std::uint32_t draw, rng::Limit limit, float factor) {
  return static_cast<double>(draw >> 1) < (static_cast<double>(limit) + 1.0) * factor;
}

/// Sets the scratch's flag of each person of its chunk whom a hazard hits: whose draw lies within the limit of the
/// kind, multiplied by the factor of whom a programme has given one. @param draws, kinds shape (chunk.persons)
/// @param changeable the one kind whose hazard programmes change; nothing: all
void flag_hits(TargetId which, const std::uint32_t* draws, const std::uint8_t* kinds, const KindLimits& limits,
               Scratch& scratch, std::optional<std::uint8_t> changeable = std::nullopt);
/// The same for a hazard that no programme changes.
void flag_hits(const std::uint32_t* draws, const std::uint8_t* kinds, const KindLimits& limits, Scratch& scratch);

}  // namespace oikos
