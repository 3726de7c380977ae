// What does a month of the real model cost, process by process, chunk by chunk, thread by thread? And a population?
#include <benchmark/benchmark.h>

#include "benchmarks/city/city.hpp"
#include "sim/scenario/build.hpp"

namespace oikos::bench {
namespace {

constexpr int percent = 10;

void population(benchmark::State& state) {
  const Prepared prepared = prepare_city(static_cast<int>(state.range(0)));
  std::size_t persons = 0;
  for (auto _ : state) persons = make_population(prepared).persons.size();
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(persons));
}
BENCHMARK(population)->ArgName("percent")->Arg(percent)->Unit(benchmark::kMillisecond);

/// Runs all months of the model; person-months as items. @return person-months of all iterations
std::int64_t run_months(benchmark::State& state, const Model& model, const Executor& executor, Cut cut) {
  std::int64_t person_months = 0;
  for (auto _ : state) {
    state.PauseTiming();
    Simulation simulation(model, 0, executor, cut);
    state.ResumeTiming();
    while (simulation.steps_done() < model.months) {
      simulation.step();
      person_months += simulation.world().persons.size();
    }
  }
  state.SetItemsProcessed(person_months);
  return person_months;
}

/// Nanoseconds a person-month of each process, as counters; "rest" is the membership barrier, the recorder and the
/// loop.
void processes(benchmark::State& state) {
  const Executor executor(1);
  Model model = build_model(prepare_city(percent), executor);
  const auto costs = put_clocks(model.schedule);
  const auto person_months = static_cast<double>(run_months(state, model, executor, {}));
  for (const Cost& cost : *costs) state.counters[cost.name] = static_cast<double>(cost.nanoseconds) / person_months;
}
BENCHMARK(processes)->Unit(benchmark::kMillisecond);

void chunk_size(benchmark::State& state) {
  const Executor executor(1);
  const Model model = build_model(prepare_city(percent), executor);
  run_months(state, model, executor, {.persons_per_chunk = static_cast<std::uint32_t>(state.range(0))});
}
BENCHMARK(chunk_size)->ArgName("persons")->Arg(256)->Arg(1024)->Arg(4096)->Arg(16'384)->Unit(benchmark::kMillisecond);

/// Of half the city: a tenth is four chunks, too few to share out.
void threads(benchmark::State& state) {
  const Executor executor(static_cast<int>(state.range(0)));
  const Model model = build_model(prepare_city(static_cast<int>(state.range(1))), executor);
  run_months(state, model, executor, {});
}
BENCHMARK(threads)
    ->ArgNames({"threads", "percent"})
    ->Args({1, 50})
    ->Args({2, 50})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace oikos::bench
