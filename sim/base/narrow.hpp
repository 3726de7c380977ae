#pragma once
#include <concepts>
#include <type_traits>
#include <utility>

#include "sim/base/contract.hpp"

/// Marks a function whose unsigned integers wrap around on purpose (hashes, random numbers). The integer sanitizer
/// looks everywhere else. Only the function itself is left out, not what it calls.
#if defined(__clang__)
#define OIKOS_WRAPS __attribute__((no_sanitize("integer")))
#else
#define OIKOS_WRAPS
#endif

namespace oikos {

/// The same whole number in another type. @throws ContractError it does not fit there
template <std::integral To, std::integral From>
constexpr To narrow(From value, const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  expect(std::in_range<To>(value), "a whole number fits the type that shall hold it", file, line);
  return static_cast<To>(value);
}

/// A real number without its fraction, as narrow(). @throws ContractError it does not fit there, or is no number
template <std::integral To, std::floating_point From>
constexpr To narrow(From value, const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  // Both bounds are powers of two or zero, so doubles hold them exactly.
  constexpr double end = 2.0 * static_cast<double>(To{1} << (sizeof(To) * 8 - (std::is_signed_v<To> ? 2 : 1)));
  expect(static_cast<double>(value) > (std::is_signed_v<To> ? -end - 1.0 : -1.0) && static_cast<double>(value) < end,
         "a number fits the type that shall hold it", file, line);
  return static_cast<To>(value);
}

}  // namespace oikos
