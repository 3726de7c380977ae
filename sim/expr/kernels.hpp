#pragma once
#include <cmath>
#include <cstdint>

#include "sim/expr/ast.hpp"

namespace oikos::expr {

/// One operation on single values: what folding, the instructions and the documentation mean by it. Plain IEEE
/// arithmetic, so that one lane of a vector gives the same bits as this.
namespace scalar {

/// Nearest integer by the adder: below 2^52 the sum has no room for a fraction. Unlike a conversion it has a vector
/// form.
[[gnu::always_inline]] inline double nearest_integer(double x) {
  constexpr double two_52 = 4503599627370496.0;
  const double size = std::fabs(x);
  const double whole = std::copysign((size + two_52) - two_52, x);
  return size < two_52 ? whole : x;
}
[[gnu::always_inline]] inline double floor(double x) {
  const double whole = nearest_integer(x);
  return whole > x ? whole - 1.0 : whole;
}
[[gnu::always_inline]] inline double ceil(double x) {
  const double whole = nearest_integer(x);
  return whole < x ? whole + 1.0 : whole;
}
/// Halves away from zero, as amounts are (sim/base/money.hpp).
[[gnu::always_inline]] inline double round(double x) {
  const double size = std::fabs(x);
  const double below = floor(size);
  return std::copysign(size - below >= 0.5 ? below + 1.0 : below, x);
}
[[gnu::always_inline]] inline double truth(bool holds) { return holds ? 1.0 : 0.0; }
[[gnu::always_inline]] inline double divide_else(double a, double b, double c) { return b == 0.0 ? c : a / b; }

}  // namespace scalar

/// Value of an operation of one to three operands; the ones it has not are ignored. Not for lists or leaves.
double apply(Op op, double a, double b, double c);

/// What an instruction works on: a value a row, or one for all rows.
struct Operand {
  const double* values = nullptr;
  bool one_for_all = false;
};

/// out[i] = op(a[i], b[i], c[i]) for i < n. `out` overlaps no operand; of three operands all have a value a row.
/// Uses AVX2 where the CPU has it; the bits are the same.
void apply_all(Op op, std::uint32_t n, Operand a, Operand b, Operand c, double* out);

/// out[i] = whether a[i] is one of `codes`.
void find_all(std::uint32_t n, const double* a, const double* codes, std::uint32_t count, double* out);

}  // namespace oikos::expr
