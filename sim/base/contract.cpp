#include "sim/base/contract.hpp"

#include <fmt/core.h>

namespace oikos {

void contract_failed(std::string_view promise, const char* file, int line) {
  throw ContractError(fmt::format("{}:{}: broken contract: {}", file, line, promise));
}

}  // namespace oikos
