#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "sim/h5/result_data.hpp"

namespace oikos::analysis {

/// The first place at which two results differ.
struct FirstDifference {
  Month month;
  std::string variable;
  std::string group;           ///< labels of further axes, joined by ", "; empty when there are none
  std::int32_t replicate = 0;  ///< its number
  double first = 0;            ///< value in the first result, NaN when missing
  double second = 0;
};

/// The earliest month in which any value of two results differs in a bit, and in it the first variable (in the order of
/// the first result, then that of the second), replicate and group; nothing when all are equal.
///
/// Programmes, providers and money flows that only one result has count as 0 in the other. Any other variable that only
/// one has differs from its first month on. Values without a month belong to the first one.
/// @param first_name, second_name  what messages call them
/// @throws InputError  start, months, replicate numbers, seed or initial population differ: no month of one is a month
/// of the other
std::optional<FirstDifference> first_difference(const ResultData& first, const ResultData& second,
                                                const std::string& first_name = "the first result",
                                                const std::string& second_name = "the second result");

/// "2016-03: births in replicate 4 is 12 in the first and 13 in the second", or "none".
std::string to_string(const std::optional<FirstDifference>& difference);

}  // namespace oikos::analysis
