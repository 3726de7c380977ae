#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sim/expr/schema.hpp"
#include "sim/model/age_rates.hpp"
#include "sim/model/demography/homes.hpp"
#include "sim/model/education/education.hpp"
#include "sim/model/income/income.hpp"
#include "sim/model/labour/labour.hpp"
#include "sim/model/labour/retirement.hpp"
#include "sim/parameter/parameter_set.hpp"
#include "sim/population/margins.hpp"
#include "sim/programme/programme.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/ledger.hpp"

namespace oikos {

/// Figures of the population processes.
struct DemographyParams {
  std::vector<demography::RatePeriod> death, birth, partner_search, home_leaving, departure;
  ByMonth<double> male_birth_share = 0.0;
  ByMonth<double> arrivals_yearly = 0.0;              ///< persons
  ByMonth<double> departures_yearly = 0.0;            ///< persons
  ByMonth<double> arrivals_oldest = 0.0;              ///< oldest reference person of arriving households [years]
  ByMonth<double> parting = 0.0;                      ///< monthly chance per couple
  Dated<double> partner_age_gap, partner_age_gap_sd;  ///< years
  Dated<double> partner_other_district;               ///< share of searches
  Dated<double> births_outside_unions;                ///< share of births
  demography::HomeTenures first_homes, parting_homes;
};

/// A scenario whose every part was read and checked against the others. Only what depends on the run can still be wrong
/// with it, such as an amount that grows beyond what can be held.
struct Prepared {
  LoadedScenario loaded;
  population::PopulationInput population;
  ParameterSet parameters;
  std::shared_ptr<expr::Schema> schema;  ///< names that expressions may use
  std::shared_ptr<const ParameterValues> parameter_values;
  DemographyParams demography;
  std::vector<education::SchoolParams> school;  ///< by month
  ByMonth<labour::LabourParams> labour = labour::LabourParams{};
  std::vector<labour::RetirementLaw> retirement;  ///< by month
  std::vector<double> unemployment;               ///< target by month; empty: no alignment
  std::vector<income::MonthLaw> law;
  FlowBook flows;
  income::IncomeFlows income_flows{};
  std::vector<std::string> provider_keys, programme_keys;
  std::vector<Programme> programmes;
  std::vector<std::shared_ptr<const Capacity>> capacities;  ///< of kinds of providers, and of single ones
  std::shared_ptr<const Prepared> baseline;                 ///< whose paths hold; null: this scenario's own
  std::string inputs;                                       ///< lines "SHA256  NAME" of all tables read
  std::vector<std::filesystem::path> input_files;           ///< all that was read, by the names it was read by
  std::string inputs_sha256;         ///< of the scenario's checksum and those of all tables, in the order read
  std::vector<Diagnostic> warnings;  ///< what may be meant but does nothing, in order of place
  std::vector<std::string> notes;    ///< what a reader of the run's numbers has to know; kept in the result
};

/// Reads all tables of a scenario, compiles its expressions, checks everything. Mistakes that came with the scenario
/// (load_readable) are reported too; when they hit what all else needs, only they are.
/// @throws InputError every mistake found   @throws FileError a table cannot be read
Prepared prepare(LoadedScenario loaded);

}  // namespace oikos
