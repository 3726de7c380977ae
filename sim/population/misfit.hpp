#pragma once
#include <vector>

#include "sim/population/fit_report.hpp"

namespace oikos::population {

/// Where a population misses its input by more than the stated tolerances, as warnings at the tables: those that
/// contradict each other, with the size of the compromise, then the other margins, the worst first by name.
std::vector<Diagnostic> misfit(const PopulationInput& input, const std::vector<FitRow>& report);

/// What the number of persons, the number of households and the household sizes make of each other, as a sentence;
/// empty when they agree to a thousandth.
std::string household_compromise(const PopulationInput& input);

}  // namespace oikos::population
