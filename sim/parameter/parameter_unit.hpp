#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "sim/parameter/spec.hpp"
#include "sim/text/units.hpp"

namespace oikos {

/// A value as rules are given it, and what it measures.
struct MeasuredValue {
  double value = 0;
  ParameterUnit unit = ParameterUnit::number;
};

/// Reads one value of a known unit as scenarios write it: "3543.83 PLN/month", "0.75 %/month", "67 years", 1.5.
/// Durations convert; an amount per month or year may leave its time out; all else must bear its unit.
units::Parsed<double> parse_parameter(std::string_view text, ParameterUnit unit, std::string_view currency);

/// Reads one value whose unit only its text tells.
units::Parsed<MeasuredValue> parse_parameter(std::string_view text, std::string_view currency);

/// The text of a value whose number and unit stand in two cells of a table: "1/year" and 0.0092 are "0.0092/year".
std::string parameter_text(std::string_view number, std::string_view unit);

/// A value with its unit, as parse_parameter() reads it.
std::string show_parameter(double value, ParameterUnit unit, std::string_view currency);
/// "0 %/month to 100 %/month".
std::string show_range(ParameterRange range, ParameterUnit unit, std::string_view currency);
/// The plausible range of a declaration: "0 %/month to 10 %/month", "0.1 to 1 times average_wage".
std::string usual_range(const ParameterSpec& spec, std::string_view currency);
/// What is expected of the unit: "an amount of money per month, such as '3000 PLN/month'".
std::string describe(ParameterUnit unit, std::string_view currency);
/// The unit as tables write it: "PLN/month", "%", "1".
std::string unit_text(ParameterUnit unit, std::string_view currency);
/// "by month", "at the start", "by month and at the start".
std::string_view read_text(ParameterRead read);

}  // namespace oikos
