#include "sim/app/warnings.hpp"

#include <fmt/core.h>

#include <ostream>

namespace oikos::app {

void show_warnings(std::span<const Diagnostic> warnings, bool strict, Streams streams) {
  if (strict) {
    Diagnostics errors;
    for (const Diagnostic& warning : warnings) errors.add(warning);
    errors.throw_if_any();
  }
  for (const Diagnostic& warning : warnings) streams.err << to_string(warning) << "\n";
}

std::string counted(std::size_t n, std::string_view word) { return fmt::format("{} {}{}", n, word, n == 1 ? "" : "s"); }

}  // namespace oikos::app
