#pragma once
#include <span>
#include <string>
#include <vector>

#include "analysis/compare/compare.hpp"
#include "sim/base/diagnostics.hpp"

namespace oikos::analysis {

/// A variable to compare.
struct Selected {
  std::string indicator;           ///< name without the breakdown
  const ResultVariable* variable;  ///< in the first result that has it
  std::string breakdown;           ///< name of the third dimension, or empty
  std::vector<std::string>
      labels;  ///< of the breakdown over all results, in the order met; one empty text without a breakdown
};

/// The variables that `options` ask for, in the order of rows.
/// @param names  what messages call the results
/// @param notes  gets a sentence for each headline indicator that is left out because a result lacks it
/// @param wrong  gets unknown indicators and breakdowns
std::vector<Selected> select(std::span<const ResultData> results, std::span<const std::string> names,
                             const CompareOptions& options, std::vector<std::string>& notes, Diagnostics& wrong);

}  // namespace oikos::analysis
