#include "sim/world/expression_columns.hpp"

#include <fmt/core.h>

#include <array>
#include <limits>
#include <sstream>

#include "sim/base/contract.hpp"

namespace oikos {

namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

/// A name of the expression language: how the schema describes it, and the value of one row.
struct Name {
  std::string_view name;
  expr::Kind kind;
  std::string_view domain;  ///< of an enumeration
  std::string_view unit;    ///< shown to users; empty: that of the kind
  std::string_view doc;
  // Of numbers: what no row goes beyond.
  double least = 0;
  double most = endless;
  bool whole = true;
  expr::Change change = expr::Change::free;
};

enum ColumnId : std::uint32_t {
  age,
  age_months,
  sex,
  education,
  labour,
  months_in_state,
  children_born,
  has_partner,
  gross_wage,
  pension,
  net_income,
  household_size,
  dependent_children,
  household_type,
  tenure,
  district,
  household_income,
  income_per_person,
  equivalised_income,
  child_benefit,
  social_assistance,
  column_count
};

using expr::Kind;
constexpr std::array<Name, column_count> names{{
    {"age", Kind::years, "", "", "completed years of age", 0, 130, true, expr::Change::ages},
    {"age_months", Kind::months, "", "", "completed months of age", 0, 1571, true, expr::Change::ages},
    {"sex", Kind::enumeration, "sex", "", "sex", 0, 1, true, expr::Change::never},
    {"education", Kind::enumeration, "education", "", "highest completed education"},
    {"labour", Kind::enumeration, "labour", "", "labour state"},
    {"months_in_state", Kind::months, "", "", "full months in the present labour state"},
    {"children_born", Kind::number, "", "", "live births so far, of women", 0, 255},
    {"has_partner", Kind::boolean, "", "", "lives with a partner"},
    {"gross_wage", Kind::money, "", "/month", "gross wage of the month"},
    {"pension", Kind::money, "", "/month", "gross old-age pension of the month"},
    {"net_income", Kind::money, "", "/month", "own wage and pension after contributions and tax"},
    {"household_size", Kind::number, "", "", "members of the household", 1, 65535},
    {"dependent_children", Kind::number, "", "", "members below 18, and pupils and students below 25 with a parent", 0,
     255},
    {"household_type", Kind::enumeration, "household_type", "", "household by members"},
    {"tenure", Kind::enumeration, "tenure", "", "how the dwelling is held"},
    {"district", Kind::enumeration, "district", "", "district of the household"},
    {"household_income", Kind::money, "", "/month",
     "wages, pensions and benefits of the household, net, before cash of this month's programmes"},
    {"income_per_person", Kind::money, "", "/month", "household_income per member", 0, endless, false},
    {"equivalised_income", Kind::money, "", "/month",
     "household_income per consumption unit (modified OECD scale), so before this month's programmes", 0, endless,
     false},
    {"child_benefit", Kind::money, "", "/month", "child benefit of the household"},
    {"social_assistance", Kind::money, "", "/month", "social assistance of the household"},
}};

/// What holds for every person in every month, when programmes look at it; `check` finds by it the conditions that
/// nobody can meet. Ages stand a wide margin from where law and figures put them.
constexpr std::array<std::string_view, 13> facts{
    "age_months >= 12 * age and age_months < 12 * age + 12",
    "labour != child or age < 20",
    "labour in (child, student) or age >= 10",
    "gross_wage == CURRENCY or labour == employed",
    "pension == CURRENCY or labour == retired",
    "children_born == 0 or sex == female",
    "dependent_children <= household_size",
    "age >= 18 or dependent_children >= 1",
    "not has_partner or household_size >= 2",
    "household_type not in (one_person_below_65, one_person_65_or_over) or "
    "household_size == 1 and dependent_children == 0 and not has_partner",
    "(household_type != one_person_below_65 or age < 65) and (household_type != one_person_65_or_over or age >= 65)",
    "household_type not in (lone_parent, couple_with_children) or dependent_children >= 1 and household_size >= 2",
    "household_type != couple_without_children or household_size == 2 and dependent_children == 0"};

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

template <std::size_t n>
std::vector<std::string> words(const std::array<std::string_view, n>& list) {
  return {list.begin(), list.end()};
}

double household_income_of(const HouseholdTable& households, std::uint32_t h) {
  // Below household_limit, which a double holds exactly.
  return static_cast<double>(households.market_income[h] + households.child_benefit[h] +
                             households.social_assistance[h]);
}

/// Fills out[i] with value(row of i). One loop for each column, so that the choice of column is made once a block.
template <class Rows>
void fill(const World& world, ShortMonth now, std::uint32_t column, const Rows& rows, double* out) {
  const PersonTable& p = world.persons;
  const HouseholdTable& h = world.households;
  const auto each = [&](auto value) {
    for (std::size_t i = 0; i < rows.size(); ++i) out[i] = static_cast<double>(value(rows[i]));
  };
  const auto home = [&](auto value) { each([&](Row r) { return value(p.household[r]); }); };
  switch (column) {
    case age: return each([&](Row r) { return p.age_years(r, now); });
    case age_months: return each([&](Row r) { return p.age_months(r, now); });
    case sex: return each([&](Row r) { return static_cast<int>(p.sex[r]); });
    case education: return each([&](Row r) { return static_cast<int>(p.education[r]); });
    case labour: return each([&](Row r) { return static_cast<int>(p.labour[r]); });
    case months_in_state: return each([&](Row r) { return now - p.state_since[r]; });
    case children_born: return each([&](Row r) { return p.children_born[r]; });
    case has_partner: return each([&](Row r) { return p.partner[r] != no_row ? 1 : 0; });
    case gross_wage: return each([&](Row r) { return p.gross_wage[r]; });
    case pension: return each([&](Row r) { return p.labour[r] == Labour::retired ? p.pension[r] : std::int64_t{0}; });
    case net_income: return each([&](Row r) { return p.net_income[r]; });
    case household_size: return home([&](std::uint32_t k) { return h.members[k]; });
    case dependent_children: return home([&](std::uint32_t k) { return h.dependent_children[k]; });
    case household_type: return home([&](std::uint32_t k) { return static_cast<int>(h.type[k]); });
    case tenure: return home([&](std::uint32_t k) { return static_cast<int>(h.tenure[k]); });
    case district: return home([&](std::uint32_t k) { return h.district[k]; });
    case household_income: return home([&](std::uint32_t k) { return household_income_of(h, k); });
    case income_per_person: return home([&](std::uint32_t k) { return household_income_of(h, k) / h.members[k]; });
    case equivalised_income:
      return home([&](std::uint32_t k) { return household_income_of(h, k) * 10.0 / h.equivalence_size[k]; });
    case child_benefit: return home([&](std::uint32_t k) { return h.child_benefit[k]; });
    case social_assistance: return home([&](std::uint32_t k) { return h.social_assistance[k]; });
    default: expect(false, "expressions name columns of the schema");
  }
}

/// Rows that follow on each other, with the interface of a list.
struct Stretch {
  std::uint32_t first, count;
  std::size_t size() const { return count; }
  Row operator[](std::size_t i) const { return first + static_cast<Row>(i); }
};

}  // namespace

