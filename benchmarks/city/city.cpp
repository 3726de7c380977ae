#include "benchmarks/city/city.hpp"

#include <time.h>

namespace oikos::bench {

namespace {

using Costs = std::shared_ptr<std::vector<Cost>>;

/// CPU time of this thread: what neighbours of the machine take is not in it.
std::int64_t cpu_nanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}

template <class Body>
void timed(const Costs& costs, std::size_t place, const Body& body) {
  const std::int64_t began = cpu_nanoseconds();
  body();
  (*costs)[place].nanoseconds += cpu_nanoseconds() - began;
}

class ClockedSweep final : public SweepProcess {
 public:
  /// @param inner owned by `owner`
  ClockedSweep(std::unique_ptr<const Process> owner, const SweepProcess& inner, Costs costs, std::size_t place)
      : owner_(std::move(owner)), inner_(inner), costs_(std::move(costs)), place_(place) {}
  ProcessInfo info() const override { return inner_.info(); }
  void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const override {
    timed(costs_, place_, [&] { inner_.sweep(world, chunk, now, scratch, out); });
  }

 private:
  std::unique_ptr<const Process> owner_;
  const SweepProcess& inner_;
  Costs costs_;
  std::size_t place_;
};

class ClockedBarrier final : public BarrierProcess {
 public:
  /// @param inner owned by `owner`
  ClockedBarrier(std::unique_ptr<const Process> owner, const BarrierProcess& inner, Costs costs, std::size_t place)
      : owner_(std::move(owner)), inner_(inner), costs_(std::move(costs)), place_(place) {}
  ProcessInfo info() const override { return inner_.info(); }
  void resolve(World& world, const StepContext& now, MonthWork& work) const override {
    timed(costs_, place_, [&] { inner_.resolve(world, now, work); });
  }

 private:
  std::unique_ptr<const Process> owner_;
  const BarrierProcess& inner_;
  Costs costs_;
  std::size_t place_;
};

}  // namespace

Prepared prepare_city(int percent) {
  const std::string folder = OIKOS_SOURCE_DIR "/scenarios/ruda-slaska";
  return prepare(
      load_scenario(folder + "/baseline.yaml",
                    {{"municipalities/*/population/scale", std::to_string(percent) + " %"}, {"months", "24"}}));
}

std::shared_ptr<std::vector<Cost>> put_clocks(Schedule& schedule) {
  auto costs = std::make_shared<std::vector<Cost>>();
  for (Step& step : schedule.steps()) {
    if (step.sweep == nullptr && step.barrier == nullptr) continue;
    costs->push_back({std::string(step.info.name)});
    if (step.sweep != nullptr) {
      auto clocked =
          std::make_unique<const ClockedSweep>(std::move(step.process), *step.sweep, costs, costs->size() - 1);
      step.sweep = clocked.get();
      step.process = std::move(clocked);
    } else {
      auto clocked =
          std::make_unique<const ClockedBarrier>(std::move(step.process), *step.barrier, costs, costs->size() - 1);
      step.barrier = clocked.get();
      step.process = std::move(clocked);
    }
  }
  return costs;
}

}  // namespace oikos::bench
