// What does a draw cost, by distribution and by path, beside the standard library's?
#include <benchmark/benchmark.h>

#include <array>
#include <random>
#include <vector>

#include "sim/base/cpu.hpp"
#include "sim/rng/decide.hpp"
#include "sim/rng/distributions.hpp"
#include "sim/rng/philox_paths.hpp"
#include "sim/rng/stream.hpp"

namespace oikos::rng {
namespace {

constexpr std::size_t persons = 4096;

struct Blocks {
  std::vector<std::uint64_t> who = std::vector<std::uint64_t>(persons);
  std::vector<std::uint32_t> numbers = std::vector<std::uint32_t>(4 * persons);
  std::array<std::uint32_t*, 4> lanes{};
  Blocks() {
    for (std::size_t i = 0; i < persons; ++i) who[i] = i;
    for (std::size_t k = 0; k < 4; ++k) lanes[k] = numbers.data() + k * persons;
  }
};
void count_draws(benchmark::State& state, std::size_t a_time) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(a_time));
}

void blocks(benchmark::State& state, void (*path)(std::span<const std::uint64_t>, std::uint32_t, std::uint32_t,
                                                  const Key&, const std::array<std::uint32_t*, 4>&)) {
  Blocks b;
  std::uint32_t month = 0;
  for (auto _ : state) {
    path(b.who, month++, 0, {1, 2}, b.lanes);
    benchmark::ClobberMemory();
  }
  count_draws(state, 4 * persons);
}
void draws_philox_portable(benchmark::State& state) { blocks(state, paths::philox_many_portable); }
BENCHMARK(draws_philox_portable);
void draws_philox_avx2(benchmark::State& state) {
#if defined(__x86_64__)
  if (use_avx2()) return blocks(state, paths::philox_many_avx2);
#endif
  state.SkipWithError("no AVX2");
}
BENCHMARK(draws_philox_avx2);

void draws_philox_one_block(benchmark::State& state) {
  const Stream luck(1, 0);
  std::uint64_t who = 0;
  for (auto _ : state) benchmark::DoNotOptimize(luck.block(Purpose::labour, who++, Month{2000, 1}));
  count_draws(state, 4);
}
BENCHMARK(draws_philox_one_block);

void draws_standard_library(benchmark::State& state) {
  std::mt19937_64 engine(1);
  std::uniform_real_distribution<double> uniform_0_1;
  for (auto _ : state) benchmark::DoNotOptimize(uniform_0_1(engine));
  count_draws(state, 1);
}
BENCHMARK(draws_standard_library);

/// A distribution over draws that are there already: what it adds to the draw.
template <class Distribution>
void distribution(benchmark::State& state, Distribution distribution_of) {
  Blocks b;
  philox_many(b.who, 0, 0, {1, 2}, b.lanes);
  for (auto _ : state) {
    double sum = 0;
    for (const std::uint32_t u : b.numbers) sum += static_cast<double>(distribution_of(u));
    benchmark::DoNotOptimize(sum);
  }
  count_draws(state, 4 * persons);
}
void distribution_happens(benchmark::State& s) {
  distribution(s, [t = threshold(0.01)](std::uint32_t u) { return happens(u, t); });
}
BENCHMARK(distribution_happens);
void distribution_uniform(benchmark::State& s) { distribution(s, uniform); }
BENCHMARK(distribution_uniform);
void distribution_category(benchmark::State& s) {
  const std::array<Threshold, 5> five{threshold(.3), threshold(.63), threshold(.79), threshold(.93), threshold(1)};
  distribution(s, [&five](std::uint32_t u) { return category(u, five); });
}
BENCHMARK(distribution_category);
void distribution_exponential(benchmark::State& s) { distribution(s, exponential); }
BENCHMARK(distribution_exponential);
void distribution_normal(benchmark::State& s) { distribution(s, normal); }
BENCHMARK(distribution_normal);
void distribution_lognormal(benchmark::State& s) {
  distribution(s, [](std::uint32_t u) { return lognormal(u, 1.0, 0.5); });
}
BENCHMARK(distribution_lognormal);
/// Decisions by age, as mortality takes them.
void decide_by_table(benchmark::State& state) {
  Blocks b;
  philox_many(b.who, 0, 0, {1, 2}, b.lanes);
  std::vector<Limit> limits;
  for (int age = 0; age < 1320; ++age) limits.push_back(limit(age / 13'200.0));
  std::vector<std::uint16_t> age(persons);
  for (std::size_t i = 0; i < persons; ++i) age[i] = static_cast<std::uint16_t>(b.numbers[persons + i] % 1320);
  std::vector<std::uint8_t> flags(persons);
  for (auto _ : state) {
    decide({b.numbers.data(), persons}, age.data(), limits, flags.data());
    benchmark::ClobberMemory();
  }
  count_draws(state, persons);
}
BENCHMARK(decide_by_table);

}  // namespace
}  // namespace oikos::rng
