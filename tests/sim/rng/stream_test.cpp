#include "sim/rng/stream.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "sim/base/contract.hpp"

namespace oikos::rng {
namespace {

const Month start{2015, 1};

template <class T>
bool all_distinct(std::vector<T> values) {
  std::ranges::sort(values);
  return std::ranges::adjacent_find(values) == values.end();
}

TEST(Stream, is_the_function_its_comment_promises) {
  const std::uint64_t seed = 0x1122'3344'5566'7788;
  const Block k = philox({9, 0, 0, 1}, {0x5566'7788, 0x1122'3344});
  const std::uint32_t month = (2016 - 1000) * 12 + 6;
  const Block expected = philox({0xDDDD'CCCC, 0xBBBB'AAAA, month | 0xABCD'0000u, 200 | 0x1234'0000u}, {k[0], k[1]});
  const Stream stream{seed, 9};
  EXPECT_EQ(stream.block(Purpose::demography, 0xBBBB'AAAA'DDDD'CCCC, Month{2016, 7}, 0xABCD'1234), expected);
  for (int lane = 0; lane < 4; ++lane)
    EXPECT_EQ(stream.draw(Purpose::demography, lane, 0xBBBB'AAAA'DDDD'CCCC, Month{2016, 7}, 0xABCD'1234),
              expected[static_cast<std::size_t>(lane)]);
}

TEST(Stream, gives_the_same_blocks_one_by_one_and_together) {
  const Stream stream{42, 3};
  std::vector<std::uint64_t> who(1000);
  for (std::size_t i = 0; i < who.size(); ++i) who[i] = i * 0x1'0000'0001u;
  std::array<std::vector<std::uint32_t>, 4> lanes;
  lanes.fill(std::vector<std::uint32_t>(who.size()));
  stream.blocks(Purpose::labour, who, start, 77'777,
                {lanes[0].data(), lanes[1].data(), lanes[2].data(), lanes[3].data()});
  for (std::size_t i = 0; i < who.size(); ++i) {
    const Block one = stream.block(Purpose::labour, who[i], start, 77'777);
    for (std::size_t k = 0; k < 4; ++k) ASSERT_EQ(lanes[k][i], one[k]);
  }
}

TEST(Stream, every_argument_changes_the_block) {
  std::vector<Block> blocks;
  const Stream stream{1, 0};
  for (const auto purpose : {Purpose::demography, Purpose::labour, Purpose::application})
    for (const std::uint64_t who : {0ull, 1ull, 1ull << 32, 1ull << 62, ~0ull})
      for (const int month : {0, 1, 12, 500})
        for (const std::uint32_t index : {0u, 1u, 0xFFFFu, 0x1'0000u, 0xFFFF'FFFFu})
          blocks.push_back(stream.block(purpose, who, start + month, index));
  EXPECT_TRUE(all_distinct(blocks));
}

TEST(Stream, the_key_depends_on_seed_and_replicate) {
  std::vector<Block> blocks;
  for (const std::uint64_t seed : {0ull, 1ull, 1ull << 32, ~0ull})
    for (const std::uint32_t replicate : {0u, 1u, 2u, 0xFFFF'FFFFu})
      blocks.push_back(Stream{seed, replicate}.block(Purpose::demography, 5, start));
  EXPECT_TRUE(all_distinct(blocks));
  EXPECT_EQ(Stream(7, 1).block(Purpose::demography, 5, start), Stream(7, 1).block(Purpose::demography, 5, start));
}

TEST(Stream, covers_the_years_1000_to_6460_and_no_others) {
  const Stream stream{1, 0};
  EXPECT_NO_THROW(stream.block(Purpose::demography, 1, Month{1000, 1}));
  EXPECT_NO_THROW(stream.block(Purpose::demography, 1, Month{6460, 12}));
  EXPECT_THROW(stream.block(Purpose::demography, 1, Month{999, 12}), ContractError);
  EXPECT_THROW(stream.block(Purpose::demography, 1, Month{6461, 5}), ContractError);
}

/// Chi-square of the top six bits of a lane over persons 0 .. n-1. 63 degrees of freedom.
double chi_square(const Stream& stream, int lane, std::uint64_t n) {
  std::array<double, 64> counts{};
  for (std::uint64_t who = 0; who < n; ++who) counts[stream.draw(Purpose::demography, lane, who, start) >> 26] += 1.0;
  const double expected = static_cast<double>(n) / 64;
  double sum = 0.0;
  for (const double count : counts) sum += (count - expected) * (count - expected) / expected;
  return sum;
}

TEST(Stream, lanes_are_uniform) {
  // 63 +- 11.2; the bounds leave one case in a hundred thousand on either side.
  for (const std::uint64_t seed : {1u, 2u, 3u})
    for (int lane = 0; lane < 4; ++lane) {
      const double chi = chi_square(Stream{seed, 0}, lane, 100'000);
      EXPECT_GT(chi, 25.0) << "seed " << seed << " lane " << lane;
      EXPECT_LT(chi, 125.0) << "seed " << seed << " lane " << lane;
    }
}

/// Correlation of two series of draws, times sqrt(n): about standard normal when they have nothing to do with each
/// other.
double correlation(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  const auto centred = [](std::uint32_t u) { return (static_cast<double>(u) + 0.5) * 0x1p-32 - 0.5; };
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += centred(a[i]) * centred(b[i]);
  return 12.0 * sum / std::sqrt(static_cast<double>(a.size()));
}

std::vector<std::uint32_t> draws(const Stream& stream, int lane, std::uint64_t first, Month month, std::uint32_t index,
                                 Purpose purpose = Purpose::demography) {
  std::vector<std::uint32_t> out;
  for (std::uint64_t who = first; who < first + 50'000; ++who)
    out.push_back(stream.draw(purpose, lane, who, month, index));
  return out;
}

TEST(Stream, neighbours_in_any_argument_are_uncorrelated) {
  const Stream stream{1, 0};
  const auto base = draws(stream, 0, 0, start, 0);
  for (const std::uint64_t lag : {1u, 2u, 7u})
    EXPECT_LT(std::fabs(correlation(base, draws(stream, 0, lag, start, 0))), 4.0);
  EXPECT_LT(std::fabs(correlation(base, draws(stream, 1, 0, start, 0))), 4.0);
  EXPECT_LT(std::fabs(correlation(base, draws(stream, 0, 0, start + 1, 0))), 4.0);
  EXPECT_LT(std::fabs(correlation(base, draws(stream, 0, 0, start, 1))), 4.0);
  EXPECT_LT(std::fabs(correlation(base, draws(stream, 0, 0, start, 0, Purpose::couple_formation))), 4.0);
  EXPECT_LT(std::fabs(correlation(base, draws(Stream{1, 1}, 0, 0, start, 0))), 4.0);
  EXPECT_LT(std::fabs(correlation(base, draws(Stream{2, 0}, 0, 0, start, 0))), 4.0);
}

constexpr std::uint64_t tag(std::uint64_t identity) { return identity >> 62; }
const PlaceCode town{"ruda_slaska"};

TEST(Identity, is_a_function_of_its_arguments_alone) {
  EXPECT_EQ(newborn_identity(PersonId{12}, 1), newborn_identity(PersonId{12}, 1));
  EXPECT_EQ(arrival_identity(town, start, 3, 0), arrival_identity(town, start, 3, 0));
  EXPECT_EQ(founded_household_identity(PersonId{12}, start), founded_household_identity(PersonId{12}, start));
}

TEST(Identity, known_values_never_change) {
  EXPECT_EQ(newborn_identity(PersonId{1}, 1).value(), 5046302105140886896u);
  EXPECT_EQ(arrival_identity(town, Month{2015, 1}, 0, 0).value(), 12615229902966385965u);
  EXPECT_EQ(founded_household_identity(PersonId{1}, Month{2015, 1}).value(), 5855485148512210210u);
}

TEST(Identity, a_million_newborns_are_distinct_and_tagged) {
  std::vector<std::uint64_t> ids;
  for (std::uint64_t mother = 0; mother < 250'000; ++mother)
    for (int n = 1; n <= 4; ++n) ids.push_back(newborn_identity(PersonId{mother}, n).value());
  EXPECT_TRUE(std::ranges::all_of(ids, [](auto id) { return tag(id) == 1; }));
  EXPECT_TRUE(all_distinct(ids));
}

TEST(Identity, a_million_arrivals_are_distinct_and_tagged) {
  std::vector<std::uint64_t> ids;
  for (int month = 0; month < 100; ++month)
    for (std::uint32_t slot = 0; slot < 2'500; ++slot)
      for (std::uint32_t member = 0; member < 4; ++member)
        ids.push_back(arrival_identity(town, start + month, slot, member).value());
  EXPECT_TRUE(std::ranges::all_of(ids, [](auto id) { return tag(id) == 2; }));
  EXPECT_TRUE(all_distinct(ids));
}

TEST(Identity, a_million_founded_households_are_distinct_and_tagged) {
  std::vector<std::uint64_t> ids;
  for (std::uint64_t founder = 0; founder < 250'000; ++founder)
    for (int month = 0; month < 4; ++month)
      ids.push_back(founded_household_identity(PersonId{founder}, start + month).value());
  EXPECT_TRUE(std::ranges::all_of(ids, [](auto id) { return tag(id) == 1; }));
  EXPECT_TRUE(all_distinct(ids));
}

TEST(Identity, children_of_children_stay_distinct) {
  std::vector<std::uint64_t> ids;
  PersonId mother{1};
  for (int generation = 0; generation < 10'000; ++generation) {
    for (int n = 1; n <= 3; ++n) ids.push_back(newborn_identity(mother, n).value());
    mother = newborn_identity(mother, 1);
  }
  EXPECT_TRUE(all_distinct(ids));
}

TEST(Identity, of_the_initial_population_is_the_municipality_then_the_number) {
  EXPECT_EQ(PlaceCode("").value(), (2166136261u ^ 2166136261u >> 22) & 0x3F'FFFFu);
  EXPECT_EQ(initial_identity(town, 5), std::uint64_t{town.value()} << 40 | 5u);
  EXPECT_EQ(tag(initial_identity(PlaceCode("a"), 0xFFFF'FFFF)), 0u);
}

TEST(Identity, of_ten_municipalities_never_meet) {
  std::vector<std::uint64_t> initial, arrived;
  for (int n = 0; n < 10; ++n) {
    const PlaceCode place("town_" + std::to_string(n));
    for (std::uint32_t k = 0; k < 10'000; ++k) {
      initial.push_back(initial_identity(place, k));
      arrived.push_back(arrival_identity(place, start, k, 0).value());
    }
  }
  EXPECT_TRUE(all_distinct(initial));
  EXPECT_TRUE(all_distinct(arrived));
}

TEST(Identity, arriving_members_fit_sixteen_bits) {
  EXPECT_NE(arrival_identity(town, start, 0, 0xFFFF), arrival_identity(town, start + 1, 0, 0xFFFF));
  EXPECT_THROW(arrival_identity(town, start, 0, 0x1'0000), ContractError);
}

TEST(NameHash, is_the_published_hash_of_the_name) {
  EXPECT_EQ(name_hash(""), 2166136261u);
  EXPECT_EQ(name_hash("a"), 0xE40C292Cu);
  EXPECT_EQ(name_hash("foobar"), 0xBF9CF968u);
}

TEST(Identity, births_count_from_one) { EXPECT_THROW(newborn_identity(PersonId{1}, 0), ContractError); }

}  // namespace
}  // namespace oikos::rng
