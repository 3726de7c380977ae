#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/month.hpp"
#include "sim/h5/values.hpp"

namespace oikos {

/// A column of texts along a dimension, as the payer of each money flow.
struct ResultTexts {
  std::string name;
  std::string long_name;
  std::vector<std::string> values;  ///< one a label of the dimension
  friend bool operator==(const ResultTexts&, const ResultTexts&) = default;
};

/// A breakdown: the labelled third axis of variables.
struct ResultDimension {
  std::string name;
  std::string long_name;
  std::vector<std::string> labels;      ///< at least one, all different, none empty
  std::vector<ResultTexts> texts = {};  ///< what else is known of each label
  friend bool operator==(const ResultDimension&, const ResultDimension&) = default;
};

/// One variable, shape (replicate, time[, breakdown]) or any other selection of the dimensions in that order.
struct ResultVariable {
  std::string name;  ///< docs/reference/result_format.md has the rule
  std::string long_name;
  std::string units;              ///< "1" for shares and counts; never "days" and the like (format::is_safe_unit)
  std::string description;        ///< may be empty
  std::vector<std::string> dims;  ///< by name: "replicate", "time" and breakdowns
  Values values;                  ///< flattened, last axis fastest; missing ones are missing_value<T>()
  bool may_be_missing =
      false;  ///< whether missing values are allowed. Integers that allow them reach xarray as floating point

  /// Equal to the bit; NaN equals NaN.
  friend bool operator==(const ResultVariable& a, const ResultVariable& b);
};

/// A text to repeat the run from, kept in the group `provenance`.
struct ResultText {
  std::string name;
  std::string text;
  friend bool operator==(const ResultText&, const ResultText&) = default;
};

/// The people a run starts with. Replicates of two runs make pairs only when they start with the same.
struct InitialPopulation {
  std::string sha256;  ///< of persons and households as built (population::digest)
  std::int64_t persons = 0;
  std::int64_t households = 0;
  double scale = 1;  ///< part of the city that is simulated
  friend bool operator==(const InitialPopulation&, const InitialPopulation&) = default;
};

/// Everything a result file says, and nothing else: equal data make equal bytes.
struct ResultData {
  std::string title;
  std::string source;  ///< program, version and commit
  std::uint64_t seed = 0;
  std::string scenario_name;
  std::string scenario_sha256;           ///< of the resolved scenario
  std::string inputs_sha256;             ///< of the scenario's and all tables' checksums: equal inputs, equal digest
  std::string currency;                  ///< as in "PLN"
  Month start;                           ///< first month
  int months = 0;                        ///< at least 1
  std::vector<std::int32_t> replicates;  ///< their numbers, growing, at least one
  std::vector<ResultDimension> dimensions;
  std::vector<ResultVariable> variables;
  std::vector<ResultText> texts;
  InitialPopulation population = {};

  friend bool operator==(const ResultData&, const ResultData&) = default;
};

/// The text of a name in the group `provenance`; empty when there is none.
std::string_view text_of(const ResultData& data, std::string_view name);
/// The notes of a run: what a reader of its numbers has to know, a sentence each.
std::vector<std::string> notes_of(const ResultData& data);
/// Sentences as one text, a line each; notes_of() takes it apart. @throws ContractError a sentence has a line break
std::string join_lines(const std::vector<std::string>& sentences);

/// The first thing that is not as said above (names, units, lengths, missing values), as the promise that is broken;
/// nothing when all is well. Many variables and labels cost n log n.
std::optional<std::string> fault_of(const ResultData& data);
/// @throws ContractError  fault_of() finds something
void check(const ResultData& data);

}  // namespace oikos
