#pragma once
#include <string>
#include <vector>

#include "sim/population/synthesise.hpp"

namespace oikos::population {

/// One figure of the input against the population built from it.
struct FitRow {
  std::string margin;     ///< e.g. "age_sex"
  std::string group;      ///< e.g. "female 15-19"
  std::string unit;       ///< "persons", "households", "share", "years", "PLN per month gross"
  double target = 0;      ///< as the table has it
  double compromise = 0;  ///< what was aimed at, where tables contradict each other; else the target
  double achieved = 0;
  double tolerance = 0;  ///< largest |achieved - target| promised, in the unit

  double error() const { return achieved - target; }
  /// Error over target; 0 when both are 0.
  double relative_error() const;
  bool within_tolerance() const;
};

/// Compares a population with its input, margin by margin, in a fixed order.
/// @param currency  in the units of money
std::vector<FitRow> fit_report(const PopulationInput& input, const SyntheticPopulation& population,
                               const std::string& currency);

/// A table for people: margin, group, target, compromise (where it is another), achieved, error, percent; rows out of
/// tolerance are marked.
std::string to_text(const std::vector<FitRow>& rows);

}  // namespace oikos::population
