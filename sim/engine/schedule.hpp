#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/process/process.hpp"

namespace oikos {

/// A step of the month in its place.
struct Step {
  std::unique_ptr<const Process> process;
  ProcessInfo info;
  // What it is; none of both: the month is recorded here.
  const SweepProcess* sweep = nullptr;
  const BarrierProcess* barrier = nullptr;
};

/// The month as one list of steps, immutable, shared by replicates. Sweeps that follow on each other run fused, chunk
/// by chunk.
///
/// The order follows from what steps say of themselves: the stage, and in it the steps after which they come. Steps of
/// a stage that touch the same column, event or fates, one of them changing it, must have their order stated, so that
/// neither the order of modules nor that of adding is ever part of a result. Of steps whose order is open, those that
/// keep sweeps together come first, then those first by name.
class Schedule {
 public:
  void add(std::unique_ptr<const Process> step);
  /// Puts the steps in order, after the last was added. @throws ContractError  two steps have one name, come
  /// after each other in a circle, or touch the same thing and do not say which of them comes first; an event is not
  /// told before somebody acts on it; a column that is written anew each month is read where nobody has written it
  void arrange();
  std::span<const Step> steps() const { return steps_; }
  std::span<Step> steps() { return steps_; }
  /// Whether there is a step of this name.
  bool has(std::string_view name) const;

 private:
  std::vector<Step> steps_;
};

/// What each step says of itself, in the order of the month: the text of `oikos explain month`.
std::string explain(const Schedule& schedule);

}  // namespace oikos
