#pragma once
#include <cstdint>

#include "benchmarks/reference/hsp180.hpp"
#include "sim/store/executor.hpp"

namespace oikos::hsp180 {

/// Which instructions the kernel uses; the bits of its results are the same.
enum class Vectors : std::uint8_t { portable, avx2 };

/// HSP180 as a program written for nothing else: the mark against which the library is measured.
///
/// State of a person: one word (age 11 bits, work 2, sex 1, need 2, waiting months 8) and a wage. A month is one pass
/// over each provider's persons in pieces that stay in first-level cache: draws, all rules as selects without a branch,
/// household sums from a running sum, the waiting list by counting.
/// @param start_seed seed of the start   @param seed seed of the months   @throws ContractError AVX2 without a CPU for
/// it
Outcome run_kernel(const Start& start, std::uint64_t seed, int months, const Executor& executor, Vectors vectors);

/// The widest the CPU has and the environment allows.
Vectors best_vectors();

}  // namespace oikos::hsp180
