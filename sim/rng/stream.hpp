#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "sim/base/ids.hpp"
#include "sim/base/month.hpp"
#include "sim/rng/philox.hpp"
#include "sim/rng/purpose.hpp"

namespace oikos::rng {

/// Month to name in draws that stand for a lasting trait instead of a monthly chance.
inline constexpr Month lasting{1000, 1};

/// All luck of one replicate: a pure function of (seed, replicate, purpose, who, month, index) that holds no state.
///
/// key     = first two words of Philox(counter = (replicate, 0, 0, Purpose::replicate_key), key = seed)
/// counter = (who low, who high, month | index high 16 bits << 16, purpose | index low 16 bits << 16)
/// with month counted from January 1000 (16 bits, to the year 6461). Distinct arguments give distinct counters.
class Stream {
 public:
  Stream(std::uint64_t seed, std::uint32_t replicate);

  /// Four draws, each uniform on 0 .. 2^32 - 1.
  Block block(Purpose purpose, std::uint64_t who, Month month, std::uint32_t index = 0) const;
  /// One lane of the block.
  std::uint32_t draw(Purpose purpose, int lane, std::uint64_t who, Month month, std::uint32_t index = 0) const {
    return block(purpose, who, month, index)[static_cast<std::size_t>(lane)];
  }
  /// The blocks of many, lanes kept apart: lanes[k][i] is lane k of who[i].
  void blocks(Purpose purpose, std::span<const std::uint64_t> who, Month month, std::uint32_t index,
              const std::array<std::uint32_t*, 4>& lanes) const;

 private:
  Key key_;
};

/// Identities of those who come later are 62 bits of Philox under two top bits that say where they come from: 01 born
/// or founded, 10 arrived; the initial population has small numbers (00), so the three never meet. They depend on the
/// arguments alone, not on the seed. Two of n identities of one origin coincide with probability n^2 / 2^63, which is
/// 1e-7 for a million.
///
/// Identity of a child: the same in every plan in which this mother bears her n-th child. @param birth_order from 1
PersonId newborn_identity(PersonId mother, int birth_order);
/// Identity of a person who arrives: the month, the slot (household) among the arrivals of the month, the place in the
/// household.
PersonId arrival_identity(Month month, std::uint32_t slot, std::uint32_t member);
/// Identity of a household founded by `founder` in `month`.
HouseholdId founded_household_identity(PersonId founder, Month month);

}  // namespace oikos::rng
