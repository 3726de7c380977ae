#include "sim/base/money.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "sim/base/contract.hpp"

namespace oikos {

namespace {
__extension__ using Wide = __int128;
}

void money_overflows() { throw MoneyOverflow("an amount of money is larger than 64 bits hold"); }

std::int64_t round_half_away(double x) {
  if (!(x >= -0x1p63 && x < 0x1p63)) money_overflows();
  return static_cast<std::int64_t>(std::round(x));  // as checked; doubles of that size are whole numbers
}

Money share_of(Money amount, std::int64_t parts_per_million) {
  const Wide product = Wide{amount.minor()} * parts_per_million;
  const Wide half = product < 0 ? -500'000 : 500'000;
  const Wide share = (product + half) / 1'000'000;  // products of 64 bits are at most 2^126
  if (share != static_cast<std::int64_t>(share)) money_overflows();
  return Money{static_cast<std::int64_t>(share)};
}

void split(Money amount, std::span<const std::int64_t> weights, std::span<Money> parts) {
  expect(weights.size() == parts.size(), "split: one part for each weight");
  expect(amount.minor() >= 0, "split: the amount is not negative");
  const Wide total = std::accumulate(weights.begin(), weights.end(), Wide{0});
  expect(total > 0 && std::ranges::all_of(weights, [](auto w) { return w >= 0; }),
         "split: weights are not negative and not all zero");
  std::vector<Wide> remainder(weights.size());
  std::vector<std::size_t> order(weights.size());
  std::int64_t left = amount.minor();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Wide product = Wide{amount.minor()} * weights[i];
    parts[i] = Money{static_cast<std::int64_t>(product / total)};  // at most `amount`: no weight exceeds the total
    remainder[i] = product % total;
    left -= parts[i].minor();
    order[i] = i;
  }
  std::ranges::stable_sort(order, [&](auto a, auto b) { return remainder[a] > remainder[b]; });
  for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i) parts[order[i]] += Money{1};
}

std::string to_string(Money amount, std::string_view currency) {
  const bool negative = amount.minor() < 0;
  // One more before the sign is turned, and after: the smallest amount has no counterpart.
  const auto magnitude =
      negative ? static_cast<std::uint64_t>(-(amount.minor() + 1)) + 1 : static_cast<std::uint64_t>(amount.minor());
  return fmt::format("{}{}.{:02d} {}", negative ? "-" : "", magnitude / 100, magnitude % 100, currency);
}

}  // namespace oikos
