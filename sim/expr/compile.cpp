#include <fmt/core.h>

#include "sim/expr/checker.hpp"
#include "sim/expr/code.hpp"
#include "sim/expr/generator.hpp"
#include "sim/expr/parser.hpp"
#include "sim/expr/print.hpp"

namespace oikos::expr {

std::optional<Program> compile(std::string_view text, const Position& at, const Schema& schema, const Goal& goal,
                               Diagnostics& diagnostics) {
  Report report(text, at, goal.name, diagnostics);
  if (text.size() > most_bytes) {
    report.add_whole(goal.name + " too long", fmt::format("at most {} bytes", most_bytes),
                     fmt::format("{} bytes", text.size()));
    return std::nullopt;
  }
  Ast ast = parse(text, schema, report);
  check(ast, schema, goal, report);
  if (!report.clean()) return std::nullopt;
  Code code = generate(ast);
  code.text = print(ast, schema);
  return Program(std::make_shared<const Code>(std::move(code)));
}

}  // namespace oikos::expr
