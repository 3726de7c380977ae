#include "sim/base/narrow.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace oikos {
namespace {

TEST(Narrow, keeps_whole_numbers_that_fit) {
  EXPECT_EQ(narrow<std::uint8_t>(255), 255);
  EXPECT_EQ(narrow<std::int16_t>(-32768), -32768);
  EXPECT_EQ(narrow<std::uint32_t>(std::int64_t{0xFFFF'FFFF}), 0xFFFF'FFFFu);
  EXPECT_EQ(narrow<std::int64_t>(std::uint64_t{5}), 5);
}

TEST(Narrow, refuses_whole_numbers_that_do_not_fit) {
  EXPECT_THROW(narrow<std::uint8_t>(256), ContractError);
  EXPECT_THROW(narrow<std::uint8_t>(-1), ContractError);
  EXPECT_THROW(narrow<std::int32_t>(std::int64_t{1} << 31), ContractError);
  EXPECT_THROW(narrow<std::int64_t>(std::numeric_limits<std::uint64_t>::max()), ContractError);
}

TEST(Narrow, cuts_fractions_off_and_refuses_what_is_beyond_the_ends) {
  EXPECT_EQ(narrow<std::int32_t>(-1.9), -1);
  EXPECT_EQ(narrow<std::uint8_t>(255.9), 255);
  EXPECT_EQ(narrow<std::uint8_t>(-0.9), 0);
  EXPECT_EQ(narrow<std::int32_t>(2147483647.5), 0x7FFF'FFFF);
  EXPECT_EQ(narrow<std::uint64_t>(0x1.fffffffffffffp63), 0xFFFF'FFFF'FFFF'F800u);
  EXPECT_THROW(narrow<std::uint8_t>(256.0), ContractError);
  EXPECT_THROW(narrow<std::uint8_t>(-1.0), ContractError);
  EXPECT_THROW(narrow<std::int32_t>(2147483648.0), ContractError);
  EXPECT_THROW(narrow<std::int64_t>(0x1p63), ContractError);
  EXPECT_THROW(narrow<std::uint64_t>(0x1p64), ContractError);
  EXPECT_THROW(narrow<std::int32_t>(std::numeric_limits<double>::quiet_NaN()), ContractError);
}

}  // namespace
}  // namespace oikos
