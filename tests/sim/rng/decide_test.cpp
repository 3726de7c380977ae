#include "sim/rng/decide.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <vector>

#include "sim/base/contract.hpp"
#include "sim/rng/philox.hpp"

namespace oikos::rng {
namespace {

constexpr std::uint32_t greatest_draw = 0xFFFF'FFFFu;

TEST(Limit, is_never_at_zero_always_at_one_and_half_of_the_draws_at_a_half) {
  EXPECT_EQ(-1, limit(0.0));
  EXPECT_EQ(std::numeric_limits<Limit>::max(), limit(1.0));
  EXPECT_EQ((1 << 30) - 1, limit(0.5));
  EXPECT_EQ(-1, limit(-3.0));
  EXPECT_EQ(std::numeric_limits<Limit>::max(), limit(7.0));
  EXPECT_THROW(limit(std::numeric_limits<double>::quiet_NaN()), ContractError);
}

TEST(Decide, flags_the_draws_below_the_probability_of_their_index) {
  const std::array<Limit, 3> limits{limit(0.0), limit(0.5), limit(1.0)};
  const std::array<std::uint32_t, 6> draws{0, greatest_draw, 0x7FFF'FFFFu, 0x8000'0000u, 0, greatest_draw};
  const std::array<std::uint8_t, 6> index{0, 2, 1, 1, 1, 0};
  std::array<std::uint8_t, 6> flags{9, 9, 9, 9, 9, 9};
  decide(draws, index.data(), limits, flags.data());
  EXPECT_EQ((std::array<std::uint8_t, 6>{0, 1, 1, 0, 1, 0}), flags);
}

/// Lengths around the pieces and vectors the loop works in, against one decision at a time, for both widths of index.
TEST(Decide, agrees_with_one_at_a_time_for_every_length) {
  std::vector<Limit> limits;
  for (int k = 0; k < 200; ++k) limits.push_back(limit(k / 199.0));
  for (const std::size_t n : {0u, 1u, 7u, 8u, 31u, 255u, 256u, 257u, 1000u}) {
    std::vector<std::uint32_t> draws(n);
    std::vector<std::uint16_t> wide(n);
    std::vector<std::uint8_t> narrow(n), expected(n), from_wide(n, 9), from_narrow(n, 9);
    for (std::size_t i = 0; i < n; ++i) {
      const Block b = philox({static_cast<std::uint32_t>(i), 0, 0, 0}, {1, 2});
      draws[i] = b[0];
      wide[i] = static_cast<std::uint16_t>(b[1] % limits.size());
      narrow[i] = static_cast<std::uint8_t>(wide[i]);
      expected[i] = static_cast<Limit>(draws[i] >> 1) <= limits[wide[i]] ? 1 : 0;
    }
    decide(draws, wide.data(), limits, from_wide.data());
    decide(draws, narrow.data(), limits, from_narrow.data());
    EXPECT_EQ(expected, from_wide) << n;
    EXPECT_EQ(expected, from_narrow) << n;
  }
}

}  // namespace
}  // namespace oikos::rng
