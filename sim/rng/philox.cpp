#include "sim/rng/philox.hpp"

#include <Random123/philox.h>

#include <algorithm>

#include "sim/base/cpu.hpp"
#include "sim/base/narrow.hpp"
#include "sim/rng/philox_paths.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace oikos::rng {

Block philox(const Block& counter, const Key& key) {
  const auto out = r123::Philox4x32{}({{counter[0], counter[1], counter[2], counter[3]}}, {{key[0], key[1]}});
  return {out[0], out[1], out[2], out[3]};
}

namespace paths {

namespace {

constexpr int rounds = 10;
constexpr std::uint32_t multiplier0 = PHILOX_M4x32_0;
constexpr std::uint32_t multiplier1 = PHILOX_M4x32_1;
constexpr std::uint32_t key_step0 = PHILOX_W32_0;
constexpr std::uint32_t key_step1 = PHILOX_W32_1;

/// Items the portable path works on together: few enough to stay in first-level cache, and more than the 16 up to which
/// gcc unrolls the loops below whole instead of making vectors of them.
constexpr std::size_t portable_width = 32;
using Words = std::array<std::uint32_t, portable_width>;

std::uint32_t high_word(std::uint32_t a, std::uint32_t b) {
  return static_cast<std::uint32_t>((std::uint64_t{a} * b) >> 32);
}

OIKOS_WRAPS void portable_batch(const std::uint64_t* who, std::uint32_t word2, std::uint32_t word3, Key key,
                                std::array<Words, 4>& c) {
  for (std::size_t i = 0; i < portable_width; ++i) {
    c[0][i] = static_cast<std::uint32_t>(who[i]);
    c[1][i] = static_cast<std::uint32_t>(who[i] >> 32);
    c[2][i] = word2;
    c[3][i] = word3;
  }
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < portable_width; ++i) {
      const std::uint32_t high0 = high_word(c[0][i], multiplier0);
      const std::uint32_t low0 = c[0][i] * multiplier0;
      const std::uint32_t high1 = high_word(c[2][i], multiplier1);
      const std::uint32_t low1 = c[2][i] * multiplier1;
      c[0][i] = high1 ^ c[1][i] ^ key[0];
      c[1][i] = low1;
      c[2][i] = high0 ^ c[3][i] ^ key[1];
      c[3][i] = low0;
    }
    key[0] += key_step0;
    key[1] += key_step1;
  }
}

}  // namespace

void philox_many_portable(std::span<const std::uint64_t> who, std::uint32_t word2, std::uint32_t word3, const Key& key,
                          const std::array<std::uint32_t*, 4>& lanes) {
  std::array<Words, 4> c;
  std::size_t i = 0;
  for (; i + portable_width <= who.size(); i += portable_width) {
    portable_batch(who.data() + i, word2, word3, key, c);
    for (std::size_t k = 0; k < 4; ++k) std::copy_n(c[k].begin(), portable_width, lanes[k] + i);
  }
  for (; i < who.size(); ++i) {
    const Block one =
        philox({static_cast<std::uint32_t>(who[i]), static_cast<std::uint32_t>(who[i] >> 32), word2, word3}, key);
    for (std::size_t k = 0; k < 4; ++k) lanes[k][i] = one[k];
  }
}

#if defined(__x86_64__)

namespace {

#define OIKOS_AVX2 __attribute__((target("avx2")))

/// The four counter words of four items, one in the low half of each 64-bit lane, because the multiply reads the low
/// halves and fills the whole lane. What lies in the high half is left over and never read.
struct Four {
  __m256i c0, c1, c2, c3;
};

OIKOS_AVX2 inline __m256i every(std::uint32_t value) { return _mm256_set1_epi64x(static_cast<long long>(value)); }

OIKOS_AVX2 inline Four load(const std::uint64_t* who, __m256i word2, __m256i word3) {
  const __m256i id = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(who));
  return {id, _mm256_srli_epi64(id, 32), word2, word3};
}

