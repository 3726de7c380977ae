#include "sim/rng/philox.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "sim/base/narrow.hpp"
#include "sim/rng/philox_paths.hpp"

namespace oikos::rng {
namespace {

struct KnownAnswer {
  Block counter;
  Key key;
  Block out;
};
/// philox4x32-10 of Random123's published known answers (kat_vectors): zeros, ones, digits of pi.
const KnownAnswer known_answers[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

using Many = void (*)(std::span<const std::uint64_t>, std::uint32_t, std::uint32_t, const Key&,
                      const std::array<std::uint32_t*, 4>&);
struct Path {
  const char* name;
  Many many;
};

/// The paths this machine can take.
std::vector<Path> all_paths() {
  std::vector<Path> out{{"chosen", philox_many}, {"portable", paths::philox_many_portable}};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) out.push_back({"avx2", paths::philox_many_avx2});
#endif
  return out;
}

/// Results of a path with a guard behind each lane.
struct Lanes {
  explicit Lanes(std::size_t n) { values.fill(std::vector<std::uint32_t>(n + 16, guard)); }
  std::array<std::uint32_t*, 4> pointers() {
    return {values[0].data(), values[1].data(), values[2].data(), values[3].data()};
  }
  static constexpr std::uint32_t guard = 0xDEAD'BEEF;
  std::array<std::vector<std::uint32_t>, 4> values;
};

TEST(Philox, gives_the_published_answers) {
  for (const auto& known : known_answers) EXPECT_EQ(philox(known.counter, known.key), known.out);
}

TEST(PhiloxMany, gives_the_published_answers_on_every_path) {
  for (const auto& path : all_paths())
    for (const auto& known : known_answers) {
      const std::vector<std::uint64_t> who(43, known.counter[0] | std::uint64_t{known.counter[1]} << 32);
      Lanes lanes(who.size());
      path.many(who, known.counter[2], known.counter[3], known.key, lanes.pointers());
      for (std::size_t k = 0; k < 4; ++k)
        for (std::size_t i = 0; i < who.size(); ++i) ASSERT_EQ(lanes.values[k][i], known.out[k]) << path.name;
    }
}

/// A number for each position, far from the others'.
OIKOS_WRAPS std::uint64_t scattered(std::size_t i) { return (i + 1) * 0x9E37'79B9'7F4A'7C15u; }

TEST(PhiloxMany, equals_one_at_a_time_for_every_size_and_writes_nothing_behind) {
  const Key key{0x0123'4567, 0xFEDC'BA98};
  for (const auto& path : all_paths())
    for (std::size_t n = 0; n <= 100; ++n) {
      std::vector<std::uint64_t> who;
      for (std::size_t i = 0; i < n; ++i) who.push_back(scattered(i));
      Lanes lanes(n);
      path.many(who, 0xFFFF'0001u, 0x8000'00C8u, key, lanes.pointers());
      for (std::size_t i = 0; i < n; ++i) {
        const Block one = philox(
            {static_cast<std::uint32_t>(who[i]), static_cast<std::uint32_t>(who[i] >> 32), 0xFFFF'0001u, 0x8000'00C8u},
            key);
        for (std::size_t k = 0; k < 4; ++k) ASSERT_EQ(lanes.values[k][i], one[k]) << path.name << " item " << i;
      }
      for (const auto& lane : lanes.values)
        for (std::size_t i = n; i < lane.size(); ++i) ASSERT_EQ(lane[i], Lanes::guard) << path.name << " size " << n;
    }
}

}  // namespace
}  // namespace oikos::rng
