#pragma once
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "tests/sim/expr/example_schema.hpp"

/// Random expressions, each with a naive evaluator beside its text: one closure an operation.
namespace oikos::expr::example {

struct Grown {
  std::string text;
  std::function<double(std::uint32_t row)> at;
};

class Grower {
 public:
  explicit Grower(std::uint64_t seed) : random_(seed) {}

  Grown boolean(int depth) {
    if (depth == 0) return random_.below(2) == 0 ? column("migrant", migrant) : column("disabled", disabled);
    switch (random_.below(9)) {
      case 0: return compare(number(depth - 1), number(depth - 1));
      case 1: return compare(money(depth - 1), money(depth - 1));
      case 2: return compare(column("age", age), years());
      case 3: {
        auto a = boolean(depth - 1);
        return {"(not " + a.text + ")", [a](auto row) { return a.at(row) == 0.0 ? 1.0 : 0.0; }};
      }
      case 4: return coded();
      case 5: {
        auto [x, low, high] = bounded(depth);
        return {"between(" + x.text + ", " + low.text + ", " + high.text + ")",
                [=](auto row) { return x.at(row) >= low.at(row) && x.at(row) <= high.at(row) ? 1.0 : 0.0; }};
      }
      case 6:
      case 7:
        return two(boolean(depth - 1), "and", boolean(depth - 1),
                   [](double a, double b) { return a != 0 && b != 0 ? 1.0 : 0.0; });
      default:
        return two(boolean(depth - 1), "or", boolean(depth - 1),
                   [](double a, double b) { return a != 0 || b != 0 ? 1.0 : 0.0; });
    }
  }

  Grown number(int depth) {
    if (depth == 0) {
      if (random_.below(2) == 0) return column("dependent_children", children);
      const auto value = random_.below(10);
      return {std::to_string(value) + ".25", [value](auto) { return value + 0.25; }};
    }
    switch (random_.below(9)) {
      case 0: return two(number(depth - 1), "+", number(depth - 1), std::plus<>());
      case 1: return two(number(depth - 1), "-", number(depth - 1), std::minus<>());
      case 2: return two(number(depth - 1), "*", number(depth - 1), std::multiplies<>());
      case 3: return divided(money(depth - 1), money(depth - 1), number(depth - 1));
      case 4: return divided(number(depth - 1), number(depth - 1), number(0));
      case 5: return choose(boolean(depth - 1), number(depth - 1), number(depth - 1));
      case 6: return rounded(number(depth - 1), 1.0);
      case 7: return extreme(number(depth - 1), number(depth - 1), number(0));
      default: {
        auto [x, low, high] = bounded(depth);
        return {"clamp(" + x.text + ", " + low.text + ", " + high.text + ")", [=](auto row) {
                  const double raised = std::max(x.at(row), low.at(row));
                  return std::min(raised, high.at(row));
                }};
      }
    }
  }

