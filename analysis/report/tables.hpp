#pragma once
#include <span>
#include <string>

#include "analysis/compare/compare.hpp"

/// The numbers behind the charts, as HTML tables under a line to unfold them.
namespace oikos::analysis {

/// Rows by window and plan: level, difference, interval, share of the replicates in which the plan is higher.
std::string effects_table(const Comparison& comparison, std::span<const Row* const> rows);

/// One row month by month. Long runs are thinned to at most `most` months, and say so.
std::string series_table(const Comparison& comparison, const Row& row, int most = 40);

/// "employment rate" or "Mokotów, employment rate by district".
std::string label_of(const Row& row);

}  // namespace oikos::analysis
