#include "sim/expr/interval.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "sim/expr/kernels.hpp"

namespace oikos::expr {
namespace {

constexpr Interval everything{-infinite, infinite, true};

TEST(Interval, sums_and_products_of_known_ends) {
  EXPECT_EQ(sum({1, 2}, {10, 20}), (Interval{11, 22}));
  EXPECT_EQ(sum({1, 2}, negated({10, 20})), (Interval{-19, -8}));
  EXPECT_EQ(product({-1, 2}, {3, 5}), (Interval{-5, 10}));
  EXPECT_EQ(product({-2, -1}, {-5, -3}), (Interval{3, 10}));
  EXPECT_EQ(absolute({-3, 2}), (Interval{0, 3}));
  EXPECT_EQ(absolute({-3, -2}), (Interval{2, 3}));
}

TEST(Interval, a_divisor_that_reaches_zero_gives_any_size) {
  EXPECT_EQ(quotient({4, 8}, {2, 4}), (Interval{1, 4}));
  EXPECT_EQ(quotient({4, 8}, {0, 4}), (Interval{0, infinite}));
  EXPECT_EQ(quotient({4, 8}, {-4, 0}), (Interval{-infinite, 0}));
  EXPECT_EQ(quotient({4, 8}, {-4, 4}), (Interval{-infinite, infinite}));
}

TEST(Interval, where_infinities_cancel_there_may_be_no_number) {
  EXPECT_EQ(sum({0, infinite}, {-infinite, 0}), everything);
  EXPECT_TRUE(product({0, infinite}, {0, 1}).may_be_nan);
  EXPECT_TRUE(product({-1, infinite}, {-2, 3}).may_be_nan);
  EXPECT_FALSE(sum({0, infinite}, {0, infinite}).may_be_nan);
}

TEST(Interval, money_is_rounded_in_whole_units) {
  EXPECT_EQ(rounded(Op::floor, {149, 250}, true), (Interval{100, 200}));
  EXPECT_EQ(rounded(Op::round, {149, 250}, true), (Interval{100, 300}));
  EXPECT_EQ(rounded(Op::ceil, {1.5, 2.5}, false), (Interval{2, 3}));
}

TEST(Interval, an_empty_one_adds_nothing) {
  EXPECT_TRUE(meet({0, 1}, {2, 3}).empty());
  EXPECT_EQ(hull(meet({0, 1}, {2, 3}), {5, 6}), (Interval{5, 6}));
}

/// Goal: no result lies outside. Method: ends and inner points of awkward intervals, each with each.
TEST(Interval, results_of_points_lie_inside) {
  const std::vector<Interval> samples{{-3, -1}, {-0.1, 0.3}, {0, 0},          {0, 7},          {0.1, 0.7},
                                      {5, 5},   {-1e300, 2}, {1e-300, 1e300}, {-infinite, -2}, {-7, infinite}};
  const auto points = [](Interval a) {
    std::vector<double> some{a.least, a.most};
    for (const double x : {-1e300, -2.5, -0.05, 0.0, 1e-300, 0.2, 3.0, 1e300})
      if (x >= a.least && x <= a.most) some.push_back(x);
    return some;
  };
  const auto inside = [](double x, Interval a) { return std::isnan(x) ? a.may_be_nan : x >= a.least && x <= a.most; };
  for (const Interval& a : samples)
    for (const Interval& b : samples)
      for (const double x : points(a))
        for (const double y : points(b)) {
          EXPECT_TRUE(inside(x + y, sum(a, b))) << x << " + " << y;
          EXPECT_TRUE(inside(x * y, product(a, b))) << x << " * " << y;
          EXPECT_TRUE(y == 0.0 || inside(x / y, quotient(a, b))) << x << " / " << y;
          EXPECT_TRUE(inside(apply(Op::minimum, x, y, 0), extreme(Op::minimum, a, b))) << x << " min " << y;
          EXPECT_TRUE(inside(apply(Op::maximum, x, y, 0), extreme(Op::maximum, a, b))) << x << " max " << y;
        }
}

}  // namespace
}  // namespace oikos::expr
