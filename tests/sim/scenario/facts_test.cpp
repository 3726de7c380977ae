// What conditions are judged by must hold for the people of a run: else `check` would call impossible what is not.
#include <gtest/gtest.h>

#include "sim/expr/evaluate.hpp"
#include "sim/expr/program.hpp"
#include "sim/scenario/build.hpp"
#include "sim/world/expression_columns.hpp"
#include "tests/sim/scenario/loading.hpp"

namespace oikos::testing {

namespace {

/// Conditions that hold for everybody: the facts, and the range of each column.
std::vector<std::string> promised(const expr::Schema& schema) {
  std::vector<std::string> all(schema.facts().begin(), schema.facts().end());
  for (const expr::Column& column : schema.columns()) {
    if (!expr::is_numeric(column.type)) continue;
    const std::string unit = column.type.kind == expr::Kind::money ? " " + schema.currency() : "";
    all.push_back(column.name + " >= " + std::to_string(static_cast<int>(column.least)) + unit);
    if (column.most < 1e6) all.push_back(column.name + " <= " + std::to_string(static_cast<int>(column.most)) + unit);
    if (column.whole && unit.empty()) all.push_back("floor(" + column.name + ") == " + column.name);
  }
  return all;
}

}  // namespace

/// Method: a small city, three years, all programmes; each promise looked at for every person at the end of each month,
/// where all that programmes read has been decided.
TEST(Facts, hold_for_everybody_in_every_month) {
  const Prepared p = prepare(load_scenario(
      baseline_path, {{"municipalities/*/population/scale", "2 %"}, {"months", "36"}, {"replicates", "1"}}));
  const auto texts = promised(*p.schema);
  EXPECT_GT(texts.size(), 30u);
  std::vector<expr::Program> programs;
  for (const std::string& text : texts) {
    Diagnostics diagnostics;
    auto program =
        expr::compile(text, {}, *p.schema, expr::Goal::exactly("promise", {expr::Kind::boolean, nullptr}), diagnostics);
    diagnostics.throw_if_any();
    programs.push_back(std::move(*program));
  }
  const Executor executor(2);
  const Model model = build_model(p, executor);
  Simulation simulation(model, 0, executor);
  expr::Evaluator evaluator;
  std::vector<double> holds;
  for (int month = 0; month < model.months; ++month) {
    simulation.step();
    const World& world = simulation.world();
    const WorldColumns columns(world, model.start + month, (*p.parameter_values)[static_cast<std::size_t>(month)]);
    holds.assign(world.persons.size(), 0);
    for (std::size_t i = 0; i < programs.size(); ++i) {
      evaluator.evaluate_range(programs[i], columns, 0, holds);
      EXPECT_EQ(std::ranges::count(holds, 0.0), 0) << texts[i] << " in " << to_string(model.start + month);
    }
  }
}

}  // namespace oikos::testing
