#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/month.hpp"
#include "sim/expr/evaluate.hpp"
#include "sim/expr/interval.hpp"
#include "sim/expr/schema.hpp"
#include "sim/text/node.hpp"

namespace oikos {

/// How one number of a quantity is written. Adds a diagnostic where it is written wrong.
struct NumberReader {
  std::string expected;  ///< for messages: "a chance per time, such as '6 %/year'"
  std::function<std::optional<double>(const Node& node, Diagnostics& diagnostics)> read;
  /// What an expression in its place must be; none: only numbers stand there. A text that begins like a number is one.
  std::optional<expr::Goal> expression = std::nullopt;
};

/// What a quantity is compiled with.
struct QuantityContext {
  /// Reads a table that is named at a place.
  using Open = std::function<std::optional<Source>(const Position& at, const std::string& path, Diagnostics& found)>;

  const expr::Schema& schema;
  Month start;  ///< of the run
  int months = 0;
  Open open = nullptr;  ///< none: tables cannot be named
  /// Of tables only the rows of one value of a column, which is no key then: {column, value}.
  std::optional<std::pair<std::string, std::string>> only = std::nullopt;
};

/// A number that a text states in one of the ways of the language: plainly, as an expression, by month
/// (`{2015-01: 40, 2018-01: 80}`), by another thing (`{by: age, 0 years: 1, 65 years: 2}`, `{by: sex, male: 2, female:
/// 1}`), from a table, and these inside each other.
class Quantity {
 public:
  /// @return nothing after a diagnostic
  static std::optional<Quantity> compile(const Node& node, const NumberReader& reader, const QuantityContext& context,
                                         Diagnostics& diagnostics);
  /// The same number for everybody, always.
  explicit Quantity(double value);

  /// Writes the value at rows[i] to out[i]. Both as long as each other.
  void evaluate(const expr::ColumnSource& source, expr::Evaluator& evaluator, Month now,
                std::span<const std::uint32_t> rows, std::span<double> out) const;
  /// Values that it can have in the months of the run.
  expr::Interval range() const { return range_; }
  /// Its value, if it is the same for everybody, always.
  std::optional<double> constant() const;
  /// Whether it differs by month alone.
  bool is_same_for_all() const;
  /// Its value in a month, where it differs by month alone. @throws ContractError it differs otherwise
  double at(Month month) const;
  /// Calls visit(program) for each expression in it.
  void each_expression(const std::function<void(const expr::Program&)>& visit) const;

 private:
  friend class QuantityCompiler;
  struct Part;
  explicit Quantity(std::shared_ptr<const Part> root, expr::Interval range) : root_(std::move(root)), range_(range) {}

  std::shared_ptr<const Part> root_;
  expr::Interval range_;
};

}  // namespace oikos
