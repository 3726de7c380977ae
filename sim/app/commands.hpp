#pragma once
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace oikos::app {

/// Where a command writes: results to `out`, progress and messages to `err`.
struct Streams {
  std::ostream& out;
  std::ostream& err;
  bool terminal = false;         ///< whether `err` is one
  std::ostream* bare = nullptr;  ///< `err` as it is, for the signs by which a progress bar moves
};

struct CheckOptions {
  std::string scenario;
  Settings set;
  bool json = false;
  bool strict = false;  ///< warnings are errors
};
/// Reports everything wrong with a scenario, without running it.
int check(const CheckOptions& options, Streams streams);

struct PopulationOptions {
  std::string scenario;
  Settings set;
  std::string output;  ///< folder for persons.csv and households.csv; empty: only the report
  bool force = false;
  bool json = false;
};
/// Synthesises the population, writes it, prints how well it fits its margins.
int population(const PopulationOptions& options, Streams streams);

struct RunOptions {
  std::string scenario;
  Settings set;
  std::string output;  ///< empty: NAME.h5 in the current directory
  bool force = false;
  bool quiet = false;
  bool json = false;
  bool strict = false;  ///< warnings are errors
  bool check_every_month = false;
  int threads = 0;  ///< 0: as many as there are processors
  int persons_per_chunk = 4096;
};
/// Runs all replicates of a scenario and writes the result file.
int run(const RunOptions& options, Streams streams);

struct CompareCommandOptions {
  std::vector<std::string> results;
  std::vector<std::string> indicators;
  std::vector<std::string> by;
  bool json = false;
  bool csv = false;
  bool allow_partial = false;
  bool first_difference = false;  ///< only say where each plan first differs from the baseline
  std::string report;             ///< HTML file to write as well; empty: none
  bool force = false;
};
/// Compares result files; the first is the baseline.
int compare(const CompareCommandOptions& options, Streams streams);

struct ExplainOptions {
  std::string scenario;  ///< for its parameters and districts; empty: the names that every scenario has
  bool json = false;
  bool markdown = false;  ///< parameters, effects: the table of the reference page
};
/// Names that expressions may use.
int explain_columns(const ExplainOptions& options, Streams streams);
/// What rules read, with units and ranges; of a scenario also the values at its start and its own parameters.
int explain_parameters(const ExplainOptions& options, Streams streams);
/// What effects may act upon, with units and ranges; of a scenario also the moves of its attributes and its own
/// parameters.
int explain_effects(const ExplainOptions& options, Streams streams);
/// The processes of a month, with what they read, write and draw.
int explain_month(const ExplainOptions& options, Streams streams);

/// JSON Schema of scenario files, for editors; or their reference as Markdown.
int schema(bool markdown, Streams streams);

struct DiffOptions {
  std::string before, after;
  bool json = false;
};
/// What differs between two scenarios.
int plan_diff(const DiffOptions& options, Streams streams);

/// Parses the command line and runs the command.
int run_cli(const std::vector<std::string>& arguments, Streams streams);

/// Asks running commands to stop after their month: what the first Ctrl-C does.
void request_stop();

}  // namespace oikos::app
