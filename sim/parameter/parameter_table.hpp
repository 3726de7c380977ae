#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sim/base/diagnostics.hpp"
#include "sim/base/month.hpp"

namespace oikos {

/// A row of a table of parameters, its figure still as text.
struct ParameterRow {
  std::string name, municipality, value, unit, source, confidence;
  std::optional<Month> from;
  std::size_t index = 0;  ///< of the row in its table
  Position name_at, from_at, value_at, unit_at;
};

/// The rows of a table that could be read; the others are reported, and columns that nobody reads.
std::vector<ParameterRow> read_parameter_rows(const Source& table, Diagnostics& diagnostics);

}  // namespace oikos
