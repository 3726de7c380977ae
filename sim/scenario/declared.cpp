#include "sim/scenario/modules.hpp"
#include "sim/world/household_table.hpp"

namespace oikos {

const Registry& declared() {
  static const Registry registry = [] {
    Registry all;
    declare_structure(all);
    for (const Module* module : modules()) module->declare(all);
    return all;
  }();
  return registry;
}

}  // namespace oikos
