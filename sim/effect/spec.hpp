#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/text/record.hpp"

namespace oikos {

/// Who gives an effect.
enum class Giver : std::uint8_t {
  attribute,  ///< those who have the state
  programme,  ///< its clients
  city,       ///< a lever or a shock: it acts on all persons, households, programmes or providers
};

/// One body of an effect, as the scenario describes it.
struct EffectSpec {
  /// When a programme's effect is in force.
  enum class When : std::uint8_t { enrolled, after_exit, after_completion };
  Position at = {};
  // Exactly one of these three, each a quantity.
  std::optional<Node> times, plus, sets;
  std::optional<Positioned<std::string>> where;  ///< reads the giver; of the city's effects whom it acts on
  std::optional<When> when;                      ///< of programmes
  std::optional<Positioned<Month>> from, until;  ///< first and last month in which it acts
  int ramp = 0;                                  ///< months until it is whole, in a straight line
  int fade = 0;                                  ///< months after exit until it is gone, in a straight line
  std::optional<Positioned<std::string>> range;  ///< LOW..HIGH
  std::string source, confidence;
};

/// Bodies by target, perhaps with who receives before it: `mother.labour_entry`.
using EffectSpecs = std::vector<Named<std::vector<EffectSpec>>>;

/// A mapping from targets, each with a body or a list of bodies. Which targets there are is known when all of the text
/// is.
Codec<EffectSpecs> effects_codec(Giver giver);

}  // namespace oikos
