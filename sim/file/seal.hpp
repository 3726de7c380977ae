#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace oikos {

/// A seal is a line at the end of a file that holds the SHA-256 of all bytes before it. Readers of formats that know
/// their own length, HDF5 among them, leave it alone; we look at it before any library sees a byte, because libraries
/// may crash on a flipped bit.
inline constexpr std::size_t seal_bytes = 84;

/// The bytes with their seal behind them.
std::string sealed(std::string bytes);

/// @throws DamageError  the last bytes of a file are no seal
void require_seal(std::string_view end, std::string_view name);
/// The bytes without their seal.
/// @param name  what errors call the file
/// @throws DamageError  no seal at the end, or the bytes are not those that were sealed
std::string_view unsealed(std::string_view bytes, std::string_view name);

}  // namespace oikos
