#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <variant>
#include <vector>

namespace oikos {

/// The numbers of one variable, last axis fastest. The alternative says how they are stored in the file.
using Values = std::variant<std::vector<double>, std::vector<float>, std::vector<std::int32_t>,
                            std::vector<std::int64_t>, std::vector<std::int8_t>>;

/// What stands for "no value": NaN, or the smallest integer of the type.
template <class T>
constexpr T missing_value() {
  if constexpr (std::is_floating_point_v<T>) return std::numeric_limits<T>::quiet_NaN();
  else return std::numeric_limits<T>::min();
}

std::size_t size(const Values& values);

/// Whether any value is missing.
bool any_missing(const Values& values);

/// The values as floating point, missing ones as NaN. Integers beyond 2^53 are rounded.
std::vector<double> as_doubles(const Values& values);

}  // namespace oikos
