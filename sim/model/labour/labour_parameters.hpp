#pragma once
#include <vector>

#include "sim/parameter/spec.hpp"

namespace oikos::labour {

/// What finding, losing and leaving work and retiring read (docs/methods/labour.md).
std::vector<ParameterSpec> labour_parameters();

}  // namespace oikos::labour
