#pragma once
#include <map>
#include <string>
#include <vector>

#include "sim/base/diagnostics.hpp"
#include "sim/model/demography/age_profile.hpp"

namespace oikos {

/// Yearly rates by sex and age from a table, by name of the rate.
class AgeRates {
 public:
  /// Reads a table with the columns rate, from, sex, age, value, unit, place, source, confidence. `sex` is male, female
  /// or both; a value holds from its age to the next row's age; `from` is a month or empty (always). Unit 1/year, or 1
  /// for profiles.
  static AgeRates read(const Source& table, Diagnostics& diagnostics);

  /// The periods of a rate, ascending; a missing rate is reported and gives one period of zeros.
  std::vector<demography::RatePeriod> need(const std::string& rate, Diagnostics& diagnostics) const;

 private:
  std::map<std::string, std::vector<demography::RatePeriod>> rates_;
  Position place_;
};

}  // namespace oikos
