#include "sim/expr/possible.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <deque>

#include "sim/base/contract.hpp"
#include "sim/expr/checker.hpp"
#include "sim/expr/parser.hpp"

namespace oikos::expr {

namespace {

/// Nodes that one question may visit. Beyond, everything counts as possible: a text of thousands of alternatives is not
/// worth seconds.
constexpr int most_visits = 200'000;
constexpr int most_passes = 4;  ///< over a conjunction, each seeing what the one before has narrowed

struct Formula {
  std::string text;
  Ast ast;
};

void read(Formula& formula, std::string_view text, const Schema& schema, const Goal& goal) {
  formula.text = text;
  Diagnostics unread;
  Report report(formula.text, {}, "expression", unread);
  formula.ast = parse(formula.text, schema, report);
  check(formula.ast, schema, goal, report);
  expect(report.clean(), "what is reasoned about is a right expression");
}

constexpr Goal::Want exactly = Goal::Want::exactly;
const Goal condition{"condition", exactly, {Kind::boolean, nullptr}};
const Goal numeric{"expression", Goal::Want::any_numeric, {}};

Codes all_codes(const EnumDomain& domain) {
  Codes codes;
  if (domain.values.size() > most_values) return codes.set();
  for (std::size_t i = 0; i < domain.values.size(); ++i) codes.set(i);
  return codes;
}

/// What a condition can be.
struct Truth {
  bool may_hold = true, may_fail = true;
};

}  // namespace

/// Narrows a picture by conditions.
class Solver {
 public:
  Solver(const Schema& schema, std::vector<const Formula*> facts) : schema_(schema), facts_(std::move(facts)) {}

  /// Narrows `picture` to where `formula` is `wanted`, beside all facts; false when it cannot be.
  bool narrow_to(const Formula& formula, bool wanted, Picture& picture) {
    for (int pass = 0; pass < most_passes; ++pass) {
      const Picture before = picture;
      if (!facts_hold(picture) || !assume(formula.ast, formula.ast.root, wanted, picture)) return false;
      if (before.slots_ == picture.slots_) break;
    }
    return true;
  }

  bool facts_hold(Picture& picture) {
    if (inside_facts_) return true;
    inside_facts_ = true;
    const bool possible = std::ranges::all_of(
        facts_, [&](const Formula* fact) { return assume(fact->ast, fact->ast.root, true, picture); });
    inside_facts_ = false;
    return possible;
  }

  Interval number(const Ast& ast, NodeId id, const Picture& picture) {
    const Node& node = ast.nodes[id];
    if (!may_visit()) return {-infinite, infinite, true};
    const auto at = [&](std::size_t i) { return number(ast, node.children[i], picture); };
    switch (node.op) {
      case Op::constant: return {node.value, node.value, false};
      case Op::column:
      case Op::parameter: return slot(picture, node).range;
      case Op::negate: return negated(at(0));
      case Op::absolute: return absolute(at(0));
      case Op::floor:
      case Op::ceil:
      case Op::round: return rounded(node.op, at(0), node.type.kind == Kind::money);
      case Op::add: return sum(at(0), at(1));
      case Op::subtract: return sum(at(0), negated(at(1)));
      case Op::multiply: return product(at(0), at(1));
      case Op::divide: return quotient(at(0), at(1));
      case Op::divide_else: {
        const Interval divisor = at(1);
        if (divisor.least == 0.0 && divisor.one_value()) return at(2);
        const Interval divided = quotient(at(0), divisor);
        return divisor.least <= 0.0 && divisor.most >= 0.0 ? hull(divided, at(2)) : divided;
      }
      case Op::minimum:
      case Op::maximum: {
        Interval value = at(0);
        for (std::size_t i = 1; i < node.children.size(); ++i) value = extreme(node.op, value, at(i));
        return value;
      }
      case Op::clamp: return extreme(Op::minimum, extreme(Op::maximum, at(0), at(1)), at(2));
      case Op::choose: {
        const Truth chosen = truth(ast, node.children[0], picture);
        if (!chosen.may_fail) return at(1);
        return chosen.may_hold ? hull(at(1), at(2)) : at(2);
      }
      default: return {-infinite, infinite, true};
    }
  }

