#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/programme/declared.hpp"
#include "sim/rng/distributions.hpp"
#include "tests/sim/programme/town.hpp"

namespace oikos {
namespace {

using test::Town;

void settle(Town& town, int people, const char* who = "F30") {
  for (int i = 0; i < people; ++i) town.tiny.add(who);
}

TEST(Queue, admits_by_priority_first) {
  Town town;
  for (const char* who : {"F30", "F50", "F40", "F60"}) town.tiny.add(who);
  Programme p = town.programme("course", "age >= 18");
  p.priority = town.expression("age");
  p.capacity = town.places(2);
  town.open({p});
  town.month();
  EXPECT_EQ(town.enrolled(), (std::vector<Row>{3, 1}));
  EXPECT_EQ(town.waiting(), (std::vector<Row>{2, 0}));
  EXPECT_EQ(town.counts().entries, 2);
  EXPECT_EQ(town.counts().waiting, 2);
}

TEST(Queue, admits_by_time_waited_among_equals) {
  Town town;
  settle(town, 20);
  Programme p = town.programme("course", "age >= 18");
  p.applies = threshold(0.15);
  p.capacity = town.places(1);
  p.duration = units::MonthRange{1, 1};
  p.again_after = 1000;
  town.open({p});
  ShortMonth last = 0;
  for (int month = 0; month < 12; ++month) {
    town.month();
    const auto& waiting = town.state().waiting;
    ASSERT_TRUE(std::ranges::is_sorted(waiting, {}, &Waiting::since));
    if (!waiting.empty()) {
      EXPECT_GE(waiting.front().since, last) << "who waited longest has entered";
      last = waiting.front().since;
    }
  }
  EXPECT_GT(last, 0);
}

TEST(Queue, breaks_ties_by_luck_that_does_not_depend_on_rows) {
  std::vector<std::vector<std::uint64_t>> order;
  for (const bool turned : {false, true}) {
    Town town;
    settle(town, 30);
    for (Row row = 0; row < 30; ++row) town.tiny.world.persons[person::identity][row] = turned ? 29 - row : row;
    Programme p = town.programme("course", "age >= 18");
    p.capacity = town.places(0);
    town.open({p});
    town.month();
    order.emplace_back();
    for (const Waiting& w : town.state().waiting) order.back().push_back(w.identity);
  }
  EXPECT_EQ(order[0], order[1]);
  EXPECT_FALSE(std::ranges::is_sorted(order[0])) << "not by identity";
}

TEST(Queue, is_left_by_who_is_no_longer_eligible) {
  Town town;
  settle(town, 3);
  Programme p = town.programme("course", "labour == employed");
  p.capacity = town.places(0);
  town.open({p});
  town.month();
  EXPECT_EQ(town.waiting().size(), 3u);
  town.tiny.world.persons[person::labour][1] = Labour::inactive;
  town.month();
  EXPECT_EQ(town.waiting().size(), 2u);
  EXPECT_EQ(town.counts().abandoned, 1);
}

TEST(Queue, is_given_up_by_the_share_stated_but_not_in_the_month_of_application) {
  constexpr int people = 10'000;
  Town town;
  settle(town, people);
  Programme p = town.programme("course", "age >= 18");
  p.capacity = town.places(0);
  p.gives_up = threshold(0.3);
  town.open({p});
  town.month();
  EXPECT_EQ(town.counts().abandoned, 0);
  town.month();
  EXPECT_NEAR(static_cast<double>(town.counts().abandoned), people * 0.3, 4 * std::sqrt(people * 0.21));
}

TEST(Queue, counts_the_months_that_entrants_have_waited) {
  Town town;
  settle(town, 3);
  Programme p = town.programme("course", "age >= 18");
  p.capacity = town.places(1);
  p.duration = units::MonthRange{2, 2};
  p.again_after = 100;
  town.open({p});
  std::vector<std::int64_t> waited;
  for (int month = 0; month < 5; ++month) {
    town.month();
    waited.push_back(town.counts().months_waited);
  }
  EXPECT_EQ(waited, (std::vector<std::int64_t>{0, 0, 2, 0, 4}));
}

TEST(Capacity, is_never_exceeded_and_never_idle_while_somebody_waits) {
  Town town;
  settle(town, 200);
  Programme p = town.programme("course", "age >= 18");
  p.applies = threshold(0.1);
  p.capacity = town.places(7);
  p.duration = units::MonthRange{2, 5};
  p.drops_out = threshold(0.1);
  town.open({p});
  for (int month = 0; month < 40; ++month) {
    town.month();
    const ProviderState& provider = town.tiny.world.providers[0];
    ASSERT_LE(town.state().enrolled, 7);
    ASSERT_EQ(provider.occupied, town.state().enrolled);
    ASSERT_EQ(provider.places, 7);
    if (!town.waiting().empty()) {
      ASSERT_EQ(town.state().enrolled, 7);
    }
  }
}

TEST(Capacity, shared_by_programmes_is_never_exceeded_whichever_stands_first) {
  Town town;
  settle(town, 60, "F30");
  settle(town, 60, "F50");
  const auto places = town.places(10);
  Programme young = town.programme("young", "age < 40"), old = town.programme("old", "age >= 40");
  for (Programme* p : {&young, &old}) {
    p->capacity = places;
    p->applies = threshold(0.05);
    p->duration = units::MonthRange{3, 6};
  }
  town.open({young, old});
  bool second_got_in = false;
  for (int month = 0; month < 60; ++month) {
    town.month();
    ASSERT_LE(town.state(0).enrolled + town.state(1).enrolled, 10) << "month " << month;
    ASSERT_EQ(town.tiny.world.providers[0].occupied, town.state(0).enrolled + town.state(1).enrolled);
    second_got_in |= town.state(1).enrolled > 0;
  }
  EXPECT_TRUE(second_got_in);
}

TEST(Capacity, doubled_never_lengthens_the_queue_under_the_same_luck) {
  std::vector<std::vector<std::size_t>> lengths;
  for (const int places : {5, 10}) {
    Town town;
    settle(town, 150);
    Programme p = town.programme("course", "age >= 18");
    p.applies = threshold(0.05);
    p.capacity = town.places(places);
    p.duration = units::MonthRange{3, 6};
    p.again_after = 1000;
    town.open({p}, 3);
    lengths.emplace_back();
    for (int month = 0; month < 60; ++month) {
      town.month();
      lengths.back().push_back(town.waiting().size());
    }
  }
  for (std::size_t month = 0; month < 60; ++month) ASSERT_LE(lengths[1][month], lengths[0][month]) << month;
  EXPECT_LT(lengths[1][40], lengths[0][40]);
}

TEST(Stay, lasts_as_many_months_as_planned_and_is_completed) {
  Town town;
  settle(town, 2000);
  Programme p = town.programme("course", "age >= 18");
  p.duration = units::MonthRange{2, 4};
  p.again_after = 1000;
  town.open({p});
  std::vector<std::int64_t> completed;
  for (int month = 0; month < 6; ++month) {
    town.month();
    completed.push_back(town.counts().completions);
    EXPECT_EQ(town.counts().early_exits, 0);
  }
  EXPECT_EQ(completed[0] + completed[1] + completed[5], 0);
  for (const std::size_t month : {2u, 3u, 4u})
    EXPECT_NEAR(static_cast<double>(completed[month]), 2000.0 / 3, 4 * std::sqrt(2000 * 2.0 / 9));
  EXPECT_EQ(completed[2] + completed[3] + completed[4], 2000);
}

TEST(Stay, ends_early_for_who_no_longer_meets_the_condition) {
  Town town;
  settle(town, 2);
  Programme p = town.programme("course", "age >= 18");
  p.stays_while = town.expression("labour == employed");
  p.duration = units::MonthRange{5, 5};
  p.again_after = 1000;
  town.open({p});
  town.month();
  town.tiny.world.persons[person::labour][0] = Labour::inactive;
  town.month();
  EXPECT_EQ(town.enrolled(), std::vector<Row>{1});
  EXPECT_EQ(town.counts().early_exits, 1);
  EXPECT_EQ(town.counts().completions, 0);
}

TEST(Stay, ends_early_for_the_share_that_drops_out) {
  constexpr int people = 10'000;
  Town town;
  settle(town, people);
  Programme p = town.programme("course", "age >= 18");
  p.drops_out = threshold(0.2);
  p.again_after = 1000;
  town.open({p});
  town.month();
  EXPECT_EQ(town.counts().early_exits, 0);
  town.month();
  EXPECT_NEAR(static_cast<double>(town.counts().early_exits), people * 0.2, 4 * std::sqrt(people * 0.16));
}

TEST(Stay, may_begin_again_after_the_time_stated) {
  for (const int again : {0, 1, 4}) {
    Town town;
    settle(town, 1);
    Programme p = town.programme("course", "age >= 18");
    p.duration = units::MonthRange{2, 2};
    p.again_after = again;
    town.open({p});
    std::vector<int> entries;
    for (int month = 0; month < 10; ++month) {
      town.month();
      if (town.counts().entries > 0) entries.push_back(month);
    }
    ASSERT_GE(entries.size(), 2u);
    EXPECT_EQ(entries[1], 2 + again);
  }
}

TEST(Programme, admits_nobody_before_its_start_and_lets_all_go_at_its_end) {
  Town town;
  settle(town, 5);
  Programme p = town.programme("course", "age >= 18");
  p.capacity = town.places(3);
  p.from = Month{2020, 3};
  p.until = Month{2020, 5};
  town.open({p});
  std::vector<std::int64_t> enrolled, early, abandoned;
  for (int month = 0; month < 7; ++month) {
    town.month();
    enrolled.push_back(town.state().enrolled);
    early.push_back(town.counts().early_exits);
    abandoned.push_back(town.counts().abandoned);
  }
  EXPECT_EQ(enrolled, (std::vector<std::int64_t>{0, 0, 3, 3, 3, 0, 0}));
  EXPECT_EQ(early, (std::vector<std::int64_t>{0, 0, 0, 0, 0, 3, 0}));
  EXPECT_EQ(abandoned, (std::vector<std::int64_t>{0, 0, 0, 0, 0, 2, 0}));
}

TEST(Applications, are_refused_or_go_on_the_list) {
  constexpr int people = 10'000;
  Town town;
  settle(town, people);
  Programme p = town.programme("course", "age >= 18");
  p.capacity = town.places(0);
  p.applies = threshold(0.4);
  p.refused = threshold(0.25);
  town.open({p});
  std::size_t waiting = 0;
  for (int month = 0; month < 4; ++month) {
    town.month();
    const auto& c = town.counts();
    EXPECT_EQ(c.eligible, people - static_cast<std::int64_t>(waiting));
    EXPECT_EQ(c.applications, c.refusals + static_cast<std::int64_t>(town.waiting().size() - waiting));
    waiting = town.waiting().size();
    if (month > 0) continue;
    EXPECT_NEAR(static_cast<double>(c.applications), people * 0.4, 4 * std::sqrt(people * 0.24));
    EXPECT_NEAR(static_cast<double>(c.refusals), people * 0.1, 4 * std::sqrt(people * 0.09));
  }
}

TEST(Applications, of_households_come_from_the_reference_person) {
  Town town;
  town.tiny.add("F30*M32 f5");
  town.tiny.add("M50 F20");
  Programme p = town.programme("help", "age >= 18");
  p.unit = Unit::household;
  town.open({p});
  town.month();
  EXPECT_EQ(town.enrolled(), (std::vector<Row>{0, 1})) << "households";
  EXPECT_EQ(town.counts().eligible, 2);
}

/// Two couples and a lone person in a programme for households and one for persons.
struct Households {
  explicit Households(int places = 100) {
    for (const char* home : {"F70*M72", "F60*M61", "M50"}) town.tiny.add(home);
    Programme help = town.programme("help", "age >= 18"), course = town.programme("course", "age >= 18");
    help.unit = Unit::household;
    help.capacity = town.places(places);
    town.open({help, course});
    town.month();
  }
  Town town;
};

TEST(Households, stay_enrolled_when_their_reference_person_dies) {
  Households all;
  all.town.move_people({.leaving = {0}, .moves = {}, .new_persons = {}});
  all.town.month();
  EXPECT_EQ(all.town.enrolled(0), (std::vector<Row>{0, 1, 2}));
  EXPECT_EQ(all.town.counts(0).entries, 0);
  EXPECT_EQ(all.town.enrolled(1), (std::vector<Row>{0, 1, 2, 3})) << "persons: the dead one is gone";
}

TEST(Households, that_end_leave_and_those_behind_them_keep_their_own) {
  Households all;
  all.town.move_people({.leaving = {0, 1}, .moves = {{2, 2}, {3, 2}}, .new_persons = {}});
  EXPECT_EQ(all.town.state(0).month.deaths_and_departures, 2) << "one died out, one moved in with the third";
  all.town.month();
  EXPECT_EQ(all.town.enrolled(0), (std::vector<Row>{0}));
  EXPECT_EQ(all.town.tiny.world.households[household::identity][0], 2u);
}

TEST(Households, wait_as_households_whoever_stands_first_in_them) {
  Households all(1);
  ASSERT_EQ(all.town.waiting(0).size(), 2u);
  std::vector<std::uint64_t> order;
  for (const Waiting& one : all.town.state(0).waiting) order.push_back(one.identity);
  const Row in = all.town.enrolled(0).front();
  const Row first = all.town.tiny.world.households[household::first][in];
  std::vector<Row> leaving{first};  // its reference person dies; of the lone person's, the household ends
  all.town.move_people({.leaving = leaving, .moves = {}, .new_persons = {}});
  all.town.month();
  const bool ended = in == 2;
  ASSERT_EQ(all.town.waiting(0).size(), ended ? 1u : 2u);
  EXPECT_EQ(all.town.state(0).waiting.back().identity, order.back());
}

TEST(Households, get_the_cash_and_their_reference_person_the_effect) {
  Town town;
  town.tiny.add("F70*M72");
  town.tiny.add("M50");
  Programme help = town.programme("help", "household_size == 2");
  help.unit = Unit::household;
  help.amount = town.expression("100 PLN");
  help.effects = {test::effect_on(target::death, 0.5)};
  town.open({help});
  town.month();
  EXPECT_EQ(town.tiny.world.households[household::programme_cash][0], 10'000);
  EXPECT_EQ(town.tiny.world.households[household::programme_cash][1], 0);
  EXPECT_EQ(town.tiny.world.change_of(0, target::death).times, 0.5F);
  EXPECT_EQ(town.tiny.world.change_of(1, target::death).times, 1.0F);
  town.move_people({.leaving = {0}, .moves = {}, .new_persons = {}});
  town.month();
  EXPECT_EQ(town.tiny.world.change_of(0, target::death).times, 0.5F) << "now of the one who stands first";
}

/// Goal: a household's luck is its own. Known before: the draws of its reference person's row were used.
TEST(Households, have_luck_of_their_own) {
  Town town;
  for (int i = 0; i < 200; ++i) town.tiny.add("F30*M32");
  Programme help = town.programme("help", "age >= 18");
  help.unit = Unit::household;
  help.applies = threshold(0.5);
  town.open({help});
  town.month();
  for (const Row h : town.enrolled()) {
    const std::uint64_t who = town.tiny.world.households[household::identity][h];
    EXPECT_TRUE(rng::happens(town.bench->now(0).draw(lane::applies, who, help.draw_index), threshold(0.5))) << h;
  }
  EXPECT_FALSE(town.enrolled().empty());
}

TEST(Applications, are_the_same_for_any_number_of_threads) {
  std::vector<std::vector<Row>> waiting;
  for (const int threads : {1, 3}) {
    Town town;
    settle(town, 1000);
    Programme p = town.programme("course", "age >= 18");
    p.applies = threshold(0.3);
    p.capacity = town.places(50);
    town.open({p}, 1, threads);
    town.month();
    town.month();
    waiting.push_back(town.waiting());
  }
  EXPECT_EQ(waiting[0], waiting[1]);
}

TEST(Programme, that_nobody_qualifies_for_changes_no_column_and_no_other_programme) {
  std::vector<std::vector<std::byte>> bytes;
  std::vector<std::vector<Row>> enrolled;
  for (const bool added : {false, true}) {
    Town town;
    settle(town, 100);
    Programme course = town.programme("course", "age >= 18");
    course.applies = threshold(0.3);
    course.capacity = town.places(10);
    course.effects = {test::effect_on(target::job_finding, 2)};
    Programme nobody = town.programme("nobody", "age > 200");
    nobody.amount = town.expression("100 PLN");
    std::vector<Programme> all{course};
    if (added) all.insert(all.begin(), nobody);
    town.open(all);
    for (int month = 0; month < 5; ++month) town.month();
    bytes.emplace_back();
    for (const Table* table :
         {static_cast<const Table*>(&town.tiny.world.persons), static_cast<const Table*>(&town.tiny.world.households)})
      for (const ColumnBase* column : table->columns()) {
        const auto values = column->bytes();
        bytes.back().insert(bytes.back().end(), values.begin(), values.end());
      }
    enrolled.push_back(town.enrolled(added ? 1 : 0));
  }
  EXPECT_TRUE(bytes[0] == bytes[1]);
  EXPECT_EQ(enrolled[0], enrolled[1]);
}

/// Goal: who is served by one provider sits there; who may be anywhere of the kind makes room.
TEST(Places, of_one_provider_go_to_its_own_programme_before_those_of_the_kind) {
  Town town;
  for (int i = 0; i < 2; ++i) town.tiny.add(i == 0 ? "F30" : "F50");
  town.tiny.world.providers.resize(2);
  const std::vector<Dated<std::int64_t>> places(2, Dated<std::int64_t>(1));
  const auto kind = std::make_shared<const Capacity>(places, std::vector<std::size_t>{0, 1}),
             first = std::make_shared<const Capacity>(places, std::vector<std::size_t>{0});
  town.capacities = {kind, first};
  Programme anywhere = town.programme("anywhere", "age >= 40"), here = town.programme("here", "age < 40");
  anywhere.capacity = kind;
  anywhere.from = Month{2020, 2};
  here.capacity = first;
  town.open({anywhere, here});
  for (int month = 0; month < 3; ++month) town.month();
  EXPECT_EQ(town.state(0).enrolled, 1);
  EXPECT_EQ(town.state(1).enrolled, 1);
  EXPECT_EQ(town.tiny.world.providers[0].occupied, 1);
  EXPECT_EQ(town.tiny.world.providers[1].occupied, 1);
}

}  // namespace
}  // namespace oikos
