#pragma once
#include <cstdint>
#include <vector>

namespace oikos {

/// Sorts by the bits from `first` up to, not including, `end` of each value, ascending and stable, by least significant
/// digit; `scratch` keeps its memory. Equal input gives equal output on every machine. Linear: at most 12 bits a pass.
void radix_sort(std::vector<std::uint64_t>& values, std::vector<std::uint64_t>& scratch, int first, int end);

}  // namespace oikos
