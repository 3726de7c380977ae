#include "sim/expr/print.hpp"

#include <fmt/core.h>

#include <array>
#include <charconv>
#include <cmath>

#include "sim/base/contract.hpp"
#include "sim/expr/words.hpp"

namespace oikos::expr {

namespace {

std::string fewest_digits(double value) {
  std::array<char, 400> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  expect(end.ec == std::errc{}, "a constant fits its buffer");
  return {buffer.data(), end.ptr};
}

/// Moves the decimal point two places to the left: exact, as a division would not be.
std::string hundredth(std::string digits) {
  std::string sign;
  if (digits.starts_with('-')) sign = "-", digits.erase(0, 1);
  auto point = digits.find('.');
  if (point == std::string::npos) point = digits.size();
  else digits.erase(point, 1);
  if (point < 3) digits.insert(0, 3 - point, '0'), point = 3;
  digits.insert(point - 2, ".");
  while (digits.back() == '0') digits.pop_back();
  if (digits.back() == '.') digits.pop_back();
  return sign + digits;
}

struct Written {
  std::string_view symbol;
  int power;
};
constexpr int loosest = 0, power_not = 3, power_compare = 4, power_sign = 7, power_word = 8;

Written written(Op op) {
  switch (op) {
    case Op::logical_or: return {"or", 1};
    case Op::logical_and: return {"and", 2};
    case Op::equal: return {"==", power_compare};
    case Op::not_equal: return {"!=", power_compare};
    case Op::less: return {"<", power_compare};
    case Op::less_equal: return {"<=", power_compare};
    case Op::greater: return {">", power_compare};
    case Op::greater_equal: return {">=", power_compare};
    case Op::add: return {"+", 5};
    case Op::subtract: return {"-", 5};
    case Op::multiply: return {"*", 6};
    case Op::divide:
    case Op::divide_else: return {"/", 6};
    default: return {"", power_word};
  }
}

class Printer {
 public:
  Printer(const Ast& ast, const Schema& schema) : ast_(ast), schema_(schema) {}

  std::string all() const { return text(ast_.root, {}); }

 private:
  /// What stands around a part.
  struct Around {
    int power = loosest;       ///< operators that bind looser stand in parentheses
    bool inside_then = false;  ///< an 'else' would be taken by the 'if', so division with one stands in parentheses
  };

  std::string text(NodeId id, Around around) const {
    const Node& node = ast_.nodes[id];
    const bool apart = power_of(node) < around.power || (node.op == Op::divide_else && around.inside_then);
    return apart ? "(" + bare(node, false) + ")" : bare(node, around.inside_then);
  }

  int power_of(const Node& node) const {
    switch (node.op) {
      case Op::constant: return std::signbit(node.value) ? power_sign : power_word;
      case Op::negate: return power_sign;
      case Op::logical_not: return ast_.nodes[node.children[0]].op == Op::in_list ? power_compare : power_not;
      case Op::in_list: return power_compare;
      case Op::choose: return loosest;
      default: return written(node.op).power;
    }
  }

  std::string bare(const Node& node, bool inside_then) const {
    const auto part = [&](std::size_t i, int power) { return text(node.children[i], {power, inside_then}); };
    switch (node.op) {
      case Op::constant: return constant(node);
      case Op::group: {
        const Group& group = schema_.group(node.id);
        const std::size_t asked = node.children.size() - (node.otherwise ? 1 : 0);
        std::string out = group.name + ".";
        if (node.aggregate == Aggregate::value) out += text(node.children[0], {});
        else
          out += fmt::format("{}({})", aggregate_names[static_cast<std::size_t>(node.aggregate)],
                             asked > 0 ? text(node.children[0], {}) : "");
        return node.otherwise ? fmt::format("({} else {})", out, text(node.children.back(), {7, inside_then})) : out;
      }
      case Op::mine:
      case Op::column:
      case Op::parameter: {
        std::string name(ast_.token_of(node));
        std::erase_if(name, is_space);
        return name;
      }
      case Op::negate: return "-" + part(0, power_sign);
      case Op::logical_not: {
        const Node& negated = ast_.nodes[node.children[0]];
        if (negated.op == Op::in_list) return list(negated, "not in", inside_then);
        return "not " + part(0, power_not);
      }
      case Op::in_list: return list(node, "in", inside_then);
      case Op::choose:
        return fmt::format("if {} then {} else {}", text(node.children[0], {}), text(node.children[1], {loosest, true}),
                           part(2, loosest));
      case Op::divide_else: return fmt::format("{} / {} else {}", part(0, 6), part(1, 7), part(2, 7));
      default: break;
    }
    const auto [symbol, power] = written(node.op);
    if (symbol.empty()) return call(node);
    const int left = power == power_compare ? power + 1 : power;
    return fmt::format("{} {} {}", part(0, left), symbol, part(1, power + 1));
  }

  std::string arguments(const Node& node, std::size_t from) const {
    std::string out;
    for (std::size_t i = from; i < node.children.size(); ++i)
      out += (i == from ? "" : ", ") + text(node.children[i], {});
    return "(" + out + ")";
  }
  std::string list(const Node& node, std::string_view word, bool inside_then) const {
    return fmt::format("{} {} {}", text(node.children[0], {power_compare + 1, inside_then}), word, arguments(node, 1));
  }
  std::string call(const Node& node) const {
    for (const auto& function : functions())
      if (function.op == node.op) return std::string(function.name) + arguments(node, 0);
    expect(false, "a sound tree holds only what can be written");
    return "";
  }

  std::string constant(const Node& node) const {
    const auto digits = [&] { return fewest_digits(node.value); };
    switch (node.type.kind) {
      case Kind::boolean: return node.value != 0.0 ? "true" : "false";
      case Kind::number: return digits();
      case Kind::money: return hundredth(digits()) + " " + schema_.currency();
      case Kind::months: return digits() + " months";
      case Kind::years: return digits() + " years";
      case Kind::enumeration: return node.type.domain->values[static_cast<std::size_t>(node.value)];
    }
    return "";
  }

  const Ast& ast_;
  const Schema& schema_;
};

}  // namespace

std::string print(const Ast& ast, const Schema& schema) { return Printer(ast, schema).all(); }

}  // namespace oikos::expr
