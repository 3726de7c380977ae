// What do exact sums, counts, lists of those flagged, sorting and moving rows cost, beside plain alternatives?
#include <benchmark/benchmark.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "sim/rng/philox.hpp"
#include "sim/store/flags.hpp"
#include "sim/store/radix_sort.hpp"
#include "sim/store/table.hpp"

namespace oikos {
namespace {

std::uint32_t number(std::uint32_t i) { return rng::philox({i, 0, 0, 0}, {1, 2})[0]; }

void sum_exact_int64(benchmark::State& state) {
  std::vector<std::int32_t> money(1 << 16);
  for (std::uint32_t i = 0; i < money.size(); ++i) money[i] = static_cast<std::int32_t>(number(i) >> 12);
  for (auto _ : state) benchmark::DoNotOptimize(std::accumulate(money.begin(), money.end(), std::int64_t{0}));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(money.size()));
}
BENCHMARK(sum_exact_int64);

void sum_double_in_order(benchmark::State& state) {
  std::vector<double> money(1 << 16);
  for (std::uint32_t i = 0; i < money.size(); ++i) money[i] = number(i) >> 12;
  for (auto _ : state) benchmark::DoNotOptimize(std::accumulate(money.begin(), money.end(), 0.0));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(money.size()));
}
BENCHMARK(sum_double_in_order);

std::vector<std::uint8_t> flags_at(std::int64_t per_mille) {
  std::vector<std::uint8_t> flags(4096);
  for (std::uint32_t i = 0; i < flags.size(); ++i) flags[i] = number(i) % 1000 < per_mille ? 1 : 0;
  return flags;
}
void flags_positions(benchmark::State& state) {
  const auto flags = flags_at(state.range(0));
  std::vector<std::uint32_t> list(flags.size());
  for (auto _ : state) benchmark::DoNotOptimize(positions_of(flags, list.data()));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(flags.size()));
}
BENCHMARK(flags_positions)->ArgName("per_mille")->Arg(1)->Arg(30)->Arg(500);

void flags_branch_and_push_back(benchmark::State& state) {
  const auto flags = flags_at(state.range(0));
  std::vector<std::uint32_t> list;
  for (auto _ : state) {
    list.clear();
    for (std::uint32_t i = 0; i < flags.size(); ++i)
      if (flags[i] != 0) list.push_back(i);
    benchmark::DoNotOptimize(list.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(flags.size()));
}
BENCHMARK(flags_branch_and_push_back)->ArgName("per_mille")->Arg(1)->Arg(30)->Arg(500);

void flags_count(benchmark::State& state) {
  const auto flags = flags_at(30);
  for (auto _ : state) benchmark::DoNotOptimize(count_of(flags, 1));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(flags.size()));
}
BENCHMARK(flags_count);

std::vector<std::uint64_t> keys(std::int64_t n) {
  std::vector<std::uint64_t> all(static_cast<std::size_t>(n));
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = number(i);
  return all;
}
void sort_radix_32_bits(benchmark::State& state) {
  const auto given = keys(state.range(0));
  std::vector<std::uint64_t> values, scratch;
  for (auto _ : state) {
    values = given;
    radix_sort(values, scratch, 0, 32);
    benchmark::DoNotOptimize(values.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(sort_radix_32_bits)->Arg(1'000)->Arg(100'000)->Arg(1'000'000);
void sort_standard(benchmark::State& state) {
  const auto given = keys(state.range(0));
  std::vector<std::uint64_t> values;
  for (auto _ : state) {
    values = given;
    std::ranges::sort(values);
    benchmark::DoNotOptimize(values.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(sort_standard)->Arg(1'000)->Arg(100'000)->Arg(1'000'000);

struct Rows : Table {
  Rows() : Table("row") {}
  Column<std::uint64_t> a{*this, {"a", "1", ""}};
  Column<std::uint32_t> b{*this, {"b", "1", ""}};
  Column<std::uint16_t> c{*this, {"c", "1", ""}};
  Column<std::uint8_t> d{*this, {"d", "1", ""}};
};
/// The membership barrier's copy: one row in `every` leaves, the others move up.
void table_rearrange(benchmark::State& state) {
  constexpr std::uint32_t rows = 100'000;
  const auto every = static_cast<std::uint32_t>(state.range(0));
  Rows table, full;
  full.append(rows);
  std::vector<Run> runs;
  for (std::uint32_t i = 0; i < rows; i += every) runs.push_back({i, std::min(every, rows - i) - 1});
  const Executor executor(1);
  for (auto _ : state) {
    state.PauseTiming();
    table.assign(full);
    state.ResumeTiming();
    table.rearrange(runs, executor);
  }
  state.SetItemsProcessed(state.iterations() * rows);
}
BENCHMARK(table_rearrange)->ArgName("every")->Arg(10)->Arg(100)->Arg(1000);

}  // namespace
}  // namespace oikos
