#include "sim/store/radix_sort.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace oikos {
namespace {

std::uint64_t low_bits(std::uint64_t value, int bits) {
  return bits == 64 ? value : value & ((std::uint64_t{1} << bits) - 1);
}

class RadixSort : public testing::TestWithParam<int> {};

TEST_P(RadixSort, equals_a_stable_sort_by_the_low_bits) {
  const int bits = GetParam();
  std::mt19937_64 random(42);
  std::vector<std::uint64_t> scratch;
  for (const std::size_t size : {0u, 1u, 2u, 17u, 5000u}) {
    std::vector<std::uint64_t> values(size);
    // High bits number the values, so that a sort that is not stable, or looks at more than the low bits, shows.
    for (std::size_t i = 0; i < size; ++i)
      values[i] = bits >= 52 ? random() : low_bits(random(), bits) | (std::uint64_t{size - i} & 0xFFF) << bits;
    std::vector<std::uint64_t> expected = values;
    std::ranges::stable_sort(expected, {}, [&](std::uint64_t v) { return low_bits(v, bits); });
    radix_sort(values, scratch, 0, bits);
    ASSERT_EQ(values, expected) << size << " values";
  }
}
INSTANTIATE_TEST_SUITE_P(Widths, RadixSort, testing::Values(0, 1, 5, 11, 12, 16, 22, 33, 47, 63, 64));

TEST(RadixSortOf, some_bits_keeps_the_order_of_values_that_differ_only_in_others) {
  std::mt19937_64 random(7);
  std::vector<std::uint64_t> values(3000), scratch;
  for (const int first : {1, 16, 40})
    for (const int end : {first, first + 1, first + 7, first + 13, first + 24}) {
      for (auto& value : values) value = random();
      std::vector<std::uint64_t> expected = values;
      std::ranges::stable_sort(expected, {}, [&](std::uint64_t v) { return low_bits(v >> first, end - first); });
      radix_sort(values, scratch, first, end);
      ASSERT_EQ(values, expected) << "bits " << first << " to " << end;
    }
}

TEST(RadixSortOf, equal_values_moves_nothing) {
  std::vector<std::uint64_t> values(100, 77), scratch;
  radix_sort(values, scratch, 0, 64);
  EXPECT_EQ(values, std::vector<std::uint64_t>(100, 77));
}

}  // namespace
}  // namespace oikos