 private:
  bool may_visit() { return ++visits_ <= most_visits; }

  std::size_t slot_of(const Node& node) const {
    const auto columns = schema_.columns(), parameters = schema_.parameters();
    if (node.op == Op::column)
      return static_cast<std::size_t>(std::ranges::find(columns, node.id, &Column::id) - columns.begin());
    return columns.size() +
           static_cast<std::size_t>(std::ranges::find(parameters, node.id, &Column::id) - parameters.begin());
  }
  const Picture::Values& slot(const Picture& picture, const Node& node) const { return picture.slots_[slot_of(node)]; }
  const Column& described(const Node& node) const {
    const std::size_t at = slot_of(node), columns = schema_.columns().size();
    return at < columns ? schema_.columns()[at] : schema_.parameters()[at - columns];
  }

  Codes codes(const Ast& ast, NodeId id, const Picture& picture) {
    const Node& node = ast.nodes[id];
    Codes all;
    if (!may_visit()) return all.set();
    switch (node.op) {
      case Op::constant: return node.value < most_values ? all.set(static_cast<std::size_t>(node.value)) : all.set();
      case Op::column:
      case Op::parameter: return slot(picture, node).codes;
      case Op::choose: return codes(ast, node.children[1], picture) | codes(ast, node.children[2], picture);
      default: return all.set();
    }
  }

  static Truth compared(Op op, Interval a, Interval b) {
    const bool nan = a.may_be_nan || b.may_be_nan;
    Truth t;
    switch (op) {
      case Op::less: t = {a.least < b.most, a.most >= b.least || nan}; break;
      case Op::less_equal: t = {a.least <= b.most, a.most > b.least || nan}; break;
      case Op::greater: t = {a.most > b.least, a.least <= b.most || nan}; break;
      case Op::greater_equal: t = {a.most >= b.least, a.least < b.most || nan}; break;
      default: {  // equal
        const bool apart = a.most < b.least || b.most < a.least;
        t = {!apart, nan || !(a.one_value() && b.one_value() && a.least == b.least)};
      }
    }
    return t;
  }

  Truth truth(const Ast& ast, NodeId id, const Picture& picture) {
    const Node& node = ast.nodes[id];
    if (!may_visit()) return {};
    const auto at = [&](std::size_t i) { return truth(ast, node.children[i], picture); };
    switch (node.op) {
      case Op::constant: return {node.value != 0.0, node.value == 0.0};
      case Op::column:
      case Op::parameter: return {slot(picture, node).range.most >= 1.0, slot(picture, node).range.least <= 0.0};
      case Op::logical_not: {
        const Truth t = at(0);
        return {t.may_fail, t.may_hold};
      }
      case Op::logical_and:
      case Op::logical_or: {
        const Truth a = at(0), b = at(1);
        if (node.op == Op::logical_and) return {a.may_hold && b.may_hold, a.may_fail || b.may_fail};
        return {a.may_hold || b.may_hold, a.may_fail && b.may_fail};
      }
      case Op::choose: {
        const Truth chosen = at(0), yes = at(1), no = at(2);
        return {(chosen.may_hold && yes.may_hold) || (chosen.may_fail && no.may_hold),
                (chosen.may_hold && yes.may_fail) || (chosen.may_fail && no.may_fail)};
      }
      case Op::between: {
        const Interval x = number(ast, node.children[0], picture);
        const Truth above = compared(Op::greater_equal, x, number(ast, node.children[1], picture));
        const Truth below = compared(Op::less_equal, x, number(ast, node.children[2], picture));
        return {above.may_hold && below.may_hold, above.may_fail || below.may_fail};
      }
      case Op::in_list: {
        const auto value = codes(ast, node.children[0], picture), list = listed(ast, node);
        return {(value & list).any(), (value & ~list).any()};
      }
      case Op::equal:
      case Op::not_equal: {
        Truth equal;
        if (ast.nodes[node.children[0]].type.kind == Kind::enumeration) {
          const auto a = codes(ast, node.children[0], picture), b = codes(ast, node.children[1], picture);
          equal = {(a & b).any(), !(a == b && a.count() == 1)};
        } else {
          equal = compared(Op::equal, number(ast, node.children[0], picture), number(ast, node.children[1], picture));
        }
        return node.op == Op::equal ? equal : Truth{equal.may_fail, equal.may_hold};
      }
      default:
        if (!is_comparison(node.op)) return {};
        return compared(node.op, number(ast, node.children[0], picture), number(ast, node.children[1], picture));
    }
  }

