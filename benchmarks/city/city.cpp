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
  ClockedSweep(std::unique_ptr<const SweepProcess> inner, Costs costs, std::size_t place)
      : inner_(std::move(inner)), costs_(std::move(costs)), place_(place) {}
  ProcessInfo info() const override { return inner_->info(); }
  void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const override {
    timed(costs_, place_, [&] { inner_->sweep(world, chunk, now, scratch, out); });
  }

 private:
  std::unique_ptr<const SweepProcess> inner_;
  Costs costs_;
  std::size_t place_;
};

class ClockedBarrier final : public BarrierProcess {
 public:
  ClockedBarrier(std::unique_ptr<const BarrierProcess> inner, Costs costs, std::size_t place)
      : inner_(std::move(inner)), costs_(std::move(costs)), place_(place) {}
  ProcessInfo info() const override { return inner_->info(); }
  void resolve(World& world, const StepContext& now, MonthWork& work) const override {
    timed(costs_, place_, [&] { inner_->resolve(world, now, work); });
  }

 private:
  std::unique_ptr<const BarrierProcess> inner_;
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
  const auto wrap = [&]<class Clocked>(auto& processes, std::in_place_type_t<Clocked>) {
    for (auto& process : processes) {
      costs->push_back({std::string(process->info().name)});
      process = std::make_unique<const Clocked>(std::move(process), costs, costs->size() - 1);
    }
  };
  for (PhasePlan& phase : schedule.phases) {
    wrap(phase.before, std::in_place_type<ClockedBarrier>);
    wrap(phase.sweeps, std::in_place_type<ClockedSweep>);
    wrap(phase.after, std::in_place_type<ClockedBarrier>);
  }
  return costs;
}

}  // namespace oikos::bench
