// What does a rule written as text cost a row, beside the same rule written in C++?
#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

#include "sim/base/contract.hpp"
#include "sim/expr/evaluate.hpp"
#include "sim/rng/philox.hpp"

namespace oikos::expr {
namespace {

constexpr std::uint32_t rows = 100'000;

/// Columns as a world has them: narrow integers, turned into numbers as they are read.
struct People final : ColumnSource {
  std::vector<std::uint16_t> age = std::vector<std::uint16_t>(rows);   // years
  std::vector<std::uint8_t> state = std::vector<std::uint8_t>(rows);   // 0, 1, 2
  std::vector<std::int32_t> income = std::vector<std::int32_t>(rows);  // whole units
  People() {
    for (std::uint32_t i = 0; i < rows; ++i) {
      const rng::Block b = rng::philox({i, 0, 0, 0}, {1, 2});
      age[i] = static_cast<std::uint16_t>(b[0] % 100);
      state[i] = static_cast<std::uint8_t>(b[1] % 3);
      income[i] = static_cast<std::int32_t>(b[2] % 5000);
    }
  }
  double value(std::uint32_t column, std::uint32_t row) const {
    return column == 0 ? age[row] : column == 1 ? state[row] : income[row];
  }
  void load(std::uint32_t column, std::span<const std::uint32_t> which, double* out) const override {
    for (std::size_t i = 0; i < which.size(); ++i) out[i] = value(column, which[i]);
  }
  void load_range(std::uint32_t column, std::uint32_t first, std::uint32_t count, double* out) const override {
    const auto copy = [&](const auto& values) {
      for (std::uint32_t i = 0; i < count; ++i) out[i] = values[first + i];
    };
    if (column == 0) copy(age);
    else if (column == 1) copy(state);
    else copy(income);
  }
};

Program program(const std::string& text) {
  Schema schema("PLN");
  schema.add_column({"age", {Kind::number}, "", 0});
  schema.add_column({"state", {Kind::number}, "", 1});
  schema.add_column({"income", {Kind::number}, "", 2});
  Diagnostics diagnostics;
  auto compiled = compile(text, Position{}, schema, Goal::anything("rule"), diagnostics);
  expect(compiled.has_value(), "the rule compiles");
  return *compiled;
}
void done(benchmark::State& state) { state.SetItemsProcessed(state.iterations() * rows); }

/// "age < N and state == 1 and income < 2000": N percent pass the first condition.
void select_text(benchmark::State& state) {
  const People people;
  const Program rule = program("age < " + std::to_string(state.range(0)) + " and state == 1 and income < 2000");
  Evaluator evaluator;
  std::vector<std::uint32_t> found;
  for (auto _ : state) {
    evaluator.select_range(rule, people, 0, rows, found);
    benchmark::DoNotOptimize(found.data());
  }
  done(state);
}
BENCHMARK(select_text)->ArgName("percent")->Arg(1)->Arg(10)->Arg(50)->Arg(100);

void select_native(benchmark::State& state) {
  const People people;
  const auto limit = static_cast<std::uint16_t>(state.range(0));
  std::vector<std::uint32_t> found;
  for (auto _ : state) {
    found.clear();
    for (std::uint32_t i = 0; i < rows; ++i)
      if (people.age[i] < limit && people.state[i] == 1 && people.income[i] < 2000) found.push_back(i);
    benchmark::DoNotOptimize(found.data());
  }
  done(state);
}
BENCHMARK(select_native)->ArgName("percent")->Arg(1)->Arg(10)->Arg(50)->Arg(100);

void amount_text(benchmark::State& state) {
  const People people;
  const Program rule = program("min(400, max(0, 0.5 * (2000 - income))) + (if age < 18 then 100 else 0)");
  Evaluator evaluator;
  std::vector<double> out(rows);
  for (auto _ : state) {
    evaluator.evaluate_range(rule, people, 0, out);
    benchmark::DoNotOptimize(out.data());
  }
  done(state);
}
BENCHMARK(amount_text);

void amount_native(benchmark::State& state) {
  const People people;
  std::vector<double> out(rows);
  for (auto _ : state) {
    for (std::uint32_t i = 0; i < rows; ++i)
      out[i] = std::min(400.0, std::max(0.0, 0.5 * (2000 - people.income[i]))) + (people.age[i] < 18 ? 100.0 : 0.0);
    benchmark::DoNotOptimize(out.data());
  }
  done(state);
}
BENCHMARK(amount_native);

void compile_text(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(program("min(400, max(0, 0.5 * (2000 - income)))"));
}
BENCHMARK(compile_text);

}  // namespace
}  // namespace oikos::expr
