#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sim/attribute/attributes.hpp"
#include "sim/city/levers.hpp"
#include "sim/expr/schema.hpp"
#include "sim/model/module.hpp"
#include "sim/parameter/parameter_set.hpp"
#include "sim/population/margins.hpp"
#include "sim/programme/programme.hpp"
#include "sim/scenario/modules.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/ledger.hpp"

namespace oikos {

/// A scenario of one municipality, or one municipality's part of it, whose every part was read and checked against the
/// others. Only what depends on the run can still be wrong with it, such as an amount that grows beyond what can be
/// held.
struct Prepared {
  LoadedScenario loaded;
  population::PopulationInput population;
  ParameterSet parameters;
  std::shared_ptr<expr::Schema> schema;      ///< names that expressions may use
  std::shared_ptr<expr::Schema> own_schema;  ///< the same of those that hold in this municipality alone
  std::shared_ptr<const ParameterValues> parameter_values;
  std::vector<double> unemployment;  ///< target by month; empty: no alignment
  FlowBook flows;
  std::vector<std::pair<const Module*, std::shared_ptr<const ModuleFigures>>> figures;  ///< what modules have read
  std::shared_ptr<const std::vector<Attribute>> attributes;
  std::vector<std::string> provider_keys, programme_keys;
  std::vector<Programme> programmes;
  std::vector<Effect> city_effects;  ///< of levers and shocks, on chances
  std::vector<Lever> levers;
  std::vector<std::shared_ptr<const Capacity>> capacities;  ///< of kinds of providers, and of single ones
  std::shared_ptr<const Prepared> baseline;                 ///< whose paths hold; null: this scenario's own
  std::string inputs;                                       ///< lines "SHA256  NAME" of all tables read
  std::vector<std::filesystem::path> input_files;           ///< all that was read, by the names it was read by
  std::string inputs_sha256;         ///< of the scenario's checksum and those of all tables, in the order read
  std::vector<Diagnostic> warnings;  ///< what may be meant but does nothing, in order of place
  std::vector<std::string> notes;    ///< what a reader of the run's numbers has to know; kept in the result
};

/// A scenario of any number of municipalities, each prepared.
struct PreparedScenario {
  LoadedScenario loaded;
  std::vector<Prepared> municipalities;  ///< in the order of the text
  // Of all together, as in Prepared:
  std::string inputs;
  std::string inputs_sha256;
  std::vector<std::filesystem::path> input_files;
  std::vector<Diagnostic> warnings;
  std::vector<std::string> notes;  ///< of several, each begins with whose it is
};

/// Prepares all municipalities of a scenario. @throws InputError every mistake found, each once   @throws FileError
PreparedScenario prepare_all(LoadedScenario loaded);

/// Reads all tables of a scenario of one municipality, compiles its expressions, checks everything. Mistakes that came
/// with the scenario (load_readable) are reported too; when they hit what all else needs, only they are.
/// @throws InputError every mistake found   @throws FileError a table cannot be read
Prepared prepare(LoadedScenario loaded);

}  // namespace oikos
