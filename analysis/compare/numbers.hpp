#pragma once
#include <string>

#include "analysis/compare/compare.hpp"

namespace oikos::analysis {

/// How the numbers of a row are written for people: all with the same number of decimals, large ones in millions.
struct NumberStyle {
  std::string units;   ///< as "million PLN"
  double divisor = 1;  ///< values are divided by it
  int decimals = 0;
};

/// Three significant digits of the row's largest difference; where there is none, four of its largest level.
NumberStyle number_style(const Row& row);

/// "1 234.5"; "0" for exactly 0 and two significant digits for what would round to 0; "-" for NaN.
/// @param space  stands between groups of three digits
std::string level(double value, const NumberStyle& style, std::string_view space = " ");

/// The same with a sign: "+12.5", "-0.3", "0".
std::string signed_level(double value, const NumberStyle& style, std::string_view space = " ");

}  // namespace oikos::analysis