  static Codes listed(const Ast& ast, const Node& node) {
    Codes list;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const double code = ast.nodes[node.children[i]].value;
      if (code < most_values) list.set(static_cast<std::size_t>(code));
      else return list.set();
    }
    return list;
  }

  /// Narrows the picture to where a condition is `wanted`; false when it cannot be.
  bool assume(const Ast& ast, NodeId id, bool wanted, Picture& picture) {
    const Node& node = ast.nodes[id];
    if (!may_visit()) return true;
    switch (node.op) {
      case Op::logical_not: return assume(ast, node.children[0], !wanted, picture);
      case Op::logical_and:
      case Op::logical_or:
        if ((node.op == Op::logical_and) == wanted)
          return assume(ast, node.children[0], wanted, picture) && assume(ast, node.children[1], wanted, picture);
        return either(
            picture, [&](Picture& one) { return assume(ast, node.children[0], wanted, one); },
            [&](Picture& other) { return assume(ast, node.children[1], wanted, other); });
      case Op::choose:
        return either(
            picture,
            [&](Picture& yes) {
              return assume(ast, node.children[0], true, yes) && assume(ast, node.children[1], wanted, yes);
            },
            [&](Picture& no) {
              return assume(ast, node.children[0], false, no) && assume(ast, node.children[2], wanted, no);
            });
      case Op::column:
      case Op::parameter: return confine(ast, id, {wanted ? 1.0 : 0.0, wanted ? 1.0 : 0.0}, picture);
      default: break;
    }
    const Truth t = truth(ast, id, picture);
    if (!(wanted ? t.may_hold : t.may_fail)) return false;
    return narrow_sides(ast, node, wanted, picture);
  }

  /// Two ways to be as wanted: what is known afterwards is what both allow.
  template <class One, class Other>
  bool either(Picture& picture, One one, Other other) {
    Picture second = picture;
    const bool first_can = one(picture) && facts_hold(picture);
    const bool second_can = other(second) && facts_hold(second);
    if (!first_can && !second_can) return false;
    if (!first_can) picture = std::move(second);
    else if (second_can)
      for (std::size_t i = 0; i < picture.slots_.size(); ++i) {
        picture.slots_[i].range = hull(picture.slots_[i].range, second.slots_[i].range);
        picture.slots_[i].codes |= second.slots_[i].codes;
      }
    return true;
  }

