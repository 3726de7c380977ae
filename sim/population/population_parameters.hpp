#pragma once
#include <vector>

#include "sim/parameter/parameter_set.hpp"
#include "sim/population/margins.hpp"

namespace oikos::population {

/// What the synthesis alone reads, once, at the start (docs/reference/parameters.md).
std::vector<ParameterSpec> population_parameters();

/// Sets the single numbers of the synthesis, where they stand and how far they are trusted: its own, and those in force
/// in the first month of the run that rules read by month (wages, pension ages, the age gap of partners).
void set_parameters(PopulationInput& input, const ParameterSet& parameters);

}  // namespace oikos::population
