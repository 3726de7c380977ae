#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace oikos {

/// A number that names one kind of thing. Two kinds of id never convert into each other or into a number by accident.
template <class Tag, class Rep>
class Id {
 public:
  using rep = Rep;
  constexpr Id() = default;
  constexpr explicit Id(Rep value) : value_(value) {}
  constexpr Rep value() const { return value_; }
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  Rep value_ = 0;
};

/// Who a person is, in every plan and on every machine (docs/methods/randomness.md). Never reused, never a position.
using PersonId = Id<struct PersonTag, std::uint64_t>;
/// Who a household is, as above.
using HouseholdId = Id<struct HouseholdTag, std::uint64_t>;

/// Position of a person in the person table. Valid until the next membership barrier, which moves rows.
using Row = std::uint32_t;
/// Position of nobody: the value of partner, mother, father where there is none.
inline constexpr Row no_row = 0xFFFF'FFFFu;

}  // namespace oikos

template <class Tag, class Rep>
struct std::hash<oikos::Id<Tag, Rep>> {
  std::size_t operator()(oikos::Id<Tag, Rep> id) const noexcept { return std::hash<Rep>{}(id.value()); }
};
