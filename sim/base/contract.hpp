#pragma once
#include <source_location>
#include <stdexcept>
#include <string_view>

namespace oikos {

/// A broken promise inside the program: our bug, never the user's. Nobody catches it to carry on; programs exit 70.
class ContractError : public std::logic_error {
  using std::logic_error::logic_error;
};

/// Throws ContractError naming the place. Out of line, so that a check costs one compare and a never-taken branch.
[[noreturn]] void contract_failed(std::string_view promise, std::source_location where);

/// Checks a promise in every build.
inline void expect(bool holds, std::string_view promise,
                   std::source_location where = std::source_location::current()) {
  if (!holds) [[unlikely]]
    contract_failed(promise, where);
}

}  // namespace oikos
