#include "sim/world/expression_columns.hpp"

#include <fmt/core.h>

#include <array>
#include <sstream>

#include "sim/world/relations.hpp"

namespace oikos {

namespace {

using expr::Kind;

constexpr DomainSpec sexes{"sex", sex_names};

constexpr ExpressionName names[] = {
    {.name = "age",
     .kind = Kind::years,
     .doc = "completed years of age",
     .most = 130,
     .change = expr::Change::ages,
     .fill = fill_rows<[](const World& w, ShortMonth now) {
       return [&persons = w.persons, now](Row r) { return persons.age_years(r, now); };
     }>},
    {.name = "age_months",
     .kind = Kind::months,
     .doc = "completed months of age",
     .most = 1571,
     .change = expr::Change::ages,
     .fill = fill_rows<[](const World& w, ShortMonth now) {
       return [&persons = w.persons, now](Row r) { return persons.age_months(r, now); };
     }>},
    {.name = "sex",
     .kind = Kind::enumeration,
     .domain = "sex",
     .doc = "sex",
     .most = 1,
     .change = expr::Change::never,
     .fill = fill_column<person::sex>},
    {.name = "has_partner",
     .kind = Kind::boolean,
     .doc = "lives with a partner",
     .fill = fill_rows<[](const World& w, ShortMonth) {
       return [&partner = w.persons[person::partner]](Row r) { return partner[r] != no_row ? 1 : 0; };
     }>},
    {.name = "household_size",
     .kind = Kind::number,
     .doc = "members of the household",
     .least = 1,
     .most = 65535,
     .fill = fill_column<household::members>},
    {.name = "district",
     .kind = Kind::enumeration,
     .domain = "district",
     .doc = "district of the household",
     .fill = fill_column<household::district>},
    {.name = "municipality",
     .kind = Kind::enumeration,
     .domain = "municipality",
     .doc = "municipality of the household",
     .change = expr::Change::never,
     .fill = fill_rows<[](const World& w, ShortMonth) { return [own = w.municipality](Row) { return own; }; }>},
};

/// What plans ask for and the model has not: states of needs that no rule moves yet.
struct Absent {
  std::string_view names, thing;
};
constexpr std::array<Absent, 10> absent{{
    {"rent rent_arrears arrears eviction months_homeless homeless", "rent, its arrears or homelessness"},
    {"debt debts over_indebted", "debt"},
    {"care_need care_hours informal_care care_dependency", "care need"},
    {"disability disabled disability_degree", "disability"},
    {"health chronic_illness long_illness illness sick", "health"},
    {"addiction alcohol drinks", "addiction"},
    {"mental_health distress mental_distress depression", "mental health"},
    {"violence victim_of_violence", "violence"},
    {"isolation isolated lonely loneliness", "isolation"},
    {"child_raising child_raising_difficulty child_removal", "difficulty in raising children"},
}};

}  // namespace

void declare_structure(Registry& registry) {
  for (const ColumnSpec* spec : std::initializer_list<const ColumnSpec*>{
           &person::identity, &person::household, &person::partner, &person::mother, &person::father,
           &person::birth_month, &person::sex, &person::effects, &household::identity, &household::first,
           &household::members, &household::district})
    registry.column(*spec);
  registry.domain(sexes);
  for (const ExpressionName& one : names) registry.name(one);
  registry.fact("age_months >= 12 * age and age_months < 12 * age + 12");
  registry.fact("not has_partner or household_size >= 2");
}

void WorldColumns::related(std::uint32_t group, std::span<const std::uint32_t> rows,
                           std::vector<std::uint32_t>& members, std::vector<std::uint32_t>& ends) const {
  const Relatives relatives(world_, static_cast<Relation>(group));
  for (const std::uint32_t row : rows) {
    relatives.of(row, [&](Row other) { members.push_back(other); });
    ends.push_back(static_cast<std::uint32_t>(members.size()));
  }
}

expr::Schema person_schema(const Registry& registry, const std::string& currency,
                           std::span<const std::string> districts, std::span<const std::string> municipalities,
                           std::span<const expr::Call> calls) {
  expr::Schema schema(currency, "a column of persons and their households");
  for (const DomainSpec* one : registry.domains())
    schema.add_domain(std::string(one->name), {one->values.begin(), one->values.end()});
  schema.add_domain("district", {districts.begin(), districts.end()});
  schema.add_domain("municipality", {municipalities.begin(), municipalities.end()});
  for (const expr::Call& one : calls) schema.add_call(one);
  for (std::size_t r = 1; r < relations.size(); ++r)  // `own` needs no word
    schema.add_group({.name = std::string(relations[r].name),
                      .id = static_cast<std::uint32_t>(r),
                      .one = relations[r].one,
                      .may_be_empty = relations[r].may_be_empty,
                      .doc = std::string(relations[r].doc)});
  for (std::uint32_t id = 0; id < registry.names().size(); ++id) {
    const ExpressionName& one = *registry.names()[id];
    const expr::EnumDomain* domain = one.domain.empty() ? nullptr : schema.find_domain(one.domain);
    schema.add_column({.name = std::string(one.name),
                       .type = {one.kind, domain},
                       .doc = std::string(one.doc),
                       .id = id,
                       .unit = one.unit.empty() ? "" : currency + std::string(one.unit),
                       .least = one.least,
                       .most = one.most,
                       .whole = one.whole,
                       .change = one.change});
  }
  for (const std::string_view fact : registry.facts()) {
    std::string text(fact);
    if (const auto at = text.find("CURRENCY"); at != std::string::npos) text.replace(at, 8, "0 " + currency);
    schema.add_fact(std::move(text));
  }
  for (const Absent& one : absent) {
    std::istringstream words_of(std::string(one.names));
    for (std::string name; words_of >> name;)
      if (schema.is_free(name))
        schema.add_absent(name, fmt::format("not modelled: nothing in the model holds or moves {}", one.thing));
  }
  return schema;
}

}  // namespace oikos
