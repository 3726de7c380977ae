#pragma once
#include <cstdint>

namespace oikos {

/// Monthly probability that compounds over twelve months to the yearly probability: 1 - (1 - q)^(1/12).
/// @param yearly in [0, 1]   @throws ContractError outside
double monthly_from_yearly_probability(double yearly);

/// Monthly probability of at least one event at a constant yearly rate: 1 - exp(-rate / 12). @param yearly_rate >= 0
double monthly_from_yearly_rate(double yearly_rate);

/// A probability as a threshold for a 32-bit draw: the event happens when draw < threshold.
/// Resolution 2^-32; 0 never happens; 1 becomes 2^32, so that it always does. This is why it has 64 bits.
using Threshold = std::uint64_t;
/// @param probability clamped to [0, 1]; NaN is a ContractError
Threshold threshold(double probability);

}  // namespace oikos
