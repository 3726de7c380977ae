#pragma once
#include <cstdio>
#include <cstdlib>
#include <string>

#include "sim/base/diagnostics.hpp"

namespace oikos::fuzz {

/// Ends the program when a promise about any text does not hold.
inline void promise(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

/// Puts all messages into words: none shows a terminal a character that it would act on.
inline void say_all(const Diagnostics& diagnostics) {
  for (const auto list : {diagnostics.all(), diagnostics.warnings()})
    for (const Diagnostic& one : list)
      for (const char c : to_string(one)) {
        const auto byte = static_cast<unsigned char>(c);
        promise((byte >= 0x20 && byte != 0x7F) || c == '\n' || c == '\t', "messages hold no control characters");
      }
}

}  // namespace oikos::fuzz
