#pragma once
#include "sim/population/synthesise.hpp"

namespace oikos::population {

/// Sets months_in_state: registered unemployed by the duration classes exactly, uniform within a class; employed and
/// inactive exponential with the given means; pupils since school-leaving age; the retired since pension age, those
/// below it up to five years. Nobody is longer in a state than since the age at which it can begin.
void assign_spells(const PopulationInput& input, const Luck& luck, SyntheticPopulation& population);

}  // namespace oikos::population
