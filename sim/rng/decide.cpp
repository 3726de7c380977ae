#include "sim/rng/decide.hpp"

#include <algorithm>

#include "sim/base/rate.hpp"
#include "sim/base/vectorised.hpp"

namespace oikos::rng {

namespace {

template <class Index>
void decide_all(std::span<const std::uint32_t> draws, const Index* index, std::span<const Limit> limits,
                std::uint8_t* flags) {
  vectorised([n = draws.size(), draw = draws.data(), index, limit = limits.data(), flags] {
    // In pieces, so that the wide numbers stay in first-level cache and each loop has one width.
    constexpr std::size_t piece = 256;
    Limit found[piece];
    for (std::size_t begin = 0; begin < n; begin += piece) {
      const std::size_t count = n - begin < piece ? n - begin : piece;
      for (std::size_t i = 0; i < count; ++i) found[i] = limit[index[begin + i]];
      std::uint8_t* __restrict out = flags + begin;
      const std::uint32_t* __restrict u = draw + begin;
      for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<Limit>(u[i] >> 1) <= found[i] ? 1 : 0;
    }
  });
}

}  // namespace

Limit limit(double probability) {
  return static_cast<Limit>(static_cast<std::int64_t>(threshold(probability) / 2) - 1);
}

void decide(std::span<const std::uint32_t> draws, const std::uint8_t* index, std::span<const Limit> limits,
            std::uint8_t* flags) {
  decide_all(draws, index, limits, flags);
}
void decide(std::span<const std::uint32_t> draws, const std::uint16_t* index, std::span<const Limit> limits,
            std::uint8_t* flags) {
  decide_all(draws, index, limits, flags);
}

}  // namespace oikos::rng
