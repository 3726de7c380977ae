#pragma once
#include <span>

#include "sim/base/diagnostics.hpp"
#include "sim/expr/possible.hpp"
#include "sim/expr/schema.hpp"
#include "sim/programme/programme.hpp"
#include "sim/scenario/scenario.hpp"

namespace oikos {

/// Looks for what is written rightly and yet does nothing, or hardly what was meant: conditions that nobody can meet,
/// effects on persons who never face the hazard, priorities without a queue, stays without an end, money and places
/// that begin late. What cannot be meant is an error, all else a warning that says why and what to do.
///
/// It reasons about conditions without looking at any person (sim/expr/possible.hpp), so it says "nobody" only where no
/// population and no month of the run could change that.
/// @param programmes  those whose expressions are right; the others have been reported
void check_programmes(const LoadedScenario& loaded, const expr::Possible& possible,
                      std::span<const Programme> programmes, Diagnostics& diagnostics);

/// What can be said of persons in the months of a run. @param schema outlives it
/// @param parameters  values by month of the run, then by parameter id of the schema
expr::Possible possible_in(const expr::Schema& schema, const ParameterValues& parameters);

}  // namespace oikos
