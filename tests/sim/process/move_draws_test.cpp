#include "sim/process/move_draws.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

namespace oikos {
namespace {

const Month january{2020, 1};

std::vector<std::uint64_t> people(std::size_t n) {
  std::vector<std::uint64_t> who(n);
  std::iota(who.begin(), who.end(), std::uint64_t{7} << 40);
  return who;
}

std::vector<std::uint32_t> hits(MoveDraws& draws, std::uint32_t lane, rng::Limit limit) {
  std::vector<std::uint32_t> all;
  for (const std::uint32_t i : draws.candidates(lane, limit))
    if (draws.happens(lane, i, limit)) all.push_back(i);
  return all;
}

TEST(MoveDraws, decide_as_a_draw_of_31_bits_whose_first_eight_are_the_byte) {
  const rng::Stream luck(3, 1);
  const auto who = people(20'000);
  MoveDraws draws;
  draws.start(luck, who, january);
  for (const std::uint32_t lane : {0u, 5u, 15u, 16u, 77u})
    for (const double chance : {0.0, 1e-4, 1.0 / 256, 0.002, 0.3, 1.0}) {
      const rng::Limit limit = rng::limit(chance);
      std::vector<std::uint32_t> expected;
      for (std::uint32_t i = 0; i < who.size(); ++i) {
        const std::uint32_t word = luck.block(rng::Purpose::moves, who[i], january, lane / 16)[lane % 16 / 4];
        const std::uint32_t byte = word >> 8 * (lane % 4) & 0xFF;
        const std::uint32_t further = luck.block(rng::Purpose::move_further, who[i], january, lane)[0] >> 9;
        if (static_cast<std::int64_t>(std::uint64_t{byte} << 23 | further) <= limit) expected.push_back(i);
      }
      EXPECT_EQ(hits(draws, lane, limit), expected) << lane << ' ' << chance;
    }
}

TEST(MoveDraws, hit_as_often_as_the_chance_says) {
  const rng::Stream luck(11, 0);
  const auto who = people(200'000);
  MoveDraws draws;
  for (const double chance : {0.0002, 0.003, 0.0039, 0.0040, 0.05, 0.5}) {
    double sum = 0, n = 0;
    for (int month = 0; month < 5; ++month) {
      draws.start(luck, who, january + month);
      for (std::uint32_t lane = 0; lane < 20; ++lane) {
        sum += static_cast<double>(hits(draws, lane, rng::limit(chance)).size());
        n += static_cast<double>(who.size());
      }
    }
    EXPECT_NEAR(sum, n * chance, 4 * std::sqrt(n * chance * (1 - chance))) << chance;
  }
}

TEST(MoveDraws, of_neighbouring_lanes_have_nothing_to_do_with_each_other) {
  const rng::Stream luck(12, 0);
  const auto who = people(200'000);
  MoveDraws draws;
  draws.start(luck, who, january);
  const rng::Limit tenth = rng::limit(0.1);
  for (const auto& [a, b] : {std::pair{0u, 1u}, std::pair{3u, 4u}, std::pair{15u, 16u}, std::pair{2u, 18u}}) {
    const auto one = hits(draws, a, tenth), other = hits(draws, b, tenth);
    std::vector<std::uint32_t> both;
    std::ranges::set_intersection(one, other, std::back_inserter(both));
    EXPECT_NEAR(static_cast<double>(both.size()), 2'000, 4 * std::sqrt(2'000)) << a << ' ' << b;
  }
}

TEST(MoveDraws, do_not_depend_on_who_else_or_what_else_is_asked_for) {
  const rng::Stream luck(13, 0);
  const auto who = people(5'000);
  MoveDraws all, some;
  all.start(luck, who, january);
  for (std::uint32_t lane = 0; lane < 40; ++lane) hits(all, lane, rng::limit(0.01));
  some.start(luck, std::span(who).subspan(1'000, 500), january);
  std::vector<std::uint32_t> expected;
  for (const std::uint32_t i : hits(all, 33, rng::limit(0.2)))
    if (i >= 1'000 && i < 1'500) expected.push_back(i - 1'000);
  EXPECT_EQ(hits(some, 33, rng::limit(0.2)), expected);
}

TEST(MoveDraws, leave_those_out_whose_limit_is_smaller_than_the_largest) {
  const rng::Stream luck(14, 0);
  const auto who = people(50'000);
  MoveDraws draws;
  draws.start(luck, who, january);
  const rng::Limit small = rng::limit(0.001), large = rng::limit(0.04);
  const auto alone = hits(draws, 3, small);
  std::vector<std::uint32_t> among;
  for (const std::uint32_t i : draws.candidates(3, large))
    if (draws.happens(3, i, small)) among.push_back(i);
  EXPECT_EQ(among, alone);
  EXPECT_TRUE(draws.candidates(3, rng::never).empty());
  EXPECT_EQ(draws.candidates(3, rng::always).size(), who.size());
}

}  // namespace
}  // namespace oikos