expr::Schema person_schema(const std::string& currency, std::span<const std::string> districts) {
  expr::Schema schema(currency, "a column of persons and their households");
  schema.add_domain("sex", words(sex_names));
  schema.add_domain("education", words(education_names));
  schema.add_domain("labour", words(labour_names));
  schema.add_domain("household_type", words(household_type_names));
  schema.add_domain("tenure", words(tenure_names));
  schema.add_domain("district", {districts.begin(), districts.end()});
  for (std::uint32_t id = 0; id < column_count; ++id) {
    const Name& s = names[id];
    const expr::EnumDomain* domain = s.domain.empty() ? nullptr : schema.find_domain(s.domain);
    schema.add_column({.name = std::string(s.name),
                       .type = {s.kind, domain},
                       .doc = std::string(s.doc),
                       .id = id,
                       .unit = s.unit.empty() ? "" : currency + std::string(s.unit),
                       .least = s.least,
                       .most = s.most,
                       .whole = s.whole,
                       .change = s.change});
  }
  for (const std::string_view fact : facts) {
    std::string text(fact);
    if (const auto at = text.find("CURRENCY"); at != std::string::npos) text.replace(at, 8, "0 " + currency);
    schema.add_fact(std::move(text));
  }
  for (const Absent& one : absent) {
    std::istringstream words_of(std::string(one.names));
    for (std::string name; words_of >> name;)
      schema.add_absent(name, fmt::format("not modelled: nothing in the model holds or moves {}", one.thing));
  }
  return schema;
}

void WorldColumns::load(std::uint32_t column, std::span<const std::uint32_t> rows, double* out) const {
  fill(world_, now_, column, rows, out);
}

void WorldColumns::load_range(std::uint32_t column, std::uint32_t first, std::uint32_t count, double* out) const {
  fill(world_, now_, column, Stretch{first, count}, out);
}

}  // namespace oikos
