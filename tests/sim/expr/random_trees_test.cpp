#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tests/sim/expr/grown_trees.hpp"

/// Goal: the compiled program means what the text says. Method: grow random texts together with a naive evaluator, one
/// closure an operation, and compare every row, as values, as selections and after printing.
namespace oikos::expr {
namespace {

using example::Grower;
using example::Grown;
using example::Source;

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

constexpr std::uint32_t first_row = 10, row_count = 1030;

TEST(RandomTrees, values_equal_those_of_a_naive_interpreter) {
  Evaluator evaluator;
  const Source source;
  std::vector<double> out(row_count);
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Grower grower(seed);
    const Grown tree = seed % 2 == 0 ? grower.number(4) : grower.money(4);
    const auto program = example::program(tree.text);
    evaluator.evaluate_range(program, source, first_row, out);
    // Every 13th row: the closures are slow.
    for (std::uint32_t i = 0; i < row_count; i += 13)
      ASSERT_TRUE(same(out[i], tree.at(first_row + i)))
          << tree.text << " at row " << first_row + i << ": " << out[i] << " instead of " << tree.at(first_row + i);
    const auto again = example::program(to_string(program));
    ASSERT_EQ(program, again) << tree.text << "\n" << to_string(program) << "\n" << to_string(again);
  }
}

TEST(RandomTrees, selections_equal_a_filter) {
  Evaluator evaluator;
  const Source source;
  std::vector<std::uint32_t> rows(row_count), selected;
  std::iota(rows.begin(), rows.end(), first_row);
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const Grown tree = Grower(seed * 7919).boolean(5);
    const auto program = example::program(tree.text);
    std::vector<std::uint32_t> expected;
    for (const auto row : rows)
      if (tree.at(row) != 0.0) expected.push_back(row);
    evaluator.select(program, source, rows, selected);
    ASSERT_EQ(selected, expected) << tree.text;
    evaluator.select_range(program, source, first_row, row_count, selected);
    ASSERT_EQ(selected, expected) << tree.text;
    ASSERT_EQ(program, example::program(to_string(program))) << tree.text;
  }
}

}  // namespace
}  // namespace oikos::expr
