#pragma once
#include "sim/parameter/parameter_set.hpp"

namespace oikos::labour {

/// Reports the first month in which the exits from a labour state, which compete on one draw, can sum to more than 1:
/// job loss at its largest factors plus leaving work, job finding plus giving up, registering plus entering work.
void check_exits(const ParameterSet& parameters, Diagnostics& diagnostics);

}  // namespace oikos::labour
