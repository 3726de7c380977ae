#pragma once
#include "sim/rng/philox.hpp"

/// The ways philox_many can take, for its tests and benchmarks; everybody else calls philox_many. All give the same
/// bits.
namespace oikos::rng::paths {

/// Plain C++, written so that compilers turn it into whatever vectors the build targets. Arguments as philox_many.
void philox_many_portable(std::span<const std::uint64_t> who, std::uint32_t word2, std::uint32_t word3, const Key& key,
                          const std::array<std::uint32_t*, 4>& lanes);

#if defined(__x86_64__)
/// Eight at once. Only on a CPU with AVX2: elsewhere the program dies of an illegal instruction.
void philox_many_avx2(std::span<const std::uint64_t> who, std::uint32_t word2, std::uint32_t word3, const Key& key,
                      const std::array<std::uint32_t*, 4>& lanes);
#endif

}  // namespace oikos::rng::paths
