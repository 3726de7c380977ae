#pragma once
#include <concepts>

#include "sim/base/cpu.hpp"

/// Before a loop in which no store reaches what another turn reads: the arrays do not overlap.
#if defined(__GNUC__) && !defined(__clang__)
#define OIKOS_NO_OVERLAP _Pragma("GCC ivdep")
#else
#define OIKOS_NO_OVERLAP
#endif

namespace oikos {

namespace detail {

// By value: what a copy holds no store through a byte pointer can change, so the compiler keeps it in registers.

/// The loop as the build's own target compiles it.
template <class Loop>
[[gnu::noinline, gnu::flatten]] void run_plain(Loop loop) {
  loop();
}

/// The same source for AVX2. Only on a CPU that has it.
template <class Loop>
#if defined(__x86_64__)
[[gnu::noinline, gnu::flatten, gnu::target("avx2")]]
#endif
void run_avx2(Loop loop) {
  loop();
}

}  // namespace detail

/// Runs a loop, compiled once for the build's target and once for AVX2; which of the two runs depends on the CPU
/// (use_avx2), the results do not: AVX2 is switched on without fused multiply-add, and lanes are computed as scalars
/// are. The loop is a lambda over plain arrays, a call to anything that is not inlined keeps its own target. No
/// load-time resolvers: sanitizers run before they could.
///
///     vectorised([=] { for (std::uint32_t i = 0; i < n; ++i) out[i] = a[i] < b[i] ? a[i] : b[i]; });
template <class Loop>
void vectorised(const Loop& loop) {
  if (use_avx2()) detail::run_avx2(loop);
  else detail::run_plain(loop);
}

/// `condition ? a : b` without a branch, whatever the compiler makes of conditions: for loops meant to become vectors.
template <std::integral T>
constexpr T choose(bool condition, T a, T b) {
  return static_cast<T>(b ^ ((a ^ b) & static_cast<T>(-static_cast<T>(condition))));
}

}  // namespace oikos
