#pragma once
#include <functional>
#include <memory>

#include "sim/engine/simulation.hpp"
#include "sim/population/fit_report.hpp"
#include "sim/population/synthesise.hpp"
#include "sim/scenario/prepare.hpp"

namespace oikos {

/// The synthetic population of a scenario; the same for all its replicates and plans.
population::SyntheticPopulation make_population(const Prepared& prepared);

/// Fills the tables of a world.
std::shared_ptr<World> make_world(const population::SyntheticPopulation& people);

/// All rules of a scenario as a schedule: the list of processes stands here (processes.cpp).
/// @param alignment factors of each month   @param programmes whether the scenario's programmes run
Schedule make_schedule(const Prepared& prepared, const std::shared_ptr<const World>& initial,
                       std::shared_ptr<const labour::AlignmentPath> alignment, bool programmes);

/// Progress of a build: what is being done, and how much of it (0 to 1).
using BuildProgress = std::function<void(std::string_view what, double done)>;

/// A model ready to run: population synthesised, labour aligned in a pilot without programmes.
Model build_model(const Prepared& prepared, const Executor& executor, const BuildProgress& progress = {});

}  // namespace oikos
