#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/rng/decide.hpp"
#include "sim/rng/stream.hpp"

namespace oikos {

/// Draws of many rare decisions of the same persons (or households): one block a month serves sixteen decisions, a byte
/// each. The byte is compared with the first eight bits of a limit; at equality 23 further bits, of a block of the
/// decision's own, decide. So a decision has exactly the chance of its limit, with the resolution of rng::decide(), and
/// hardly any decision needs more than a byte.
///
/// A decision has a number of its own, its lane. Lanes of one block are bytes of independent words or of one word, so
/// they are independent of each other; which others are asked for changes nothing. Source docs/methods/randomness.md
class MoveDraws {
 public:
  /// Turns to persons and a month. All outlive the work on them. @param who identities
  void start(const rng::Stream& luck, std::span<const std::uint64_t> who, Month month);

  /// Positions of those who can be hit when nobody's limit is above `largest`, ascending: one of 256, and as many as
  /// the limit says. The list lasts until the next one.
  std::span<const std::uint32_t> candidates(std::uint32_t lane, rng::Limit largest);
  /// Whether the decision falls on the one at a position, who has this limit; the same as a 31-bit draw within the
  /// limit. @pre candidates() of the lane, with a limit not below this one, has the position
  bool happens(std::uint32_t lane, std::uint32_t position, rng::Limit limit) const;

 private:
  static constexpr std::uint32_t lanes_a_block = 16, bytes_a_word = 4;
  struct Block {
    std::uint32_t number;
    std::vector<std::uint32_t> words;  ///< shape (4, persons)
  };
  const std::uint32_t* words_of(std::uint32_t lane) const;
  static std::uint32_t shift_of(std::uint32_t lane) { return 8 * (lane % bytes_a_word); }
  const Block& block(std::uint32_t number);

  const rng::Stream* luck_ = nullptr;
  std::span<const std::uint64_t> who_;
  Month month_;
  std::vector<std::unique_ptr<Block>> blocks_;
  std::size_t made_ = 0;
  std::vector<std::uint8_t> flags_;
  std::vector<std::uint32_t> positions_;
};

}  // namespace oikos
