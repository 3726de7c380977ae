#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "sim/process/scratch.hpp"
#include "sim/rng/decide.hpp"

namespace oikos {

/// Monthly chances by kind of person: what age_sex() gives, or whatever else fits a byte.
using KindLimits = std::array<rng::Limit, age_sex_kinds>;

/// Probability in a month, of one with hazard h = -log(1 - p), of times * h + plus. Nobody faces what has no chance, so
/// 0 stays 0; a factor of 0 leaves `plus` also of what is certain.
double changed(double probability, HazardChange change);
rng::Limit changed(rng::Limit limit, HazardChange change);

/// True when the draw lies within the limit as changed; without a change it decides as rng::decide() does.
bool happens(std::uint32_t draw, rng::Limit limit, HazardChange change);

/// Sets the scratch's flag of each person of its chunk whom a hazard hits: whose draw lies within the limit of the
/// kind, as effects change it. @param draws, kinds shape (chunk.persons)
/// @param changeable the one kind whose hazard effects change; nothing: all
void flag_hits(TargetId which, const std::uint32_t* draws, const std::uint8_t* kinds, const KindLimits& limits,
               Scratch& scratch, std::optional<std::uint8_t> changeable = std::nullopt);
/// The same for a hazard that no effect changes.
void flag_hits(const std::uint32_t* draws, const std::uint8_t* kinds, const KindLimits& limits, Scratch& scratch);

}  // namespace oikos
