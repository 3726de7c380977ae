#pragma once
#include <cstdint>

#include "benchmarks/reference/hsp180.hpp"
#include "sim/store/executor.hpp"

namespace oikos::hsp180 {

/// HSP180 on the parts every rule of the model stands on, with nothing made for it: tables of columns, block draws of a
/// rng::Stream, decisions by tables of limits, lists of those to whom something happens, an Executor over chunks with
/// all rules of a month fused on each, exact sums. One rule a class, one virtual call a rule and chunk.
/// @param seed seed of the months
Outcome run_library(const Start& start, std::uint64_t seed, int months, const Executor& executor);

}  // namespace oikos::hsp180
