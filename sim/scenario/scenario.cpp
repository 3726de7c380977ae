#include "sim/scenario/scenario.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>

#include "sim/base/limits.hpp"
#include "sim/text/codec.hpp"

namespace oikos {

namespace {

Record<PopulationSpec> population_record() {
  Record<PopulationSpec> record{"population", "where the synthetic population comes from"};
  record
      .required("tables", &PopulationSpec::tables, codec::positioned(codec::path()),
                "folder of the population tables, seen from this file")
      .optional("scale", &PopulationSpec::scale, codec::share(0.0001),
                "part of the city that is simulated; all of it unless stated");
  return record;
}

/// A path in place, or in a table.
Codec<KeptSpec> kept_codec() {
  struct Table {
    Positioned<std::string> table;
    std::optional<std::size_t> between;
  };
  Record<Table> record{"table", "a path by month in a file"};
  record
      .required("table", &Table::table, codec::positioned(codec::path()),
                "table with the columns from, value, unit, place, source, confidence, seen from this file")
      .optional(std::string(Path::between), &Table::between, codec::one_of_index({std::string(Path::linear_word)}),
                "straight lines join the first days of the dates' months; steps unless stated");
  const auto in_table = codec::mapped(codec::record_of(record), [](Table t) {
    return KeptSpec{.path = {}, .table = std::move(t.table), .linear = t.between.has_value()};
  });
  const auto in_place = codec::mapped(codec::path_of(codec::share()),
                                      [](Path path) { return KeptSpec{.path = std::move(path), .table = {}}; });
  const Schema choices[] = {in_place.schema(), in_table.schema()};
  return {[in_table, in_place](const Node& node, Diagnostics& diagnostics) {
            return (node.find("table") != nullptr ? in_table : in_place).parse(node, diagnostics);
          },
          schema::any_of(choices), in_place.describe() + ", or a table of such", in_table.inner()};
}

Record<MunicipalitySpec> municipality_record() {
  Record<MunicipalitySpec> record{"municipality", "a city: its people and the figures of its rules"};
  record.optional("title", &MunicipalitySpec::title, codec::text(), "name for people")
      .required("population", &MunicipalitySpec::population,
                codec::record_of(population_record(), codec::OnMistake::keep_readable), "the synthetic population")
      .required("parameters", &MunicipalitySpec::parameters, codec::list_of(codec::positioned(codec::path()), 1),
                "tables of figures that rules need: parameters by name and date, rates by sex and age")
      .optional("keep", &MunicipalitySpec::keep,
                codec::some_of("path to keep", {"registered_unemployment_rate"}, kept_codec()),
                "paths that the baseline is held to, and its plans are not");
  return record;
}

/// Municipalities stand in identities by a code of 22 bits of their keys: with equal ones, people would share luck.
void refuse_many_or_equal(const std::vector<Named<MunicipalitySpec>>& all, Diagnostics& diagnostics) {
  constexpr std::size_t most = 250;
  if (all.size() > most)
    diagnostics.add({.at = all[most].at,
                     .what = "more municipalities than can be told apart",
                     .expected = fmt::format("at most {}", most),
                     .got = fmt::format("{}", all.size()),
                     .hint = ""});
  for (std::size_t b = 1; b < all.size(); ++b)
    for (std::size_t a = 0; a < b; ++a)
      if (all[a].name != all[b].name && rng::PlaceCode(all[a].name) == rng::PlaceCode(all[b].name))
        diagnostics.add({.at = all[b].at,
                         .what = "two municipalities would share their luck",
                         .expected = "another key for one of them",
                         .got = fmt::format("'{}' and '{}'", all[a].name, all[b].name),
                         .hint = ""});
}

/// Names that the sections of a scenario give share one space.
void refuse_shared_names(const Scenario& s, Diagnostics& diagnostics) {
  struct Given {
    std::string_view section;
    const Position* at;
  };
  std::map<std::string, Given> given;
  const auto add = [&](std::string_view section, const auto& list) {
    for (const auto& one : list) {
      const auto [other, fresh] = given.try_emplace(one.name, Given{section, &one.at});
      if (!fresh && other->second.section != section)
        diagnostics.add({.at = one.at,
                         .what = fmt::format("the name {} is given twice, under {} and {}", oikos::quoted(one.name),
                                             other->second.section, section),
                         .expected = "a name of its own for each",
                         .got = fmt::format("the other in line {}{}", other->second.at->line,
                                            other->second.at->source == one.at.source || !other->second.at->source
                                                ? ""
                                                : " of " + other->second.at->source->name),
                         .hint = ""});
    }
  };
  add("municipalities", s.municipalities);
  add("attributes", s.attributes);
  add("payers", s.payers);
  add("providers", s.providers);
  add("programmes", s.programmes);
  add("levers", s.levers);
  add("shocks", s.shocks);
}

/// Municipalities under their names.
Codec<std::vector<Named<MunicipalitySpec>>> municipalities_codec() {
  const auto map = codec::map_of(codec::record_of(municipality_record(), codec::OnMistake::keep_readable));
  return {[map](const Node& node, Diagnostics& diagnostics) {
            auto all = map.parse(node, diagnostics);
            if (node.is_mapping() && node.entries.empty())
              diagnostics.add({.at = node.at,
                               .what = "no municipality",
                               .expected = "at least one",
                               .got = describe(node),
                               .hint = ""});
            if (all) refuse_many_or_equal(*all, diagnostics);
            return all;
          },
          map.schema(), map.describe(), map.inner()};
}

}  // namespace

LoadedScenario LoadedScenario::part(std::size_t municipality) const {
  const std::string& key = scenario.municipalities[municipality].name;
  const auto belongs = [&](const std::string* of) {
    const bool is_known = of != nullptr && std::ranges::find(scenario.everywhere, *of) != scenario.everywhere.end();
    return is_known ? *of == key : municipality == 0;
  };
  LoadedScenario one = *this;
  one.scenario.municipalities = {scenario.municipalities[municipality]};
  one.scenario.providers.clear();
  for (const auto& provider : scenario.providers)
    (belongs(&provider.value.municipality.value) ? one.scenario.providers : one.scenario.elsewhere).push_back(provider);
  const auto is_elsewhere = [&](const auto& entry) {
    const auto& where = entry.value.municipality;
    return where && !belongs(&where->value);
  };
  std::erase_if(one.scenario.programmes, is_elsewhere);
  std::erase_if(one.scenario.levers, is_elsewhere);
  std::erase_if(one.scenario.shocks, is_elsewhere);
  return one;
}

Record<Scenario> scenario_record(const std::string& currency) {
  constexpr auto keep = codec::OnMistake::keep_readable;
  Record<Scenario> record{"scenario", "municipalities, their services and programmes, and how long to run them"};
  record.required("name", &Scenario::name, codec::identifier(), "short name, in results and tables")
      .optional("title", &Scenario::title, codec::text(), "name shown in reports")
      .required("start", &Scenario::start, codec::month(), "first month")
      .required("months", &Scenario::months, codec::integer(1, most_months), "months to run")
      .required("replicates", &Scenario::replicates, codec::integer(1, most_replicates), "runs with different luck")
      .required("seed", &Scenario::seed, codec::natural(), "number from which all luck follows")
      .required("currency", &Scenario::currency, codec::currency(),
                "code of the currency in which all amounts are written")
      .required("municipalities", &Scenario::municipalities, municipalities_codec(),
                "the municipalities, by keys of your choice")
      .optional("parameters", &Scenario::parameters, codec::mapping_node("a mapping from parameter names to values"),
                "parameters whose values differ from the tables'")
      .map("attributes", &Scenario::attributes, codec::record_of(attribute_record(), keep),
           "states of persons and households that the rules of the program do not know, by keys of your choice")
      .map("payers", &Scenario::payers, codec::record_of(payer_record(), keep),
           "who may pay for programmes besides the city, the state, the social insurance and the health fund, by a key "
           "of your choice")
      .map("providers", &Scenario::providers, codec::record_of(provider_record(), keep),
           "services, by a key of your choice")
      .map("programmes", &Scenario::programmes, codec::record_of(programme_record(currency), keep),
           "programmes, by a key of your choice")
      .map("levers", &Scenario::levers, codec::record_of(lever_record(currency), keep),
           "what a city changes as a whole and pays for, by a key of your choice")
      .map("shocks", &Scenario::shocks, codec::record_of(shock_record(), keep),
           "what happens to a city and costs nothing, by a key of your choice")
      .renamed("city", "write 'municipalities: {ruda_slaska: {title: Ruda Śląska, ...}}'", "municipalities")
      .renamed("population", "write 'municipalities: {NAME: {population: {tables: data, scale: 5 %}}}'",
               "municipalities")
      .renamed("tables", "write 'municipalities: {NAME: {parameters: [data/law.csv, data/age_rates.csv]}}'",
               "municipalities");
  record.check([](const Scenario& s, const Node&, Diagnostics& diagnostics) {
    // The own budget of each of several municipalities is a payer under its key.
    static constexpr std::array<std::string_view, 7> sectors{
        "city", "state", "social_insurance", "health_fund", "households", "providers", "employers"};
    if (s.municipalities.size() < 2) return;
    for (const auto& one : s.municipalities)
      if (std::ranges::find(sectors, one.name) != sectors.end() ||
          std::ranges::find(s.payers, one.name, &Named<PayerSpec>::name) != s.payers.end())
        diagnostics.add({.at = one.at,
                         .what = fmt::format("a municipality and a payer are both called {}", oikos::quoted(one.name)),
                         .expected = "a name of its own, as its budget stands under it in the flows of money",
                         .got = oikos::quoted(one.name),
                         .hint = ""});
  });
  record.check([](const Scenario& s, const Node&, Diagnostics& diagnostics) { refuse_shared_names(s, diagnostics); });
  record.check([](const Scenario& s, const Node& node, Diagnostics& diagnostics) {
    const Month last{2999, 12};  // that can be written
    if (s.end() - 1 <= last) return;
    diagnostics.add({.at = node.find("start")->at,
                     .what = "the run ends after the last month that can be written",
                     .expected = fmt::format("at most {} months from {}", last - s.start + 1, to_string(s.start)),
                     .got = fmt::format("{} months", s.months),
                     .hint = "start earlier, or run fewer months"});
  });
  return record;
}

}  // namespace oikos
