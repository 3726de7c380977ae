#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tests/sim/expr/example_schema.hpp"

/// Any bytes: the compiler ends, and either gives a program or says why not; a program runs and survives being printed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oikos;
  static const expr::Schema schema = expr::example::schema();
  const std::string text(data, data + size);
  const auto goal = expr::Goal::anything("expression");
  Diagnostics diagnostics;
  const auto program = expr::compile(text, expr::example::at_start(text), schema, goal, diagnostics);
  if (program.has_value() != diagnostics.empty()) std::abort();
  for (const auto& one : diagnostics.all()) to_string(one);
  if (!program) return 0;
  double out[3];
  expr::Evaluator().evaluate_range(*program, expr::example::Source(), 0, out);
  Diagnostics none;
  const auto again = expr::compile(to_string(*program), {}, schema, goal, none);
  if (to_string(*program).size() <= 10'000 && !(again.has_value() && *again == *program)) std::abort();
  return 0;
}
