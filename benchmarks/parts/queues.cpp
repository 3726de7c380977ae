// What does keeping a waiting list in order cost against its length, when 60 places come free?
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <vector>

#include "sim/rng/philox.hpp"
#include "sim/world/service_state.hpp"

namespace oikos {
namespace {

constexpr std::size_t places = 60;

/// The order of programmes: priority, waiting time, tie-break, identity.
bool before(const Waiting& a, const Waiting& b) {
  if (a.priority != b.priority) return a.priority > b.priority;
  if (a.since != b.since) return a.since < b.since;
  return a.tie != b.tie ? a.tie < b.tie : a.identity < b.identity;
}
std::vector<Waiting> people(std::int64_t n) {
  std::vector<Waiting> all;
  for (std::uint32_t i = 0; i < n; ++i) {
    const rng::Block b = rng::philox({i, 0, 0, 0}, {1, 2});
    all.push_back({i, i, static_cast<double>(b[0] % 40), static_cast<ShortMonth>(b[1] % 100), b[2]});
  }
  return all;
}
template <class Order>
void order(benchmark::State& state, const std::vector<Waiting>& given, Order order_of) {
  std::vector<Waiting> list;
  for (auto _ : state) {
    list = given;
    order_of(list);
    benchmark::DoNotOptimize(list.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
void lengths(benchmark::internal::Benchmark* b) { b->Arg(200)->Arg(10'000)->Arg(500'000); }

void queue_sort_all(benchmark::State& state) {
  order(state, people(state.range(0)), [](auto& list) { std::ranges::sort(list, before); });
}
BENCHMARK(queue_sort_all)->Apply(lengths);
/// As it stands from one month to the next: in order already, with one in twenty new at the end.
void queue_sort_all_nearly_sorted(benchmark::State& state) {
  auto given = people(state.range(0));
  std::sort(given.begin(), given.end() - state.range(0) / 20, before);
  order(state, given, [](auto& list) { std::ranges::sort(list, before); });
}
BENCHMARK(queue_sort_all_nearly_sorted)->Apply(lengths);
void queue_sort_first_places(benchmark::State& state) {
  order(state, people(state.range(0)), [](auto& list) {
    std::nth_element(list.begin(), list.begin() + places, list.end(), before);
    std::sort(list.begin(), list.begin() + places, before);
  });
}
BENCHMARK(queue_sort_first_places)->Apply(lengths);
/// Longest wait first needs no comparison: waits are small numbers.
void queue_by_counting_months(benchmark::State& state) {
  order(state, people(state.range(0)), [](auto& list) {
    std::array<std::uint32_t, 101> began{};
    for (const Waiting& w : list) ++began[static_cast<std::size_t>(w.since)];
    std::uint32_t left = places;
    std::size_t until = 0;
    while (until < 100 && began[until] <= left) left -= began[until++];
    std::erase_if(list, [&](const Waiting& w) {
      const auto since = static_cast<std::size_t>(w.since);
      return since < until || (since == until && left > 0 && left-- > 0);
    });
  });
}
BENCHMARK(queue_by_counting_months)->Apply(lengths);

}  // namespace
}  // namespace oikos
