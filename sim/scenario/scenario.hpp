#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/diagnostics.hpp"
#include "sim/programme/spec.hpp"
#include "sim/provider/provider.hpp"
#include "sim/text/node.hpp"
#include "sim/text/record.hpp"

namespace oikos {

/// Where the synthetic population comes from.
struct PopulationSpec {
  Positioned<std::string> tables;  ///< folder of the tables of docs/reference/population_tables.md
  double scale = 1;                ///< part of the city that is simulated
};

/// Tables of figures that rules need.
struct TablesSpec {
  std::vector<Positioned<std::string>> parameters;
  Positioned<std::string> age_rates;
};

/// A scenario as its text says it, read and checked key by key; nothing is built yet.
struct Scenario {
  std::string name;
  std::string title;
  std::string city;
  std::string currency;
  Month start;
  std::int64_t months = 0;
  std::int64_t replicates = 0;
  std::uint64_t seed = 0;
  PopulationSpec population;
  TablesSpec tables;
  std::optional<Node> parameters;  ///< overrides: name -> value or dated values
  std::vector<Named<ProviderSpec>> providers;
  std::vector<Named<ProgrammeSpec>> programmes;

  Month end() const { return start + static_cast<int>(months); }  ///< first month after the run
};

/// The keys of a scenario: parses, checks and documents them (JSON Schema, docs/reference/scenario.md).
/// @param currency in which amounts must be written
Record<Scenario> scenario_record(const std::string& currency);

/// A scenario with the text it came from, `extends` resolved.
struct LoadedScenario {
  Scenario scenario;
  Node tree;                    ///< resolved: one document without `extends`
  std::string text;             ///< the tree as canonical text
  std::string sha256;           ///< of the text
  std::vector<Source> sources;  ///< scenario files, the one given first
  Diagnostics mistakes = {};    ///< in the keys and values; what they hit keeps its default
};

/// Reads a scenario file and the ones it extends (at most 8 deep, no circles).
/// @param set values of top-level keys that replace those of the text, as {"months", "24"}; a new key is an error of
/// the record
/// @throws InputError all mistakes found, @throws FileError a file cannot be read
using Settings = std::vector<std::pair<std::string, std::string>>;
LoadedScenario load_scenario(const std::string& path, const Settings& set = {});

/// The same, but mistakes in keys and values are kept beside what could be read, so that prepare() can report them
/// together with those it finds itself. Throws only for text that is no scenario at all.
LoadedScenario load_readable(const std::string& path, const Settings& set = {});

/// Reads a file as a source of positions. @throws FileError
Source read_source(const std::string& path);

/// Whether a file or folder that a scenario names at `at` is there; when not, that is a mistake of the scenario.
bool is_there(const Position& at, const std::string& path, Diagnostics& diagnostics);

}  // namespace oikos
