// What do many rare decisions of everybody cost, by how their draws are made? Person-months of all decisions together.
#include <benchmark/benchmark.h>

#include <array>
#include <vector>

#include "sim/process/move_draws.hpp"
#include "sim/rng/decide.hpp"
#include "sim/rng/stream.hpp"
#include "sim/store/flags.hpp"

namespace oikos {
namespace {

constexpr std::size_t persons = 4096;

/// Monthly chances of .02 to .3 %.
std::vector<rng::Limit> limits(std::size_t moves) {
  std::vector<rng::Limit> all;
  for (std::size_t m = 0; m < moves; ++m) all.push_back(rng::limit(0.0002 + 0.0028 * static_cast<double>(m % 29) / 28));
  return all;
}

std::vector<std::uint64_t> people() {
  std::vector<std::uint64_t> who(persons);
  for (std::size_t i = 0; i < persons; ++i) who[i] = (std::uint64_t{7} << 40) + i * (i % 5 == 0 ? 977 : 1);
  return who;
}

void report(benchmark::State& state, std::int64_t hits, std::size_t moves) {
  const auto person_months = static_cast<double>(state.iterations()) * persons;
  state.counters["hits_per_10000"] =
      benchmark::Counter(1e4 * static_cast<double>(hits) / person_months / static_cast<double>(moves));
  state.SetItemsProcessed(static_cast<std::int64_t>(person_months));
}

/// Draws of 32 bits: a block of its own for each decision, or a lane of a block that four share.
void moves_of_words(benchmark::State& state, bool shared) {
  const auto moves = static_cast<std::size_t>(state.range(0));
  const auto limit = limits(moves);
  const auto who = people();
  const rng::Stream luck(1, 0);
  std::vector<std::uint32_t> numbers(4 * persons), positions(persons);
  std::array<std::uint32_t*, 4> lanes{};
  for (std::size_t k = 0; k < 4; ++k) lanes[k] = numbers.data() + k * persons;
  std::vector<std::uint8_t> flags(persons), kinds(persons, 0);
  int month = 0;
  std::int64_t hits = 0;
  for (auto _ : state) {
    const Month now = Month{2000, 1} + month++ % 1200;
    for (std::size_t m = 0; m < moves; ++m) {
      const std::size_t lane = shared ? m % 4 : 0;
      if (lane == 0) luck.blocks(rng::Purpose::labour, who, now, static_cast<std::uint32_t>(shared ? m / 4 : m), lanes);
      rng::decide({lanes[lane], persons}, kinds.data(), {&limit[m], 1}, flags.data());
      hits += positions_of(flags, positions.data());
    }
  }
  report(state, hits, moves);
}
void moves_own_block(benchmark::State& state) { moves_of_words(state, false); }
BENCHMARK(moves_own_block)->Arg(1)->Arg(10)->Arg(60)->Arg(150);
void moves_own_word(benchmark::State& state) { moves_of_words(state, true); }
BENCHMARK(moves_own_word)->Arg(1)->Arg(10)->Arg(60)->Arg(150);

void moves_own_byte(benchmark::State& state) {
  const auto moves = static_cast<std::size_t>(state.range(0));
  const auto limit = limits(moves);
  const auto who = people();
  const rng::Stream luck(1, 0);
  MoveDraws draws;
  int month = 0;
  std::int64_t hits = 0;
  for (auto _ : state) {
    draws.start(luck, who, Month{2000, 1} + month++ % 1200);
    for (std::size_t m = 0; m < moves; ++m) {
      const auto lane = static_cast<std::uint32_t>(m);
      for (const std::uint32_t i : draws.candidates(lane, limit[m])) hits += draws.happens(lane, i, limit[m]) ? 1 : 0;
    }
  }
  report(state, hits, moves);
}
BENCHMARK(moves_own_byte)->Arg(1)->Arg(10)->Arg(60)->Arg(150);

}  // namespace
}  // namespace oikos
