// What happens to the columns that a module declares when people come, part and move together.
#include <gtest/gtest.h>

#include <limits>

#include "sim/process/membership_step.hpp"
#include "sim/store/executor.hpp"

namespace oikos {
namespace {

constexpr HouseholdColumn<std::uint8_t, struct Arrears> arrears{
    "arrears", "month", "months of rent owed", {.split = OnSplit::copied, .merge = OnMerge::larger}};
constexpr HouseholdColumn<std::int64_t, struct Debt> debt{"debt", "minor", "what is owed", {.merge = OnMerge::added}};
constexpr HouseholdColumn<std::uint16_t, struct Rooms> rooms{"rooms", "1", "rooms of the dwelling", {}, 2};
constexpr HouseholdColumn<ShortMonth, struct Since> since{
    "since", "month", "month of moving in", {.arrival = OnArrival::shifted}};
constexpr HouseholdColumn<std::uint32_t, struct Landlord> landlord{
    "landlord",
    "row",
    "household that owns the dwelling",
    {.refers = Refers::households, .arrival = OnArrival::initial},
    no_row};
constexpr PersonColumn<Row, struct Carer> carer{
    "carer", "row", "who cares for the person", {.refers = Refers::persons}, no_row};
constexpr PersonColumn<ShortMonth, struct Met> first_met{
    "first_met", "month", "month of the first contact", {.birth = OnBirth::this_month, .arrival = OnArrival::shifted}};
constexpr PersonColumn<std::uint32_t, struct Patron> patron{
    "patron", "row", "household that helps", {.refers = Refers::households, .arrival = OnArrival::initial}, no_row};
constexpr PersonColumn<std::uint8_t, struct Visits> visits{
    "visits", "1", "visits so far", {.arrival = OnArrival::initial}, 7};

const Registry& registry() {
  static const Registry all = [] {
    Registry one;
    declare_structure(one);
    for (const ColumnSpec* spec : std::initializer_list<const ColumnSpec*>{&arrears, &debt, &rooms, &since, &landlord,
                                                                           &carer, &first_met, &patron, &visits})
      one.column(*spec);
    return one;
  }();
  return all;
}

const Month january{2020, 1};

/// Households of one adult each, but the first: of two.
struct ColumnRules : testing::Test {
  ColumnRules() {
    world.households.append(4);
    world.persons.append(5);
    for (std::uint32_t h = 0; h < 4; ++h) world.households[household::members][h] = h == 0 ? 2 : 1;
    for (Row row = 0; row < 5; ++row) {
      world.persons[person::identity][row] = row;
      world.persons[person::birth_month][row] = to_short(january - 480);
    }
    index_members(world, executor);
    desk().start(world);
  }
  MembershipDesk& desk() { return work.desk; }
  void move_all() { MembershipStep().resolve(world, now, work); }
  HouseholdTable& homes() { return world.households; }

