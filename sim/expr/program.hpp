#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sim/base/diagnostics.hpp"
#include "sim/expr/schema.hpp"

namespace oikos::expr {

struct Code;  // sim/expr/code.hpp

/// What the reader of a file wants from an expression.
struct Goal {
  enum class Want : std::uint8_t { exactly, any_numeric, anything };

  std::string name = "expression";  ///< what it is called in messages: "eligibility expression"
  Want want = Want::anything;
  Type type = {};  ///< for `exactly`; a plain number will do where months or years are wanted

  static Goal exactly(std::string name, Type type) { return {std::move(name), Want::exactly, type}; }
  static Goal any_numeric(std::string name) { return {std::move(name), Want::any_numeric, {}}; }
  static Goal anything(std::string name) { return {std::move(name), Want::anything, {}}; }
};

/// A checked and compiled expression. Immutable; copies share the code; may be used by many threads.
class Program {
 public:
  explicit Program(std::shared_ptr<const Code> code) : code_(std::move(code)) {}

  Type type() const;                                  ///< its domain, if any, belongs to the schema
  std::span<const std::uint32_t> reads() const;       ///< ids of the columns it reads, ascending
  std::span<const std::uint32_t> parameters() const;  ///< ids of the parameters it reads, ascending
  std::optional<double> constant() const;             ///< its value, if it reads nothing

  const Code& code() const { return *code_; }
  /// Same instructions and same canonical text.
  friend bool operator==(const Program& a, const Program& b);

 private:
  std::shared_ptr<const Code> code_;
};

/// Canonical text, constants folded; compiling it again gives an equal program.
std::string to_string(const Program& program);

/// Parses, checks and compiles an expression (docs/reference/expressions.md). The language is total: every program ends
/// and gives a value for every row.
///
/// @param text         UTF-8, at most 10,000 bytes
/// @param at           where the text starts. Errors point at their token when the text stands so on that line of the
///                     source, directly or behind a quote; for text folded from several lines they point at `at`
/// @param diagnostics  gets every mistake found
/// @return nothing when there was a mistake
std::optional<Program> compile(std::string_view text, const Position& at, const Schema& schema, const Goal& goal,
                               Diagnostics& diagnostics);

}  // namespace oikos::expr
