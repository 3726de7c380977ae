#pragma once
#include <functional>
#include <iosfwd>

namespace oikos::app {

/// How programs end (docs/reference/exit_codes.md).
enum Exit : int {
  ok = 0,
  run_failed = 1,
  invalid_input = 2,  ///< the user's mistake: scenario, table, command line, a result that exists already
  results_incomplete = 3,
  verification_mismatch = 4,
  internal_error = 70,  ///< our bug
  file_trouble = 74,
  interrupted = 75,  ///< stopped by the user; the same command goes on where it was
  stopped_at_once = 130,
};

/// Runs a command and turns what it throws into a message on `err` and an exit code.
int guarded(const std::function<int()>& command, std::ostream& err);

}  // namespace oikos::app
