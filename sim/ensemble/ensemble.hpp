#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sim/engine/region.hpp"

namespace oikos {

/// Thrown when somebody asked to stop.
struct Interrupted {};

struct EnsembleOptions {
  int threads = 1;
  Cut cut;
  std::function<void(std::int64_t months_done, std::int64_t months_all)>
      progress;                             ///< never called by two threads at once
  const std::atomic<bool>* stop = nullptr;  ///< when true, replicates end after their month and Interrupted is thrown
};

/// Takes the months of a finished replicate. Never called by two threads at once; the order of replicates is any.
using ReplicateDone = std::function<void(std::int32_t replicate, std::vector<MonthRecord> months)>;

/// Runs the replicates named. They run side by side; when there are fewer than threads, the loops inside share the
/// rest. Records do not depend on it. @throws Interrupted after those that were finished have been handed over
void run_ensemble(const Region& region, std::span<const std::int32_t> replicates, const EnsembleOptions& options,
                  const ReplicateDone& done);

}  // namespace oikos
