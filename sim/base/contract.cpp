#include "sim/base/contract.hpp"

#include <fmt/core.h>

namespace oikos {

void contract_failed(std::string_view promise, std::source_location where) {
  throw ContractError(fmt::format("{}:{}: broken contract: {}", where.file_name(), where.line(), promise));
}

}  // namespace oikos
