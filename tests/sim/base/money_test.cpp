#include "sim/base/money.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "sim/base/contract.hpp"

namespace oikos {
namespace {

using testing::ElementsAre;
using Weights = std::vector<std::int64_t>;
constexpr auto int64_max = std::numeric_limits<std::int64_t>::max();
constexpr auto int64_min = std::numeric_limits<std::int64_t>::min();

std::vector<std::int64_t> parts_of(std::int64_t amount, const Weights& weights) {
  std::vector<Money> parts(weights.size());
  split(Money{amount}, weights, parts);
  std::vector<std::int64_t> out;
  for (const auto part : parts) out.push_back(part.minor());
  return out;
}

TEST(Money, adds_subtracts_multiplies_and_compares_as_integers) {
  Money m = Money{250} + Money{50} - Money{100};
  EXPECT_EQ(m, Money{200});
  m += Money{1};
  m -= Money{3};
  EXPECT_EQ(m * 3, Money{594});
  EXPECT_EQ(-m, Money{-198});
  EXPECT_LT(Money{-1}, Money{0});
}

TEST(RoundHalfAway, takes_halves_away_from_zero) {
  EXPECT_EQ(round_half_away(0.5), 1);
  EXPECT_EQ(round_half_away(1.5), 2);
  EXPECT_EQ(round_half_away(2.5), 3);
  EXPECT_EQ(round_half_away(-0.5), -1);
  EXPECT_EQ(round_half_away(-2.5), -3);
  EXPECT_EQ(round_half_away(2.4999999999999996), 2);
  EXPECT_EQ(round_half_away(0.49999999999999994), 0);  // adding 0.5 and cutting would give 1
  EXPECT_EQ(round_half_away(-0.0), 0);
}

TEST(RoundHalfAway, is_exact_for_large_integers) {
  EXPECT_EQ(round_half_away(4503599627370495.0), 4503599627370495);
  EXPECT_EQ(round_half_away(-9007199254740993.0), -9007199254740992);  // the double nearest to what is written
}

TEST(RoundHalfAway, refuses_what_is_beyond_64_bits_and_no_number) {
  EXPECT_EQ(round_half_away(9223372036854774784.0), 9223372036854774784);
  EXPECT_EQ(round_half_away(-0x1p63), int64_min);
  for (const double x : {0x1p63, -0x1.0000000000001p63, std::numeric_limits<double>::infinity(),
                         -std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
    EXPECT_THROW(round_half_away(x), MoneyOverflow) << x;
}

TEST(Money, never_wraps_around) {
  const Money most{int64_max}, least{int64_min};
  EXPECT_THROW(most + Money{1}, MoneyOverflow);
  EXPECT_THROW(least + Money{-1}, MoneyOverflow);
  EXPECT_THROW(least - Money{1}, MoneyOverflow);
  EXPECT_THROW(Money{} - least, MoneyOverflow);
  EXPECT_THROW(-least, MoneyOverflow);
  EXPECT_THROW(Money{int64_max / 2 + 1} * 2, MoneyOverflow);
  EXPECT_THROW(least * -1, MoneyOverflow);
  EXPECT_EQ(Money{int64_max / 2} * 2, Money{int64_max - 1});
  EXPECT_EQ(most - most, Money{});
  Money kept = most;
  EXPECT_THROW(kept += Money{1}, MoneyOverflow);
  EXPECT_EQ(kept, most) << "what fails changes nothing";
  kept = least;
  EXPECT_THROW(kept -= Money{1}, MoneyOverflow);
  EXPECT_EQ(kept, least);
}

TEST(ShareOf, rounds_half_away_from_zero_on_both_sides) {
  EXPECT_EQ(share_of(Money{100}, 235'000), Money{24});  // 23.5
  EXPECT_EQ(share_of(Money{100}, 234'999), Money{23});
  EXPECT_EQ(share_of(Money{-100}, 235'000), Money{-24});
  EXPECT_EQ(share_of(Money{-100}, 234'999), Money{-23});
  EXPECT_EQ(share_of(Money{100}, -235'000), Money{-24});
  EXPECT_EQ(share_of(Money{-100}, -235'000), Money{24});
  EXPECT_EQ(share_of(Money{0}, 999'999), Money{0});
  EXPECT_EQ(share_of(Money{12'345}, 1'000'000), Money{12'345});
}

TEST(ShareOf, does_not_overflow_on_the_way) {
  EXPECT_EQ(share_of(Money{int64_max}, 1'000'000), Money{int64_max});
  EXPECT_EQ(share_of(Money{int64_min}, 1'000'000), Money{int64_min});
  EXPECT_EQ(share_of(Money{int64_max}, 500'000), Money{int64_max / 2 + 1});
  EXPECT_THROW(share_of(Money{int64_max}, 1'000'001), MoneyOverflow);
  EXPECT_THROW(share_of(Money{int64_min}, int64_max), MoneyOverflow);
}

TEST(Split, gives_left_over_units_to_the_largest_remainders) {
  EXPECT_THAT(parts_of(100, {1, 2}), ElementsAre(33, 67));
  EXPECT_THAT(parts_of(100, {2, 1, 3}), ElementsAre(33, 17, 50));  // 33.33, 16.67, 50
  EXPECT_THAT(parts_of(0, {3, 4}), ElementsAre(0, 0));
  EXPECT_THAT(parts_of(7, {5}), ElementsAre(7));
}

TEST(Split, breaks_ties_for_the_earlier_part) {
  EXPECT_THAT(parts_of(100, {1, 1, 1}), ElementsAre(34, 33, 33));
  EXPECT_THAT(parts_of(101, {1, 1, 1}), ElementsAre(34, 34, 33));
  EXPECT_THAT(parts_of(1, {4, 4}), ElementsAre(1, 0));
}

TEST(Split, gives_nothing_to_a_zero_weight) {
  EXPECT_THAT(parts_of(101, {0, 1, 0, 1}), ElementsAre(0, 51, 0, 50));
  for (std::int64_t amount = 0; amount < 200; ++amount) ASSERT_EQ(parts_of(amount, {0, 3, 7, 11})[0], 0);
}

TEST(Split, parts_sum_to_the_amount_and_stay_within_one_unit_of_the_exact_share) {
  const std::vector<Weights> all{{1, 1, 1}, {3, 5, 7, 11}, {0, 1}, {1'000'000, 1}, {17, 0, 0, 4, 9}};
  for (const auto& weights : all) {
    std::int64_t total = 0;
    for (const auto w : weights) total += w;
    for (std::int64_t amount = 0; amount < 1000; amount += 7) {
      const auto parts = parts_of(amount, weights);
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < parts.size(); ++i) {
        sum += parts[i];
        ASSERT_LT(parts[i] * total, amount * weights[i] + total);
        ASSERT_GT(parts[i] * total, amount * weights[i] - total);
      }
      ASSERT_EQ(sum, amount);
    }
  }
}

TEST(Split, holds_at_the_largest_amounts_and_weights) {
  EXPECT_THAT(parts_of(int64_max, {int64_max, int64_max}), ElementsAre(int64_max / 2 + 1, int64_max / 2));
}

TEST(Split, refuses_broken_arguments) {
  std::vector<Money> two(2);
  EXPECT_THROW(split(Money{1}, Weights{0, 0}, two), ContractError);
  EXPECT_THROW(split(Money{1}, Weights{2, -1}, two), ContractError);
  EXPECT_THROW(split(Money{1}, Weights{1, 1, 1}, two), ContractError);
  EXPECT_THROW(split(Money{-1}, Weights{1, 1}, two), ContractError);
  EXPECT_THROW(split(Money{1}, Weights{}, std::span<Money>{}), ContractError);
}

TEST(MoneyText, has_two_decimals_and_the_currency) {
  EXPECT_EQ(to_string(Money{123456}, "PLN"), "1234.56 PLN");
  EXPECT_EQ(to_string(Money{5}, "PLN"), "0.05 PLN");
  EXPECT_EQ(to_string(Money{-5}, "EUR"), "-0.05 EUR");
  EXPECT_EQ(to_string(Money{-123400}, "EUR"), "-1234.00 EUR");
  EXPECT_EQ(to_string(Money{int64_min}, "PLN"), "-92233720368547758.08 PLN");
}

}  // namespace
}  // namespace oikos
