#include "sim/store/table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "sim/base/contract.hpp"
#include "sim/store/column.hpp"

namespace oikos {
namespace {

using Rows = Run;  // inside a test, Run is a function of the framework

struct People : Table {
  People() : Table("people") {}
  Column<std::uint64_t> id{*this, {"id", "name", "who"}};
  Column<std::int16_t> age{*this, {"age", "year", "how old"}};
  Column<std::uint8_t> code{*this, {"code", "1", "a number"}};
  Column<float> share{*this, {"share", "1", "a share"}};
};

struct Narrow : Table {
  Narrow() : Table("narrow") {}
  Column<std::uint64_t> id{*this, {"id", "name", "who"}};
};

struct Other : Table {
  Other() : Table("other") {}
  Column<std::uint64_t> id{*this, {"id", "name", "who"}};
  Column<std::int64_t> age{*this, {"age", "year", "wider than that of People"}};
  Column<std::uint8_t> code{*this, {"code", "1", "a number"}};
  Column<float> share{*this, {"share", "1", "a share"}};
};

void fill(People& people, std::uint32_t from) {
  for (std::uint32_t i = from; i < people.size(); ++i) {
    people.id[i] = 1000 + i;
    people.age[i] = static_cast<std::int16_t>(-static_cast<int>(i));
    people.code[i] = static_cast<std::uint8_t>(i);
    people.share[i] = static_cast<float>(i) / 4;
  }
}

std::vector<std::uint64_t> ids(const People& people) { return {people.id.data(), people.id.data() + people.size()}; }

TEST(Table, starts_empty_and_knows_its_columns_in_the_order_declared) {
  const People people;
  EXPECT_EQ(people.size(), 0u);
  EXPECT_EQ(people.name(), "people");
  ASSERT_EQ(people.columns().size(), 4u);
  EXPECT_EQ(people.columns()[0]->info().name, "id");
  EXPECT_EQ(people.columns()[3]->info().name, "share");
  EXPECT_EQ(people.columns()[1]->element_size(), 2u);
  EXPECT_TRUE(people.columns()[0]->bytes().empty());
}

TEST(Table, appends_zeroed_rows_behind_the_old_ones_which_keep_their_values) {
  People people;
  EXPECT_EQ(people.append(3), 0u);
  fill(people, 0);
  EXPECT_EQ(people.append(1000), 3u);
  EXPECT_EQ(people.size(), 1003u);
  EXPECT_EQ(people.id[2], 1002u);
  EXPECT_EQ(people.share[2], 0.5F);
  for (std::uint32_t i = 3; i < people.size(); ++i) {
    ASSERT_EQ(people.id[i], 0u);
    ASSERT_EQ(people.age[i], 0);
    ASSERT_EQ(people.share[i], 0.0F);
  }
}

TEST(Table, appended_rows_are_zero_also_where_dropped_rows_stood) {
  People people;
  people.append(10);
  fill(people, 0);
  const Rows first_two{0, 2};
  people.rearrange({&first_two, 1}, Executor(1));
  people.append(8);
  for (std::uint32_t i = 2; i < 10; ++i) ASSERT_EQ(people.id[i], 0u) << i;
}

TEST(Table, appending_no_rows_changes_nothing) {
  People people;
  EXPECT_EQ(people.append(0), 0u);
  EXPECT_EQ(people.size(), 0u);
  people.append(2);
  EXPECT_EQ(people.append(0), 2u);
  EXPECT_EQ(people.size(), 2u);
}

TEST(Table, columns_start_at_a_cache_line) {
  People people;
  people.append(100);
  for (const auto* column : people.columns())
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(column->bytes().data()) % 64, 0u) << column->info().name;
}

TEST(Table, bytes_of_a_column_are_its_rows_and_no_more) {
  People people;
  people.append(7);
  fill(people, 0);
  EXPECT_EQ(people.id.bytes().size(), 7u * 8);
  EXPECT_EQ(people.age.bytes().size(), 7u * 2);
  EXPECT_EQ(people.code.bytes().size(), 7u);
  EXPECT_EQ(static_cast<int>(people.code.bytes()[5]), 5);
  EXPECT_GE(people.bytes_held(), 7u * (8 + 2 + 1 + 4));
}

TEST(Table, assign_makes_equal_whatever_stood_there) {
  People from, small, large;
  from.append(50);
  fill(from, 0);
  small.append(3);
  large.append(500);
  for (People* to : {&small, &large}) {
    to->assign(from);
    ASSERT_EQ(to->size(), 50u);
    for (std::size_t c = 0; c < 4; ++c)
      EXPECT_TRUE(std::ranges::equal(to->columns()[c]->bytes(), from.columns()[c]->bytes()));
  }
  from.id[0] = 5;
  EXPECT_EQ(small.id[0], 1000u) << "a copy, not a view";
}

TEST(Table, assign_of_an_empty_table_empties) {
  People from, to;
  to.append(3);
  to.assign(from);
  EXPECT_EQ(to.size(), 0u);
}

TEST(Table, assign_refuses_a_table_with_other_columns) {
  People people;
  Narrow narrow;
  Other other;
  narrow.append(3);
  other.append(3);
  EXPECT_THROW(people.assign(narrow), ContractError);
  EXPECT_THROW(people.assign(other), ContractError);
}

TEST(Table, rearrange_puts_runs_one_after_the_other_in_every_column) {
  People people;
  people.append(6);
  fill(people, 0);
  const std::vector<Rows> runs{{4, 2}, {0, 1}, {2, 1}};
  people.rearrange(runs, Executor(1));
  EXPECT_EQ(ids(people), (std::vector<std::uint64_t>{1004, 1005, 1000, 1002}));
  EXPECT_EQ(people.age[0], -4);
  EXPECT_EQ(people.code[3], 2);
  EXPECT_EQ(people.share[1], 1.25F);
}

TEST(Table, rearrange_gives_the_same_rows_for_any_number_of_threads) {
  std::mt19937 random(4);
  std::vector<Rows> runs;
  for (std::uint32_t row = 0; row < 60'000;) {
    const auto kept = static_cast<std::uint32_t>(random() % 300);
    const std::uint32_t count = std::min(kept, 60'000 - row);
    runs.push_back({row, count});
    row += count + random() % 3;
  }
  const auto moved = [&](int threads) {
    People people;
    people.append(60'000);
    for (std::uint32_t row = 0; row < 60'000; ++row) people.id[row] = 7 * row;
    people.rearrange(runs, Executor(threads));
    const std::uint64_t* const data = people.id.data();
    return std::vector<std::uint64_t>(data, data + people.size());
  };
  const auto alone = moved(1);
  EXPECT_EQ(alone.front(), 0u);
  EXPECT_EQ(moved(2), alone);
  EXPECT_EQ(moved(3), alone);
}

TEST(Table, rearrange_into_nothing_drops_all_rows) {
  People people;
  people.append(6);
  people.rearrange({}, Executor(1));
  EXPECT_EQ(people.size(), 0u);
}

TEST(Table, rearrange_refuses_runs_that_reach_outside) {
  People people;
  people.append(6);
  for (const Rows run : {Rows{5, 2}, Rows{7, 0}, Rows{6, 1}, Rows{0, 0xFFFF'FFFFu}})
    EXPECT_THROW(people.rearrange({&run, 1}, Executor(1)), ContractError) << run.first << " " << run.count;
}

TEST(Table, rearrange_refuses_runs_that_hold_more_rows_than_there_are) {
  People people;
  people.append(6);
  people.append(100);
  const Rows six{0, 6};
  people.rearrange({&six, 1}, Executor(1));  // more would fit into the memory at hand
  const std::vector<Rows> twice{{0, 6}, {2, 1}};
  EXPECT_THROW(people.rearrange(twice, Executor(1)), ContractError);
}

TEST(Table, any_series_of_appends_and_rearrangements_equals_that_of_a_plain_list) {
  std::mt19937 random(7);
  People people;
  std::vector<std::uint64_t> naive;
  std::uint64_t next = 1;
  for (int round = 0; round < 300; ++round) {
    const auto added = static_cast<std::uint32_t>(random() % 40);
    const std::uint32_t first = people.append(added);
    for (std::uint32_t i = 0; i < added; ++i) {
      people.id[first + i] = next;
      people.age[first + i] = static_cast<std::int16_t>(next % 30'000);
      naive.push_back(next++);
    }
    std::vector<Rows> runs;
    for (std::uint32_t at = 0; at < people.size();) {
      const auto count = std::min(static_cast<std::uint32_t>(random() % 5), people.size() - at);
      if (random() % 4 != 0) runs.push_back({at, count});
      at += std::max(count, 1u);
    }
    if (round % 3 == 0) std::ranges::shuffle(runs, random);
    else  // as households do: nearly all keep their order, a few go far
      for (auto far = runs.size() / 8; far > 0; --far) {
        const Rows run = runs[random() % runs.size()];
        std::erase_if(runs, [&](const Rows& other) { return other.first == run.first; });
        runs.insert(runs.begin() + static_cast<std::ptrdiff_t>(random() % (runs.size() + 1)), run);
      }
    std::vector<std::uint64_t> expected;
    for (const Rows& run : runs)
      expected.insert(expected.end(), naive.begin() + run.first, naive.begin() + run.first + run.count);
    people.rearrange(runs, Executor(1));
    naive = expected;
    ASSERT_EQ(ids(people), naive) << "round " << round;
    for (std::uint32_t i = 0; i < people.size(); ++i)
      ASSERT_EQ(people.age[i], static_cast<std::int16_t>(naive[i] % 30'000));
  }
}

}  // namespace
}  // namespace oikos
