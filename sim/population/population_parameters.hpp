#pragma once
#include <vector>

#include "sim/parameter/parameter_set.hpp"
#include "sim/population/margins.hpp"

namespace oikos::population {

/// What the synthesis alone reads, once, at the start (docs/reference/parameters.md).
std::vector<ParameterSpec> population_parameters();

/// The figures of the synthesis: its own, and those in force in the first month of the run that rules read by month
/// (wages, pension ages, the age gap of partners). Own ones that must be whole years are
/// reported when they are not.
PopulationParameters read_population_parameters(const ParameterSet& parameters, Diagnostics& diagnostics);

}  // namespace oikos::population
