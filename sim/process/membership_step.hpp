#pragma once
#include "sim/process/process.hpp"

namespace oikos {

/// Carries out what the month's meetings have decided of who lives where, and cuts the households anew.
class MembershipStep final : public BarrierProcess {
 public:
  ProcessInfo info() const override;
  void resolve(World& world, const StepContext& now, MonthWork& work) const override;
};

}  // namespace oikos
