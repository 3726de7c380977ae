#include "sim/attribute/declarations.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "sim/world/expression_columns.hpp"
#include "sim/world/relations.hpp"

namespace oikos {

namespace {

/// The month of what never happened.
constexpr ShortMonth never = std::numeric_limits<ShortMonth>::min();

/// Names that results have for something else, as an attribute is a breakdown of theirs, and that tables have.
constexpr std::string_view reserved[] = {
    "replicate", "time", "bounds", "month", "programme", "provider", "flow", "payer", "payee", "reason", "age_band",
    "income_quintile", "title", "scale", "currency", "population_margin", "domain", "kind",
    // Columns of tables.
    "value", "unit", "year", "place", "source", "confidence", "low", "high", "from", "comment"};

const StateTable& table_of(const World& world, const ColumnSpec& column) {
  return column.table == TableId::person ? static_cast<const StateTable&>(world.persons) : world.households;
}

/// One number a row of a column, of the person or of the own household.
template <class T, class Make>
void fill(const ExpressionName& self, const World& world, const RowSet& rows, double* out, Make make) {
  const ColumnSpec& spec = *static_cast<const AttributeName&>(self).column;
  const auto& column = static_cast<const Column<T>&>(table_of(world, spec).column(spec));
  const auto& home = world.persons[person::household];
  const bool own = spec.table == TableId::person;
  for (std::size_t i = 0; i < rows.count; ++i) {
    const Row row = rows.list != nullptr ? rows.list[i] : rows.first + static_cast<Row>(i);
    out[i] = make(column[own ? row : home[row]]);
  }
}

void fill_value(const ExpressionName& self, const World& world, ShortMonth, const RowSet& rows, double* out) {
  fill<std::uint8_t>(self, world, rows, out, [](std::uint8_t value) { return static_cast<double>(value); });
}

void fill_months(const ExpressionName& self, const World& world, ShortMonth now, const RowSet& rows, double* out) {
  // Whoever is born this month has been in no state before.
  fill<ShortMonth>(self, world, rows, out,
                   [now](ShortMonth since) { return std::max(0.0, static_cast<double>(now - since)); });
}

template <std::uint8_t bit>
void fill_bit(const ExpressionName& self, const World& world, ShortMonth, const RowSet& rows, double* out) {
  fill<std::uint8_t>(self, world, rows, out, [](std::uint8_t value) { return (value & bit) != 0 ? 1.0 : 0.0; });
}

template <class T>
ColumnSpec column_of(std::string_view name, std::string_view unit, std::string_view doc, TableId table,
                     ColumnRules rules, T first, const void* type) {
  return {.info = {name, unit, doc, rules.refers, rules.renewed},
          .table = table,
          .rules = rules,
          .element_size = sizeof(T),
          .initial = detail::bytes_of(first),
          .make = [](Table& to, const ColumnInfo& as) -> std::unique_ptr<ColumnBase> {
            return std::make_unique<Column<T>>(to, as);
          },
          .shift = nullptr,
          .merge = nullptr,
          .type = type};
}

void shift_month(std::byte* value, int months) {
  detail::write(value, narrow<ShortMonth>(detail::read<ShortMonth>(value) + months));
}

/// A question to services: `enrolled(debt_advice)`.
struct ServiceWord {
  std::string_view word, doc;
  DeclaredService::Kept DeclaredService::*column;
  void (*fill)(const ExpressionName&, const World&, ShortMonth, const RowSet&, double*);
};
constexpr std::array<ServiceWord, 5> service_words{{
    {"enrolled", "whether one is enrolled in", &DeclaredService::bits, fill_bit<DeclaredService::enrolled_bit>},
    {"waiting", "whether one waits for", &DeclaredService::bits, fill_bit<DeclaredService::waiting_bit>},
    {"ever", "whether one is or once was enrolled in", &DeclaredService::bits, fill_bit<DeclaredService::ever_bit>},
    {"since_entry", "months since one last entered", &DeclaredService::entry, fill_months},
    {"since_exit", "months since one last left", &DeclaredService::exit, fill_months},
}};

}  // namespace

Declarations::Declarations(const Registry& modules, std::span<const Named<AttributeSpec>> attributes,
                           std::span<const std::string> services, const std::set<std::string>& asked)
    : registry_(modules),
      calls_{{"months_in", "an attribute", {}}, {"since", "a move of an attribute, as alcohol.relapse", {}}} {
  for (const ServiceWord& one : service_words)
    calls_.push_back({std::string(one.word), "a programme, a provider, a kind of provider, a need domain, or any", {}});
  for (const std::string& name : services) declare_service(name, asked);
  // Words of the language are those of any schema, whatever its currency; XTS is the code for tests (ISO 4217).
  const expr::Schema words("XTS");
  const auto is_column = [&](const std::string& name) {
    for (const TableId table : {TableId::person, TableId::household})
      for (const ColumnSpec* column : registry_.columns(table))
        if (column->info.name == name) return true;
    return false;
  };
  for (const auto& one : attributes) {
    const bool taken =
        std::ranges::find(reserved, one.name) != std::end(reserved) || one.name.ends_with("_from") ||
        std::ranges::any_of(registry_.names(), [&](const ExpressionName* name) { return name->name == one.name; }) ||
        std::ranges::any_of(registry_.domains(), [&](const DomainSpec* domain) { return domain->name == one.name; }) ||
        std::ranges::any_of(calls_, [&](const expr::Call& call) { return call.word == one.name; }) ||
        !words.is_free(one.name) ||
        std::ranges::any_of(relations, [&](const RelationInfo& group) { return group.name == one.name; }) ||
        std::ranges::any_of(registry_.targets(),
                            [&](const TargetSpec* target) { return target->name.starts_with(one.name + "."); }) ||
        is_column(one.name);
    if (!taken && one.value.of && (one.value.flag || one.value.values.size() > 1)) declare(one, asked);
  }
}

void Declarations::declare_service(const std::string& name, const std::set<std::string>& asked) {
  DeclaredService* service = nullptr;
  const std::string what = name == "any" ? "some programme" : name;
  for (std::size_t w = 0; w < service_words.size(); ++w) {
    const ServiceWord& word = service_words[w];
    const std::string call = fmt::format("{}({})", word.word, name);
    calls_[2 + w].known.push_back(call);
    if (!asked.contains(call)) continue;
    if (service == nullptr) {
      service = &services_.emplace_back();
      service->name = name;
      service->bits = {"service_" + name, fmt::format("enrolled in (1), waiting for (2), ever in (4) {}", what), {}};
      service->entry = {"service_" + name + "_entered", fmt::format("month of the last entry into {}", what), {}};
      service->exit = {"service_" + name + "_left", fmt::format("month of the last exit from {}", what), {}};
    }
    DeclaredService::Kept& column = service->*word.column;
    const bool is_month = word.column != &DeclaredService::bits;
    if (!column.is_there) {
      column.is_there = true;
      const ColumnRules rules{.arrival = OnArrival::initial};
      column.spec = is_month ? column_of<ShortMonth>(column.name, "month", column.doc, TableId::person, rules, never,
                                                     &column.spec)
                             : column_of<std::uint8_t>(column.name, "bits", column.doc, TableId::person, rules,
                                                       std::uint8_t{0}, &column.spec);
      registry_.column(column.spec);
    }
    DeclaredService::Answer& answer = service->answers.emplace_back();
    answer.name = call;
    answer.doc =
        fmt::format("{} {}, the own household as well, after the programmes of the last month", word.doc, what);
    static_cast<ExpressionName&>(answer.shown) = {.name = answer.name,
                                                  .kind = is_month ? expr::Kind::months : expr::Kind::boolean,
                                                  .doc = answer.doc,
                                                  .computed = true,
                                                  .fill = word.fill};
    if (!is_month) answer.shown.most = 1;
    answer.shown.column = &column.spec;
    registry_.name(answer.shown);
  }
}

void Declarations::declare(const Named<AttributeSpec>& named, const std::set<std::string>& asked) {
  const AttributeSpec& spec = named.value;
  DeclaredAttribute& one = attributes_.emplace_back();
  one.name = named.name;
  one.at = named.at;
  one.of_household = spec.of == AttributeSpec::Of::household;
  one.values = spec.value_names();
  one.value_views.assign(one.values.begin(), one.values.end());
  one.doc = spec.title.empty() ? one.name : spec.title;
  const TableId table = one.of_household ? TableId::household : TableId::person;
  const OnSplit split = spec.when_split == AttributeSpec::WhenSplit::copy ? OnSplit::copied : OnSplit::initial;

  std::uint8_t newborn = 0;
  if (spec.at_birth) {
    const auto found = std::ranges::find(one.values, spec.at_birth->value);
    if (found != one.values.end()) newborn = static_cast<std::uint8_t>(found - one.values.begin());
  }
  one.state = column_of<std::uint8_t>(one.name, "value", one.doc, table, {.arrival = OnArrival::copied, .split = split},
                                      newborn, &one.state);
  registry_.column(one.state);
  if (!spec.flag) {
    one.domain = {one.name, one.value_views};
    registry_.domain(one.domain);
  }
  static_cast<ExpressionName&>(one.value) = {.name = one.name,
                                             .kind = spec.flag ? expr::Kind::boolean : expr::Kind::enumeration,
                                             .domain = spec.flag ? std::string_view() : std::string_view(one.name),
                                             .doc = one.doc,
                                             .most = static_cast<double>(one.values.size() - 1),
                                             .fill = fill_value};
  one.value.column = &one.state;
  registry_.name(one.value);

  one.months_name = fmt::format("months_in({})", one.name);
  calls_[0].known.push_back(one.months_name);
  if (asked.contains(one.months_name)) {
    one.since_column = one.name + "_since";
    one.months_doc = fmt::format("full months since {} took its value; from the start of the run on", one.name);
    one.since = column_of<ShortMonth>(one.since_column, "month", one.months_doc, table,
                                      {.birth = one.of_household ? OnBirth::initial : OnBirth::this_month,
                                       .arrival = OnArrival::shifted,
                                       .split = split},
                                      ShortMonth{0}, &one.since);
    one.since.shift = shift_month;
    registry_.column(one.since);
    static_cast<ExpressionName&>(one.months) = {.name = one.months_name,
                                                .kind = expr::Kind::months,
                                                .doc = one.months_doc,
                                                .counts_from_states = true,
                                                .fill = fill_months};
    one.months.column = &one.since;
    registry_.name(one.months);
  }

  for (const auto& from : spec.moves) {
    DeclaredMove& move = one.moves.emplace_back();
    move.name = from.name;
    move.target_name = one.name + "." + from.name;
    move.count_name = "move_" + one.name + "_" + from.name;
    move.long_name = fmt::format("{}: {}, {}", one.doc, from.name, one.of_household ? "households" : "persons");
    std::string origin;
    for (const auto& value : from.value.from) {
      const bool known = std::ranges::find(one.values, value.value) != one.values.end();
      if (!known) continue;
      const std::string is = spec.flag ? (value.value == "yes" ? one.name : "not " + one.name)
                                       : fmt::format("{} == {}", one.name, value.value);
      origin += (origin.empty() ? "" : " or ") + is;
    }
    move.faces = origin.empty() ? "true" : origin;
    move.target = {.name = move.target_name,
                   .faces = move.faces,
                   .doc = move.long_name,
                   .page = "methods/attributes.md",
                   .of = one.of_household ? TargetSpec::Of::household : TargetSpec::Of::person};
    registry_.target(move.target);
    move.count = {move.count_name, move.long_name};
    move.counted = std::ranges::none_of(registry_.counts(),
                                        [&](const CountSpec* other) { return other->name == move.count_name; });
    if (move.counted) registry_.count(move.count);
    move.since_name = fmt::format("since({})", move.target_name);
    calls_[1].known.push_back(move.since_name);
    move.remembered = asked.contains(move.since_name);
    if (!move.remembered) continue;
    move.column_name = one.name + "_" + move.name + "_last";
    move.doc =
        fmt::format("months since {} last happened; longer than any other time if it never did", move.target_name);
    move.last = column_of<ShortMonth>(move.column_name, "month", move.doc, table,
                                      {.arrival = OnArrival::initial, .split = split}, never, &move.last);
    registry_.column(move.last);
    static_cast<ExpressionName&>(move.since) = {.name = move.since_name,
                                                .kind = expr::Kind::months,
                                                .doc = move.doc,
                                                .counts_from_states = true,
                                                .fill = fill_months};
    move.since.column = &move.last;
    registry_.name(move.since);
  }
}

bool Declarations::shows(const ExpressionName& name) const {
  return std::ranges::any_of(attributes_, [&](const DeclaredAttribute& one) {
    return &name == &one.value || &name == &one.months ||
           std::ranges::any_of(one.moves, [&](const DeclaredMove& move) { return &name == &move.since; });
  });
}

const DeclaredAttribute* Declarations::find(std::string_view name) const {
  const auto found = std::ranges::find(attributes_, name, &DeclaredAttribute::name);
  return found == attributes_.end() ? nullptr : &*found;
}

namespace {

bool is_in_name(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; }

void calls_of(std::string_view text, std::set<std::string>& calls) {
  for (const std::string_view word :
       {"months_in", "since", "enrolled", "waiting", "ever", "since_entry", "since_exit"}) {
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
      std::string call(word);
      auto next = at + word.size();
      bool closed = false;
      for (; next < text.size() && !closed; ++next) {
        if (text[next] == ' ' || text[next] == '\n' || text[next] == '\t') continue;
        if (text[next] != '(' && text[next] != ')' && !is_in_name(text[next])) break;
        call += text[next];
        closed = text[next] == ')';
      }
      if (closed) calls.insert(call);
    }
  }
}

void collect(const Node& node, std::set<std::string>& calls) {
  if (node.is_scalar()) calls_of(node.text, calls);
  for (const Node& one : node.items) collect(one, calls);
  for (const auto& entry : node.entries) collect(entry.value, calls);
}

}  // namespace

std::set<std::string> calls_in(const Node& tree) {
  std::set<std::string> calls;
  collect(tree, calls);
  return calls;
}

}  // namespace oikos
