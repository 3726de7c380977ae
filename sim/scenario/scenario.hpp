#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/attribute/declarations.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/diagnostics.hpp"
#include "sim/city/spec.hpp"
#include "sim/programme/spec.hpp"
#include "sim/provider/provider.hpp"
#include "sim/rng/stream.hpp"
#include "sim/text/dated.hpp"
#include "sim/text/node.hpp"
#include "sim/text/record.hpp"

namespace oikos {

/// Where the synthetic population comes from.
struct PopulationSpec {
  Positioned<std::string> tables;  ///< folder of the tables of docs/reference/population_tables.md
  double scale = 1;                ///< part of the city that is simulated
};

/// A path that the baseline is held to: in place, or in a table.
struct KeptSpec {
  Path path;                      ///< empty when a table has it
  Positioned<std::string> table;  ///< of unknown place when it is written in place
  bool linear = false;            ///< whether straight lines join the table's dates
};

/// A municipality: its people, the figures of its rules, what its baseline is held to.
struct MunicipalitySpec {
  std::string title;
  PopulationSpec population;
  std::vector<Positioned<std::string>> parameters;  ///< tables, of parameters by name and of rates by age
  std::vector<Named<KeptSpec>> keep;
};

/// A scenario as its text says it, read and checked key by key; nothing is built yet.
struct Scenario {
  std::string name;
  std::string title;
  std::string currency;
  Month start;
  std::int64_t months = 0;
  std::int64_t replicates = 0;
  std::uint64_t seed = 0;
  std::vector<Named<MunicipalitySpec>> municipalities;  ///< all; of one municipality's part of a scenario that one
  std::optional<Node> parameters;                       ///< overrides: name -> value or dated values
  std::vector<Named<AttributeSpec>> attributes;
  std::vector<Named<PayerSpec>> payers;  ///< beside the native ones
  std::vector<Named<ProviderSpec>> providers;
  std::vector<Named<ProgrammeSpec>> programmes;
  std::vector<Named<LeverSpec>> levers, shocks;
  // Of one municipality's part of a scenario that has several (LoadedScenario::part):
  std::vector<std::string> everywhere;           ///< keys of all municipalities
  std::vector<Named<ProviderSpec>> elsewhere;    ///< providers of the others
  std::vector<std::string> districts_elsewhere;  ///< of the others

  /// The one municipality of such a part. @throws ContractError when there is none, or another
  const MunicipalitySpec& municipality() const { return only().value; }
  const std::string& municipality_key() const { return only().name; }
  /// What stands for the one municipality in identities.
  rng::PlaceCode place() const { return rng::PlaceCode(only().name); }
  Month end() const { return start + static_cast<int>(months); }  ///< first month after the run

 private:
  const Named<MunicipalitySpec>& only() const {
    expect(municipalities.size() == 1, "one municipality is asked for where there is one");
    return municipalities.front();
  }
};

/// The keys of a scenario: parses, checks and documents them (JSON Schema, docs/reference/scenario.md).
/// @param currency in which amounts must be written
Record<Scenario> scenario_record(const std::string& currency);

/// A value of a key that replaces that of the text, as {"months", "24"}.
struct Setting {
  std::string path, value;
  std::string option = "--set";  ///< of the command line that it was written with
};
using Settings = std::vector<Setting>;

/// A scenario with the text it came from, `extends` resolved.
struct LoadedScenario {
  Scenario scenario;
  std::shared_ptr<const Declarations> declarations;  ///< what the scenario declares, beside what modules do
  /// Attributes in the order of their lanes: those of the file that extends no other by name, then what each plan adds.
  std::vector<std::string> attribute_lanes;
  Node tree;                    ///< resolved: one document without `extends`
  bool is_plan = false;         ///< whether it extends another
  std::string text;             ///< the tree as canonical text
  std::string sha256;           ///< of the text
  std::vector<Source> sources;  ///< scenario files, the one given first
  Diagnostics mistakes = {};    ///< in the keys and values; what they hit keeps its default
  Settings set = {};            ///< laid over the files
  bool is_baseline = false;     ///< loaded as the baseline of another scenario

  const Registry& registry() const { return declarations->registry(); }

  /// What the scenario says of one of its municipalities: that one, its providers, and programmes, levers and shocks
  /// that exist there. Who names none of the municipalities stands in the first one's part.
  LoadedScenario part(std::size_t municipality) const;

  /// Whether who wrote at a place could know when the run ends: not where a plan or a setting laid over that file says
  /// how long it is.
  bool knows_end(const Position& at) const;
};

/// Reads a scenario file and the ones it extends (at most 8 deep, no circles).
/// @param set values laid over those of the text as a plan would, by path: {"months", "24"},
/// {"municipalities/ruda_slaska/population/scale", "5 %"}; `*` in a path is every key that is there
/// @throws InputError all mistakes found, @throws FileError a file cannot be read
LoadedScenario load_scenario(const std::string& path, const Settings& set = {});

/// The same, but mistakes in keys and values are kept beside what could be read, so that prepare() can report them
/// together with those it finds itself. Throws only for text that is no scenario at all.
LoadedScenario load_readable(const std::string& path, const Settings& set = {});

/// The scenario whose paths hold for `plan`: the last file of its chain of `extends` that is a whole scenario, run as
/// the plan is: from the same start, as long, at the same scale and with the same seed. Nothing when that is the plan
/// itself: no file is extended, and settings say only how it is run.
std::optional<LoadedScenario> load_baseline(const LoadedScenario& plan);
/// Checksum of the text whose paths hold for `loaded`, without what says only how it is run: the same for a baseline
/// and its plans. @param baseline what load_baseline() gave
std::string sha256_of_baseline(const LoadedScenario& loaded, const std::optional<LoadedScenario>& baseline);

/// Reads a file as a source of positions. @throws FileError
Source read_source(const std::string& path);

/// Whether a file or folder that a scenario names at `at` is there; when not, that is a mistake of the scenario.
bool is_there(const Position& at, const std::string& path, Diagnostics& diagnostics);

/// A file that a scenario names at `at`; nothing, and a mistake there, when it cannot be read.
std::optional<Source> read_named(const Position& at, const std::string& path, Diagnostics& diagnostics);
/// The mistake of naming a file that cannot be read.
Diagnostic unreadable(const Position& at, const FileError& why);

}  // namespace oikos
