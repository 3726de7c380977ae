#pragma once
#include <vector>

#include "sim/city/levers.hpp"
#include "sim/effect/effect.hpp"
#include "sim/programme/programme.hpp"
#include "sim/scenario/scenario.hpp"

namespace oikos {

/// In the warning that an effect acts on none of the programmes or providers.
inline constexpr std::string_view acts_on_no = "acts on no";

/// The levers and shocks of one municipality, ready to run.
struct CompiledCity {
  std::vector<Effect> on_chances;   ///< of persons and households
  std::vector<Effect> on_services;  ///< on programmes and providers
  std::vector<Lever> levers;        ///< those that cost something
};

/// Lays what levers and shocks make of parameters over them, month by month: set, times, plus, then within what the
/// declaration allows. Values at the start, from which the people of the first day are made, stay as stated.
void change_parameters(const LoadedScenario& loaded, ParameterSet& parameters, Diagnostics& diagnostics);

/// Compiles the rest. @param quantities its schema is that of persons
CompiledCity compile_city(const LoadedScenario& loaded, const ParameterSet& parameters,
                          const QuantityContext& quantities, FlowBook& flows, Diagnostics& diagnostics);

/// Lays effects over the places of providers, month by month.
void change_places(std::span<const Effect> effects, Scenario& scenario, Diagnostics& diagnostics);

/// Lays effects over what programmes cost, pay and ask. @param persons names of persons, for conditions on who asks
void change_programmes(std::span<const Effect> effects, const LoadedScenario& loaded, const expr::Schema& persons,
                       std::vector<Programme>& programmes, Diagnostics& diagnostics);

}  // namespace oikos
