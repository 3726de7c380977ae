#include "sim/expr/schema.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"
#include "sim/expr/ast.hpp"
#include "sim/expr/words.hpp"

namespace oikos::expr {

namespace {

const Column* find_in(std::span<const Column> columns, std::string_view name) {
  const auto it = std::ranges::find(columns, name, &Column::name);
  return it == columns.end() ? nullptr : &*it;
}

bool is_name(std::string_view text) {
  return !text.empty() && is_letter(text[0]) &&
         std::ranges::all_of(text, [](char c) { return is_letter(c) || is_digit(c); });
}

/// Word and name of `word(name)`; empty where it is no such text.
std::pair<std::string_view, std::string_view> parts_of_call(std::string_view text) {
  const auto open = text.find('(');
  if (open == std::string_view::npos || text.back() != ')') return {};
  return {text.substr(0, open), text.substr(open + 1, text.size() - open - 2)};
}

bool is_path(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return is_name(text);
  return is_name(text.substr(0, dot)) && is_name(text.substr(dot + 1));
}

}  // namespace

std::optional<std::uint32_t> EnumDomain::code(std::string_view value) const {
  const auto it = std::ranges::find(values, value);
  if (it == values.end()) return std::nullopt;
  return static_cast<std::uint32_t>(it - values.begin());
}

Schema::Schema(std::string currency, std::string kinds) : currency_(std::move(currency)), kinds_(std::move(kinds)) {
  expect(is_name(currency_) && !is_keyword(currency_) && !is_time_unit(currency_), "the currency code is a word");
}

const EnumDomain* Schema::add_domain(std::string name, std::vector<std::string> values) {
  expect(find_domain(name) == nullptr, "a domain is added once");
  domains_.push_back(std::make_shared<const EnumDomain>(EnumDomain{std::move(name), std::move(values)}));
  return domains_.back().get();
}

void Schema::add_column(Column column) {
  const auto [word, argument] = parts_of_call(column.name);
  if (word.empty()) expect(is_free(column.name), "a column has a name that is free");
  else
    expect(find_call(word) != nullptr && is_path(argument) && find(column.name) == nullptr,
           "a column of a call has a name that is free");
  expect((column.type.kind == Kind::enumeration) == (column.type.domain != nullptr), "enumerations have a domain");
  expect(std::ranges::find(columns_, column.id, &Column::id) == columns_.end(), "a column has an id of its own");
  columns_.push_back(std::move(column));
}

void Schema::add_parameter(Column parameter) {
  expect(is_free(parameter.name), "a parameter has a name that is free");
  expect((parameter.type.kind == Kind::enumeration) == (parameter.type.domain != nullptr),
         "enumerations have a domain");
  expect(std::ranges::find(parameters_, parameter.id, &Column::id) == parameters_.end(),
         "a parameter has an id of its own");
  parameters_.push_back(std::move(parameter));
}

void Schema::add_constant(std::string name, const EnumDomain* domain, std::uint32_t code) {
  expect(is_free(name), "a constant has a name that is free");
  expect(domain != nullptr && code < domain->values.size(), "a constant is a value of its domain");
  constants_.push_back({std::move(name), domain, code});
}

const Schema::Constant* Schema::find_constant(std::string_view name) const {
  const auto found = std::ranges::find(constants_, name, &Constant::name);
  return found == constants_.end() ? nullptr : &*found;
}

void Schema::add_call(Call call) {
  expect(is_free(call.word), "a word of a call is free");
  calls_.push_back(std::move(call));
}

void Schema::add_group(Group group) {
  expect(is_free(group.name), "a group has a name that is free");
  expect(std::ranges::find(groups_, group.id, &Group::id) == groups_.end(), "a group has an id of its own");
  groups_.push_back(std::move(group));
}

const Group* Schema::find_group(std::string_view name) const {
  const auto found = std::ranges::find(groups_, name, &Group::name);
  return found == groups_.end() ? nullptr : &*found;
}

const Group& Schema::group(std::uint32_t id) const {
  const auto found = std::ranges::find(groups_, id, &Group::id);
  expect(found != groups_.end(), "a group that is asked for was added");
  return *found;
}

const Call* Schema::find_call(std::string_view word) const {
  const auto found = std::ranges::find(calls_, word, &Call::word);
  return found == calls_.end() ? nullptr : &*found;
}

bool Schema::is_free(std::string_view name) const {
  return is_name(name) && name != "my" && find_call(name) == nullptr && find_group(name) == nullptr &&
         !is_keyword(name) && !is_time_unit(name) && find_function(name) == nullptr && name != currency_ &&
         find(name) == nullptr && find_parameter(name) == nullptr && find_constant(name) == nullptr;
}

const Column* Schema::find(std::string_view name) const { return find_in(columns_, name); }
const Column* Schema::find_parameter(std::string_view name) const { return find_in(parameters_, name); }

const EnumDomain* Schema::find_domain(std::string_view name) const {
  const auto it =
      std::ranges::find(domains_, name, [](const auto& domain) -> std::string_view { return domain->name; });
  return it == domains_.end() ? nullptr : it->get();
}

std::string_view Schema::why_absent(std::string_view name) const {
  const auto it = std::ranges::find(absent_, name, [](const auto& one) -> std::string_view { return one.first; });
  return it == absent_.end() ? std::string_view{} : it->second;
}

std::vector<std::string> Schema::names() const {
  std::vector<std::string> all;
  for (const auto& column : columns_) all.push_back(column.name);
  for (const auto& parameter : parameters_) all.push_back(parameter.name);
  for (const auto& constant : constants_) all.push_back(constant.name);
  return all;
}

std::string Schema::unit_of(const Column& column) const {
  if (!column.unit.empty()) return column.unit;
  switch (column.type.kind) {
    case Kind::boolean: return "true/false";
    case Kind::number: return "";
    case Kind::money: return currency_;
    case Kind::months: return "months";
    case Kind::years: return "years";
    case Kind::enumeration: return column.type.domain->name;
  }
  return "";
}

}  // namespace oikos::expr
