#pragma once
#include <stdexcept>
#include <string_view>

namespace oikos {

/// A broken promise inside the program: our bug, never the user's. Nobody catches it to carry on; programs exit 70.
class ContractError : public std::logic_error {
  using std::logic_error::logic_error;
};

/// Throws ContractError naming the place. Out of line, so that a check costs one compare and a never-taken branch.
[[noreturn]] void contract_failed(std::string_view promise, const char* file, int line);

/// Checks a promise in every build. File and line are the caller's: the builtins stand in for std::source_location,
/// which clang 14 does not have with this standard library.
inline void expect(bool holds, std::string_view promise, const char* file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
  if (!holds) [[unlikely]]
    contract_failed(promise, file, line);
}

}  // namespace oikos
