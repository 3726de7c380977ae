#pragma once
#include <vector>

#include "sim/parameter/spec.hpp"

namespace oikos::demography {

/// What arriving and departing read (docs/methods/demography.md).
std::vector<ParameterSpec> migration_parameters();

}  // namespace oikos::demography
