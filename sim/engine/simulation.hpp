#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/attribute/attributes.hpp"
#include "sim/base/diagnostics.hpp"
#include "sim/base/figure_error.hpp"
#include "sim/engine/schedule.hpp"
#include "sim/output/recorder.hpp"
#include "sim/output/result.hpp"
#include "sim/process/baseline_paths.hpp"

namespace oikos {

/// Everything that replicates share, of one municipality.
struct Model {
  std::string municipality;  ///< its key, for messages; empty where it is the only one
  Month start;
  int months = 0;
  std::uint64_t seed = 0;
  std::shared_ptr<const Declarations> declarations;          ///< outlives all worlds
  std::shared_ptr<const std::vector<Attribute>> attributes;  ///< with their divisors
  std::shared_ptr<const World>
      initial;  ///< the synthetic population, with programme and provider states of the right number
  Schedule schedule;
  FlowBook flows;
  std::unique_ptr<const Groups> groups;
  std::shared_ptr<const BaselinePaths> paths = nullptr;  ///< what keeps the baseline on its paths, and how well
  std::vector<double> anchor;                            ///< growth of the anchored poverty line, by month of the run
  std::vector<std::string> notes;          ///< what a reader of the numbers has to know; kept in the result
  std::map<std::string, Position> places;  ///< where entries are written, by their paths: what a FigureError names
  InitialPopulation population;            ///< what results say of it
  std::vector<population::FitRow> population_fit;  ///< the initial population against its input
};

/// How a run is cut. Never shows in results.
struct Cut {
  std::uint32_t persons_per_chunk = 4096;
  bool check_every_month = false;  ///< households and their members are checked each month, too; slow
};

/// One replicate: a world and its months.
class Simulation {
 public:
  /// The model and the executor must outlive the simulation.
  Simulation(const Model& model, std::uint32_t replicate, const Executor& executor, Cut cut = {});

  /// Runs the next month and counts it. @throws InputError a figure of the user's leads to amounts
  /// that cannot be, which only the run could find
  MonthRecord step();
  /// Runs the next month without counting it. A run whose first month was not counted cannot count later ones.
  void advance();
  int steps_done() const { return step_; }
  const Recorder& recorder() const { return recorder_; }
  const World& world() const { return world_; }
  World& world() { return world_; }

 private:
  /// @param record null: the month is not counted
  void run_month(MonthRecord* record);
  void run_steps(const StepContext& now, MonthRecord* record);
  void sweep(std::span<const Step> sweeps, const StepContext& now);
  InputError located(const FigureError& error, Month month) const;

  const Model& model_;
  rng::Stream luck_;
  Cut cut_;
  World world_;
  int step_ = 0;
  std::vector<Scratch> scratch_;
  std::vector<Outbox> outboxes_;
  MonthWork work_;
  Recorder recorder_;
};

}  // namespace oikos