  bool narrow_sides(const Ast& ast, const Node& node, bool wanted, Picture& picture) {
    const auto side = [&](std::size_t i) { return number(ast, node.children[i], picture); };
    if (node.op == Op::in_list) {
      const auto list = listed(ast, node);
      return keep(ast, node.children[0], wanted ? list : ~list, picture);
    }
    if (node.op == Op::between) {
      if (!wanted) return true;
      const Interval low = side(1), high = side(2);
      return confine(ast, node.children[0], {low.least, high.most}, picture);
    }
    if (!is_comparison(node.op)) return true;
    const NodeId left = node.children[0], right = node.children[1];
    const bool equality = node.op == Op::equal || node.op == Op::not_equal;
    if (ast.nodes[left].type.kind == Kind::enumeration) {
      const auto a = codes(ast, left, picture), b = codes(ast, right, picture);
      if ((node.op == Op::equal) == wanted) return keep(ast, left, b, picture) && keep(ast, right, a, picture);
      return (b.count() != 1 || keep(ast, left, ~b, picture)) && (a.count() != 1 || keep(ast, right, ~a, picture));
    }
    const Interval a = side(0), b = side(1);
    if (equality)
      return (node.op == Op::equal) != wanted ||
             (confine(ast, left, number_of(b), picture) && confine(ast, right, number_of(a), picture));
    // A comparison that fails says the opposite only where both sides are numbers.
    if (!wanted && (a.may_be_nan || b.may_be_nan)) return true;
    const bool below = (node.op == Op::less || node.op == Op::less_equal) == wanted;
    const bool strict = (node.op == Op::less || node.op == Op::greater) == wanted;
    const auto up_to = [&](double x) { return Interval{-infinite, strict ? std::nextafter(x, -infinite) : x}; };
    const auto from = [&](double x) { return Interval{strict ? std::nextafter(x, infinite) : x, infinite}; };
    if (below) return confine(ast, left, up_to(b.most), picture) && confine(ast, right, from(a.least), picture);
    return confine(ast, left, from(b.least), picture) && confine(ast, right, up_to(a.most), picture);
  }

  static Interval number_of(Interval a) { return {a.least, a.most, false}; }

  bool keep(const Ast& ast, NodeId id, const Codes& allowed, Picture& picture) {
    const Node& node = ast.nodes[id];
    if (node.op != Op::column && node.op != Op::parameter) return true;
    auto& have = picture.slots_[slot_of(node)].codes;
    have &= allowed;
    return have.any();
  }

  /// Narrows what a numeric node is made of to where its value is a number in `to`; false when it cannot be.
  bool confine(const Ast& ast, NodeId id, Interval to, Picture& picture) {
    const Node& node = ast.nodes[id];
    if (!may_visit()) return true;
    const auto child = [&](std::size_t i) { return node.children[i]; };
    const auto at = [&](std::size_t i) { return number(ast, node.children[i], picture); };
    switch (node.op) {
      case Op::column:
      case Op::parameter: {
        Interval& range = picture.slots_[slot_of(node)].range;
        range = meet(range, to);
        if (described(node).whole) range = {std::ceil(range.least), std::floor(range.most), false};
        return range.least <= range.most;
      }
      case Op::negate: return confine(ast, child(0), negated(to), picture);
      case Op::add:
      case Op::subtract: {
        const bool plus = node.op == Op::add;
        const Interval a = at(0), b = at(1);
        const double size = size_of(a) + size_of(b) + size_of(to);
        return confine(ast, child(0), slack(sum(to, plus ? negated(b) : b), size), picture) &&
               confine(ast, child(1), slack(plus ? sum(to, negated(a)) : sum(a, negated(to)), size), picture);
      }
      case Op::multiply:
      case Op::divide: {
        const bool times = node.op == Op::multiply;
        const std::size_t constant = ast.nodes[child(1)].op == Op::constant ? 1 : 0;
        const double factor = ast.nodes[child(constant)].value;
        if (ast.nodes[child(constant)].op != Op::constant || factor == 0.0 || (!times && constant == 0)) return true;
        const Interval by{factor, factor};
        const Interval inside = times ? quotient(to, by) : product(to, by);
        return confine(ast, child(1 - constant), slack(inside, size_of(inside)), picture);
      }
      case Op::minimum:
      case Op::maximum: {
        const Interval each =
            node.op == Op::minimum ? Interval{to.least, infinite, true} : Interval{-infinite, to.most, true};
        return std::ranges::all_of(node.children, [&](NodeId one) {
          return number(ast, one, picture).may_be_nan || confine(ast, one, each, picture);
        });
      }
      default: return !meet(number(ast, id, picture), to).empty();
    }
  }

  static double size_of(Interval a) {
    const auto finite = [](double x) { return std::isfinite(x) ? std::fabs(x) : 0.0; };
    return std::max(finite(a.least), finite(a.most));
  }

  const Schema& schema_;
  std::vector<const Formula*> facts_;
  bool inside_facts_ = false;
  int visits_ = 0;
};

