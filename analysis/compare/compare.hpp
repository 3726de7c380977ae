#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/statistics/sample.hpp"
#include "sim/base/month.hpp"
#include "sim/h5/result_data.hpp"

/// Comparison of plans with a baseline, replicate by replicate: docs/methods/comparison.md says what the numbers mean.
namespace oikos::analysis {

/// A stretch of months that values are averaged over.
struct Window {
  std::string name;       ///< "run", "last_12_months" or "last_month"
  std::string long_name;  ///< "whole run", "last 12 months" or "last month"
  int first = 0;          ///< months since the start of the run
  int months = 0;
  friend bool operator==(const Window&, const Window&) = default;
};

/// What to compare.
struct CompareOptions {
  std::vector<std::string> indicators;  ///< names of variables; empty: the headline indicators that the files hold
  std::vector<std::string> by;          ///< breakdowns shown as well, as "district"
  double confidence = 0.95;             ///< of the intervals, in (0, 1)
};

/// One result file among those compared.
struct ComparedRun {
  std::string name;  ///< of the scenario; with the file name where scenarios share one
  std::string path;
  std::string scenario_sha256;
  std::string inputs_sha256;
  std::string source;  ///< program that wrote it
};

/// A plan against the baseline, for one indicator, group and window. Numbers are in the units of the row; values are
/// means over the months of the window that have a value.
struct Effect {
  double baseline = 0;                                ///< mean over the replicates; NaN when no pair has values
  double plan = 0;                                    ///< likewise
  double difference = 0;                              ///< mean of plan - baseline over the replicates; NaN likewise
  std::optional<statistics::Interval> interval = {};  ///< of the difference; nothing for fewer than two replicates
  double share_higher = 0;                            ///< share of the replicates in which the plan is higher
  double share_lower = 0;                             ///< and lower
  int pairs = 0;                                      ///< replicates in which both have a value
  bool identical = false;                             ///< every value of every month and replicate is equal to the bit
  std::optional<double> variance_reduction = {};      ///< as in statistics::Paired
};

/// A plan against the baseline, month by month: means over the replicates. NaN where there is no pair of values; low
/// and high are NaN where there is no interval.
struct Series {
  std::vector<double> baseline, plan, difference, low, high;
};

/// One indicator, or one group of it.
struct Row {
  std::string indicator;  ///< as in the --indicator option: "employment_rate"
  std::string variable;   ///< where it stands in the file: "employment_rate" or "employment_rate_by_district"
  std::string long_name;
  std::string description;
  std::string units;      ///< of the numbers here: money is in currency units, "PLN", whatever the file holds
  std::string breakdown;  ///< "district", "programme", ... or empty
  std::string group;      ///< label in the breakdown, or empty
  std::vector<std::vector<Effect>> effects;  ///< [plan][window]
  std::vector<Series> series;                ///< [plan]

  /// Whether no plan changes any value of any month and replicate.
  bool identical() const;
};

/// Everything a comparison says.
struct Comparison {
  ComparedRun baseline;
  std::vector<ComparedRun> plans;
  Month start;
  int months = 0;
  int replicates = 0;
  std::uint64_t seed = 0;
  std::string currency;
  double confidence = 0.95;
  std::vector<Window> windows;  ///< at least one; those that would be the same months twice are left out
  std::vector<Row> rows;  ///< headline indicators first, in their order; groups after the indicator they belong to
  std::vector<std::string> notes;  ///< what a reader has to know, as complete sentences
};

/// Indicators compared when none are named, as far as a file holds them.
std::span<const std::string> headline_indicators();

/// Compares result files; the first is the baseline.
/// @throws InputError     fewer than two files, or they cannot be compared (start, months, replicates, seed, initial
/// population, currency, units or groups differ), or an indicator or breakdown is unknown; names all that is wrong
/// @throws FileError      a file cannot be read
/// @throws ContractError  confidence outside of (0, 1)
Comparison compare(std::span<const std::filesystem::path> paths, const CompareOptions& options = {});

/// The same for results in memory. @param names  what messages call them, one a result
Comparison compare(std::span<const ResultData> results, std::span<const std::string> names,
                   const CompareOptions& options = {});

/// Fixed-width table for a terminal. @param width  no line is wider, in columns of the terminal; at least 80
std::string to_table(const Comparison& comparison, int width = 120);

/// JSON document of schema "oikos-compare/1" (docs/reference/compare.md); missing numbers are null.
std::string to_json(const Comparison& comparison);

/// CSV (RFC 4180), one line per plan, indicator, group and window; missing numbers are empty.
std::string to_csv(const Comparison& comparison);

}  // namespace oikos::analysis
