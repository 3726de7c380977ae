#pragma once
#include <span>

#include "sim/app/commands.hpp"
#include "sim/base/diagnostics.hpp"

namespace oikos::app {

/// Shows warnings on `streams.err`. @throws InputError all of them as errors, when `strict` and there are any
void show_warnings(std::span<const Diagnostic> warnings, bool strict, Streams streams);

/// "3 errors", "1 warning": the count with its word.
std::string counted(std::size_t n, std::string_view word);

}  // namespace oikos::app
