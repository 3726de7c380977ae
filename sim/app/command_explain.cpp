#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "sim/app/commands.hpp"
#include "sim/app/exit_codes.hpp"
#include "sim/app/json_text.hpp"
#include "sim/parameter/parameter_unit.hpp"
#include "sim/scenario/build.hpp"
#include "sim/scenario/declared_parameters.hpp"
#include "sim/scenario/modules.hpp"
#include "sim/text/schema.hpp"
#include "sim/world/expression_columns.hpp"

namespace oikos::app {

namespace {

constexpr const char* default_currency = "PLN";

std::string type_name(const expr::Schema& schema, const expr::Column& column) {
  if (column.type.kind == expr::Kind::boolean) return "true/false";
  if (column.type.kind == expr::Kind::enumeration) {
    std::string out;
    for (const auto& value : column.type.domain->values) out += (out.empty() ? "" : " | ") + value;
    return out.empty() ? "a " + column.type.domain->name + " of the scenario" : out;
  }
  const std::string unit = schema.unit_of(column);
  return unit.empty() ? "number" : unit;
}

void print(const expr::Schema& schema, std::span<const expr::Column> columns, std::ostream& out) {
  for (const auto& column : columns)
    out << fmt::format("{:<40} {:<14} {}\n", column.name,
                       type_name(schema, column).size() > 14 ? "name" : type_name(schema, column), column.doc);
  for (const auto& column : columns)
    if (type_name(schema, column).size() > 14)
      out << fmt::format("  {} is one of: {}\n", column.name, type_name(schema, column));
}

/// The schema of a plan: any key may be left out, or be `~` to remove the baseline's.
nlohmann::ordered_json plan_schema(const nlohmann::ordered_json& whole) {
  nlohmann::ordered_json plan = whole;
  plan.erase("required");
  for (auto& [name, inner] : plan.items()) {
    if (name == "properties" || name == "patternProperties") {
      for (auto& [key, one] : inner.items()) one = {{"anyOf", {plan_schema(one), {{"type", "null"}}}}};
    } else if (name == "anyOf" || name == "oneOf" || name == "allOf") {
      for (auto& one : inner) one = plan_schema(one);
    }
  }
  return plan;
}

}  // namespace

int explain_columns(const ExplainOptions& options, Streams streams) {
  std::shared_ptr<const expr::Schema> schema;
  if (options.scenario.empty())
    schema = std::make_shared<const expr::Schema>(person_schema(declared(), default_currency, {}));
  else schema = prepare_all(load_readable(options.scenario)).municipalities.front().schema;
  if (options.json) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    const auto add = [&](std::span<const expr::Column> columns, const char* kind) {
      for (const auto& c : columns)
        list.push_back({{"name", c.name}, {"kind", kind}, {"type", type_name(*schema, c)}, {"doc", c.doc}});
    };
    add(schema->columns(), "column");
    add(schema->parameters(), "parameter");
    streams.out << json_text(nlohmann::ordered_json{{"schema", "oikos-columns/1"}, {"columns", list}});
    return ok;
  }
  streams.out << "Columns of persons and their households\n";
  print(*schema, schema->columns(), streams.out);
  if (!schema->parameters().empty()) streams.out << "\nParameters (values in force in the month)\n";
  print(*schema, schema->parameters(), streams.out);
  return ok;
}

namespace {

/// One declared parameter, or one of the analyst's own, as `explain parameters` tells it.
struct ToldParameter {
  std::string name, unit, read, allowed, usual, meaning, value, source, confidence;
};

std::vector<ToldParameter> tell_declared(const std::string& currency) {
  std::vector<ToldParameter> all;
  for (const ParameterSpec& spec : declared_parameters())
    all.push_back({spec.name, unit_text(spec.unit, currency), std::string(read_text(spec.read)),
                   show_range(spec.allowed, spec.unit, currency), usual_range(spec, currency), spec.meaning, "", "",
                   ""});
  return all;
}

/// Adds what a scenario says of a municipality at its start, and its own parameters.
/// @param whose begins a value; empty where there is one municipality
void tell_values(const Prepared& prepared, const std::string& whose, std::vector<ToldParameter>& all) {
  const Scenario& s = prepared.loaded.scenario;
  for (const Parameter& one : prepared.parameters.all()) {
    auto told = std::ranges::find(all, one.name, &ToldParameter::name);
    if (told == all.end())
      told =
          all.insert(all.end(), {one.name, unit_text(one.unit, s.currency), "by expressions", "", "", "", "", "", ""});
    if (!told->value.empty()) told->value += "; ";
    told->value += whose + show_parameter(one.values.at(s.start), one.unit, s.currency);
    told->source = one.row_at(s.start).source;
    told->confidence = one.row_at(s.start).confidence;
  }
}

}  // namespace

