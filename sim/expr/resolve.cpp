#include <fmt/core.h>
#include <fmt/ranges.h>

#include <string>
#include <vector>

#include "sim/expr/checker.hpp"
#include "sim/expr/words.hpp"

namespace oikos::expr {

namespace {

void become(Node& node, Op op, const Column& column) {
  node.op = op;
  node.type = column.type;
  node.id = column.id;
}

/// Way out for a name that is none: a function, a value without its column, or a slip.
std::string hint_for(std::string_view name, const Schema& schema) {
  if (const auto reason = schema.why_absent(name); !reason.empty()) return std::string(reason);
  if (is_time_unit(name))
    return fmt::format(
        "take '/{0}' off an amount, which is that of a month as it stands; a time has a number before "
        "it, as '3 {0}'",
        name);
  if (find_function(name) != nullptr) return fmt::format("'{0}' is a function: write '{0}(...)'", name);
  for (const auto& domain : schema.domains()) {
    if (!domain->code(name)) continue;
    for (const auto& column : schema.columns())
      if (column.type.domain == domain.get())
        return fmt::format("'{}' is a value of '{}': write '{} == {}'", name, column.name, column.name, name);
  }
  const auto names = schema.names();
  const auto near = nearest(name, names);
  if (near.empty()) return "";
  const Column* column = schema.find(near);
  if (column == nullptr) column = schema.find_parameter(near);
  const auto unit = column != nullptr ? schema.unit_of(*column) : std::string();
  return fmt::format("did you mean '{}'{}?", near, unit.empty() ? "" : fmt::format(" [{}]", unit));
}

void unknown_argument(const Node& node, const std::string& name, const Call& call, Report& report) {
  report.add(node.token_begin, node.token_end, "unknown argument",
             call.known.empty() ? fmt::format("{}; the scenario has none", call.argument)
                                : fmt::format("one of {}", fmt::join(call.known, ", ")),
             quoted(name), did_you_mean(name, call.known));
}

}  // namespace

std::string described(Type type, const Schema& schema) {
  switch (type.kind) {
    case Kind::boolean: return "true or false";
    case Kind::number: return "a number";
    case Kind::money: return fmt::format("money [{}]", schema.currency());
    case Kind::months: return "in months";
    case Kind::years: return "in years";
    case Kind::enumeration: return fmt::format("a value of {}", type.domain->name);
  }
  return "";
}

void resolve(Ast& ast, Node& node, const Schema& schema, const EnumDomain* domain, Report& report) {
  std::string name(ast.token_of(node));
  std::erase_if(name, is_space);  // inside the parentheses of a call
  const Column* column = schema.find(name);
  const Column* parameter = schema.find_parameter(name);
  const auto code = domain != nullptr ? domain->code(name) : std::nullopt;
  // A column of this very domain goes before a value, a value before any other column.
  const Column* either = column != nullptr ? column : parameter;
  const bool fits = either != nullptr && either->type.domain == domain;
  if (code && !fits) {
    node.op = Op::constant;
    node.type = {Kind::enumeration, domain};
    node.value = *code;
  } else if (column != nullptr) {
    become(node, Op::column, *column);
  } else if (parameter != nullptr) {
    become(node, Op::parameter, *parameter);
  } else if (const Schema::Constant* constant = schema.find_constant(name)) {
    node.op = Op::constant;
    node.type = {Kind::enumeration, constant->domain};
    node.value = constant->code;
  } else {
    node.op = Op::error;
    if (domain != nullptr)
      report.add(node.token_begin, node.token_end, "unknown value",
                 fmt::format("a value of {}: {}", domain->name, fmt::join(domain->values, ", ")), quoted(name),
                 did_you_mean(name, domain->values));
    else if (const Call* call = schema.find_call(name.substr(0, name.find('('))); call != nullptr && name.back() == ')')
      unknown_argument(node, name, *call, report);
    else
      report.add(node.token_begin, node.token_end, "unknown column",
                 schema.kinds() + (schema.columns().empty() ? "" : " (list them: oikos explain columns)"), quoted(name),
                 hint_for(name, schema));
  }
}

}  // namespace oikos::expr
