#include "sim/base/ids.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <type_traits>
#include <unordered_set>

namespace oikos {
namespace {

static_assert(!std::is_convertible_v<PersonId, HouseholdId>);
static_assert(!std::is_constructible_v<PersonId, HouseholdId>);
static_assert(!std::is_convertible_v<PersonId, std::uint64_t>);
static_assert(!std::is_convertible_v<std::uint64_t, PersonId>);
static_assert(sizeof(PersonId) == sizeof(std::uint64_t));
static_assert(std::is_trivially_copyable_v<PersonId>);

TEST(Id, keeps_its_number) {
  EXPECT_EQ(PersonId{}.value(), 0u);
  EXPECT_EQ(PersonId{0xFFFF'FFFF'FFFF'FFFFu}.value(), 0xFFFF'FFFF'FFFF'FFFFu);
}

TEST(Id, orders_by_number) {
  EXPECT_LT(PersonId{1}, PersonId{2});
  EXPECT_GT(PersonId{std::uint64_t{1} << 63}, PersonId{1});
  EXPECT_EQ(PersonId{7}, PersonId{7});
  EXPECT_NE(PersonId{7}, PersonId{8});
}

TEST(Id, can_be_a_key_of_a_hash_table) {
  const std::unordered_set<HouseholdId> seen{HouseholdId{1}, HouseholdId{2}, HouseholdId{1}};
  EXPECT_EQ(seen.size(), 2u);
  EXPECT_TRUE(seen.contains(HouseholdId{2}));
}

TEST(Row, nobody_is_above_every_row) { EXPECT_EQ(no_row, std::numeric_limits<Row>::max()); }

}  // namespace
}  // namespace oikos
