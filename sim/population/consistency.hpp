#pragma once
#include "sim/population/margins.hpp"

namespace oikos::population {

/// Adds an error where the persons do not go into the households whatever their sizes: more households than persons, or
/// too few for the largest size.
void check_household_numbers(const PopulationInput& input, Diagnostics& found);

/// Looks for tables that no population can follow, without building one: check_household_numbers(); forms, sizes,
/// roles, levels of education and labour states that are wanted while their seed is zero everywhere; a minimum wage
/// that is not below the median wage. Warns of districts without households. Whether the roles can be filled by the
/// persons there are, synthesise() finds.
void check_consistency(const PopulationInput& input, Diagnostics& found);

}  // namespace oikos::population