int explain_parameters(const ExplainOptions& options, Streams streams) {
  std::vector<ToldParameter> all;
  if (options.markdown) {
    streams.out << parameters_markdown(std::string(default_currency));
    return ok;
  }
  if (options.scenario.empty()) {
    all = tell_declared(std::string(default_currency));
  } else {
    const PreparedScenario prepared = prepare_all(load_readable(options.scenario));
    all = tell_declared(prepared.loaded.scenario.currency);
    const bool several = prepared.municipalities.size() > 1;
    for (const Prepared& one : prepared.municipalities)
      tell_values(one, several ? one.loaded.scenario.municipality_key() + ": " : "", all);
  }
  if (options.json) {
    nlohmann::ordered_json list;
    for (const ToldParameter& one : all)
      list.push_back({{"name", one.name},
                      {"unit", one.unit},
                      {"read", one.read},
                      {"allowed", one.allowed},
                      {"usual", one.usual},
                      {"meaning", one.meaning},
                      {"value", one.value},
                      {"source", one.source},
                      {"confidence", one.confidence}});
    streams.out << json_text(nlohmann::ordered_json{{"schema", "oikos-parameters/1"}, {"parameters", list}});
    return ok;
  }
  for (const ToldParameter& one : all) {
    streams.out << fmt::format("{} [{}], read {}\n", one.name, one.unit, one.read);
    if (!one.meaning.empty())
      streams.out << fmt::format("    {}\n    allowed {}; usual {}\n", one.meaning, one.allowed, one.usual);
    if (!one.value.empty())
      streams.out << fmt::format("    {} at the start{}: {}\n", one.value,
                                 one.confidence.empty() ? "" : " (" + one.confidence + ")", one.source);
  }
  return ok;
}

int explain_month(const ExplainOptions& options, Streams streams) {
  // The schedule does not depend on how many people there are; a hundredth of the city is enough to build it.
  // All municipalities have the same steps.
  const PreparedScenario all =
      prepare_all(load_readable(options.scenario, {{"municipalities/*/population/scale", "1 %"}}));
  const Prepared& prepared = all.municipalities.front();
  const std::shared_ptr<const World> world = make_world(make_population(prepared), prepared.loaded.registry());
  const auto paths = std::make_shared<BaselinePaths>(static_cast<int>(prepared.loaded.scenario.months));
  streams.out << explain(make_schedule(prepared, world, paths));
  return ok;
}

int schema(bool markdown, Streams streams) {
  const auto record = scenario_record(default_currency);
  if (markdown) {
    streams.out << "A file may begin with `extends: FILE`. It is then a plan: only what differs from that file, key by "
                   "key; `KEY: ~` removes\n"
                   "a key.\n\n"
                << reference_markdown(record);
    return ok;
  }
  nlohmann::ordered_json whole = json_schema(record.doc());
  nlohmann::ordered_json plan = plan_schema(whole);
  plan["properties"]["extends"] = {{"description", "scenario file that this one changes"}, {"type", "string"}};
  const std::string dialect = whole["$schema"];
  whole.erase("$schema"), plan.erase("$schema");
  streams.out << json_text(nlohmann::ordered_json{
      {"$schema", dialect}, {"if", {{"required", {"extends"}}}}, {"then", plan}, {"else", whole}});
  return ok;
}

}  // namespace oikos::app
