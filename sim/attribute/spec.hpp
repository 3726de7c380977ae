#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/effect/spec.hpp"
#include "sim/text/record.hpp"

namespace oikos {

/// An influence on a move: its hazard times a number, for those who meet a condition.
struct FactorSpec {
  Node times;                                    ///< a quantity
  std::optional<Positioned<std::string>> where;  ///< all unless stated
  std::string source, confidence;
};

/// A move of an attribute, as the scenario describes it.
struct MoveSpec {
  enum class RateIs : std::uint8_t { reference, mean };
  std::vector<Positioned<std::string>> from;    ///< values; none: all but the one it leads to
  std::optional<Node> to;                       ///< a value, or shares by value
  std::optional<Positioned<std::string>> sets;  ///< of a flag: yes or no
  std::optional<Positioned<std::string>> where;
  Node rate;  ///< a quantity of chances per time
  std::optional<RateIs> rate_is;
  std::vector<Named<FactorSpec>> factors;
  double cap = 8;                  ///< bounds the product of the factors
  std::string source, confidence;  ///< empty: those of the attribute
};

/// A state of persons or households that the scenario declares (docs/reference/scenario.md).
struct AttributeSpec {
  enum class Of : std::uint8_t { person, household };
  enum class WhenSplit : std::uint8_t { initial, copy };
  std::string title;
  std::optional<Of> of;
  std::vector<Positioned<std::string>> values;  ///< of an enumeration; none: a flag
  bool flag = false;
  std::optional<Node> initial;  ///< shares of the values, one value, or of a flag the share that has it
  std::optional<Positioned<std::string>> at_birth;
  WhenSplit when_split = WhenSplit::initial;
  std::vector<Named<MoveSpec>> moves;
  EffectSpecs effects;
  std::string source, confidence;

  /// The values by code: of a flag no and yes.
  std::vector<std::string> value_names() const;
};

Record<AttributeSpec> attribute_record();

}  // namespace oikos
