#include "sim/process/month_work.hpp"

#include <gtest/gtest.h>

#include "sim/base/contract.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos {
namespace {

const Month january{2020, 1};

TEST(Outbox, forgets_events_counts_and_flows_of_the_last_chunk) {
  Outbox out;
  out.clear(2);
  out.of(Event::birth).push_back(3);
  out.count(Count::births, 2);
  out.flows[1] = Money{5};
  out.clear(3);
  EXPECT_TRUE(out.of(Event::birth).empty());
  EXPECT_EQ(out.counts, Counts{});
  EXPECT_EQ(out.flows, (std::vector<Money>(3)));
}

TEST(MembershipDesk, knows_where_everybody_will_live) {
  test::TinyWorld tiny(january);
  tiny.add("F30*M31");
  tiny.add("F50");
  MembershipDesk desk;
  desk.start(tiny.world);
  const std::uint32_t founded = desk.new_household(tiny.world, HouseholdId{77}, 3, Tenure::social);
  desk.move(1, founded);
  desk.leave(2);
  EXPECT_EQ(desk.household_after(tiny.world, 0), 0u);
  EXPECT_EQ(desk.household_after(tiny.world, 1), founded);
  EXPECT_TRUE(desk.leaves(2));
  EXPECT_FALSE(desk.is_free(1));
  EXPECT_TRUE(desk.is_free(0));
  EXPECT_EQ(tiny.world.households.identity[founded], 77u);
  EXPECT_EQ(tiny.world.households.district[founded], 3);
  EXPECT_EQ(tiny.world.households.tenure[founded], Tenure::social);
  EXPECT_THROW(static_cast<void>(desk.household_after(tiny.world, 2)), ContractError);
}

TEST(MembershipDesk, takes_each_person_once_a_month) {
  test::TinyWorld tiny(january);
  tiny.add("F30");
  MembershipDesk desk;
  desk.start(tiny.world);
  desk.leave(0);
  EXPECT_THROW(desk.leave(0), ContractError);
  EXPECT_THROW(desk.move(0, 0), ContractError);
  desk.start(tiny.world);
  EXPECT_TRUE(desk.is_free(0));
  EXPECT_TRUE(desk.changes().empty());
}

TEST(MembershipDesk, new_persons_have_no_relatives_and_are_taken_already) {
  test::TinyWorld tiny(january);
  tiny.add("F30");
  MembershipDesk desk;
  desk.start(tiny.world);
  const Row child = desk.new_person(tiny.world, PersonId{99}, 0);
  EXPECT_EQ(child, 1u);
  EXPECT_EQ(tiny.world.persons.identity[child], 99u);
  EXPECT_EQ(tiny.world.persons.partner[child], no_row);
  EXPECT_EQ(tiny.world.persons.mother[child], no_row);
  EXPECT_EQ(tiny.world.persons.father[child], no_row);
  EXPECT_FALSE(desk.is_free(child));
  EXPECT_EQ(desk.household_after(tiny.world, child), 0u);
}

}  // namespace
}  // namespace oikos
