#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/diagnostics.hpp"
#include "sim/base/month.hpp"
#include "sim/parameter/by_month.hpp"
#include "sim/parameter/spec.hpp"
#include "sim/text/dated.hpp"
#include "sim/text/node.hpp"

namespace oikos {

/// A named value with its dates, as a table or a scenario states it.
struct Parameter {
  struct Row {
    Month from;  ///< first month of the value; Dated::always() without a date
    Position at;
    std::string source;
    std::string confidence;  ///< verified, recalled, derived, assumption; empty in a scenario that does not say
  };

  std::string name;
  ParameterUnit unit = ParameterUnit::number;
  Dated<double> values;                 ///< as rules are given them (ParameterUnit)
  std::vector<Row> rows;                ///< where each value comes from, in the order of `values`
  std::optional<double> at_start = {};  ///< what is read at the start, where effects change the values
  const ParameterSpec* spec = nullptr;  ///< null: the analyst's own

  /// Where the value in force in the month comes from; the first row before all dates.
  const Row& row_at(Month month) const;
};

/// What the parameters of a run are read for.
struct ParameterScope {
  std::string currency;
  std::string municipality;  ///< key of the municipality whose rows count; rows without a municipality count for all
  Month start;
  int months = 1;
  /// Whether who wrote a date at a place could know when the run ends; not set: yes.
  std::function<bool(const Position&)> knows_end = {};
};

/// Warns where a row is for a municipality whose name is a slip of the scenario's: it would be passed over. @param at
/// row
void warn_of_misspelt(const std::string& municipality, const std::string& of_scenario, const Position& at,
                      Diagnostics& diagnostics);

/// All parameters of one municipality by name: dated law, economic paths, rates. Rules ask for those they declare.
class ParameterSet {
 public:
  /// Reads tables of parameters (docs/reference/parameters.md) and checks them against the declarations. Names that
  /// nobody declares are the analyst's own.
  static ParameterSet read(std::span<const Source> tables, std::vector<ParameterSpec> declared, ParameterScope scope,
                           Diagnostics& diagnostics);

  /// Lays the values of a scenario over those of the tables: a mapping name -> value, dated values, or {is, source,
  /// confidence}. Dated values take over from their first month, a plain value replaces all. A name that is nowhere
  /// else becomes a parameter of the scenario's own.
  void lay_over(const Node& mapping, Diagnostics& diagnostics);

  /// Makes something else of a parameter in each month of the run, within what its declaration allows. What is read at
  /// the start stays. @param make (value, month) -> value   @throws ContractError there is none of that name
  void change(std::string_view name, const std::function<double(double, Month)>& make);

  /// Reports declared parameters that are missing, at `place`, and parameters without a value at the start or with
  /// values outside what their declaration allows, at the row at fault; warns of values outside the plausible range.
  void check(const Position& place, Diagnostics& diagnostics) const;

  /// The value of a declared parameter in each month of the run; zeros when it is missing, which check_complete()
  /// reports. @throws ContractError nobody declares the name, or it is read only at the start
  ByMonth<double> by_month(std::string_view name) const;
  /// The values of a declared parameter with their dates, for what is prepared once a date; 0 when missing.
  /// @throws ContractError nobody declares the name, or it is read only at the start
  Dated<double> dated(std::string_view name) const;
  /// The value in force in the first month of the run; 0 when missing.
  /// @throws ContractError nobody declares that the parameter is read at the start
  double at_start(std::string_view name) const;

  const Parameter* find(std::string_view name) const;  ///< null when no table and no scenario has it
  std::span<const Parameter> all() const { return all_; }
  std::span<const ParameterSpec> declared() const { return *declared_; }
  const ParameterScope& scope() const { return scope_; }

 private:
  /// Values of a declared parameter, those out of range moved to its end: check() reports them, and rules that are put
  /// together before that is said must not stumble over them.
  Dated<double> allowed_values(std::string_view name) const;
  /// Whether a value is in force in some month of the run.
  bool is_in_force(const Parameter& parameter, std::size_t change) const;
  /// Whether a value is within the plausible range of its declaration.
  bool is_usual(const Parameter& parameter, std::size_t change) const;
  void check_range(const Parameter& parameter, Diagnostics& diagnostics) const;
  const ParameterSpec* spec_of(std::string_view name) const;

  std::shared_ptr<const std::vector<ParameterSpec>> declared_;
  ParameterScope scope_;
  std::vector<Parameter> all_;
};

}  // namespace oikos
