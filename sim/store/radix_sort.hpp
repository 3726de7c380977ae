#pragma once
#include <cstdint>
#include <vector>

namespace oikos {

/// Sorts by the low `bits` of each value, ascending and stable, by least significant digit; `scratch` keeps its memory.
/// Equal input gives equal output on every machine. Linear: 11 bits a pass.
void radix_sort(std::vector<std::uint64_t>& values, std::vector<std::uint64_t>& scratch, int bits);

}  // namespace oikos
