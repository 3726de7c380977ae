#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/diagnostics.hpp"
#include "sim/base/money.hpp"
#include "sim/base/month.hpp"
#include "sim/text/dated.hpp"
#include "sim/text/node.hpp"

namespace oikos {

/// How a parameter is written and what it is in expressions.
enum class ParameterUnit : std::uint8_t { number, share, money, months, years, yearly_rate };

/// A named value with its dates, as a table of parameters states it.
struct Parameter {
  std::string name;
  ParameterUnit unit = ParameterUnit::number;
  std::string unit_text;  ///< as written: "PLN/month", "%", "1"
  Dated<double> values;   ///< money in minor units, shares as fractions, others as written
  std::string source;
  std::string confidence;  ///< verified, recalled, derived, assumption
  Position at;             ///< first row
};

/// All parameters of a scenario by name: dated law, economic paths, rates. Rules ask for what they need by name.
class ParameterSet {
 public:
  /// Reads tables with the columns name, from, value, unit, place, source, confidence. `from` is a month or empty
  /// (always); the rows of one parameter ascend in time. A name in two tables is an error.
  static ParameterSet read(const std::vector<Source>& tables, std::string_view currency, Diagnostics& diagnostics);

  /// Replaces values by those of a mapping name -> value or dated values, in the unit of the parameter ("850 PLN", "12
  /// %", 3).
  void override_with(const Node& mapping, std::string_view currency, Diagnostics& diagnostics);

  const std::vector<Parameter>& all() const { return all_; }
  const Parameter* find(std::string_view name) const;

  /// The parameter, which must exist, have this unit and cover the month; else a diagnostic, and a parameter of value
  /// 0.
  const Dated<double>& need(std::string_view name, ParameterUnit unit, Month from, Diagnostics& diagnostics) const;

  /// Where a missing parameter is reported.
  void set_place(Position place) { place_ = std::move(place); }

 private:
  std::vector<Parameter> all_;
  Position place_;
};

}  // namespace oikos
