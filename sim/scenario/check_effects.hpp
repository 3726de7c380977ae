#pragma once
#include "sim/expr/possible.hpp"
#include "sim/scenario/prepare.hpp"

namespace oikos {

/// Looks at attributes, levers and shocks as check_programmes() does at programmes: moves that nobody can make, effects
/// that nobody gives or that reach nobody, and influences that are written twice, as factor and as effect.
void check_effects(const Prepared& prepared, const expr::Possible& possible, Diagnostics& diagnostics);

}  // namespace oikos
