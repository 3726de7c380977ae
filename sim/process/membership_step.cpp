#include "sim/process/membership_step.hpp"

namespace oikos {

ProcessInfo MembershipStep::info() const {
  return {.name = "membership",
          .summary = "moves, adds and removes rows, so that households stay together",
          .stage = Stage::membership,
          .page = "methods/determinism.md",
          .touches_everything = true};
}

void MembershipStep::resolve(World& world, const StepContext& now, MonthWork& work) const {
  work.membership.apply(world, work.desk.changes(), now.short_month, work.executor);
  work.cut(world);
}

}  // namespace oikos
