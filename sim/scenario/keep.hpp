#pragma once
#include <string>

#include "sim/scenario/scenario.hpp"

namespace oikos {

/// The path of a `keep` entry, from its table if it names one; every month from `start` on has a value.
/// @param table  the one that it names, or null   @return nothing after a diagnostic
std::optional<Path> read_kept(const Named<KeptSpec>& kept, const Source& table, Month start, Diagnostics& diagnostics);

}  // namespace oikos
