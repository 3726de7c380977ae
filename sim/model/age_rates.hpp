#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/diagnostics.hpp"
#include "sim/model/demography/age_profile.hpp"

namespace oikos {

/// A rate by sex and age as the rule that reads it declares it.
struct AgeRateSpec {
  std::string name;
  bool profile = false;  ///< relative weights of unit 1, not rates
  double largest = 0;    ///< above: a warning [1/year], or [1]
  std::string meaning;   ///< one line, without a full stop
};

/// Yearly rates by sex and age of one municipality from a table, by name of the rate.
class AgeRates {
 public:
  /// Reads a table with the columns rate, from, sex, age, value, unit, place, source, confidence and, if wanted,
  /// municipality and year. `sex` is male, female or both; a value holds from its age to the next row's age; `from` is
  /// a month or empty (always); rows of other municipalities are passed over, own ones take over from the rows for all
  /// from their first month on. Unit 1/year, 1/month, %/year or %/month, or 1 for profiles. Warns of rates that nobody
  /// declares and of values above the largest plausible one.
  static AgeRates read(const Source& table, std::string_view municipality, std::span<const AgeRateSpec> declared,
                       Diagnostics& diagnostics);

  /// The periods of a rate, ascending; a missing rate is reported and gives one period of zeros.
  std::vector<demography::RatePeriod> need(const std::string& rate, Diagnostics& diagnostics) const;

 private:
  std::map<std::string, std::vector<demography::RatePeriod>> rates_;
  Position place_;
};

}  // namespace oikos
