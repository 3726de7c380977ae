#include "sim/process/month_work.hpp"

#include <gtest/gtest.h>

#include "sim/base/contract.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos {
namespace {

const Month january{2020, 1};

TEST(Outbox, forgets_events_counts_and_flows_of_the_last_chunk) {
  Outbox out;
  out.start(declared(), 2);
  out.of(event::birth).push_back(3);
  out.count(count::births, 2);
  out.flows[1] = Money{5};
  out.start(declared(), 3);
  EXPECT_TRUE(out.of(event::birth).empty());
  EXPECT_EQ(out.counts, std::vector<std::int64_t>(declared().counts().size()));
  EXPECT_EQ(out.flows, (std::vector<Money>(3)));
}

TEST(MembershipDesk, knows_where_everybody_will_live) {
  test::TinyWorld tiny(january);
  tiny.add("F30*M31");
  tiny.add("F50");
  MembershipDesk desk;
  desk.start(tiny.world);
  tiny.world.households[household::district][0] = 3;
  tiny.world.households[household::tenure][0] = Tenure::social;
  const std::uint32_t founded = desk.new_household(HouseholdId{77}, 0);
  desk.move(1, founded);
  desk.leave(2);
  EXPECT_EQ(desk.household_after(0), 0u);
  EXPECT_EQ(desk.household_after(1), founded);
  EXPECT_TRUE(desk.leaves(2));
  EXPECT_FALSE(desk.is_free(1));
  EXPECT_TRUE(desk.is_free(0));
  EXPECT_EQ(tiny.world.households[household::identity][founded], 77u);
  EXPECT_EQ(tiny.world.households[household::district][founded], 3);
  EXPECT_EQ(tiny.world.households[household::tenure][founded], Tenure::owner) << "how it is held, is found anew";
  EXPECT_THROW(static_cast<void>(desk.household_after(2)), ContractError);
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
  const Row child = desk.new_person(PersonId{99}, 0);
  EXPECT_EQ(child, 1u);
  EXPECT_EQ(tiny.world.persons[person::identity][child], 99u);
  EXPECT_EQ(tiny.world.persons[person::partner][child], no_row);
  EXPECT_EQ(tiny.world.persons[person::mother][child], no_row);
  EXPECT_EQ(tiny.world.persons[person::father][child], no_row);
  EXPECT_FALSE(desk.is_free(child));
  EXPECT_EQ(desk.household_after(child), 0u);
}

}  // namespace
}  // namespace oikos
