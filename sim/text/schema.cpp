#include "sim/text/schema.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace oikos {

using nlohmann::json;

namespace schema {

namespace {
Schema hold(json value) { return std::make_shared<const json>(std::move(value)); }
}  // namespace

Schema any_object() { return hold({{"type", "object"}}); }

Schema text(std::string_view pattern) {
  json fragment{{"type", "string"}};
  if (!pattern.empty()) fragment["pattern"] = pattern;
  return hold(std::move(fragment));
}

Schema any_scalar() { return hold({{"type", {"string", "number", "boolean"}}}); }

Schema boolean() { return hold({{"type", "boolean"}}); }

Schema integer(std::optional<std::int64_t> min, std::optional<std::int64_t> max) {
  json fragment{{"type", "integer"}};
  if (min) fragment["minimum"] = *min;
  if (max) fragment["maximum"] = *max;
  return hold(std::move(fragment));
}

Schema number(std::optional<double> min, std::optional<double> max) {
  json fragment{{"type", "number"}};
  if (min) fragment["minimum"] = *min;
  if (max) fragment["maximum"] = *max;
  return hold(std::move(fragment));
}

Schema words(std::span<const std::string> names) {
  json list = json::array();
  for (const auto& name : names) list.push_back(name);
  return hold({{"enum", std::move(list)}});
}

Schema any_of(std::span<const Schema> choices) {
  json list = json::array();
  for (const auto& choice : choices) list.push_back(*choice);
  return hold({{"anyOf", std::move(list)}});
}

Schema array_of(const Schema& items, std::size_t min_items) {
  json fragment{{"type", "array"}, {"items", *items}};
  if (min_items > 0) fragment["minItems"] = min_items;
  return hold(std::move(fragment));
}

Schema map_of(std::string_view key_pattern, const Schema& values) {
  json fragment{{"type", "object"}, {"additionalProperties", false}};
  fragment["patternProperties"][std::string(key_pattern)] = *values;
  return hold(std::move(fragment));
}

Schema each_of(std::span<const std::string> names, const Schema& values) {
  json fragment{
      {"type", "object"}, {"additionalProperties", false}, {"properties", json::object()}, {"required", json::array()}};
  for (const auto& name : names) {
    fragment["properties"][name] = *values;
    fragment["required"].push_back(name);
  }
  return hold(std::move(fragment));
}

Schema some_of(std::span<const std::string> names, const Schema& values) {
  json fragment{{"type", "object"}, {"additionalProperties", false}, {"properties", json::object()}};
  for (const auto& name : names) fragment["properties"][name] = *values;
  return hold(std::move(fragment));
}

Schema object(const RecordDoc& record) {
  json fragment{{"type", "object"}, {"additionalProperties", false}, {"properties", json::object()}};
  if (!record.doc.empty()) fragment["description"] = record.doc;
  for (const KeyDoc& key : record.keys) {
    json value = *key.schema;
    value["description"] = key.doc.empty() ? key.expected : fmt::format("{} ({})", key.doc, key.expected);
    fragment["properties"][key.key] = std::move(value);
    if (key.required) fragment["required"].push_back(key.key);
  }
  return hold(std::move(fragment));
}

}  // namespace schema

json json_schema(const RecordDoc& record) {
  json document = *schema::object(record);
  document["$schema"] = "http://json-schema.org/draft-07/schema#";
  document["title"] = record.name;
  return document;
}

namespace {

/// A '|' would end the table's cell.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

void write_tables(const RecordDoc& record, std::vector<std::string>& done, std::string& out) {
  if (std::ranges::find(done, record.name) != done.end()) return;
  done.push_back(record.name);
  out += fmt::format("{}## {}\n\n", done.size() == 1 ? "" : "\n", record.name);
  if (!record.doc.empty()) out += record.doc + "\n\n";
  out += "| key | required | value | meaning |\n|---|---|---|---|\n";
  for (const KeyDoc& key : record.keys)
    out += fmt::format("| `{}` | {} | {} | {} |\n", key.key, key.required ? "yes" : "no", cell(key.expected),
                       cell(key.doc));
  for (const KeyDoc& key : record.keys)
    if (key.inner) write_tables(*key.inner, done, out);
}

}  // namespace

std::string reference_markdown(const RecordDoc& record) {
  std::vector<std::string> done;
  std::string out;
  write_tables(record, done, out);
  return out;
}

}  // namespace oikos
