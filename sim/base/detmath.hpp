#pragma once

/// Exponential, logarithm and power with the same bits on every CPU, compiler and C library.
///
/// The C library picks other code paths on CPUs with fused multiply-add, and its last bit then differs now and then;
/// one such bit is enough to turn an event. These use only +, -, *, / and integer operations in a fixed order, so any
/// IEEE 754 machine without contraction (-ffp-contract=off) gives the same result. Error below 2 units in the last
/// place (pow below 8 for results in [1e-30, 1e30]); tested in tests/sim/base/detmath_test.cpp.
namespace oikos::detmath {

double exp(double x);    ///< e^x; 0 below -745, infinity above 709.78, NaN stays NaN
double expm1(double x);  ///< e^x - 1, accurate near 0
double log(double x);    ///< natural logarithm; -infinity at 0, NaN below
double log1p(double x);  ///< log(1 + x), accurate near 0
double pow(double x, double y);  ///< x^y for x >= 0: exp(y log x), with pow(0, 0) = 1
double normal_quantile(double p);  ///< inverse of the standard normal distribution, p in (0, 1); error below 1e-9 (Acklam, one Halley step)
double normal_cdf(double x);  ///< standard normal distribution function, error below 1e-12
double sin2pi(double turns);  ///< sin(2 pi turns)
double cos2pi(double turns);  ///< cos(2 pi turns)

}  // namespace oikos::detmath
