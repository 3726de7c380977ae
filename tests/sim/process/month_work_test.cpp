#include "sim/process/month_work.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "sim/base/contract.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos {
namespace {

const Month january{2020, 1};

TEST(CutChunks, covers_all_households_and_persons_once_and_never_splits_a_household) {
  test::TinyWorld tiny(january);
  for (int i = 0; i < 50; ++i) tiny.add(i % 3 == 0 ? "F30*M32 f5 m7 m9" : "F70");
  for (const std::uint32_t size : {1u, 2u, 7u, 64u, 10'000u}) {
    std::vector<Chunk> chunks;
    cut_chunks(tiny.world, size, chunks);
    std::uint32_t household = 0;
    Row person = 0;
    for (const Chunk& chunk : chunks) {
      ASSERT_EQ(chunk.first_household, household);
      ASSERT_EQ(chunk.first_person, person);
      ASSERT_EQ(tiny.world.households.first[household], person);
      household += chunk.households;
      person += chunk.persons;
      EXPECT_TRUE(chunk.persons >= size || &chunk == &chunks.back());
    }
    EXPECT_EQ(household, tiny.world.households.size());
    EXPECT_EQ(person, tiny.world.persons.size());
  }
}

TEST(CutChunks, of_an_empty_world_are_none) {
  std::vector<Chunk> chunks(3);
  cut_chunks(World{}, 10, chunks);
  EXPECT_TRUE(chunks.empty());
}

TEST(CutChunks, hold_at_least_a_person) {
  std::vector<Chunk> chunks;
  EXPECT_THROW(cut_chunks(World{}, 0, chunks), ContractError);
}

TEST(Scratch, draws_are_those_of_the_stream_for_each_identity_and_purpose) {
  test::TinyWorld tiny(january);
  for (int i = 0; i < 40; ++i) tiny.add("F30*M31");
  const rng::Stream luck(5, 2);
  const StepContext now{january, to_short(january), 0, luck};
  Scratch scratch;
  for (const Chunk chunk : {Chunk{0, 40, 0, 80}, Chunk{10, 5, 20, 10}}) {
    scratch.start(chunk);
    for (const auto purpose : {rng::Purpose::demography, rng::Purpose::labour, rng::Purpose::demography}) {
      const auto lanes = scratch.draws(purpose, tiny.world, chunk, now);
      for (std::uint32_t i = 0; i < chunk.persons; ++i)
        for (int lane = 0; lane < 4; ++lane)
          ASSERT_EQ(lanes[static_cast<std::size_t>(lane)][i],
                    luck.draw(purpose, lane, chunk.first_person + i, january));
    }
  }
}

TEST(Scratch, fates_are_forgotten_with_each_chunk) {
  Scratch scratch;
  const Chunk chunk{0, 1, 0, 3};
  scratch.start(chunk);
  scratch.fates(chunk)[1] = Fate::dies;
  scratch.start(chunk);
  ASSERT_EQ(scratch.fates(chunk).size(), 3u);
  for (const Fate fate : scratch.fates(chunk)) EXPECT_EQ(fate, Fate::stays);
}

TEST(Scratch, knows_ages_and_birthdays_of_the_chunk) {
  test::TinyWorld tiny(january);
  PersonTable& p = tiny.world.persons;
  for (int i = 0; i < 300; ++i) tiny.add(i % 2 == 0 ? "F0" : "M0");
  for (Row row = 0; row < 300; ++row)
    p.birth_month[row] = static_cast<ShortMonth>(p.birth_month[row] - 5 * static_cast<int>(row));
  p.birth_month[299] = 0;  // January 1800
  const rng::Stream luck(5, 2);
  const StepContext now{january, to_short(january), 0, luck};
  Scratch scratch;
  for (const Chunk chunk : {Chunk{0, 300, 0, 300}, Chunk{7, 50, 7, 50}}) {
    scratch.start(chunk);
    std::vector<std::uint32_t> birthdays;
    const AgeSex* const ages = scratch.ages(tiny.world, chunk, now);
    for (std::uint32_t i = 0; i < chunk.persons; ++i) {
      const Row row = chunk.first_person + i;
      ASSERT_EQ(ages[i], age_sex(p.age_years(row, now.now), p.sex[row])) << i;
      if (p.age_months(row, now.now) % 12 == 0) birthdays.push_back(i);
    }
    const auto found = scratch.birthdays(tiny.world, chunk, now);
    EXPECT_EQ(std::vector<std::uint32_t>(found.begin(), found.end()), birthdays);
    EXPECT_FALSE(birthdays.empty());
  }
}

TEST(Scratch, knows_whose_hazards_are_changed) {
  test::TinyWorld tiny(january);
  for (int i = 0; i < 100; ++i) tiny.add("F30");
  Scratch scratch;
  const Chunk chunk{20, 60, 20, 60};
  scratch.start(chunk);
  EXPECT_TRUE(scratch.changed(tiny.world, chunk).empty());
  for (const Row row : {3u, 20u, 79u, 80u})
    tiny.world.modifiers.multiply(tiny.world.persons, row, Modifier::death, 2.0F);
  scratch.start(chunk);
  const auto found = scratch.changed(tiny.world, chunk);
  EXPECT_EQ(std::vector<std::uint32_t>(found.begin(), found.end()), (std::vector<std::uint32_t>{0, 59}));
}

TEST(Scratch, lists_flags) {
  Scratch scratch;
  const Chunk chunk{0, 50, 0, 50};
  scratch.start(chunk);
  std::ranges::fill(scratch.flags(chunk), std::uint8_t{0});
  scratch.flags(chunk)[4] = scratch.flags(chunk)[49] = 1;
  const auto found = scratch.flagged(chunk);
  EXPECT_EQ(std::vector<std::uint32_t>(found.begin(), found.end()), (std::vector<std::uint32_t>{4, 49}));
}

TEST(Outbox, forgets_events_counts_and_flows_of_the_last_chunk) {
  Outbox out;
  out.clear(2);
  out.of(Event::birth).push_back(3);
  out.count(Count::births, 2);
  out.flows[1] = 5;
  out.clear(3);
  EXPECT_TRUE(out.of(Event::birth).empty());
  EXPECT_EQ(out.counts, Counts{});
  EXPECT_EQ(out.flows, (std::vector<std::int64_t>{0, 0, 0}));
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
