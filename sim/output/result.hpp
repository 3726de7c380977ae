#pragma once
#include <span>
#include <string>
#include <vector>

#include "sim/h5/result_data.hpp"
#include "sim/output/recorder.hpp"
#include "sim/population/fit_report.hpp"

namespace oikos {

/// What a run is, besides its numbers.
struct RunDescription {
  std::string title;
  std::string scenario_name;
  std::string scenario_yaml;  ///< the resolved scenario
  std::string scenario_sha256;
  std::string inputs_sha256 = {};
  std::string inputs;                   ///< lines "SHA256  NAME"
  std::vector<std::string> notes = {};  ///< what a reader of the numbers has to know, a sentence each
  std::uint64_t seed = 0;
  std::string currency;
  Month start;
  int months = 0;
  std::vector<std::int32_t> replicates;
  std::vector<std::string> municipalities = {};       ///< keys; none where there is one
  std::vector<std::string> municipality_titles = {};  ///< one for each key
  std::vector<std::string> programmes;                ///< keys; of several municipalities MUNICIPALITY/KEY
  std::vector<std::string> providers;                 ///< keys
  std::vector<FlowKind> flows;
  std::span<const CountSpec* const> counts;        ///< what the registry declares
  std::vector<std::string> programme_titles = {};  ///< names for people, one for each key, or none at all
  std::vector<std::string> provider_titles = {};
  InitialPopulation population = {};
  std::vector<population::FitRow> population_fit = {};
};

/// All variables of a result file from the records of all replicates, shape (replicates, months).
ResultData result_data(const RunDescription& run, const Groups& groups,
                       std::span<const std::vector<MonthRecord>> replicates);

}  // namespace oikos
