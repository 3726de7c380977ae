#include "sim/base/scale.hpp"

#include <gtest/gtest.h>

#include "sim/base/contract.hpp"

namespace oikos {
namespace {

TEST(Scale, of_the_whole_city_changes_nothing) {
  const Scale whole;
  EXPECT_TRUE(whole.is_whole());
  EXPECT_EQ(whole.millionths_of(40), 40'000'000);
  EXPECT_EQ(whole.of(Money{123'456'789'012'345}), Money{123'456'789'012'345});
  EXPECT_TRUE(Scale(1.0).is_whole());
}

TEST(Scale, multiplies_counts_exactly_and_rounds_money_to_the_minor_unit) {
  const Scale part(0.05);
  EXPECT_FALSE(part.is_whole());
  EXPECT_EQ(part.millionths_of(40), 2'000'000);
  EXPECT_EQ(part.millionths_of(3), 150'000);
  EXPECT_EQ(part.of(Money{120'000'000}), Money{6'000'000});
  EXPECT_EQ(part.of(Money{9}), Money{0});
  EXPECT_EQ(part.of(Money{10}), Money{1}) << "half a minor unit is rounded away from zero";
  EXPECT_EQ(part.of(Money{-10}), Money{-1});
}

TEST(Scale, is_a_part_of_at_least_a_millionth) {
  EXPECT_EQ(Scale(1e-9).millionths(), 1);
  EXPECT_THROW(Scale(0.0), ContractError);
  EXPECT_THROW(Scale(1.01), ContractError);
  EXPECT_THROW(Scale(0.5).millionths_of(std::int64_t{1} << 62), ContractError);
}

}  // namespace
}  // namespace oikos
