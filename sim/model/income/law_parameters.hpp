#pragma once
#include <vector>

#include "sim/parameter/spec.hpp"

namespace oikos::income {

/// What wages, taxes, pensions and benefits read (docs/methods/income.md, docs/methods/benefits.md).
std::vector<ParameterSpec> law_parameters();

}  // namespace oikos::income
