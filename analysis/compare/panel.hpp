#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sim/h5/result_data.hpp"

namespace oikos::analysis {

/// How the numbers of a file are shown: money in currency units, whatever the file holds.
struct ShownUnits {
  std::string units;   ///< "PLN"
  double divisor = 1;  ///< value in the file over this gives the value shown
};

/// "0.01 PLN" for the currency "PLN" is shown as "PLN", divided by 100; all others as they are.
ShownUnits shown_units(const std::string& units, const std::string& currency);

/// The numbers of one indicator or group in one result: replicate by month, months fastest, NaN where missing.
struct Panel {
  std::vector<double> values;
  int months = 0;
};

/// Reads the numbers of a variable with dimensions (replicate, time) or, for one label, (replicate, time, breakdown),
/// in the units of shown_units(). What an open dimension lacks is 0 everywhere; missing where the variable may have
/// missing values.
/// @param variable     its name
/// @param label        in the breakdown; empty without one
/// @param may_be_missing  whether a variable or label that the result lacks is missing rather than 0
Panel read_panel(const ResultData& data, std::string_view variable, std::string_view label, bool may_be_missing);

}  // namespace oikos::analysis
