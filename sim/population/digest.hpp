#pragma once
#include <string>

#include "sim/population/synthesise.hpp"

namespace oikos::population {

/// SHA-256 of a population as built: equal digests, equal persons and households. The bytes hashed are those of every
/// member of every person and household in their order, as little-endian integers, so that the digest depends on no
/// machine; docs/reference/result_format.md lists them.
std::string digest(const SyntheticPopulation& population);

}  // namespace oikos::population
