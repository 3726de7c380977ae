#pragma once
#include <cstdint>
#include <span>

namespace oikos::rng {

/// A probability for decisions made many at once: the event happens when (draw >> 1) <= limit. Resolution 2^-31;
/// -1 never happens, 2^31 - 1 always does. Signed, because vectors compare signed numbers in one step.
using Limit = std::int32_t;
inline constexpr Limit never = -1, always = 0x7FFF'FFFF;
/// @param probability clamped to [0, 1]; NaN is a ContractError
Limit limit(double probability);

/// flags[i] = 1 when draws[i] is within limits[index[i]], else 0: one chance a kind of person, found by a small number
/// such as a state or an age. Eight at once where the CPU has AVX2, the same flags everywhere.
/// @param index each below limits.size(), which is not checked   @param flags at least draws.size() long, as index
void decide(std::span<const std::uint32_t> draws, const std::uint8_t* index, std::span<const Limit> limits,
            std::uint8_t* flags);
void decide(std::span<const std::uint32_t> draws, const std::uint16_t* index, std::span<const Limit> limits,
            std::uint8_t* flags);

}  // namespace oikos::rng
