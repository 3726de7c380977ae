#pragma once
#include <memory>
#include <string>
#include <vector>

#include "sim/engine/simulation.hpp"

namespace oikos {

/// The municipalities of a scenario, side by side: models of the same months and seed. Who lives in one meets nobody of
/// another, so what happens in one does not depend on which others there are.
struct Region {
  std::vector<std::shared_ptr<const Model>> municipalities;
  std::vector<std::string> keys;

  // What the records of all together list. Of one municipality alone, its own lists.
  std::unique_ptr<const Groups> groups;           ///< districts of all, one after the other
  std::vector<FlowKind> flows;                    ///< the sector "city" of each under its key
  std::vector<std::vector<std::size_t>> flow_of;  ///< of each municipality's flows the place in that list

  int months() const { return municipalities.front()->months; }
  std::int64_t persons() const;  ///< at the start
};

/// What is derived of the models once they are all there. @param keys of the municipalities, one a model
Region make_region(std::vector<std::shared_ptr<const Model>> models, std::vector<std::string> keys);

/// One replicate of all municipalities, month by month.
class RegionSimulation {
 public:
  /// The region and the executor must outlive the simulation.
  RegionSimulation(const Region& region, std::uint32_t replicate, const Executor& executor, Cut cut = {});
  /// Runs the next month everywhere and counts it. @throws InputError as Simulation::step()
  MonthRecord step();
  int steps_done() const { return simulations_.front()->steps_done(); }

 private:
  const Region& region_;
  std::vector<std::unique_ptr<Simulation>> simulations_;
  std::vector<std::uint64_t> keys_, scratch_;  ///< incomes of all
};

}  // namespace oikos