OIKOS_AVX2 inline Four one_round(const Four& c, __m256i key0, __m256i key1) {
  const __m256i product0 = _mm256_mul_epu32(c.c0, every(multiplier0));
  const __m256i product1 = _mm256_mul_epu32(c.c2, every(multiplier1));
  return {_mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product1, 32), c.c1), key0), product1,
          _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product0, 32), c.c3), key1), product0};
}

/// Writes the low halves of items 0-3 and 4-7 side by side.
OIKOS_AVX2 inline void store(std::uint32_t* to, __m256i first, __m256i second) {
  const __m256 mixed = _mm256_shuffle_ps(_mm256_castsi256_ps(first), _mm256_castsi256_ps(second), 0b10'00'10'00);
  const __m256i ordered = _mm256_permute4x64_epi64(_mm256_castps_si256(mixed), 0b11'01'10'00);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), ordered);
}

// Unrolled, the rounds are a seventh faster. clang does so by itself and does not know the pragma.
#if defined(__clang__)
#define OIKOS_UNROLL_ROUNDS
#else
#define OIKOS_UNROLL_ROUNDS _Pragma("GCC unroll 10")
#endif

/// The keys of all rounds, each in every lane.
struct RoundKeys {
  __m256i key0[rounds], key1[rounds];
};

OIKOS_AVX2 OIKOS_WRAPS inline RoundKeys round_keys(Key key) {
  RoundKeys keys;
  for (int round = 0; round < rounds; ++round) {
    keys.key0[round] = every(key[0]);
    keys.key1[round] = every(key[1]);
    key[0] += key_step0;
    key[1] += key_step1;
  }
  return keys;
}

OIKOS_AVX2 inline void eight(const std::uint64_t* who, std::uint32_t word2, std::uint32_t word3, const RoundKeys& keys,
                             const std::array<std::uint32_t*, 4>& to) {
  Four a = load(who, every(word2), every(word3));
  Four b = load(who + 4, every(word2), every(word3));
  OIKOS_UNROLL_ROUNDS
  for (int round = 0; round < rounds; ++round) {
    a = one_round(a, keys.key0[round], keys.key1[round]);
    b = one_round(b, keys.key0[round], keys.key1[round]);
  }
  store(to[0], a.c0, b.c0);
  store(to[1], a.c1, b.c1);
  store(to[2], a.c2, b.c2);
  store(to[3], a.c3, b.c3);
}

}  // namespace

OIKOS_AVX2 void philox_many_avx2(std::span<const std::uint64_t> who, std::uint32_t word2, std::uint32_t word3,
                                 const Key& key, const std::array<std::uint32_t*, 4>& lanes) {
  const RoundKeys keys = round_keys(key);
  std::size_t i = 0;
  for (; i + 8 <= who.size(); i += 8)
    eight(who.data() + i, word2, word3, keys, {lanes[0] + i, lanes[1] + i, lanes[2] + i, lanes[3] + i});
  if (i == who.size()) return;
  std::array<std::uint64_t, 8> last{};
  std::array<std::array<std::uint32_t, 8>, 4> out;
  std::copy(who.begin() + static_cast<std::ptrdiff_t>(i), who.end(), last.begin());
  eight(last.data(), word2, word3, keys, {out[0].data(), out[1].data(), out[2].data(), out[3].data()});
  for (std::size_t k = 0; k < 4; ++k) std::copy_n(out[k].begin(), who.size() - i, lanes[k] + i);
}

#undef OIKOS_UNROLL_ROUNDS
#undef OIKOS_AVX2

#endif

}  // namespace paths

void philox_many(std::span<const std::uint64_t> who, std::uint32_t word2, std::uint32_t word3, const Key& key,
                 const std::array<std::uint32_t*, 4>& lanes) {
#if defined(__x86_64__)
  if (use_avx2()) return paths::philox_many_avx2(who, word2, word3, key, lanes);
#endif
  paths::philox_many_portable(who, word2, word3, key, lanes);
}

}  // namespace oikos::rng
