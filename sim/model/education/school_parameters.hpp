#pragma once
#include <vector>

#include "sim/parameter/spec.hpp"

namespace oikos::education {

/// What starting and leaving school read (docs/methods/education.md).
std::vector<ParameterSpec> school_parameters();

}  // namespace oikos::education
