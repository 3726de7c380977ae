#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "sim/quantity/quantity.hpp"

namespace oikos {

/// A node of a quantity: a number, an expression, or a choice between parts.
struct Quantity::Part {
  enum class Kind : std::uint8_t { number, expression, by_month, by_steps, by_value, by_lines };
  using Parts = std::vector<std::shared_ptr<const Part>>;

  Kind kind = Kind::number;
  double value = 0;
  std::optional<expr::Program> program;  ///< the expression, or what is chosen by
  /// First months (counted from year 0) or lower ends, ascending; of values their codes.
  std::vector<double> keys;
  Parts parts;                        ///< one a key; of lines, numbers
  std::shared_ptr<const Part> other;  ///< for what no key is for; null: there is nothing else

  /// The part for a key; null where none is.
  const Part* part_for(double key) const;
};

}  // namespace oikos
