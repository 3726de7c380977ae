#include "sim/world/membership.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "sim/base/contract.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos {
namespace {

using test::TinyWorld;
using Identity = std::uint64_t;
constexpr Identity nobody = ~Identity{0};
const Month january{2020, 1};

std::vector<Identity> identities(const World& world) {
  return {world.persons[person::identity].data(), world.persons[person::identity].data() + world.persons.size()};
}

TEST(Membership, takes_leaving_persons_out_and_closes_the_gap) {
  TinyWorld tiny(january);
  tiny.add("F30*M32 f5");
  tiny.add("F70");
  MembershipBarrier barrier;
  MembershipChanges changes;
  changes.leaving = {1};
  barrier.apply(tiny.world, changes, to_short(january), Executor(1));
  check_membership(tiny.world);
  EXPECT_EQ(identities(tiny.world), (std::vector<Identity>{0, 2, 3}));
  EXPECT_EQ(tiny.world.persons[person::partner][0], no_row) << "the partner is single";
  EXPECT_EQ(tiny.world.persons[person::mother][1], 0u);
  EXPECT_EQ(tiny.world.persons[person::father][1], no_row) << "the father is gone";
  EXPECT_EQ(tiny.world.households[household::first][1], 2u);
}

TEST(Membership, leaves_no_child_as_reference_person_where_an_adult_lives) {
  TinyWorld tiny(january);
  tiny.add("F30*M32 f5 m2");
  tiny.add("F35 f9 m7");
  tiny.add("M40");
  MembershipBarrier barrier;
  MembershipChanges changes;
  changes.leaving = {0};                     // the mother dies
  changes.moves = {{5, 2}, {6, 2}, {4, 2}};  // children are sent ahead, their mother follows
  barrier.apply(tiny.world, changes, to_short(january), Executor(1));
  check_membership(tiny.world);
  EXPECT_EQ(identities(tiny.world), (std::vector<Identity>{1, 2, 3, 7, 5, 6, 4}));
  changes.clear();
  changes.leaving = {3};  // the man of the second home dies
  barrier.apply(tiny.world, changes, to_short(january), Executor(1));
  EXPECT_EQ(identities(tiny.world), (std::vector<Identity>{1, 2, 3, 4, 5, 6})) << "she stands before her children";
  changes.clear();
  changes.leaving = {0, 3};  // no adult is left anywhere
  barrier.apply(tiny.world, changes, to_short(january), Executor(1));
  EXPECT_EQ(identities(tiny.world), (std::vector<Identity>{2, 3, 5, 6}));
}

TEST(Membership, puts_kept_members_first_then_movers_then_the_newborn) {
  TinyWorld tiny(january);
  tiny.add("F30");
  tiny.add("M32 m4 m2");
  World& world = tiny.world;
  const Row child = world.persons.append(1);
  world.persons[person::identity][child] = 99;
  world.persons[person::household][child] = 0;
  world.persons[person::partner][child] = world.persons[person::father][child] = no_row;
  world.persons[person::mother][child] = 0;
  MembershipChanges changes;
  changes.moves = {{3, 0}, {1, 0}};
  changes.new_persons = {child};
  MembershipBarrier barrier;
  barrier.apply(world, changes, to_short(january), Executor(1));
  check_membership(world);
  EXPECT_EQ(identities(world), (std::vector<Identity>{0, 3, 1, 99, 2}));
  EXPECT_EQ(world.households[household::members][0], 4);
  EXPECT_EQ(world.persons[person::father][1], 2u) << "the father's new row";
  EXPECT_EQ(world.persons[person::mother][3], 0u);
}

TEST(Membership, drops_households_that_nobody_lives_in_any_more) {
  TinyWorld tiny(january);
  tiny.add("F30");
  tiny.add("M80");
  tiny.add("F50");
  MembershipChanges changes;
  changes.leaving = {1};
  MembershipBarrier barrier;
  barrier.apply(tiny.world, changes, to_short(january), Executor(1));
  check_membership(tiny.world);
  ASSERT_EQ(tiny.world.households.size(), 2u);
  EXPECT_EQ(tiny.world.households[household::identity][1], 2u);
}

TEST(Membership, empties_the_world_when_all_leave) {
  TinyWorld tiny(january);
  tiny.add("F30*M31");
  MembershipChanges changes;
  changes.leaving = {0, 1};
  MembershipBarrier barrier;
  barrier.apply(tiny.world, changes, to_short(january), Executor(1));
  check_membership(tiny.world);
  EXPECT_EQ(tiny.world.persons.size(), 0u);
  EXPECT_EQ(tiny.world.households.size(), 0u);
}

TEST(Membership, changes_not_a_byte_when_nothing_is_to_do) {
  TinyWorld tiny(january);
  tiny.add("F30*M32 f5");
  tiny.add("F70");
  World before(declared());
  before.assign(tiny.world);
  MembershipBarrier barrier;
  barrier.apply(tiny.world, {}, to_short(january), Executor(1));
  for (std::size_t c = 0; c < before.persons.columns().size(); ++c)
    EXPECT_TRUE(std::ranges::equal(tiny.world.persons.columns()[c]->bytes(), before.persons.columns()[c]->bytes()));
}

TEST(Membership, lets_nobody_leave_or_move_twice) {
  for (const MembershipChanges& changes : {MembershipChanges{{0, 0}, {}, {}}, MembershipChanges{{0}, {{0, 1}}, {}},
                                           MembershipChanges{{}, {{0, 1}, {0, 1}}, {}}}) {
    TinyWorld tiny(january);
    tiny.add("F30");
    tiny.add("F40");
    MembershipBarrier barrier;
    EXPECT_THROW(barrier.apply(tiny.world, changes, to_short(january), Executor(1)), ContractError);
  }
}

TEST(Membership, renumbers_waiting_lists_and_episodes_and_counts_who_abandoned_the_list) {
  TinyWorld tiny(january);
  for (int i = 0; i < 4; ++i) tiny.add("F30");
  World& world = tiny.world;
  world.programmes.resize(1);
  ProgrammeState& state = world.programmes[0];
  for (const Row row : {3u, 0u, 2u}) state.waiting.push_back({row, row, 0.0, 0, 0});
  for (const Row row : {1u, 0u, 3u}) state.episodes.push_back({row, 0, 0, Episode::still_in, false});
  MembershipChanges changes;
  changes.leaving = {0};
  MembershipBarrier barrier;
  barrier.apply(world, changes, to_short(january), Executor(1));
  check_membership(world);
  ASSERT_EQ(state.waiting.size(), 2u);
  EXPECT_EQ(state.waiting[0].subject, 2u);
  EXPECT_EQ(state.waiting[0].identity, 3u);
  EXPECT_EQ(state.waiting[1].subject, 1u);
  ASSERT_EQ(state.episodes.size(), 2u);
  EXPECT_EQ(state.episodes[0].subject, 0u);
  EXPECT_EQ(state.episodes[1].subject, 2u);
  EXPECT_EQ(state.month.abandoned, 1);
}

TEST(IndexMembers, finds_the_household_of_everybody_whatever_the_sizes) {
  std::mt19937 random(9);
  for (const auto& [households, threads] : {std::pair{1u, 1}, {2u, 1}, {3u, 2}, {50u, 1}, {30'000u, 1}, {30'000u, 3}}) {
    const Executor executor(threads);
    World world(declared());
    world.households.append(households);
    std::vector<std::uint32_t> expected;
    for (std::uint32_t h = 0; h < households; ++h) {
      world.households[household::members][h] = static_cast<std::uint16_t>(1 + random() % 9);
      expected.insert(expected.end(), world.households[household::members][h], h);
    }
    world.persons.append(static_cast<std::uint32_t>(expected.size()));
    index_members(world, executor);
    const std::uint32_t* const found = world.persons[person::household].data();
    EXPECT_EQ(std::vector<std::uint32_t>(found, found + expected.size()), expected);
    Row next = 0;
    for (std::uint32_t h = 0; h < households; ++h) {
      EXPECT_EQ(world.households[household::first][h], next);
      next += world.households[household::members][h];
    }
    world.households[household::members][0] = static_cast<std::uint16_t>(world.households[household::members][0] + 1);
    EXPECT_THROW(index_members(world, executor), ContractError) << "a member too many";
    world.households[household::members][0] = static_cast<std::uint16_t>(world.households[household::members][0] - 2);
    EXPECT_THROW(index_members(world, executor), ContractError) << "a member too few";
  }
}

TEST(Membership, is_the_same_for_any_number_of_threads) {
  const auto changed = [](int threads) {
    test::TinyWorld tiny(Month{2020, 1});
    for (int i = 0; i < 12'000; ++i) tiny.add(i % 3 == 0 ? "F70" : "F30*M32 f5 m7");
    std::mt19937 random(8);
    MembershipChanges changes;
    for (Row row = 0; row < tiny.world.persons.size(); ++row) {
      const auto what = random() % 100;
      if (what == 0) {
        const Row partner = tiny.world.persons[person::partner][row];
        if (partner != no_row) tiny.world.persons[person::partner][partner] = no_row;
        tiny.world.persons[person::partner][row] = no_row;
        changes.leaving.push_back(row);
      }
      const bool single = tiny.world.persons[person::partner][row] == no_row;
      if (what == 1 && single) changes.moves.push_back({row, static_cast<std::uint32_t>(random() % 12'000)});
    }
    MembershipBarrier{}.apply(tiny.world, changes, to_short(january), Executor(threads));
    check_membership(tiny.world);
    std::vector<std::byte> bytes;
    for (const Table* table :
         {static_cast<const Table*>(&tiny.world.persons), static_cast<const Table*>(&tiny.world.households)})
      for (const ColumnBase* column : table->columns())
        if (!column->info().renewed || column->info().refers == Refers::households || column->info().name == "first")
          bytes.insert(bytes.end(), column->bytes().begin(), column->bytes().end());
    return bytes;
  };
  const auto alone = changed(1);
  EXPECT_TRUE(changed(2) == alone);
  EXPECT_TRUE(changed(3) == alone);
}

TEST(CheckMembership, finds_each_broken_promise) {
  const auto broken = [](const auto& breaks) {
    TinyWorld tiny(january);
    tiny.add("F30*M32 f5");
    tiny.add("F70");
    check_membership(tiny.world);
    breaks(tiny.world);
    try {
      check_membership(tiny.world);
    } catch (const ContractError& error) {
      const std::string text = error.what();
      return text.substr(text.find("contract: ") + 10);
    }
    return std::string("nothing found");
  };
  EXPECT_EQ(broken([](World& w) { w.persons[person::household][2] = 1; }), "the person knows the household");
  EXPECT_EQ(broken([](World& w) { w.persons[person::partner][0] = 2; }), "partners name each other");
  EXPECT_EQ(broken([](World& w) { w.persons[person::partner][0] = 3, w.persons[person::partner][3] = 0; }),
            "partners live together");
  EXPECT_EQ(broken([](World& w) { w.persons[person::partner][0] = 77; }), "partners name each other");
  EXPECT_EQ(broken([](World& w) { w.persons[person::mother][2] = 4; }), "relations are rows of their table");
  EXPECT_EQ(broken([](World& w) { w.households[household::members][0] = 0; }), "no household is empty");
  EXPECT_EQ(broken([](World& w) { w.households[household::first][1] = 2; }),
            "members of households stand side by side, in the order of households");
  EXPECT_EQ(broken([](World& w) { w.households[household::members][1] = 2; }),
            "households have no more members than there are persons");
  EXPECT_EQ(broken([](World& w) { w.persons.append(1); }), "every person is a member of a household");
}

/// The same world as lists and maps by identity.
struct Naive {
  struct Person {
    Identity partner, mother, father;
    std::int16_t birth;
  };
  std::vector<std::pair<Identity, std::vector<Identity>>> households;
  std::map<Identity, Person> persons;

  explicit Naive(const World& world) {
    const PersonTable& p = world.persons;
    const auto name = [&](Row row) { return row == no_row ? nobody : p[person::identity][row]; };
    for (std::uint32_t h = 0; h < world.households.size(); ++h) {
      households.emplace_back(world.households[household::identity][h], std::vector<Identity>{});
      for (std::uint32_t i = 0; i < world.households[household::members][h]; ++i) {
        const Row row = world.households[household::first][h] + i;
        households.back().second.push_back(p[person::identity][row]);
        persons[p[person::identity][row]] = {name(p[person::partner][row]), name(p[person::mother][row]),
                                             name(p[person::father][row]), p[person::birth_month][row]};
      }
    }
  }
  void remove(Identity gone) {
    for (auto& [identity, members] : households) std::erase(members, gone);
    persons.erase(gone);
    for (auto& [identity, person] : persons)
      for (Identity* relative : {&person.partner, &person.mother, &person.father})
        if (*relative == gone) *relative = nobody;
  }
};

class RandomMonths {
 public:
  explicit RandomMonths(World& world) : world_(world), naive_(world) { world_.programmes.resize(1); }

  void round(int number) {
    naive_ = Naive(world_);
    MembershipChanges changes;
    const std::uint32_t rows = world_.persons.size();
    std::vector<Row> order(rows);
    for (Row row = 0; row < rows; ++row) order[row] = row;
    std::ranges::shuffle(order, random_);
    const std::uint32_t wanted = number % 5 == 0 ? 0 : static_cast<std::uint32_t>(random_()) % (rows / 6 + 1);
    std::vector<Identity> leaving;
    std::vector<std::pair<Identity, Identity>> joining;  // person, household
    found_households(number % 7 == 0 ? 3 : 0);
    for (std::uint32_t i = 0; i < wanted; ++i) {
      const Row row = order[i];
      if (random_() % 3 == 0) {
        changes.leaving.push_back(row);
        leaving.push_back(world_.persons[person::identity][row]);
        continue;
      }
      part(row);
      const auto home = static_cast<std::uint32_t>(random_()) % world_.households.size();
      changes.moves.push_back({row, home});
      joining.emplace_back(world_.persons[person::identity][row], world_.households[household::identity][home]);
    }
    // Nobody founded a household to leave it empty.
    for (std::uint32_t h = old_households_; h < world_.households.size(); ++h) bear(changes, joining, h);
    for (std::uint32_t i = 0; i < wanted / 3; ++i)
      bear(changes, joining, static_cast<std::uint32_t>(random_()) % old_households_);
    waiting_list();
    if (changes.empty()) return;
    barrier_.apply(world_, changes, to_short(january), Executor(1));
    expect_what_lists_say(leaving, joining);
  }

 private:
  void found_households(std::uint32_t how_many) {
    old_households_ = world_.households.size();
    const std::uint32_t first = world_.households.append(how_many);
    for (std::uint32_t h = first; h < first + how_many; ++h) {
      world_.households[household::identity][h] = 1'000'000 + next_++;
      world_.households[household::first][h] = world_.persons.size();
      naive_.households.emplace_back(world_.households[household::identity][h], std::vector<Identity>{});
    }
  }
  void part(Row row) {
    Row& partner = world_.persons[person::partner][row];
    if (partner == no_row) return;
    naive_.persons[world_.persons[person::identity][partner]].partner = nobody;
    naive_.persons[world_.persons[person::identity][row]].partner = nobody;
    world_.persons[person::partner][partner] = no_row;
    partner = no_row;
  }
  void bear(MembershipChanges& changes, std::vector<std::pair<Identity, Identity>>& joining, std::uint32_t home) {
    PersonTable& p = world_.persons;
    const Row mother = static_cast<Row>(random_()) % static_cast<Row>(naive_.persons.size());
    const Row row = p.append(1);
    p[person::identity][row] = 1'000'000 + next_++;
    p[person::household][row] = home;
    p[person::partner][row] = p[person::father][row] = no_row;
    p[person::mother][row] = mother;
    p[person::birth_month][row] = static_cast<ShortMonth>(next_ % 3000);
    changes.new_persons.push_back(row);
    born_[p[person::identity][row]] = {nobody, p[person::identity][mother], nobody, p[person::birth_month][row]};
    joining.emplace_back(p[person::identity][row], world_.households[household::identity][home]);
  }
  void waiting_list() {
    auto& state = world_.programmes[0];
    state = {};
    const auto old = static_cast<Row>(naive_.persons.size());
    for (Row row = 0; row < old; row += 3)
      state.waiting.push_back({old - 1 - row, world_.persons[person::identity][old - 1 - row], 0.0, 0, 0});
    for (Row row = 1; row < old; row += 4)
      state.episodes.push_back({row, static_cast<ShortMonth>(row % 100), 0, Episode::still_in, false});
    waiting_.clear();
    enrolled_.clear();
    for (const Waiting& w : state.waiting) waiting_.push_back(w.identity);
    for (const Episode& e : state.episodes) enrolled_.push_back(world_.persons[person::identity][e.subject]);
  }
  void expect_what_lists_say(const std::vector<Identity>& leaving,
                             const std::vector<std::pair<Identity, Identity>>& joining) {
    std::set<Identity> touched;
    for (auto& [identity, members] : naive_.households) {
      const std::size_t before = members.size();
      for (const auto& [person, home] : joining) std::erase(members, person);
      if (members.size() != before) touched.insert(identity);
    }
    for (const auto& [person, home] : joining) touched.insert(home);
    naive_.persons.merge(born_);
    born_.clear();
    for (const auto& [person, home] : joining)
      std::ranges::find(naive_.households, home, &std::pair<Identity, std::vector<Identity>>::first)
          ->second.push_back(person);
    for (auto& [identity, members] : naive_.households)
      for (const Identity gone : leaving)
        if (std::ranges::find(members, gone) != members.end()) touched.insert(identity);
    for (const Identity gone : leaving) naive_.remove(gone);
    for (auto& [identity, members] : naive_.households) {
      if (!touched.contains(identity)) continue;
      const auto adult = std::ranges::find_if(
          members, [&](Identity who) { return to_short(january) - naive_.persons.at(who).birth >= adult_age_months; });
      if (adult != members.end()) std::rotate(members.begin(), adult, adult + 1);
    }
    std::erase_if(naive_.households, [](const auto& h) { return h.second.empty(); });

    check_membership(world_);
    const Naive now(world_);
    ASSERT_EQ(now.households, naive_.households);
    ASSERT_EQ(now.persons.size(), naive_.persons.size());
    for (const auto& [identity, person] : now.persons) {
      const Naive::Person& expected = naive_.persons.at(identity);
      ASSERT_EQ(person.partner, expected.partner);
      ASSERT_EQ(person.mother, expected.mother);
      ASSERT_EQ(person.father, expected.father);
      ASSERT_EQ(person.birth, expected.birth);
    }
    const auto alive = [&](Identity identity) { return naive_.persons.contains(identity); };
    const auto abandoned = static_cast<std::int64_t>(std::erase_if(waiting_, [&](Identity i) { return !alive(i); }));
    std::erase_if(enrolled_, [&](Identity i) { return !alive(i); });
    const auto& state = world_.programmes[0];
    ASSERT_EQ(state.month.abandoned, abandoned);
    ASSERT_EQ(state.waiting.size(), waiting_.size());
    for (std::size_t i = 0; i < waiting_.size(); ++i)
      ASSERT_EQ(world_.persons[person::identity][state.waiting[i].subject], waiting_[i]);
    ASSERT_EQ(state.episodes.size(), enrolled_.size());
    for (std::size_t i = 0; i < enrolled_.size(); ++i)
      ASSERT_EQ(world_.persons[person::identity][state.episodes[i].subject], enrolled_[i]);
  }

  World& world_;
  Naive naive_;
  MembershipBarrier barrier_;
  std::mt19937 random_{20200101};
  std::uint32_t old_households_ = 0;
  Identity next_ = 0;
  std::map<Identity, Naive::Person> born_;
  std::vector<Identity> waiting_, enrolled_;
};

TEST(Membership, equals_a_naive_world_of_lists_through_two_hundred_random_months) {
  TinyWorld tiny(january);
  for (int i = 0; i < 30; ++i) {
    tiny.add("F30*M32 f5 m7");
    tiny.add("F70*M71");
    tiny.add("M40 m10");
    tiny.add("F25");
  }
  RandomMonths months(tiny.world);
  for (int round = 0; round < 200; ++round) {
    SCOPED_TRACE(round);
    months.round(round);
    if (testing::Test::HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace oikos
