#pragma once
#include <string>

#include "sim/scenario/scenario.hpp"

namespace oikos {

/// The path of a `keep` entry, read from its table if it names one; every month from `start` on has a value.
/// @param inputs  gets the table, if there is one
/// @return nothing after a diagnostic
std::optional<Path> read_kept(const Named<KeptSpec>& kept, Month start, std::vector<Source>& inputs,
                              Diagnostics& diagnostics);

}  // namespace oikos
