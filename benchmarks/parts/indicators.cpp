// What does an indicator of persons cost, by the number of indicators and of their breakdowns? Person-months of all
// together, once their conditions are known.
#include <benchmark/benchmark.h>

#include <random>
#include <vector>

#include "sim/indicator/accumulator.hpp"

namespace oikos {
namespace {

constexpr std::uint32_t persons = 4096;

/// The shipped breakdowns again and again: bands of age, sexes, educations, types of household, districts, fifths.
std::vector<std::size_t> groups_of(std::size_t breakdowns) {
  constexpr std::size_t shipped[] = {8, 2, 4, 6, 11, 5};
  std::vector<std::size_t> groups;
  for (std::size_t b = 0; b < breakdowns; ++b) groups.push_back(shipped[b % 6]);
  return groups;
}

void count_conditions(benchmark::State& state) {
  const Accumulator::Shape shape{groups_of(static_cast<std::size_t>(state.range(1))),
                                 static_cast<std::size_t>(state.range(0)), 0};
  std::mt19937 random(1);
  std::vector<std::vector<std::uint8_t>> groups, conditions;
  for (const std::size_t n : shape.groups) {
    groups.emplace_back(persons);
    for (auto& one : groups.back()) one = static_cast<std::uint8_t>(random() % n);
  }
  for (std::size_t byte = 0; byte < shape.condition_bytes(); ++byte) {
    conditions.emplace_back(persons);
    for (auto& one : conditions.back()) one = static_cast<std::uint8_t>(random() & random());
  }
  std::vector<const std::uint8_t*> of, met;
  for (const auto& one : groups) of.push_back(one.data());
  for (const auto& one : conditions) met.push_back(one.data());
  Accumulator sums(shape);
  for (auto _ : state) {
    sums.count(persons, of, met);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * persons);
}
BENCHMARK(count_conditions)->ArgNames({"conditions", "breakdowns"})->ArgsProduct({{1, 8, 16, 64}, {6, 12}});

void sum_values(benchmark::State& state) {
  const Accumulator::Shape shape{groups_of(6), 0, 1};
  std::mt19937 random(1);
  std::vector<std::vector<std::uint8_t>> groups;
  std::vector<const std::uint8_t*> of;
  for (const std::size_t n : shape.groups) {
    groups.emplace_back(persons);
    for (auto& one : groups.back()) one = static_cast<std::uint8_t>(random() % n);
  }
  for (const auto& one : groups) of.push_back(one.data());
  std::vector<std::int64_t> amounts(persons, 1234);
  Accumulator sums(shape);
  sums.count(persons, of, {});
  for (auto _ : state) {
    sums.sum(0, amounts);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * persons);
}
BENCHMARK(sum_values);

}  // namespace
}  // namespace oikos
