#pragma once
#include <cstdint>

namespace oikos {

/// Monthly probability that compounds over twelve months to the yearly probability: 1 - (1 - q)^(1/12).
/// @param yearly in [0, 1]   @throws ContractError outside
double monthly_from_yearly_probability(double yearly);

/// Monthly probability of at least one event at a constant yearly rate: 1 - exp(-rate / 12). @param yearly_rate >= 0
double monthly_from_yearly_rate(double yearly_rate);

/// The four ways to say how often something happens.
enum class ChanceUnit : std::uint8_t { probability_per_month, probability_per_year, hazard_per_month, hazard_per_year };

/// How often something happens, in its own unit.
struct Chance {
  double value = 0;  ///< a probability as a fraction of one, or a hazard; not negative
  ChanceUnit unit = ChanceUnit::probability_per_month;

  /// Whether the value is one its unit can have: not negative, a probability at most 1.
  bool possible() const;
  /// Probability in a month: of a yearly probability the one that compounds to it, of a hazard 1 - exp(-h).
  /// @throws ContractError when not possible()
  double monthly() const;

  friend bool operator==(Chance, Chance) = default;
};

/// A probability as a threshold for a 32-bit draw: the event happens when draw < threshold.
/// Resolution 2^-32; 0 never happens; 1 becomes 2^32, so that it always does. This is why it has 64 bits.
using Threshold = std::uint64_t;
/// @param probability clamped to [0, 1]; NaN is a ContractError
Threshold threshold(double probability);

}  // namespace oikos
