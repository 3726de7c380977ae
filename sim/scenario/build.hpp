#pragma once
#include <functional>
#include <memory>

#include "sim/engine/region.hpp"
#include "sim/population/fit_report.hpp"
#include "sim/population/synthesise.hpp"
#include "sim/scenario/prepare.hpp"

namespace oikos {

/// The synthetic population of a scenario; the same for all its replicates and plans.
population::SyntheticPopulation make_population(const Prepared& prepared);

/// Where the population would miss its input, as warnings: builds it, or a smaller sample of a very large city.
/// @throws InputError  the tables contradict each other so that there is none
std::vector<Diagnostic> population_misfit(const Prepared& prepared);

/// Fills the tables of a world. @param registry outlives it   @param municipality whose it is: its place in the
/// scenario's list
std::shared_ptr<World> make_world(const population::SyntheticPopulation& people, const Registry& registry,
                                  std::uint8_t municipality = 0);

/// Which of a scenario's rules a schedule holds.
enum class Rules : std::uint8_t {
  all,
  without_programmes,
  people_and_work,  ///< no money either: only programmes look at it, so without them it changes nobody's life
};

/// All rules of a scenario as a schedule: what its modules bring, and its programmes.
/// @param paths what keeps the baseline on its paths   @param attributes those of `prepared` with their divisors; null:
/// as they are there
Schedule make_schedule(const Prepared& prepared, const std::shared_ptr<const World>& initial,
                       const std::shared_ptr<const BaselinePaths>& paths, Rules rules = Rules::all,
                       std::shared_ptr<const std::vector<Attribute>> attributes = nullptr);

/// Progress of a build: what is being done, and how much of it (0 to 1).
using BuildProgress = std::function<void(std::string_view what, double done)>;

/// A model ready to run: population synthesised, the baseline's paths found in a pilot of the baseline without
/// programmes.
Model build_model(const Prepared& prepared, const Executor& executor, const BuildProgress& progress = {});

/// The same of all municipalities of a scenario.
Region build_region(const PreparedScenario& prepared, const Executor& executor, const BuildProgress& progress = {});

}  // namespace oikos
