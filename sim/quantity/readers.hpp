#pragma once
#include "sim/quantity/quantity.hpp"

namespace oikos {

/// A chance per time as a hazard a month: "6 %/year", "0.18/year"; infinite where it is certain.
NumberReader hazard_reader();
/// A factor from 0 to 1000, or an expression that is a plain number.
NumberReader factor_reader();
/// A share from 0 % to 100 %.
NumberReader share_reader();

}  // namespace oikos
