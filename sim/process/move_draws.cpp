#include "sim/process/move_draws.hpp"

#include "sim/base/contract.hpp"
#include "sim/base/vectorised.hpp"
#include "sim/store/flags.hpp"

namespace oikos {

namespace {

constexpr int further_bits = 23;  // of a limit, below the first eight

}  // namespace

void MoveDraws::start(const rng::Stream& luck, std::span<const std::uint64_t> who, Month month) {
  luck_ = &luck;
  who_ = who;
  month_ = month;
  made_ = 0;
}

const MoveDraws::Block& MoveDraws::block(std::uint32_t number) {
  for (std::size_t i = 0; i < made_; ++i)
    if (blocks_[i]->number == number) return *blocks_[i];
  if (made_ == blocks_.size()) blocks_.push_back(std::make_unique<Block>());
  Block& fresh = *blocks_[made_++];
  const std::size_t n = who_.size();
  fresh.number = number;
  if (fresh.words.size() < 4 * n) fresh.words.resize(4 * n);
  std::uint32_t* const base = fresh.words.data();
  luck_->blocks(rng::Purpose::moves, who_, month_, number, {base, base + n, base + 2 * n, base + 3 * n});
  return fresh;
}

const std::uint32_t* MoveDraws::words_of(std::uint32_t lane) const {
  for (std::size_t i = 0; i < made_; ++i)
    if (blocks_[i]->number == lane / lanes_a_block)
      return blocks_[i]->words.data() + lane % lanes_a_block / bytes_a_word * who_.size();
  expect(false, "a decision is asked of those who were candidates for it");
  return nullptr;
}

std::span<const std::uint32_t> MoveDraws::candidates(std::uint32_t lane, rng::Limit largest) {
  if (largest < 0) return {};
  const std::size_t n = who_.size();
  block(lane / lanes_a_block);
  if (flags_.size() < n) flags_.resize(n), positions_.resize(n);
  vectorised([n, word = words_of(lane), shift = shift_of(lane),
              most = static_cast<std::uint8_t>(largest >> further_bits), flag = flags_.data()] {
    OIKOS_NO_OVERLAP
    for (std::size_t i = 0; i < n; ++i) {
      const auto byte = static_cast<std::uint8_t>(word[i] >> shift);
      flag[i] = static_cast<std::uint8_t>(byte <= most ? 1 : 0);
    }
  });
  return {positions_.data(), positions_of({flags_.data(), n}, positions_.data())};
}

bool MoveDraws::happens(std::uint32_t lane, std::uint32_t position, rng::Limit limit) const {
  const auto byte = static_cast<std::int32_t>(words_of(lane)[position] >> shift_of(lane) & 0xFF);
  const std::int32_t first = limit >> further_bits;  // -1 for `never`, which no byte reaches
  if (byte != first) return byte < first;
  constexpr std::int32_t mask = (1 << further_bits) - 1;
  const std::uint32_t further = luck_->draw(rng::Purpose::move_further, 0, who_[position], month_, lane);
  return static_cast<std::int32_t>(further >> (32 - further_bits)) <= (limit & mask);
}

}  // namespace oikos
