#include "sim/scenario/modules.hpp"

namespace oikos {

#define OIKOS_MODULE(name)    \
  namespace name {            \
  extern const Module module; \
  }
#include "sim/scenario/modules.inc"
#undef OIKOS_MODULE

std::span<const Module* const> modules() {
  static constexpr const Module* all[] = {
#define OIKOS_MODULE(name) &name::module,
#include "sim/scenario/modules.inc"
#undef OIKOS_MODULE
  };
  return all;
}

}  // namespace oikos
