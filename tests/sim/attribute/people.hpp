#pragma once
#include <memory>
#include <string>
#include <vector>

#include "sim/attribute/attributes.hpp"
#include "sim/scenario/modules.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos::test {

/// Attributes read from text, and a world in which they move.
struct People {
  /// @param text the section `attributes`   @param asked more calls that somebody asks for
  explicit People(const std::string& text, Month from = Month{2000, 1}, int months = 12) : start(from) {
    const Node tree = parse_yaml(make_source("attributes.yaml", text), diagnostics);
    diagnostics.throw_if_any();
    const auto record = attribute_record();
    for (const auto& entry : tree.entries)
      if (auto spec = record.parse_readable(entry.value, diagnostics))
        specs.push_back({entry.key, entry.key_at, std::move(*spec)});
    for (const auto& spec : specs) lanes.push_back(spec.name);
    std::ranges::sort(lanes);
    declarations = std::make_unique<Declarations>(declared(), specs, std::vector<std::string>(), calls_in(tree));
    schema = std::make_unique<expr::Schema>(
        person_schema(declarations->registry(), "EUR", districts, {}, declarations->calls()));
    const AttributeContext context{
        .declarations = *declarations,
        .quantities = {.schema = *schema,
                       .start = start,
                       .months = months,
                       .open = [&](const Position&, const std::string& name, Diagnostics&) -> std::optional<Source> {
                         return make_source(name, tables.at(name));
                       }},
        .lanes = lanes};
    compile = [this, context](Diagnostics& found) { return compile_attributes(specs, context, found); };
    parameters = std::make_shared<const ParameterValues>(static_cast<std::size_t>(months));
  }

  /// Makes a world for the declarations, without people.
  void open() {
    attributes = std::make_shared<const std::vector<Attribute>>(compile(diagnostics));
    diagnostics.throw_if_any();
    world = std::make_unique<World>(declarations->registry());
  }
  /// Adds persons of one age, each a household.
  void add(std::uint32_t count, Sex sex, int age_months) {
    const std::uint32_t first = world->persons.append(count);
    const std::uint32_t home = world->households.append(count);
    for (std::uint32_t i = 0; i < count; ++i) {
      PersonTable& p = world->persons;
      p[person::identity][first + i] = first + i;
      p[person::household][first + i] = home + i;
      p[person::sex][first + i] = sex;
      p[person::birth_month][first + i] = to_short(start - age_months);
      world->households[household::identity][home + i] = home + i;
      world->households[household::first][home + i] = first + i;
      world->households[household::members][home + i] = 1;
    }
  }
  void begin() { start_attributes(*attributes, {}, rng::Stream(1, 0xFFFF'FFFFu), start, *world); }

  std::uint8_t state(const std::string& name, Row row) const {
    const DeclaredAttribute& of = *declarations->find(name);
    StateTable& table = of.of_household ? static_cast<StateTable&>(world->households) : world->persons;
    return static_cast<const Column<std::uint8_t>&>(table.column(of.state))[row];
  }
  std::vector<std::uint8_t> states(const std::string& name) const {
    std::vector<std::uint8_t> all;
    const bool households = declarations->find(name)->of_household;
    for (Row row = 0; row < (households ? world->households.size() : world->persons.size()); ++row)
      all.push_back(state(name, row));
    return all;
  }
  const CountSpec& count(const std::string& attribute, const std::string& move) const {
    for (const DeclaredMove& one : declarations->find(attribute)->moves)
      if (one.name == move) return one.count;
    throw std::runtime_error("no such move");
  }

  Month start;
  Diagnostics diagnostics;
  std::vector<std::string> districts{"north", "south"};
  std::map<std::string, std::string> tables;
  std::vector<Named<AttributeSpec>> specs;
  std::vector<std::string> lanes;
  std::unique_ptr<Declarations> declarations;
  std::unique_ptr<expr::Schema> schema;
  std::function<std::vector<Attribute>(Diagnostics&)> compile;
  std::shared_ptr<const std::vector<Attribute>> attributes;
  std::shared_ptr<const ParameterValues> parameters;
  std::unique_ptr<World> world;
};

}  // namespace oikos::test
