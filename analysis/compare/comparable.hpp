#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/diagnostics.hpp"
#include "sim/h5/result_data.hpp"

namespace oikos::analysis {

/// Dimensions whose labels a plan may add to or take from: what only one result has counts as 0 in the others.
bool is_open(std::string_view dimension);

/// A mistake about a whole file.
Diagnostic about_file(const std::string& name, std::string what, std::string expected, std::string got,
                      std::string hint = "");

/// Reports what of start, months, replicates, seed, scale and initial population differs from the first result: what
/// two runs must share so that a replicate of one and the same replicate of the other make a pair.
/// @param first_name, name  what messages call the results
void check_same_months(const ResultData& first, const std::string& first_name, const ResultData& other,
                       const std::string& name, Diagnostics& wrong);

/// check_same_months() and besides: currency, units of variables, labels of breakdowns that are not open.
void check_comparable(const ResultData& first, const std::string& first_name, const ResultData& other,
                      const std::string& name, Diagnostics& wrong);

/// A name for each result, all different: that of the scenario; with the file's where scenarios share one.
std::vector<std::string> run_names(std::span<const ResultData> results, std::span<const std::string> names);

/// The variable or dimension of a name, or nullptr.
const ResultVariable* find_variable(const ResultData& data, std::string_view name);
const ResultDimension* find_dimension(const ResultData& data, std::string_view name);

}  // namespace oikos::analysis