namespace {

/// The facts of a schema, read.
class Facts {
 public:
  explicit Facts(const Schema& schema) {
    for (const std::string& text : schema.facts()) read(read_.emplace_back(), text, schema, condition);
  }
  std::vector<const Formula*> all() const {
    std::vector<const Formula*> list;
    for (const Formula& one : read_) list.push_back(&one);
    return list;
  }

 private:
  std::deque<Formula> read_;  // texts stay where they are: trees point into them
};

Picture::Values unknown(const Column& column) {
  Picture::Values values;
  if (column.type.kind == Kind::enumeration) values.codes = all_codes(*column.type.domain);
  else if (column.type.kind == Kind::boolean) values.range = {0.0, 1.0, false};
  else values.range = {column.least, column.most, false};
  return values;
}

}  // namespace

Possible::Possible(const Schema& schema) : schema_(schema) {
  for (const Column& column : schema.columns()) start_.slots_.push_back(unknown(column));
  for (const Column& parameter : schema.parameters()) start_.slots_.push_back(unknown(parameter));
}

void Possible::set_parameter(std::string_view name, double least, double most) {
  const auto parameters = schema_.parameters();
  const auto found = std::ranges::find(parameters, name, &Column::name);
  expect(found != parameters.end(), "a parameter of the schema");
  auto& values = start_.slots_[schema_.columns().size() + static_cast<std::size_t>(found - parameters.begin())];
  values.range = {least, most, false};
}

Picture Possible::anybody() const { return start_; }

std::optional<Picture> Possible::where(const Picture& picture, std::string_view text) const {
  Formula formula;
  read(formula, text, schema_, condition);
  const Facts facts(schema_);
  Picture narrowed = picture;
  if (!Solver(schema_, facts.all()).narrow_to(formula, true, narrowed)) return std::nullopt;
  return narrowed;
}

std::vector<std::string> Possible::clash(const Picture& picture, std::string_view text) const {
  Diagnostics unread;
  Report report(text, {}, "expression", unread);
  const Ast ast = parse(text, schema_, report);  // not folded: the parts as they are written
  std::vector<std::string> parts;
  const auto collect = [&](const auto& self, NodeId id) -> void {
    const Node& node = ast.nodes[id];
    if (node.op != Op::logical_and) return parts.push_back(shown(ast, node));
    for (const NodeId child : node.children) self(self, child);
  };
  collect(collect, ast.root);
  for (std::string& part : parts)
    if (part.starts_with('(') && part.ends_with(')') && std::ranges::count(part, '(') == 1)
      part = part.substr(1, part.size() - 2);
  for (const std::string& part : parts)
    if (!where(picture, part)) return {part};
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (std::size_t k = i + 1; k < parts.size(); ++k)
      if (!where(picture, fmt::format("({}) and ({})", parts[i], parts[k]))) return {parts[i], parts[k]};
  return parts;
}

bool Possible::always(const Picture& picture, std::string_view text) const {
  Formula formula;
  read(formula, text, schema_, condition);
  const Facts facts(schema_);
  Picture narrowed = picture;
  return !Solver(schema_, facts.all()).narrow_to(formula, false, narrowed);
}

Picture Possible::later(const Picture& picture, int months) const {
  Picture open = start_;
  for (std::size_t i = 0; i < schema_.columns().size(); ++i) {
    const Column& column = schema_.columns()[i];
    if (column.change == Change::free) continue;
    open.slots_[i] = picture.slots_[i];
    if (column.change != Change::ages) continue;
    const double by = column.type.kind == Kind::years ? std::ceil(months / 12.0) : static_cast<double>(months);
    open.slots_[i].range.most = std::min(picture.slots_[i].range.most + by, column.most);
  }
  return open;
}

Interval Possible::range(const Picture& picture, std::string_view text) const {
  Formula formula;
  read(formula, text, schema_, numeric);
  return Solver(schema_, {}).number(formula.ast, formula.ast.root, picture);
}

}  // namespace oikos::expr
