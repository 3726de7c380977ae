#include "sim/store/radix_sort.hpp"

#include <array>

namespace oikos {

void radix_sort(std::vector<std::uint64_t>& values, std::vector<std::uint64_t>& scratch, int bits) {
  constexpr int digit = 11;
  constexpr std::uint64_t whole_digit = (1u << digit) - 1;
  scratch.resize(values.size());
  for (int shift = 0; shift < bits; shift += digit) {
    const std::uint64_t mask = bits - shift < digit ? (std::uint64_t{1} << (bits - shift)) - 1 : whole_digit;
    std::array<std::uint32_t, whole_digit + 1> place{};
    for (const std::uint64_t value : values) ++place[(value >> shift) & mask];
    std::uint32_t begin = 0;
    bool one_bucket = false;
    for (std::uint32_t& count : place) {
      one_bucket |= count == values.size();
      const std::uint32_t next = begin + count;
      count = begin;
      begin = next;
    }
    if (one_bucket) continue;  // all have the same digit: nothing to move
    for (const std::uint64_t value : values) scratch[place[(value >> shift) & mask]++] = value;
    values.swap(scratch);
  }
}

}  // namespace oikos
