#include "sim/registry/registry.hpp"

#include <gtest/gtest.h>

#include <set>

#include "sim/base/contract.hpp"
#include "sim/base/ids.hpp"
#include "sim/registry/state_table.hpp"
#include "sim/scenario/modules.hpp"

namespace oikos {
namespace {

constexpr HouseholdColumn<std::uint8_t, struct Arrears> arrears{"arrears", "month", "months of rent owed"};
constexpr HouseholdColumn<std::int16_t, struct OtherArrears> other_arrears{"arrears", "1", "the same name again"};
constexpr PersonColumn<Row, struct Friend> best_friend{
    "best_friend", "row", "whom one trusts", {.refers = Refers::persons}, no_row};

TEST(Registry, refuses_a_name_that_is_declared_twice) {
  static constexpr CountSpec moves{"moves", "moves"}, again{"moves", "other moves"};
  static constexpr EventSpec move{"move"}, same{"move"};
  static constexpr TargetSpec target{"moving", "true"}, twin{"moving", "sex == female"};
  static constexpr LaneSpec lane{rng::Purpose{900}, 1, "moves"}, shared{rng::Purpose{900}, 1, "stays"};
  Registry registry;
  registry.column(arrears);
  EXPECT_THROW(registry.column(other_arrears), ContractError);
  registry.count(moves);
  EXPECT_THROW(registry.count(again), ContractError);
  registry.event(move);
  EXPECT_THROW(registry.event(same), ContractError);
  registry.target(target);
  EXPECT_THROW(registry.target(twin), ContractError);
  registry.lane(lane);
  EXPECT_THROW(registry.lane(shared), ContractError) << "two decisions would share their luck";
}

TEST(Registry, knows_only_what_is_declared) {
  static constexpr CountSpec declared_count{"moves", "moves"}, stranger{"stranger", "nobody"};
  Registry registry;
  registry.column(arrears);
  registry.count(declared_count);
  EXPECT_EQ(registry.index(declared_count), 0u);
  EXPECT_THROW(static_cast<void>(registry.index(stranger)), ContractError);
  EXPECT_EQ(registry.find_target("death"), nullptr);
}

TEST(Registry, refuses_relations_that_are_no_rows_and_columns_of_one_type) {
  static constexpr PersonColumn<std::uint64_t, struct Wide8> wide{"wide", "row", "x", {.refers = Refers::persons}};
  static constexpr PersonColumn<Row, struct Zero> zero{"zero", "row", "row 0 at first", {.refers = Refers::persons}};
  static constexpr PersonColumn<Row, struct Friend> twin{"twin", "1", "the type of best_friend"};
  static constexpr HouseholdColumn<int, struct Twice> twice{
      "twice", "1", "x", {.split = OnSplit::copied, .merge = OnMerge::added}};
  Registry registry;
  registry.column(best_friend);
  EXPECT_THROW(registry.column(wide), ContractError);
  EXPECT_THROW(registry.column(zero), ContractError);
  EXPECT_THROW(registry.column(twin), ContractError) << "who declares one would open the other";
  EXPECT_THROW(registry.column(twice), ContractError);
}

TEST(Registry, refuses_rules_that_a_type_cannot_follow) {
  static constexpr HouseholdColumn<float, struct Share> added{"share", "1", "a share", {.merge = OnMerge::added}};
  static constexpr PersonColumn<std::uint32_t, struct Wide> shifted{
      "wide", "month", "a month in four bytes", {.arrival = OnArrival::shifted}};
  Registry registry;
  EXPECT_THROW(registry.column(added), ContractError);
  EXPECT_THROW(registry.column(shifted), ContractError);
}

TEST(StateTable, has_the_declared_columns_with_their_first_values) {
  Registry registry;
  registry.column(best_friend);
  StateTable persons(TableId::person, registry);
  StateTable households(TableId::household, registry);
  EXPECT_EQ(persons.append(2), 0u);
  EXPECT_EQ(persons[best_friend][0], no_row);
  EXPECT_EQ(persons[best_friend][1], no_row);
  EXPECT_EQ(persons.append(1), 2u);
  EXPECT_EQ(persons[best_friend][2], no_row);
  EXPECT_TRUE(households.columns().empty());
  EXPECT_THROW(static_cast<void>(households[arrears]), ContractError);
}

/// Goal: numbers of purposes and lanes are part of all results. This list only ever grows.
TEST(Lanes, of_shipped_rules_keep_their_numbers) {
  std::set<std::string> lanes;
  for (const LaneSpec* one : declared().lanes())
    lanes.insert(std::to_string(static_cast<int>(one->purpose)) + "." + std::to_string(one->lane) + " " +
                 std::string(one->name));
  EXPECT_EQ(lanes,
            (std::set<std::string>{"200.0 death",        "200.1 birth",         "200.2 move",       "200.3 union",
                                   "201.0 place",        "201.1 anywhere",      "201.2 notice",     "201.3 tenure",
                                   "202.0 sex_of_child", "203.0 leaves_school", "203.1 attainment", "203.2 first_wage",
                                   "204.0 transition",   "205.0 retires",       "206.0 needs_home", "206.1 offers_home",
                                   "300.0 donor",        "400.0 applies",       "400.1 refused",    "400.2 leaves",
                                   "400.3 duration",     "401.0 order",         "401.1 elapsed",    "402.0 claims"}));
}

}  // namespace
}  // namespace oikos
