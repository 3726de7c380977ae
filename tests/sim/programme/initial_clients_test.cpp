#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/sim/programme/town.hpp"

namespace oikos {
namespace {

using test::Town;

TEST(InitialClients, are_the_first_by_priority_of_those_eligible) {
  Town town;
  for (const char* who : {"F30", "F50", "F40", "F12", "F60"}) town.tiny.add(who);
  Programme p = town.programme("course", "age >= 18");
  p.priority = town.expression("age");
  p.applies = 0;
  p.initial = 2;
  town.open({p});
  town.month();
  EXPECT_EQ(town.enrolled(), (std::vector<Row>{4, 1}));
  EXPECT_EQ(town.counts().entries, 0) << "they were there before";
  EXPECT_EQ(town.counts().eligible, 2) << "the others may apply";
  town.month();
  EXPECT_EQ(town.enrolled().size(), 2u) << "once, not every month";
}

TEST(InitialClients, wait_where_places_run_out) {
  Town town;
  for (const char* who : {"F30", "F50", "F40", "F60"}) town.tiny.add(who);
  Programme p = town.programme("course", "age >= 18");
  p.priority = town.expression("age");
  p.applies = 0;
  p.capacity = town.places(2);
  p.initial = 3;
  town.open({p});
  town.month();
  EXPECT_EQ(town.enrolled(), (std::vector<Row>{3, 1}));
  EXPECT_EQ(town.waiting(), (std::vector<Row>{2}));
  EXPECT_EQ(town.tiny.world.providers[0].occupied, 2);
}

TEST(InitialClients, are_as_many_as_there_are) {
  Town town;
  for (const char* who : {"F30", "F12"}) town.tiny.add(who);
  Programme p = town.programme("course", "age >= 18");
  p.initial = 5;
  p.applies = 0;
  town.open({p});
  town.month();
  EXPECT_EQ(town.enrolled(), (std::vector<Row>{0}));
}

/// Goal: a uniform part of the planned stay is over. Method: stays of ten months, so that in each of the ten months to
/// come a tenth of the clients completes; 4,000 clients, four standard errors.
TEST(InitialClients, have_a_uniform_part_of_their_stay_behind_them) {
  Town town;
  constexpr int clients = 4000, stay = 10;
  for (int i = 0; i < clients; ++i) town.tiny.add("F30");
  Programme p = town.programme("course", "age >= 18");
  p.applies = 0;
  p.initial = clients;
  p.duration = units::MonthRange{stay, stay};
  town.open({p});
  town.month();
  std::array<int, stay + 1> left{};
  for (const Episode& e : town.state().episodes) {
    ++left[static_cast<std::size_t>(e.ends - to_short(Month{2020, 1}))];
    EXPECT_EQ(e.ends - e.entered, stay);
  }
  EXPECT_EQ(left[0], 0);
  for (int months = 1; months <= stay; ++months)
    EXPECT_NEAR(left[static_cast<std::size_t>(months)], clients / stay, 4 * 19) << months;  // sd 19 = sqrt(4000 .1 .9)
}

TEST(InitialClients, are_the_same_whatever_stands_beside_them) {
  std::vector<std::vector<Row>> clients;
  for (const bool alone : {true, false}) {
    Town town;
    for (int i = 0; i < 50; ++i) town.tiny.add("F30");
    Programme p = town.programme("course", "age >= 18"), other = town.programme("other", "age >= 18");
    p.applies = other.applies = 0;
    p.initial = other.initial = 7;
    if (alone) town.open({p});
    else town.open({other, p});
    town.month();
    clients.push_back(town.enrolled(alone ? 0 : 1));
  }
  EXPECT_EQ(clients[0], clients[1]);
}

/// Goal: whoever has been in longest has the first claim on money that goes by entry, whatever the priority was. Known
/// before: clients of the first day stood in the order of the waiting list.
TEST(InitialClients, stand_in_the_order_of_their_entry) {
  for (const char* priority : {"age", "0 - age_months / 1 months"}) {
    Town town;
    for (int i = 0; i < 200; ++i) town.tiny.add("F" + std::to_string(20 + i % 40));
    Programme p = town.programme("help", "age >= 18");
    p.priority = town.expression(priority);
    p.duration = units::MonthRange{20, 20};
    p.initial = 200;
    town.open({p});
    town.month();
    const auto& episodes = town.state().episodes;
    ASSERT_EQ(episodes.size(), 200u);
    EXPECT_TRUE(std::ranges::is_sorted(episodes, {}, &Episode::entered)) << priority;
    EXPECT_LT(episodes.front().entered, episodes.back().entered);
  }
}

}  // namespace
}  // namespace oikos
