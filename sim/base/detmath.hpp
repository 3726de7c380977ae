#pragma once

/// Exponential, logarithm and power with the same bits on every CPU, compiler and C library.
///
/// The C library picks other code paths on CPUs with fused multiply-add, and its last bit then differs now and then;
/// one such bit is enough to turn an event. These use only +, -, *, /, square root and integer operations in a fixed
/// order, so any IEEE 754 machine without contraction (-ffp-contract=off) that rounds to nearest gives the same result.
/// Errors are given in units in the last place (ulp) of the result and tested in tests/sim/base/detmath_test.cpp.
namespace oikos::detmath {

/// e^x; 0 below -745.2, infinity above 709.78, NaN stays NaN. Error below 2 ulp.
double exp(double x);
/// e^x - 1, accurate near 0. Error below 2 ulp.
double expm1(double x);
/// Natural logarithm; -infinity at 0, NaN below. Error below 2 ulp.
double log(double x);
/// log(1 + x), accurate near 0; -infinity at -1, NaN below. Error below 2 ulp.
double log1p(double x);
/// x^y for x >= 0 as exp(y log x) with the logarithm in two parts; x^0 = 1 and 1^y = 1 whatever the other is (also
/// NaN), else NaN for x < 0. Error below 4 ulp for results in [1e-30, 1e30], below 40 ulp for other normal results.
double pow(double x, double y);
/// Inverse of the standard normal distribution: p in (0, 1), infinities at 0 and 1, NaN outside.
/// Relative error below 4e-15.
double normal_quantile(double p);
/// Standard normal distribution function. Absolute error below 1e-15, relative error below 1e-12 down to x = -37.
double normal_cdf(double x);

}  // namespace oikos::detmath
