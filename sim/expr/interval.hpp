#pragma once
#include <limits>

#include "sim/expr/ast.hpp"

namespace oikos::expr {

inline constexpr double infinite = std::numeric_limits<double>::infinity();

/// The numbers that a value can be: from `least` to `most`, both included, and perhaps no number at all (0 / 0 of two
/// overflowing products, say). Operations on intervals err to the wide side: what a value can be is always inside.
///
/// Every operation of the language that rounds does so monotonically, so the ends of a result are the operation's own
/// results at the ends of its operands.
struct Interval {
  double least = -infinite;
  double most = infinite;
  bool may_be_nan = false;

  bool empty() const { return !(least <= most) && !may_be_nan; }
  bool one_value() const { return least == most && !may_be_nan; }
  friend bool operator==(const Interval&, const Interval&) = default;
};

Interval hull(Interval a, Interval b);
Interval meet(Interval a, Interval b);
/// A little wider: by more than the rounding of a sum or product of numbers up to `size` can move it.
Interval slack(Interval a, double size);

Interval negated(Interval a);
Interval absolute(Interval a);
Interval sum(Interval a, Interval b);
Interval product(Interval a, Interval b);
/// a / b where b is not 0.
Interval quotient(Interval a, Interval b);
/// Op::minimum or Op::maximum.
Interval extreme(Op op, Interval a, Interval b);
/// Op::floor, Op::ceil or Op::round, of whole units of money where `money`.
Interval rounded(Op op, Interval a, bool money);

}  // namespace oikos::expr
