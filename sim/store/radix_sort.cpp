#include "sim/store/radix_sort.hpp"

#include <algorithm>
#include <array>

namespace oikos {

void radix_sort(std::vector<std::uint64_t>& values, std::vector<std::uint64_t>& scratch, int first, int end) {
  constexpr int widest = 12;
  if (end <= first) return;
  const int passes = (end - first + widest - 1) / widest;
  const int width = (end - first + passes - 1) / passes;
  scratch.resize(values.size());
  for (int shift = first; shift < end; shift += width) {
    const int bits = end - shift < width ? end - shift : width;
    const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
    std::array<std::uint32_t, std::size_t{1} << widest> place;
    std::fill_n(place.begin(), mask + 1, 0u);
    for (const std::uint64_t value : values) ++place[(value >> shift) & mask];
    std::uint32_t begin = 0;
    bool one_bucket = false;
    for (std::size_t digit = 0; digit <= mask; ++digit) {
      const std::uint32_t count = place[digit];
      one_bucket |= count == values.size();
      place[digit] = begin;
      begin += count;
    }
    if (one_bucket) continue;  // all have the same digit: nothing to move
    for (const std::uint64_t value : values) scratch[place[(value >> shift) & mask]++] = value;
    values.swap(scratch);
  }
}

}  // namespace oikos
