#include "sim/store/flags.hpp"

#include <array>
#include <bit>
#include <cstring>

#include "sim/base/narrow.hpp"
#include "sim/base/vectorised.hpp"

namespace oikos {

namespace {

/// Positions of the bits of a byte that are set, in order; what follows them is of no account.
constexpr auto places_of_bits = [] {
  std::array<std::array<std::uint8_t, 8>, 256> places{};
  for (std::size_t bits = 0; bits < 256; ++bits)
    for (std::uint8_t k = 0, found = 0; k < 8; ++k)
      if ((bits >> k & 1) != 0) places[bits][found++] = k;
  return places;
}();

}  // namespace

std::uint32_t positions_of(std::span<const std::uint8_t> flags, std::uint32_t* out) {
  // Words are read with their first byte lowest.
  static_assert(std::endian::native == std::endian::little);
  const auto n = narrow<std::uint32_t>(flags.size());
  std::uint32_t found = 0;
  vectorised([n, flag = flags.data(), out, &found] {
    std::uint32_t count = 0, i = 0;
    const auto eight = [&](std::uint64_t word) OIKOS_WRAPS {
      // A product brings the eight flags together as the bits of one byte, another adds them up. Eight positions are
      // written whatever is set, and the next eight begin behind those that are: no branch to guess.
      const auto places = places_of_bits[word * 0x0102'0408'1020'4080u >> 56];  // a copy, which no store reaches
      std::uint32_t* const to = out + count;
      for (std::size_t k = 0; k < 8; ++k) to[k] = i + places[k];
      count += static_cast<std::uint32_t>(word * 0x0101'0101'0101'0101u >> 56);
      i += 8;
    };
    while (i + 32 <= n) {
      std::uint64_t word[4];
      std::memcpy(word, flag + i, 32);
      if ((word[0] | word[1] | word[2] | word[3]) == 0) i += 32;
      else
        for (const std::uint64_t w : word) eight(w);
    }
    for (; i < n; ++i)
      if (flag[i] != 0) out[count++] = i;
    found = count;
  });
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
