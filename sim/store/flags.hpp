#pragma once
#include <cstdint>
#include <span>

namespace oikos {

/// Positions of the flags that are set, ascending: what a rule decided for a whole chunk becomes a list to act on.
/// Costs next to nothing where few are set. @param flags 0 or 1   @param out at least flags.size() long
/// @return how many
std::uint32_t positions_of(std::span<const std::uint8_t> flags, std::uint32_t* out);

/// How many of the bytes have this value.
std::uint32_t count_of(std::span<const std::uint8_t> bytes, std::uint8_t value);

}  // namespace oikos
