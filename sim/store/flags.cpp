#include "sim/store/flags.hpp"

#include <cstring>

#include "sim/base/vectorised.hpp"

namespace oikos {

std::uint32_t positions_of(std::span<const std::uint8_t> flags, std::uint32_t* out) {
  const auto n = static_cast<std::uint32_t>(flags.size());
  std::uint32_t found = 0, i = 0;
  for (; i + 8 <= n; i += 8) {
    std::uint64_t eight;
    std::memcpy(&eight, flags.data() + i, 8);
    if (eight == 0) continue;
    // Every position is written and the next overwrites it unless its flag is set: no branch to guess.
    for (std::uint32_t k = 0; k < 8; ++k) {
      out[found] = i + k;
      found += flags[i + k];
    }
  }
  for (; i < n; ++i)
    if (flags[i] != 0) out[found++] = i;
  return found;
}

std::uint32_t count_of(std::span<const std::uint8_t> bytes, std::uint8_t value) {
  std::uint32_t total = 0;
  vectorised([n = bytes.size(), data = bytes.data(), value, &total] {
    // A piece's count fits a byte, so that bytes are counted in bytes.
    constexpr std::size_t piece = 128;
    std::size_t i = 0;
    for (; i + piece <= n; i += piece) {
      std::uint8_t count = 0;
      for (std::size_t k = 0; k < piece; ++k) count = static_cast<std::uint8_t>(count + (data[i + k] == value ? 1 : 0));
      total += count;
    }
    for (; i < n; ++i) total += data[i] == value ? 1 : 0;
  });
  return total;
}

}  // namespace oikos
