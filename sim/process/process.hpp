#pragma once
#include <string_view>
#include <vector>

#include "sim/process/month_work.hpp"
#include "sim/world/world.hpp"

namespace oikos {

/// What a process says of itself: the source of `oikos explain month`.
struct ProcessInfo {
  std::string_view name;                 ///< lower-case noun
  std::string_view summary;              ///< what it does in a month, a verb phrase
  std::vector<std::string_view> reads;   ///< table.column
  std::vector<std::string_view> writes;  ///< table.column
  std::vector<std::string_view> draws;   ///< purpose.lane
  std::string_view page;                 ///< methods page under docs/
};

/// A social rule, shared by all replicates; what changes from month to month lives in the world. One alone keeps what
/// it finds: the alignment of the pilot, which runs before all replicates.
class Process {
 public:
  Process() = default;
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  virtual ~Process() = default;
  virtual ProcessInfo info() const = 0;
};

/// A rule that touches one person or one household at a time. Several run fused over a chunk while it is in cache.
/// It writes only columns of the chunk's rows; whatever concerns others goes to the outbox.
class SweepProcess : public Process {
 public:
  virtual void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const = 0;
};

/// A rule in which people meet: runs alone, in a fixed order, between sweeps.
class BarrierProcess : public Process {
 public:
  virtual void resolve(World& world, const StepContext& now, MonthWork& work) const = 0;
};

}  // namespace oikos
