#include "sim/engine/schedule.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

namespace oikos {

namespace {

void describe(std::string& out, std::string_view how, const Process& process) {
  const ProcessInfo info = process.info();
  out += fmt::format("  {} ({}): {}\n", info.name, how, info.summary);
  const auto line = [&](std::string_view what, const std::vector<std::string_view>& names) {
    if (!names.empty()) out += fmt::format("      {:<7} {}\n", what, fmt::join(names, ", "));
  };
  line("reads", info.reads);
  line("writes", info.writes);
  line("draws", info.draws);
  out += fmt::format("      {:<7} docs/{}\n", "page", info.page);
}

}  // namespace

std::string explain(const Schedule& schedule) {
  std::string out;
  for (std::size_t i = 0; i < schedule.phases.size(); ++i) {
    const PhasePlan& plan = schedule.phases[i];
    out += fmt::format("{} {}\n", i + 1, phase_names[i]);
    for (const auto& process : plan.before) describe(out, "barrier", *process);
    for (const auto& process : plan.sweeps) describe(out, "sweep", *process);
    for (const auto& process : plan.after) describe(out, "barrier", *process);
    if (static_cast<Phase>(i) == Phase::demography)
      out += "  membership (barrier): moves, adds and removes rows, so that households stay together\n";
  }
  out += "5 record\n  recorder: counts the month\n";
  return out;
}

}  // namespace oikos
