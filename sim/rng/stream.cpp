#include "sim/rng/stream.hpp"

#include "sim/base/contract.hpp"
#include "sim/base/narrow.hpp"

namespace oikos::rng {

namespace {

std::uint32_t low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
std::uint32_t high(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }
std::uint32_t number(Purpose purpose) { return static_cast<std::uint32_t>(purpose); }

/// Months since January 1000, in 16 bits.
std::uint32_t month_number(Month month) {
  const int since = month - Month{1000, 1};
  expect(since >= 0 && since <= 0xFFFF, "rng: the month lies between January 1000 and the year 6461");
  return static_cast<std::uint32_t>(since);
}

/// The last two counter words: what the draw is about besides who.
struct Subject {
  std::uint32_t word2;
  std::uint32_t word3;
};
Subject subject(Purpose purpose, Month month, std::uint32_t index) {
  return {month_number(month) | (index & 0xFFFF'0000u), number(purpose) | (index & 0xFFFF) << 16};
}

/// The top two bits of an identity say where it came from, so that identities of different origin never meet:
/// 00 of the initial population, 01 born or founded here, 10 arrived.
constexpr std::uint64_t born_or_founded = 1;
constexpr std::uint64_t arrived = 2;

/// 62 bits of Philox under the tag. The key is fixed: an identity is a name, not luck, and is the same for every seed.
std::uint64_t identity(std::uint64_t tag, Purpose purpose, std::uint32_t word0, std::uint32_t word1,
                       std::uint32_t word2) {
  const Block b = philox({word0, word1, word2, number(purpose)}, {0, 0});
  const std::uint64_t bits = std::uint64_t{b[0]} | std::uint64_t{b[1]} << 32;
  return tag << 62 | bits >> 2;
}

}  // namespace

Stream::Stream(std::uint64_t seed, std::uint32_t replicate) {
  const Block b = philox({replicate, 0, 0, number(Purpose::replicate_key)}, {low(seed), high(seed)});
  key_ = {b[0], b[1]};
}

Block Stream::block(Purpose purpose, std::uint64_t who, Month month, std::uint32_t index) const {
  const auto [word2, word3] = subject(purpose, month, index);
  return philox({low(who), high(who), word2, word3}, key_);
}

void Stream::blocks(Purpose purpose, std::span<const std::uint64_t> who, Month month, std::uint32_t index,
                    const std::array<std::uint32_t*, 4>& lanes) const {
  const auto [word2, word3] = subject(purpose, month, index);
  philox_many(who, word2, word3, key_, lanes);
}

OIKOS_WRAPS std::uint32_t name_hash(std::string_view name) {
  std::uint32_t hash = 2166136261u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

PlaceCode::PlaceCode(std::string_view key) {
  const std::uint32_t hash = name_hash(key);
  value_ = (hash ^ hash >> bits) & ((1u << bits) - 1);
}

std::uint64_t initial_identity(PlaceCode place, std::uint32_t number) {
  return std::uint64_t{place.value()} << 40 | number;
}

PersonId newborn_identity(PersonId mother, int birth_order) {
  expect(birth_order >= 1, "newborn_identity: births count from 1");
  return PersonId{identity(born_or_founded, Purpose::newborn_identity, low(mother.value()), high(mother.value()),
                           static_cast<std::uint32_t>(birth_order))};
}

PersonId arrival_identity(PlaceCode place, Month month, std::uint32_t slot, std::uint32_t member) {
  expect(member <= 0xFFFF, "arrival_identity: a household has fewer than 2^16 members");
  return PersonId{
      identity(arrived, Purpose::arrival_identity, slot, place.value(), month_number(month) | member << 16)};
}

HouseholdId founded_household_identity(PersonId founder, Month month) {
  return HouseholdId{identity(born_or_founded, Purpose::household_identity, low(founder.value()), high(founder.value()),
                              month_number(month))};
}

}  // namespace oikos::rng
