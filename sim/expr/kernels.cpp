#include "sim/expr/kernels.hpp"

#include "sim/base/contract.hpp"
#include "sim/base/cpu.hpp"

namespace oikos::expr {

namespace {

#define OIKOS_INLINE [[gnu::always_inline]] inline

struct Negate {
  OIKOS_INLINE double operator()(double a) const { return -a; }
};
struct Not {
  OIKOS_INLINE double operator()(double a) const { return scalar::truth(a == 0.0); }
};
struct Absolute {
  OIKOS_INLINE double operator()(double a) const { return std::fabs(a); }
};
struct Floor {
  OIKOS_INLINE double operator()(double a) const { return scalar::floor(a); }
};
struct Ceil {
  OIKOS_INLINE double operator()(double a) const { return scalar::ceil(a); }
};
struct Round {
  OIKOS_INLINE double operator()(double a) const { return scalar::round(a); }
};
struct Add {
  OIKOS_INLINE double operator()(double a, double b) const { return a + b; }
};
struct Subtract {
  OIKOS_INLINE double operator()(double a, double b) const { return a - b; }
};
struct Multiply {
  OIKOS_INLINE double operator()(double a, double b) const { return a * b; }
};
struct Divide {
  OIKOS_INLINE double operator()(double a, double b) const { return a / b; }
};
struct Minimum {
  OIKOS_INLINE double operator()(double a, double b) const { return b < a ? b : a; }
};
struct Maximum {
  OIKOS_INLINE double operator()(double a, double b) const { return a < b ? b : a; }
};
struct Equal {
  OIKOS_INLINE double operator()(double a, double b) const { return scalar::truth(a == b); }
};
struct NotEqual {
  OIKOS_INLINE double operator()(double a, double b) const { return scalar::truth(a != b); }
};
struct Less {
  OIKOS_INLINE double operator()(double a, double b) const { return scalar::truth(a < b); }
};
struct LessEqual {
  OIKOS_INLINE double operator()(double a, double b) const { return scalar::truth(a <= b); }
};
struct Greater {
  OIKOS_INLINE double operator()(double a, double b) const { return scalar::truth(a > b); }
};
struct GreaterEqual {
  OIKOS_INLINE double operator()(double a, double b) const { return scalar::truth(a >= b); }
};
// `&` and `|`, not `&&` and `||`: no branch, so that the loop has a vector form.
struct And {
  OIKOS_INLINE double operator()(double a, double b) const { return scalar::truth((a != 0.0) & (b != 0.0)); }
};
struct Or {
  OIKOS_INLINE double operator()(double a, double b) const { return scalar::truth((a != 0.0) | (b != 0.0)); }
};
struct Choose {
  OIKOS_INLINE double operator()(double a, double b, double c) const { return a != 0.0 ? b : c; }
};
struct DivideElse {
  OIKOS_INLINE double operator()(double a, double b, double c) const { return scalar::divide_else(a, b, c); }
};

struct Block {
  std::uint32_t n;
  Operand a, b, c;
  double* __restrict out;

  template <class F>
  OIKOS_INLINE void one(F f) const {
    const double* x = a.values;
    for (std::uint32_t i = 0; i < n; ++i) out[i] = f(x[i]);
  }
  template <class F>
  OIKOS_INLINE void two(F f) const {
    const double* x = a.values;
    const double* y = b.values;
    double* __restrict to = out;
    if (b.one_for_all) {
      const double same = *y;
      for (std::uint32_t i = 0; i < n; ++i) to[i] = f(x[i], same);
    } else if (a.one_for_all) {
      const double same = *x;
      for (std::uint32_t i = 0; i < n; ++i) to[i] = f(same, y[i]);
    } else {
      for (std::uint32_t i = 0; i < n; ++i) to[i] = f(x[i], y[i]);
    }
  }
  template <class F>
  OIKOS_INLINE void three(F f) const {
    double* __restrict to = out;
    for (std::uint32_t i = 0; i < n; ++i) to[i] = f(a.values[i], b.values[i], c.values[i]);
  }
};

OIKOS_INLINE void run(Op op, const Block& block) {
  switch (op) {
    case Op::negate: return block.one(Negate{});
    case Op::logical_not: return block.one(Not{});
    case Op::absolute: return block.one(Absolute{});
    case Op::floor: return block.one(Floor{});
    case Op::ceil: return block.one(Ceil{});
    case Op::round: return block.one(Round{});
    case Op::add: return block.two(Add{});
    case Op::subtract: return block.two(Subtract{});
    case Op::multiply: return block.two(Multiply{});
    case Op::divide: return block.two(Divide{});
    case Op::minimum: return block.two(Minimum{});
    case Op::maximum: return block.two(Maximum{});
    case Op::equal: return block.two(Equal{});
    case Op::not_equal: return block.two(NotEqual{});
    case Op::less: return block.two(Less{});
    case Op::less_equal: return block.two(LessEqual{});
    case Op::greater: return block.two(Greater{});
    case Op::greater_equal: return block.two(GreaterEqual{});
    case Op::logical_and: return block.two(And{});
    case Op::logical_or: return block.two(Or{});
    case Op::choose: return block.three(Choose{});
    case Op::divide_else: return block.three(DivideElse{});
    default: break;
  }
  expect(false, "an operation on values");
}

OIKOS_INLINE void find(std::uint32_t n, const double* a, const double* codes, std::uint32_t count,
                       double* __restrict out) {
  for (std::uint32_t i = 0; i < n; ++i) out[i] = scalar::truth(a[i] == codes[0]);
  for (std::uint32_t k = 1; k < count; ++k)
    for (std::uint32_t i = 0; i < n; ++i) out[i] = a[i] == codes[k] ? 1.0 : out[i];
}

#undef OIKOS_INLINE

// The same source twice. No load-time resolvers: sanitizers run before they could.
#if defined(__x86_64__)
[[gnu::target("avx2")]] void run_avx2(Op op, const Block& block) { run(op, block); }
[[gnu::target("avx2")]] void find_avx2(std::uint32_t n, const double* a, const double* codes, std::uint32_t count,
                                       double* out) {
  find(n, a, codes, count, out);
}
#else
void run_avx2(Op op, const Block& block) { run(op, block); }
void find_avx2(std::uint32_t n, const double* a, const double* codes, std::uint32_t count, double* out) {
  find(n, a, codes, count, out);
}
#endif

}  // namespace

double apply(Op op, double a, double b, double c) {
  double out = 0.0;
  run(op, Block{1, {&a, false}, {&b, false}, {&c, false}, &out});
  return out;
}

void apply_all(Op op, std::uint32_t n, Operand a, Operand b, Operand c, double* out) {
  const Block block{n, a, b, c, out};
  if (use_avx2()) run_avx2(op, block);
  else run(op, block);
}

void find_all(std::uint32_t n, const double* a, const double* codes, std::uint32_t count, double* out) {
  if (use_avx2()) find_avx2(n, a, codes, count, out);
  else find(n, a, codes, count, out);
}

}  // namespace oikos::expr
