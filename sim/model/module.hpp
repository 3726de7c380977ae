#pragma once
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/model/age_rates.hpp"
#include "sim/parameter/parameter_set.hpp"
#include "sim/process/baseline_paths.hpp"
#include "sim/process/process.hpp"
#include "sim/registry/registry.hpp"
#include "sim/rng/stream.hpp"
#include "sim/world/world.hpp"

namespace oikos {

struct Module;
class ModuleFigures;

/// What modules read their figures from: one municipality's.
struct ModuleInput {
  const ParameterSet& parameters;
  const AgeRates& rates;
  rng::PlaceCode place;
  Month start;
  double scale;  ///< part of the city that is simulated
};

/// What the steps of a run are made with.
struct BuildInput {
  std::shared_ptr<const World> initial;
  Month start;
  int months;
  std::shared_ptr<const BaselinePaths> paths;
  std::shared_ptr<BaselinePaths> found;  ///< in the pilot, which finds them: the same paths; else null
  std::span<const double> unemployment;  ///< path that the pilot keeps, by month; empty: none
  const FlowBook& flows;                 ///< all that are declared
  bool money;                            ///< whether wages, taxes and benefits are part of the run
  std::span<const std::pair<const Module*, std::shared_ptr<const ModuleFigures>>> figures;  ///< of all modules

  /// What another module has read. @tparam Figures its type   @throws ContractError  the list has no such module
  template <class Figures>
  const Figures& of(const Module& module) const {
    return static_cast<const Figures&>(figures_of(module));
  }
  const ModuleFigures& figures_of(const Module& module) const;
};

using Steps = std::vector<std::unique_ptr<const Process>>;

/// What one module has read of a scenario, and what it does with it.
class ModuleFigures {
 public:
  ModuleFigures() = default;
  ModuleFigures(const ModuleFigures&) = delete;
  ModuleFigures& operator=(const ModuleFigures&) = delete;
  virtual ~ModuleFigures() = default;
  /// Adds the module's steps of the month; their order does not count.
  virtual void add_steps(const BuildInput& input, Steps& steps) const = 0;
};

/// Parameters under one heading of the reference.
struct ParameterPage {
  std::string heading;  ///< Markdown, with a link to the methods page
  std::vector<ParameterSpec> specs;
};

/// What a folder of rules offers: it alone says what the folder owns, and the list of modules alone names it.
struct Module {
  std::string_view name;
  void (*declare)(Registry& registry);
  std::vector<ParameterPage> (*parameters)() = nullptr;
  std::vector<AgeRateSpec> (*age_rates)() = nullptr;
  /// Mistakes in figures are reported, and something is made of them all the same. Null: the module reads none.
  std::unique_ptr<const ModuleFigures> (*read)(const ModuleInput& input, Diagnostics& diagnostics) = nullptr;
};

}  // namespace oikos
