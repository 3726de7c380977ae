#include "sim/store/flags.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace oikos {
namespace {

std::vector<std::uint8_t> every_third(std::size_t n) {
  std::vector<std::uint8_t> flags(n);
  for (std::size_t i = 0; i < n; ++i) flags[i] = i % 3 == 1 || i + 1 == n ? 1 : 0;
  return flags;
}

TEST(PositionsOf, are_those_of_the_set_flags_in_order) {
  for (const std::size_t n : {0u, 1u, 7u, 8u, 9u, 64u, 1001u}) {
    const auto flags = every_third(n);
    std::vector<std::uint32_t> expected, found(n);
    for (std::uint32_t i = 0; i < n; ++i)
      if (flags[i] != 0) expected.push_back(i);
    found.resize(positions_of(flags, found.data()));
    EXPECT_EQ(expected, found) << n;
  }
}

TEST(PositionsOf, are_right_for_any_share_of_flags_and_stay_within_the_list) {
  std::mt19937 random(3);
  for (const unsigned percent : {1u, 5u, 30u, 60u, 99u})
    for (std::size_t n = 0; n < 140; ++n) {
      std::vector<std::uint8_t> flags(n);
      std::vector<std::uint32_t> expected, found(n + 1, 12'345);
      for (std::uint32_t i = 0; i < n; ++i) {
        flags[i] = random() % 100 < percent ? 1 : 0;
        if (flags[i] != 0) expected.push_back(i);
      }
      const std::uint32_t count = positions_of(flags, found.data());
      ASSERT_EQ(found[n], 12'345u) << "written behind the list";
      found.resize(count);
      ASSERT_EQ(expected, found) << n << " flags";
    }
}

TEST(PositionsOf, fills_the_list_to_its_end_when_all_are_set) {
  const std::vector<std::uint8_t> flags(24, 1);
  std::vector<std::uint32_t> found(24);
  EXPECT_EQ(24u, positions_of(flags, found.data()));
  EXPECT_EQ(23u, found.back());
}

TEST(PositionsOf, finds_nothing_where_nothing_is_set) {
  const std::vector<std::uint8_t> flags(100, 0);
  std::vector<std::uint32_t> found(100, 7);
  EXPECT_EQ(0u, positions_of(flags, found.data()));
}

TEST(CountOf, counts_bytes_equal_to_a_value) {
  for (const std::size_t n : {0u, 1u, 127u, 128u, 129u, 1000u, 100'000u}) {
    const auto flags = every_third(n);
    std::uint32_t expected = 0;
    for (const auto flag : flags) expected += flag;
    EXPECT_EQ(expected, count_of(flags, 1)) << n;
    EXPECT_EQ(n - expected, count_of(flags, 0)) << n;
    EXPECT_EQ(0u, count_of(flags, 2)) << n;
  }
}

TEST(CountOf, does_not_overflow_where_all_are_equal) {
  const std::vector<std::uint8_t> bytes(1'000'003, 200);
  EXPECT_EQ(1'000'003u, count_of(bytes, 200));
}

}  // namespace
}  // namespace oikos
