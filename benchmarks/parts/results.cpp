// How fast are results written, and what does compression cost?
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "sim/h5/h5_file.hpp"
#include "sim/h5/result_file.hpp"
#include "sim/rng/philox.hpp"

namespace oikos {
namespace {

std::vector<double> shares(std::size_t n) {
  std::vector<double> all(n);
  for (std::uint32_t i = 0; i < n; ++i) all[i] = (rng::philox({i, 0, 0, 0}, {1, 2})[0] % 100'000) / 138'000.0;
  return all;
}

/// A result as runs write it: 40 indicators over time, and 12 of them by 36 groups, `replicates` times 180 months.
void write_result_image(benchmark::State& state) {
  const auto replicates = static_cast<std::size_t>(state.range(0));
  ResultData data{.title = "t",
                  .source = "s",
                  .seed = 1,
                  .scenario_name = "n",
                  .scenario_sha256 = std::string(64, 'a'),
                  .inputs_sha256 = std::string(64, 'b'),
                  .currency = "PLN",
                  .start = Month{2015, 1},
                  .months = 180,
                  .replicates = {},
                  .dimensions = {},
                  .variables = {},
                  .texts = {},
                  .population = {.sha256 = std::string(64, 'c'), .persons = 1, .households = 1, .scale = 1}};
  for (std::size_t r = 0; r < replicates; ++r) data.replicates.push_back(static_cast<std::int32_t>(r));
  ResultDimension group{.name = "age_band", .long_name = "group", .labels = {}};
  for (int k = 0; k < 36; ++k) group.labels.push_back("label" + std::to_string(k));
  data.dimensions.push_back(group);
  std::size_t bytes = 0;
  const auto add = [&](const std::string& name, const std::vector<std::string>& dims, std::size_t n) {
    data.variables.push_back({name, "x", "1", "", dims, shares(n), false});
    bytes += 8 * n;
  };
  for (int v = 0; v < 40; ++v) add("share" + std::to_string(v), {"replicate", "time"}, 180 * replicates);
  for (int v = 0; v < 12; ++v)
    add("share" + std::to_string(v) + "_by_age_band", {"replicate", "time", "age_band"}, 36 * 180 * replicates);
  for (auto _ : state) benchmark::DoNotOptimize(result_image(data).size());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}
BENCHMARK(write_result_image)->ArgName("replicates")->Arg(1)->Arg(20)->Unit(benchmark::kMillisecond);

/// One column of persons over months, by level of deflate.
void write_columns(benchmark::State& state) {
  constexpr std::size_t months = 12, persons = 50'000;
  const std::vector<std::uint64_t> shape{months, persons};
  const Values values = shares(months * persons);
  for (auto _ : state) {
    H5File file;
    file.add_plain("time", months);
    file.add_plain("person", persons);
    const std::vector<std::string> dims{"time", "person"};
    file.add_variable("income", dims, values,
                      {.chunk = chunk_shape(shape, 8), .deflate = static_cast<int>(state.range(0))});
    benchmark::DoNotOptimize(file.image().size());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(8 * months * persons));
}
BENCHMARK(write_columns)->ArgName("deflate")->Arg(0)->Arg(1)->Arg(4)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace oikos
