#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace oikos::rng {

using Block = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

/// Philox4x32-10 (Salmon et al. 2011): four random numbers as a pure function of counter and key. Random123's code.
Block philox(const Block& counter, const Key& key);

/// The same for n counters (who[i] low word, who[i] high word, word2, word3), lanes kept apart: lanes[k][i] is lane k
/// of item i. Eight at once where the CPU has AVX2, the same bits everywhere. lanes[k] holds at least who.size()
/// numbers.
void philox_many(std::span<const std::uint64_t> who, std::uint32_t word2, std::uint32_t word3, const Key& key,
                 const std::array<std::uint32_t*, 4>& lanes);

}  // namespace oikos::rng
