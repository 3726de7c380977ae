#include "sim/base/scale.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/contract.hpp"

namespace oikos {

Scale::Scale(double part) : millionths_(std::max<std::int64_t>(1, std::llround(part * one))) {
  expect(part > 0 && part <= 1, "a scale is a part of the whole");
}

std::int64_t Scale::millionths_of(std::int64_t count) const {
  std::int64_t product = 0;
  expect(!__builtin_mul_overflow(count, millionths_, &product), "a count in millionths fits 64 bits");
  return product;
}

Money Scale::of(Money amount) const { return share_of(amount, millionths_); }

}  // namespace oikos
