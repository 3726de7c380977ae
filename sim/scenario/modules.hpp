#pragma once
#include <span>

#include "sim/model/module.hpp"

namespace oikos {

/// The list of modules (modules.inc): what rules a program has. The one place that names them.
std::span<const Module* const> modules();

/// What they declare, together with the columns that the world itself keeps. Made once.
const Registry& declared();

}  // namespace oikos
