#pragma once
#include <vector>

#include "sim/parameter/spec.hpp"

namespace oikos::demography {

/// What births and unions read (docs/methods/demography.md, docs/methods/unions.md).
std::vector<ParameterSpec> demography_parameters();

}  // namespace oikos::demography
