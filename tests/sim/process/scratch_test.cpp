#include "sim/process/scratch.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/tiny_world.hpp"

namespace oikos {
namespace {

const Month january{2020, 1};

TEST(Scratch, draws_are_those_of_the_stream_for_each_identity_and_purpose) {
  test::TinyWorld tiny(january);
  for (int i = 0; i < 40; ++i) tiny.add("F30*M31");
  const rng::Stream luck(5, 2);
  const StepContext now(january, 0, luck);
  Scratch scratch;
  for (const Chunk chunk : {Chunk{0, 40, 0, 80}, Chunk{10, 5, 20, 10}}) {
    scratch.start(tiny.world, chunk, now);
    for (const LaneSpec* lane : {&lane::death, &lane::labour, &lane::union_of}) {
      const std::uint32_t* const draws = scratch.draws(*lane);
      for (std::uint32_t i = 0; i < chunk.persons; ++i)
        ASSERT_EQ(draws[i], luck.draw(lane->purpose, lane->lane, chunk.first_person + i, january));
    }
  }
}

TEST(Scratch, fates_are_forgotten_with_each_chunk) {
  test::TinyWorld tiny(january);
  const rng::Stream luck(5, 2);
  const StepContext now(january, 0, luck);
  Scratch scratch;
  const Chunk chunk{0, 1, 0, 3};
  scratch.start(tiny.world, chunk, now);
  scratch.fates()[1] = Fate::dies;
  scratch.start(tiny.world, chunk, now);
  ASSERT_EQ(scratch.fates().size(), 3u);
  for (const Fate fate : scratch.fates()) EXPECT_EQ(fate, Fate::stays);
}

TEST(Scratch, knows_ages_and_birthdays_of_the_chunk) {
  test::TinyWorld tiny(january);
  PersonTable& p = tiny.world.persons;
  for (int i = 0; i < 300; ++i) tiny.add(i % 2 == 0 ? "F0" : "M0");
  for (Row row = 0; row < 300; ++row)
    p[person::birth_month][row] = static_cast<ShortMonth>(p[person::birth_month][row] - 5 * static_cast<int>(row));
  p[person::birth_month][299] = 0;  // January 1800
  const rng::Stream luck(5, 2);
  const StepContext now(january, 0, luck);
  Scratch scratch;
  for (const Chunk chunk : {Chunk{0, 300, 0, 300}, Chunk{7, 50, 7, 50}}) {
    scratch.start(tiny.world, chunk, now);
    std::vector<std::uint32_t> birthdays;
    const AgeSex* const ages = scratch.ages();
    for (std::uint32_t i = 0; i < chunk.persons; ++i) {
      const Row row = chunk.first_person + i;
      ASSERT_EQ(ages[i], age_sex(p.age_years(row, now.short_month), p[person::sex][row])) << i;
      if (p.age_months(row, now.short_month) % 12 == 0) birthdays.push_back(i);
    }
    const auto found = scratch.birthdays();
    EXPECT_EQ(std::vector<std::uint32_t>(found.begin(), found.end()), birthdays);
    EXPECT_FALSE(birthdays.empty());
  }
}

TEST(Scratch, knows_whose_hazards_are_changed) {
  test::TinyWorld tiny(january);
  for (int i = 0; i < 100; ++i) tiny.add("F30");
  const rng::Stream luck(5, 2);
  const StepContext now(january, 0, luck);
  Scratch scratch;
  const Chunk chunk{20, 60, 20, 60};
  scratch.start(tiny.world, chunk, now);
  EXPECT_TRUE(scratch.changed().empty());
  for (const Row row : {3u, 20u, 79u, 80u}) tiny.world.change(row, target::death, {.times = 2.0F});
  scratch.start(tiny.world, chunk, now);
  const auto found = scratch.changed();
  EXPECT_EQ(std::vector<std::uint32_t>(found.begin(), found.end()), (std::vector<std::uint32_t>{0, 59}));
}

TEST(Scratch, lists_flags) {
  test::TinyWorld tiny(january);
  const rng::Stream luck(5, 2);
  const StepContext now(january, 0, luck);
  Scratch scratch;
  const Chunk chunk{0, 50, 0, 50};
  scratch.start(tiny.world, chunk, now);
  std::ranges::fill(scratch.flags(), std::uint8_t{0});
  scratch.flags()[4] = scratch.flags()[49] = 1;
  const auto found = scratch.flagged();
  EXPECT_EQ(std::vector<std::uint32_t>(found.begin(), found.end()), (std::vector<std::uint32_t>{4, 49}));
  const auto among = scratch.flagged(49);
  EXPECT_EQ(std::vector<std::uint32_t>(among.begin(), among.end()), (std::vector<std::uint32_t>{4}));
}

}  // namespace
}  // namespace oikos
