#pragma once
#include <span>
#include <string>
#include <vector>

#include "sim/expr/schema.hpp"
#include "sim/programme/programme.hpp"
#include "sim/quantity/quantity.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/ledger.hpp"

namespace oikos {

/// The programmes of a scenario, and the places they share.
struct CompiledProgrammes {
  std::vector<Programme> programmes;
  std::vector<std::shared_ptr<const Capacity>>
      capacities;  ///< one a kind, also of kinds no programme uses, and one a provider that a programme names
};

/// What expressions of programmes may name: of those that exist in all municipalities, and of those of one alone.
struct ProgrammeNames {
  const expr::Schema& everywhere;
  const expr::Schema& here;
  QuantityContext::Open open = nullptr;  ///< of tables that effects name
};

/// Compiles the expressions of all programmes, finds their providers, declares their flows, and checks dates,
/// districts, kinds and payers. Every mistake is reported at its place; programmes with mistakes are left out.
CompiledProgrammes compile_programmes(const LoadedScenario& loaded, const ProgrammeNames& names,
                                      std::span<const std::string> districts, FlowBook& flows,
                                      Diagnostics& diagnostics);

}  // namespace oikos
