#include "sim/ensemble/ensemble.hpp"

#include <algorithm>
#include <mutex>

#include "sim/base/narrow.hpp"

namespace oikos {

void run_ensemble(const Region& region, std::span<const std::int32_t> replicates, const EnsembleOptions& options,
                  const ReplicateDone& done) {
  if (replicates.empty()) return;
  const int side_by_side = std::clamp(options.threads, 1, narrow<int>(replicates.size()));
  const int inside = std::max(1, options.threads / side_by_side);
  const std::int64_t all = static_cast<std::int64_t>(replicates.size()) * region.months();
  std::mutex guard;
  std::int64_t months_done = 0;
  const auto stopped = [&] { return options.stop != nullptr && options.stop->load(); };
  const Executor outer(side_by_side);
  outer.for_each(replicates.size(), [&](std::size_t i, std::size_t) {
    const Executor inner(inside);
    RegionSimulation simulation(region, narrow<std::uint32_t>(replicates[i]), inner, options.cut);
    std::vector<MonthRecord> months;
    while (simulation.steps_done() < region.months() && !stopped()) {
      months.push_back(simulation.step());
      if (!options.progress) continue;
      const std::lock_guard lock(guard);
      options.progress(++months_done, all);
    }
    if (simulation.steps_done() < region.months()) return;
    const std::lock_guard lock(guard);
    done(replicates[i], std::move(months));
  });
  if (stopped()) throw Interrupted{};
}

}  // namespace oikos