  World world{registry()};
  const rng::Stream luck{1, 0};
  const StepContext now{january, 0, luck};
  const Executor executor{1};
  std::vector<Scratch> scratch{1};
  MonthWork work{registry(), executor, scratch, 100};
};

TEST_F(ColumnRules, a_household_that_splits_off_copies_what_its_columns_say) {
  homes()[arrears][0] = 3;
  homes()[debt][0] = 500;
  homes()[rooms][0] = 4;
  homes()[household::district][0] = 9;
  const std::uint32_t home = desk().new_household(HouseholdId{77}, 0);
  EXPECT_EQ(homes()[arrears][home], 3);
  EXPECT_EQ(homes()[household::district][home], 9);
  EXPECT_EQ(homes()[debt][home], 0);
  EXPECT_EQ(homes()[rooms][home], 2) << "what every new row begins with";
}

TEST_F(ColumnRules, of_a_household_whose_last_member_moves_goes_on_what_its_columns_say) {
  homes()[arrears][1] = 5, homes()[arrears][2] = 2;
  homes()[debt][1] = 100, homes()[debt][2] = 30;
  homes()[rooms][1] = 6;
  desk().move(2, 2);  // who lives alone in household 1 moves to household 2
  desk().leave(4);    // and who lives in household 3 dies
  homes()[debt][3] = 9'000;
  move_all();
  ASSERT_EQ(homes().size(), 2u);
  EXPECT_EQ(homes()[arrears][1], 5) << "the larger";
  EXPECT_EQ(homes()[debt][1], 130) << "the sum";
  EXPECT_EQ(homes()[rooms][1], 2) << "the host's";
  EXPECT_EQ(homes()[debt][0], 0) << "what the dead owed ends with them";
}

TEST_F(ColumnRules, a_household_of_which_somebody_died_ends_though_others_move) {
  homes()[debt][0] = 100;
  desk().leave(0);
  desk().move(1, 2);
  move_all();
  EXPECT_EQ(homes()[debt][1], 0);
}

TEST_F(ColumnRules, sums_stop_at_the_largest_value) {
  homes()[debt][1] = std::numeric_limits<std::int64_t>::max() - 1, homes()[debt][2] = 30;
  desk().move(2, 2);
  move_all();
  EXPECT_EQ(homes()[debt][1], std::numeric_limits<std::int64_t>::max());
}

TEST_F(ColumnRules, a_household_into_which_nobody_moves_is_gone) {
  desk().new_household(HouseholdId{77}, 0);
  move_all();
  EXPECT_EQ(homes().size(), 4u);
  check_membership(world);
}

TEST_F(ColumnRules, a_household_that_goes_on_keeps_its_values_when_one_of_two_moves) {
  homes()[debt][0] = 100;
  desk().move(1, 2);
  move_all();
  EXPECT_EQ(homes()[debt][0], 100);
  EXPECT_EQ(homes()[debt][2], 0);
}

TEST_F(ColumnRules, relations_to_persons_and_households_follow_their_rows) {
  world.persons[carer][4] = 2;
  world.persons[carer][3] = 1;
  homes()[landlord][3] = 2;
  homes()[landlord][2] = 1;
  homes()[landlord][0] = 3;
  desk().leave(1);
  desk().leave(2);  // household 1 ends
  move_all();
  ASSERT_EQ(world.persons.size(), 3u);
  EXPECT_EQ(world.persons[carer][2], no_row) << "the carer is gone";
  EXPECT_EQ(world.persons[carer][1], no_row);
  EXPECT_EQ(homes()[landlord][2], 1u);
  EXPECT_EQ(homes()[landlord][1], no_row) << "the landlord is gone";
  EXPECT_EQ(homes()[landlord][0], 2u);
  check_membership(world);
}

TEST_F(ColumnRules, of_the_newborn_are_those_of_a_new_row_or_the_month_of_birth) {
  const Row child = desk().new_person(PersonId{99}, 0);
  desk().begin_life(child, now.short_month);
  EXPECT_EQ(world.persons[first_met][child], now.short_month);
  EXPECT_EQ(world.persons[person::birth_month][child], now.short_month);
  EXPECT_EQ(world.persons[visits][child], 7);
  EXPECT_EQ(world.persons[carer][child], no_row);
}

TEST_F(ColumnRules, of_those_who_arrive_are_the_donors_shifted_or_those_of_a_new_row) {
  World donors(registry());
  donors.assign(world);
  donors.persons[first_met][0] = to_short(january - 20);
  donors.persons[patron][0] = 3;
  donors.persons[visits][0] = 3;
  donors.persons[carer][0] = 1;  // in the same household
  donors.persons[carer][1] = 4;  // in another
  donors.households[since][0] = to_short(january - 50);
  donors.households[rooms][0] = 5;
  donors.households[landlord][0] = 2;
  const std::uint32_t home = desk().new_household(HouseholdId{77});
  const Row one = desk().new_person(PersonId{501}, home), other = desk().new_person(PersonId{502}, home);
  const std::vector<Copied> both{{one, 0}, {other, 1}};
  desk().arrive(donors, home, 0, both, 36);
  EXPECT_EQ(world.persons[first_met][one], to_short(january - 20 + 36));
  EXPECT_EQ(world.persons[first_met][other], 0) << "never stays never";
  EXPECT_EQ(world.persons[visits][one], 7);
  EXPECT_EQ(world.persons[patron][one], no_row);
  EXPECT_EQ(world.persons[carer][one], other);
  EXPECT_EQ(world.persons[carer][other], no_row);
  EXPECT_EQ(world.persons[person::identity][one], 501u);
  EXPECT_EQ(homes()[since][home], to_short(january - 50 + 36));
  EXPECT_EQ(homes()[rooms][home], 5);
  EXPECT_EQ(homes()[landlord][home], no_row);
  move_all();
  check_membership(world);
}

}  // namespace
}  // namespace oikos