  Grown money(int depth) {
    if (depth == 0) {
      if (random_.below(3) == 0) return column("rent", rent);
      if (random_.below(2) == 0) return column("monthly_income", income);
      if (random_.below(2) == 0) return {"minimum_wage", [](auto) { return 350'000.0; }};
      const auto value = random_.below(3000);
      return {std::to_string(value) + ".07 PLN", [value](auto) { return value * 100.0 + 7.0; }};
    }
    switch (random_.below(7)) {
      case 0: return two(money(depth - 1), "+", money(depth - 1), std::plus<>());
      case 1: return two(money(depth - 1), "-", money(depth - 1), std::minus<>());
      case 2: return two(number(depth - 1), "*", money(depth - 1), std::multiplies<>());
      case 3: return divided(money(depth - 1), number(depth - 1), money(0));
      case 4: return choose(boolean(depth - 1), money(depth - 1), money(depth - 1));
      case 5: return rounded(money(depth - 1), 100.0);
      default: return extreme(money(depth - 1), money(depth - 1), money(0));
    }
  }

 private:
  /// Rows enough to tell constants from columns.
  template <class Holds>
  static bool everywhere(Holds holds) {
    for (std::uint32_t row = 0; row < 40; ++row)
      if (!holds(row)) return false;
    return true;
  }
  struct Bounded {
    Grown x, low, high;
  };
  /// Bounds that are not the wrong way round everywhere: constant ones would be refused.
  Bounded bounded(int depth) {
    auto x = number(depth - 1), low = number(0), high = number(0);
    if (everywhere([&](auto row) { return low.at(row) > high.at(row); })) std::swap(low, high);
    return {std::move(x), std::move(low), std::move(high)};
  }
  static Grown column(std::string name, std::uint32_t id) {
    return {std::move(name), [id](auto row) { return Source::value(id, row); }};
  }
  Grown years() {
    const auto value = random_.below(90);
    if (random_.below(2) == 0) return {std::to_string(value), [value](auto) { return double{1} * value; }};
    return {std::to_string(value * 12) + " months", [value](auto) { return double{1} * value; }};
  }
  Grown coded() {
    if (random_.below(2) == 0) {
      return {"tenure not in (owner, private_rent)", [](auto row) {
                const auto code = Source::value(tenure, row);
                return code == 0 || code == 3 ? 0.0 : 1.0;
              }};
    }
    return {"education == secondary", [](auto row) { return Source::value(education, row) == 2 ? 1.0 : 0.0; }};
  }
  template <class F>
  static Grown two(Grown a, const std::string& op, Grown b, F f) {
    return {"(" + a.text + " " + op + " " + b.text + ")", [=](auto row) { return f(a.at(row), b.at(row)); }};
  }
  Grown compare(Grown a, Grown b) {
    switch (random_.below(6)) {
      case 0: return two(a, "<", b, std::less<>());
      case 1: return two(a, "<=", b, std::less_equal<>());
      case 2: return two(a, ">", b, std::greater<>());
      case 3: return two(a, ">=", b, std::greater_equal<>());
      case 4: return two(a, "==", b, std::equal_to<>());
      default: return two(a, "!=", b, std::not_equal_to<>());
    }
  }
  static Grown divided(Grown a, Grown b, Grown c) {
    // A divisor that is 0 for all is refused.
    if (everywhere([&](auto row) { return b.at(row) == 0.0; })) return c;
    return {"(" + a.text + " / (" + b.text + ") else (" + c.text + "))",
            [=](auto row) { return b.at(row) == 0.0 ? c.at(row) : a.at(row) / b.at(row); }};
  }
  static Grown choose(Grown c, Grown a, Grown b) {
    return {"(if " + c.text + " then " + a.text + " else " + b.text + ")",
            [=](auto row) { return c.at(row) != 0.0 ? a.at(row) : b.at(row); }};
  }
  Grown rounded(Grown a, double unit) {
    const auto with = [&](const char* name, auto f) {
      return Grown{name + ("(" + a.text) + ")",
                   [=](auto row) { return unit == 1.0 ? f(a.at(row)) : f(a.at(row) / unit) * unit; }};
    };
    switch (random_.below(4)) {
      case 0: return with("floor", [](double x) { return std::floor(x); });
      case 1: return with("ceil", [](double x) { return std::ceil(x); });
      case 2: return with("round", [](double x) { return std::round(x); });
      default: return {"abs(-" + a.text + ")", [a](auto row) { return std::fabs(a.at(row)); }};
    }
  }
  Grown extreme(Grown a, Grown b, Grown c) {
    if (random_.below(2) == 0)
      return {"min(" + a.text + ", " + b.text + ", " + c.text + ")",
              [=](auto row) { return std::min(std::min(a.at(row), b.at(row)), c.at(row)); }};
    return {"max(" + a.text + ", " + b.text + ", " + c.text + ")",
            [=](auto row) { return std::max(std::max(a.at(row), b.at(row)), c.at(row)); }};
  }

  Lcg random_;
};

}  // namespace oikos::expr::example
