#include "sim/scenario/scenario.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

#include "sim/file/checksum.hpp"
#include "sim/file/file.hpp"
#include "sim/text/codec.hpp"
#include "sim/text/overlay.hpp"

namespace oikos {

namespace {

constexpr std::size_t largest_file = 16u << 20;
constexpr std::size_t deepest_chain = 8;
constexpr std::string_view extends_key = "extends";

Record<PopulationSpec> population_record() {
  Record<PopulationSpec> record{"population", "where the synthetic population comes from"};
  record
      .required("tables", &PopulationSpec::tables, codec::positioned(codec::path()),
                "folder of the population tables, seen from this file")
      .optional("scale", &PopulationSpec::scale, codec::share(0.0001),
                "part of the city that is simulated; all of it unless stated");
  return record;
}

Record<TablesSpec> tables_record() {
  Record<TablesSpec> record{"tables", "tables of figures that rules need"};
  record
      .required("parameters", &TablesSpec::parameters, codec::list_of(codec::positioned(codec::path()), 1),
                "parameters by name and date: law, prices, rates")
      .required("age_rates", &TablesSpec::age_rates, codec::positioned(codec::path()), "yearly rates by sex and age");
  return record;
}

const Node::Entry* entry_of(const Node& tree, std::string_view key) {
  const auto found = std::ranges::find(tree.entries, key, &Node::Entry::key);
  return found == tree.entries.end() ? nullptr : &*found;
}

void remove_extends(Node& tree) {
  std::erase_if(tree.entries, [](const Node::Entry& e) { return e.key == extends_key; });
}

/// The tree of a file over the trees of all files it extends.
Node resolve(const std::string& path, std::vector<Source>& sources, Diagnostics& diagnostics) {
  sources.push_back(read_source(path));
  Node tree = parse_yaml(sources.back(), diagnostics);
  const Node::Entry* extends = entry_of(tree, extends_key);
  if (extends == nullptr) return tree;
  const auto base_name = codec::path().parse(extends->value, diagnostics);
  if (!base_name) return remove_extends(tree), tree;
  const std::string base = resolved_path(extends->value.at, *base_name);
  if (!is_there(extends->value.at, base, diagnostics)) return remove_extends(tree), tree;
  const bool circle = std::ranges::any_of(sources, [&](const Source& s) {
    std::error_code unreadable;
    return std::filesystem::equivalent(s->name, base, unreadable);
  });
  if (circle || sources.size() >= deepest_chain) {
    diagnostics.add({.at = extends->value.at,
                     .what = circle ? "a scenario cannot extend itself" : "scenarios extend each other too deeply",
                     .expected = fmt::format("at most {} files, each extending another", deepest_chain),
                     .got = oikos::quoted(base),
                     .hint = ""});
    remove_extends(tree);
    return tree;
  }
  remove_extends(tree);
  const Node below = resolve(base, sources, diagnostics);
  return overlay(below, tree, diagnostics);
}

}  // namespace

Record<Scenario> scenario_record(const std::string& currency) {
  constexpr auto keep = codec::OnMistake::keep_readable;
  Record<Scenario> record{"scenario", "a city, its services and programmes, and how long to run them"};
  record.required("name", &Scenario::name, codec::identifier(), "short name, in results and tables")
      .optional("title", &Scenario::title, codec::text(), "name shown in reports")
      .required("city", &Scenario::city, codec::text(), "the city")
      .required("currency", &Scenario::currency, codec::text(), "code of the currency in which all amounts are written")
      .required("start", &Scenario::start, codec::month(), "first month")
      .required("months", &Scenario::months, codec::integer(1, 1200), "months to run")
      .required("replicates", &Scenario::replicates, codec::integer(1, 100'000), "runs with different luck")
      .required("seed", &Scenario::seed, codec::integer(0), "number from which all luck follows")
      .required("population", &Scenario::population, codec::record_of(population_record(), keep),
                "the synthetic population")
      .required("tables", &Scenario::tables, codec::record_of(tables_record(), keep),
                "tables of figures that rules need")
      .optional("parameters", &Scenario::parameters, codec::node("a mapping from parameter names to values"),
                "parameters whose values differ from the tables'")
      .map("providers", &Scenario::providers, codec::record_of(provider_record(), keep),
           "services, by a key of your choice")
      .map("programmes", &Scenario::programmes, codec::record_of(programme_record(currency), keep),
           "programmes, by a key of your choice");
  return record;
}

bool is_there(const Position& at, const std::string& path, Diagnostics& diagnostics) {
  std::error_code unreadable;
  if (std::filesystem::exists(path, unreadable) || unreadable) return true;  // reading it will say more
  diagnostics.add({.at = at,
                   .what = "no such file or folder",
                   .expected = "a name as seen from the folder of this file",
                   .got = oikos::quoted(path),
                   .hint = ""});
  return false;
}

Source read_source(const std::string& path) {
  return std::make_shared<const SourceText>(SourceText{path, read_file(path, largest_file)});
}

LoadedScenario load_scenario(const std::string& path, const Settings& set) {
  LoadedScenario loaded = load_readable(path, set);
  loaded.mistakes.throw_if_any();
  return loaded;
}

LoadedScenario load_readable(const std::string& path, const Settings& set) {
  LoadedScenario loaded;
  Diagnostics diagnostics;
  loaded.tree = resolve(path, loaded.sources, diagnostics);
  for (const auto& [key, value] : set) {
    // A setting is a source of its own, so that a mistake in it is shown where it was written: on the command line.
    const Source source = make_source("--set", fmt::format("{}: {}", key, value));
    const Node written = parse_yaml(source, diagnostics);
    if (written.is_mapping()) loaded.tree = overlay(loaded.tree, written, diagnostics);
  }
  diagnostics.throw_if_any();
  const Node::Entry* currency = entry_of(loaded.tree, "currency");
  const auto record =
      scenario_record(currency != nullptr && currency->value.is_scalar() ? currency->value.text : "PLN");
  auto scenario = record.parse_readable(loaded.tree, loaded.mistakes);
  if (!scenario) loaded.mistakes.throw_if_any();
  loaded.scenario = std::move(*scenario);
  loaded.text = print(loaded.tree);
  loaded.sha256 = sha256(loaded.text);
  return loaded;
}

}  // namespace oikos
