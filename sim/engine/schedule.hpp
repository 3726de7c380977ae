#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "sim/process/process.hpp"

namespace oikos {

/// The phases of a month, in their order; Simulation::step goes through them, make_schedule lists the processes of
/// each.
///
/// First demography. In a sweep it is decided who dies, departs, bears, parts, looks for a partner, leaves home; in
/// barriers these meet, in the order in which the processes are listed, and the membership barrier moves everybody.
/// Then livelihood: before the sweep the pilot's alignment, in it school, work, retirement, wages and pensions, tax and
/// benefits. Then services: programmes with exits, applications, waiting lists, entries, money, and effects, which act
/// from the next month on. Last accounts: a sweep over disposable and equivalised income. Then the month is counted.
enum class Phase : std::uint8_t { demography, livelihood, services, accounts };
inline constexpr std::array<std::string_view, 4> phase_names{"demography", "livelihood", "services", "accounts"};

/// The processes of one phase: first barriers, then all sweeps fused chunk by chunk, then barriers.
struct PhasePlan {
  std::vector<std::unique_ptr<const BarrierProcess>> before;
  std::vector<std::unique_ptr<const SweepProcess>> sweeps;
  std::vector<std::unique_ptr<const BarrierProcess>> after;
};

/// All rules of a model, immutable, shared by replicates.
struct Schedule {
  std::array<PhasePlan, phase_names.size()> phases;
  PhasePlan& of(Phase phase) { return phases[static_cast<std::size_t>(phase)]; }
  const PhasePlan& of(Phase phase) const { return phases[static_cast<std::size_t>(phase)]; }
};

/// What each process says of itself, in the order of the month: the text of `oikos explain month`.
std::string explain(const Schedule& schedule);

}  // namespace oikos
