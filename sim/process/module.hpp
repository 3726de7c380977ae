#pragma once
#include <string_view>

#include "sim/registry/registry.hpp"

namespace oikos {

/// What a folder of rules offers: it alone says what the folder owns, and the list of modules alone names it.
struct Module {
  std::string_view name;
  void (*declare)(Registry& registry);
};

}  // namespace oikos
