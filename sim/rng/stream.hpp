#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

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

/// 32-bit FNV-1a of a name that users give: what stands for it in draws.
std::uint32_t name_hash(std::string_view name);

/// A municipality in identities: 22 bits made of its key alone, so that no other municipality has a say in it.
class PlaceCode {
 public:
  static constexpr int bits = 22;
  /// Of the municipality with this key: its hash, the upper bits folded into the lower 22.
  explicit PlaceCode(std::string_view key);
  std::uint32_t value() const { return value_; }
  friend bool operator==(PlaceCode, PlaceCode) = default;

 private:
  std::uint32_t value_;
};

/// Identity of the `number`-th person or household of a municipality's initial population: the code, then 40 bits.
std::uint64_t initial_identity(PlaceCode place, std::uint32_t number);

/// Identities of those who come later are 62 bits of Philox under two top bits that say where they come from: 01 born
/// or founded, 10 arrived; the initial population has 00 (initial_identity), so the three never meet. They depend on
/// the arguments alone, not on the seed. Two of n identities of one origin coincide with probability n^2 / 2^63, which
/// is 1e-7 for a million.
///
/// Identity of a child: the same in every plan in which this mother bears her n-th child. @param birth_order from 1
PersonId newborn_identity(PersonId mother, int birth_order);
/// Identity of a person who arrives: where and when, the slot (household) among the arrivals there in that month, the
/// place in the household, below 2^16.
PersonId arrival_identity(PlaceCode place, Month month, std::uint32_t slot, std::uint32_t member);
/// Identity of a household founded by `founder` in `month`.
HouseholdId founded_household_identity(PersonId founder, Month month);

}  // namespace oikos::rng
