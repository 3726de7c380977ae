#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/expr/ast.hpp"
#include "sim/expr/values.hpp"

namespace oikos::expr {

/// Operands are registers (a value a row), or with this bit scalars (one value for all rows).
inline constexpr std::uint32_t scalar_bit = 0x8000'0000u;
inline constexpr std::uint32_t no_operand = 0xFFFF'FFFFu;

/// One step. Those of Op that stand only here:
///   load    dst = column `extra` at the rows in work
///   fill    dst = scalar a at all rows
///   gather  dst = register a of level `extra - 1`, at the rows of level `extra`
///   narrow  goes on with those of the rows where a is true (extra2 = 1) or false (0); if none, at once to step `extra`
///   merge   back to the level before: dst = a, but b at the rows that were in work
///   group   dst = what question number `extra` makes of the group of each row; a where the group has nobody, if given
///   in_list dst = whether a is one of the codes number `extra`
struct Instruction {
  Op op = Op::error;
  std::uint32_t dst = no_operand;
  std::uint32_t a = no_operand, b = no_operand, c = no_operand;
  std::uint32_t extra = 0, extra2 = 0;

  friend bool operator==(const Instruction&, const Instruction&) = default;
};

/// What a program is: made by `generate`, read by Evaluator.
struct Code {
  struct Parameter {
    std::uint32_t scalar, id;
    friend bool operator==(const Parameter&, const Parameter&) = default;
  };

  /// The values that the instructions compute, for who looks at several programs at once. Equal programs have equal
  /// ones.
  struct Graph {
    std::shared_ptr<const Values> values;
    std::uint32_t root = 0;
    friend bool operator==(const Graph&, const Graph&) { return true; }
  };

  std::string text;  ///< canonical
  Type type;
  std::vector<std::uint32_t> columns, parameter_ids;  ///< ascending
  std::vector<double> scalars;                        ///< constants in place; 0 where the rest will be
  std::vector<Parameter> parameters;
  std::vector<Instruction> prologue;  ///< on scalars, once a call
  std::vector<Instruction> body;      ///< once a block
  std::vector<std::vector<double>> lists;
  std::vector<GroupQuestion> questions;
  std::uint32_t result = no_operand;
  std::uint32_t registers = 0;
  std::uint32_t levels = 1;
  Graph graph;

  friend bool operator==(const Code&, const Code&) = default;
};

}  // namespace oikos::expr
