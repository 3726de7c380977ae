#include "sim/output/distribution.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "sim/store/radix_sort.hpp"

namespace oikos {

namespace {

__extension__ using Wide = __int128;

constexpr int members_bits = 16;
std::int64_t income_of(std::uint64_t key) { return static_cast<std::int64_t>(key >> members_bits); }
std::int64_t members_of(std::uint64_t key) { return static_cast<std::int64_t>(key & 0xFFFF); }

}  // namespace

IncomeDistribution distribution(std::vector<std::uint64_t>& keys, std::vector<std::uint64_t>& scratch) {
  IncomeDistribution d;
  if (keys.empty()) return d;
  // By income alone: which of two households with the same income comes first changes nothing below.
  radix_sort(keys, scratch, members_bits, std::bit_width(*std::ranges::max_element(keys)));
  for (const auto key : keys) d.persons += members_of(key);

  // One pass in order of income. Quantile p: the first income at which the cumulated weight exceeds pW; the mean of it
  // and the one before where some cumulated weight equals pW exactly. Persons of a household on the edge of a fifth are
  // divided.
  const std::int64_t w = d.persons;
  std::array<std::int64_t, 5> cuts{w, 2 * w, 3 * w, 4 * w, 0};  // fifths of the weight, times 5
  std::size_t fifth = 0;
  bool half = false;
  std::int64_t below = 0;
  Wide total = 0, numerator = 0, bottom = 0, top = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::int64_t x = income_of(keys[i]), n = members_of(keys[i]);
    const std::int64_t upto = below + n;
    const auto quantile = [&](bool on_edge) {
      return on_edge && i + 1 < keys.size() ? (static_cast<double>(x) + static_cast<double>(income_of(keys[i + 1]))) / 2
                                            : static_cast<double>(x);
    };
    while (fifth < 4 && 5 * upto >= cuts[fifth]) d.quintile_limits[fifth] = quantile(5 * upto == cuts[fifth]), ++fifth;
    if (!half && 2 * upto >= w) d.median = quantile(2 * upto == w), half = true;
    const std::int64_t xn = x * n;  // below 2^63
    total += xn;
    numerator += Wide{xn} * (upto + below);
    if (5 * below < w) bottom += Wide{x} * std::min(w - 5 * below, 5 * n);
    if (5 * upto > 4 * w) top += Wide{x} * std::min(5 * upto - 4 * w, 5 * n);
    below = upto;
  }
  // Members of one household are n persons of equal income, so the numerator is sum_i w_i x_i (2 W_i - w_i) with W_i
  // cumulated.
  d.gini =
      total > 0 ? static_cast<double>(numerator) / (static_cast<double>(w) * static_cast<double>(total)) - 1.0 : 0.0;
  d.quintile_share_ratio =
      bottom > 0 ? static_cast<double>(top) / static_cast<double>(bottom) : std::numeric_limits<double>::quiet_NaN();
  return d;
}

}  // namespace oikos
