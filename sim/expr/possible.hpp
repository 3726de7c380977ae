#pragma once
#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/expr/interval.hpp"
#include "sim/expr/schema.hpp"

namespace oikos::expr {

/// Codes of an enumeration.
using Codes = std::bitset<most_values>;

/// What the values of one row can be: an interval for each number, a set of codes for each enumeration. Values of a row
/// that meets what led to the picture are always inside; that a picture allows a value does not mean that it occurs.
class Picture {
 public:
  struct Values {
    Interval range;
    Codes codes;  ///< of an enumeration
    friend bool operator==(const Values&, const Values&) = default;
  };

 private:
  friend class Possible;
  friend class Solver;
  std::vector<Values> slots_;  ///< columns, then parameters, as the schema lists them
};

/// Says what conditions can be, without looking at any row: whether one can be met at all, whether it always is, which
/// values an amount can have. It reasons by intervals and sets of codes; a conjunction narrows the values that the rest
/// of it sees, and the facts of the schema hold beside every condition.
///
/// It errs to one side: what it calls impossible no row can meet. What it calls possible may still be impossible, when
/// only the sizes of several columns together show it, or when an expression is too long to look through.
class Possible {
 public:
  explicit Possible(const Schema& schema);  ///< must outlive this
  explicit Possible(Schema&&) = delete;

  /// Values of a parameter over all months that are looked at.
  void set_parameter(std::string_view name, double least, double most);

  /// Rows of which nothing is known beyond the ranges and the facts of the schema.
  Picture anybody() const;

  /// The rows of `picture` that meet a condition, or nothing when none can.
  /// @param condition a right expression of the schema that is true or false
  std::optional<Picture> where(const Picture& picture, std::string_view condition) const;

  /// Parts of a condition that nobody can meet which already exclude each other: one, two, or all that `and` joins.
  std::vector<std::string> clash(const Picture& picture, std::string_view condition) const;

  /// Whether every row of `picture` meets a condition.
  bool always(const Picture& picture, std::string_view condition) const;

  /// What a row of `picture` can be up to `months` later: what never changes stays, ages grow, all else is open.
  Picture later(const Picture& picture, int months) const;

  /// The values that an expression which is a number, money or time can have.
  Interval range(const Picture& picture, std::string_view expression) const;

 private:
  const Schema& schema_;
  Picture start_;
};

}  // namespace oikos::expr
