#include "sim/process/chunk.hpp"

#include <gtest/gtest.h>

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
      ASSERT_EQ(tiny.world.households[household::first][household], person);
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
  cut_chunks(World(declared()), 10, chunks);
  EXPECT_TRUE(chunks.empty());
}

TEST(CutChunks, hold_at_least_a_person) {
  std::vector<Chunk> chunks;
  EXPECT_THROW(cut_chunks(World(declared()), 0, chunks), ContractError);
}

TEST(CutChunks, refuses_a_world_whose_members_are_not_indexed) {
  test::TinyWorld tiny(january);
  for (int i = 0; i < 10; ++i) tiny.add("F30*M31");
  tiny.world.persons[person::household][7] = 0;
  std::vector<Chunk> chunks;
  EXPECT_THROW(cut_chunks(tiny.world, 4, chunks), ContractError);
}

}  // namespace
}  // namespace oikos
