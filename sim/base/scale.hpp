#pragma once
#include <cstdint>

#include "sim/base/money.hpp"

namespace oikos {

/// The part of a city that is simulated, in millionths, by which whatever is counted or paid for the whole city is
/// multiplied: places, posts, budgets, arrivals. Chances and amounts per person never are.
class Scale {
 public:
  static constexpr std::int64_t one = 1'000'000;

  /// The whole city.
  Scale() = default;
  /// @param part in (0, 1]; rounded to a millionth, at least one
  explicit Scale(double part);

  bool is_whole() const { return millionths_ == one; }
  std::int64_t millionths() const { return millionths_; }
  /// A count of the whole city, for the part, in millionths. @throws ContractError when it passes 64 bits
  std::int64_t millionths_of(std::int64_t count) const;
  /// An amount of the whole city, for the part, rounded to the minor unit, half away from zero.
  Money of(Money amount) const;

 private:
  std::int64_t millionths_ = one;
};

}  // namespace oikos
