#include "sim/expr/checker.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "sim/expr/parser.hpp"

namespace oikos::expr {

namespace {

constexpr Type number_type{Kind::number, nullptr};
constexpr Type boolean_type{Kind::boolean, nullptr};
constexpr std::string_view compare_hint = "compare it with a value: ==, !=, <, <=, >, >= or in";

bool is_time(Type type) { return type.kind == Kind::months || type.kind == Kind::years; }

class Checker {
 public:
  Checker(Ast& ast, const Schema& schema, Report& report) : ast_(ast), schema_(schema), report_(report) {}

  /// @param domain  whose values bare names may mean here, or null
  void check(NodeId id, const EnumDomain* domain) {
    Node& node = ast_.nodes[id];
    switch (node.op) {
      case Op::constant: return;
      case Op::name: return look_up(node, domain);
      case Op::group: {
        ++inside_groups_;
        const bool asks = node.children.size() > (node.otherwise ? 1u : 0u);
        if (asks) check(node.children[0], nullptr);
        --inside_groups_;
        if (node.otherwise) check(node.children.back(), asks ? ast_.nodes[node.children[0]].type.domain : nullptr);
        break;
      }
      case Op::choose:
        check(node.children[0], nullptr);
        check(node.children[1], domain);
        check(node.children[2], domain);
        break;
      case Op::equal:
      case Op::not_equal:
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal:
      case Op::in_list: check_beside(node); break;
      default:
        for (const NodeId child : node.children) check(child, nullptr);
    }
    const bool wrong =
        std::ranges::any_of(node.children, [&](NodeId child) { return ast_.nodes[child].op == Op::error; });
    if (node.op == Op::error || wrong || !rule(node)) node.op = Op::error;
    else fold(ast_, id);
  }

  void check_goal(const Goal& goal) {
    Node& root = ast_.nodes[ast_.root];
    if (root.op == Op::error || goal.want == Goal::Want::anything) return;
    if (goal.want == Goal::Want::any_numeric) {
      if (!is_numeric(root.type)) wrong_result("a number, money, months or years", root);
      return;
    }
    if (root.type == goal.type) return;
    if (goal.type.kind == Kind::money && bare_number(root)) return missing_currency(root);
    if (is_time(goal.type) && root.op == Op::constant && is_time(root.type)) return convert(root, goal.type.kind);
    if (is_time(goal.type) && root.type.kind == Kind::number) {
      root.type = goal.type;
      return;
    }
    wrong_result(described(goal.type, schema_), root);
  }

 private:
  /// A name, or inside a group with `my.` before it one of whoever asks.
  void look_up(Node& node, const EnumDomain* domain) {
    constexpr std::string_view my = "my.";
    if (!ast_.token_of(node).starts_with(my)) return resolve(ast_, node, schema_, domain, report_);
    if (inside_groups_ == 0) {
      at_token(node, "'my.' outside of a group", "the name alone", token(node),
               fmt::format("write '{}'", ast_.token_of(node).substr(my.size())));
      node.op = Op::error;
      return;
    }
    node.token_begin += static_cast<std::uint32_t>(my.size());
    resolve(ast_, node, schema_, domain, report_);
    if (node.op == Op::column) node.op = Op::mine;
    node.token_begin -= static_cast<std::uint32_t>(my.size());
  }

  /// Bare names among the children of a comparison mean values of the enumeration that another child is.
  void check_beside(Node& node) {
    const EnumDomain* domain = nullptr;
    for (const NodeId child : node.children)
      if (domain == nullptr) domain = domain_of(child);
    bool unknown = false;  // what is not there has no values either: one mistake, not two
    for (const NodeId child : node.children) {
      Node& one = ast_.nodes[child];
      const bool means_nothing = one.op == Op::name && domain == nullptr && !is_known(one);
      if (means_nothing && unknown) one.op = Op::error;
      else check(child, domain);
      unknown |= means_nothing && !schema_.why_absent(ast_.token_of(ast_.nodes[child])).empty();
    }
  }

  bool is_known(const Node& name) const {
    auto text = ast_.token_of(name);
    if (text.starts_with("my.")) text.remove_prefix(3);
    return schema_.find(text) != nullptr || schema_.find_parameter(text) != nullptr ||
           schema_.find_constant(text) != nullptr;
  }

  const EnumDomain* domain_of(NodeId id) const {
    const Node& node = ast_.nodes[id];
    if (node.op == Op::choose) {
      const EnumDomain* found = domain_of(node.children[1]);
      return found != nullptr ? found : domain_of(node.children[2]);
    }
    if (node.op == Op::group && node.aggregate == Aggregate::value) return domain_of(node.children[0]);
    if (node.op != Op::name) return nullptr;
    auto text = ast_.token_of(node);
    if (text.starts_with("my.")) text.remove_prefix(3);
    const Column* column = schema_.find(text);
    if (column == nullptr) column = schema_.find_parameter(text);
    if (const Schema::Constant* constant = schema_.find_constant(ast_.token_of(node)); column == nullptr && constant)
      return constant->domain;
    return column != nullptr ? column->type.domain : nullptr;
  }

  Node& child(const Node& node, std::size_t i) { return ast_.nodes[node.children[i]]; }

  /// "'age' is in years"
  std::string what_is(const Node& node) const {
    return fmt::format("{} is {}", quoted(shown(ast_, node)), described(node.type, schema_));
  }
  std::string token(const Node& node) const { return quoted(ast_.token_of(node)); }
  bool bare_number(const Node& node) const { return node.op == Op::constant && node.type.kind == Kind::number; }

  void at_token(const Node& node, std::string_view what, std::string expected, std::string got, std::string hint = "") {
    report_.add(node.token_begin, node.token_end, what, std::move(expected), std::move(got), std::move(hint));
  }
  void at_whole(const Node& node, std::string_view what, std::string expected, std::string got, std::string hint = "") {
    report_.add(node.begin, node.end, what, std::move(expected), std::move(got), std::move(hint));
  }
  void missing_currency(const Node& node) {
    at_whole(node, "number without a unit", described({Kind::money, nullptr}, schema_), quoted(shown(ast_, node)),
             fmt::format("write the currency: '{} {}'", shown(ast_, node), schema_.currency()));
  }
  void wrong_result(std::string expected, const Node& root) {
    std::string hint;
    if (expected == described(boolean_type, schema_)) hint = compare_hint;
    else if (root.type.kind == Kind::boolean) hint = "write 'if ... then ... else ...'";
    else if (is_time(root.type) && expected == described(number_type, schema_)) hint = unit_hint(root);
    report_.add_whole("wrong type of " + report_.name(), std::move(expected), what_is(root), std::move(hint));
  }
  /// Way to take the unit off months or years.
  std::string unit_hint(const Node& node) const {
    if (!is_time(node.type)) return "";
    return fmt::format("take the unit off first: '({} / 1 {})'", shown(ast_, node),
                       node.type.kind == Kind::months ? "month" : "year");
  }

  void convert(Node& node, Kind kind) {
    if (node.type.kind == kind) return;
    node.value = kind == Kind::months ? node.value * 12.0 : node.value / 12.0;
    node.type = {kind, nullptr};
    if (std::fabs(node.value) <= most_value) return;
    at_whole(node, "number too large", "at most 9007199254740992", quoted(shown(ast_, node)));
    node.op = Op::error;
  }

  /// Types the node; false when it broke a rule, which is then said.
  bool rule(Node& node) {
    switch (node.op) {
      case Op::negate:
      case Op::absolute:
      case Op::floor:
      case Op::ceil:
      case Op::round: return numeric(node) && typed(node, child(node, 0).type);
      case Op::logical_not:
      case Op::logical_and:
      case Op::logical_or: return booleans(node, node.children.size()) && typed(node, boolean_type);
      case Op::add:
      case Op::subtract:
      case Op::minimum:
      case Op::maximum: return numeric(node) && join(node, node.children);
      case Op::clamp: return numeric(node) && join(node, node.children) && ordered(node);
      case Op::between: return numeric(node) && join(node, node.children) && ordered(node) && typed(node, boolean_type);
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal: return numeric(node) && join(node, node.children) && typed(node, boolean_type);
      case Op::equal:
      case Op::not_equal: return same(node) && typed(node, boolean_type);
      case Op::in_list: return listed(node) && typed(node, boolean_type);
      case Op::choose: return booleans(node, 1) && branches(node);
      case Op::multiply: return numeric(node) && product(node);
      case Op::divide: return numeric(node) && quotient(node) && total(node);
      case Op::divide_else: return numeric(node) && quotient(node) && otherwise(node);
      case Op::group: return grouped(node);
      default: return false;
    }
  }
  /// What is made of the members of a group.
  bool grouped(Node& node) {
    const Group& group = schema_.group(node.id);
    const Aggregate aggregate = node.aggregate;
    const bool asks = node.children.size() > (node.otherwise ? 1u : 0u);
    if (of_conditions(aggregate)) {
      if (asks && child(node, 0).type.kind != Kind::boolean) {
        at_whole(child(node, 0), "type mismatch", fmt::format("a condition for {}", token(node)),
                 what_is(child(node, 0)), std::string(compare_hint));
        return false;
      }
      const bool truth = aggregate == Aggregate::any || aggregate == Aggregate::all;
      return typed(node, truth ? boolean_type : number_type);
    }
    Node& asked = child(node, 0);
    if (aggregate != Aggregate::value && !is_numeric(asked.type)) {
      at_whole(asked, "type mismatch", fmt::format("a number, money, months or years for {}", token(node)),
               what_is(asked), fmt::format("count those who meet a condition: '{}.count(...)'", group.name));
      return false;
    }
    node.type = asked.type;
    const bool flag = asked.type.kind == Kind::boolean;  // of nobody a condition does not hold
    const bool needs = group.may_be_empty && !flag && aggregate != Aggregate::sum;
    if (node.otherwise && !needs) {
      at_whole(child(node, node.children.size() - 1), "a value for nobody",
               flag ? "no 'else': a condition of nobody does not hold"
                    : fmt::format("no 'else': '{}' always has somebody", group.name),
               quoted(shown(ast_, child(node, node.children.size() - 1))));
      return false;
    }
    if (!needs) return true;
    if (!node.otherwise && node.type.kind == Kind::enumeration) {
      at_token(node, "a group without 'else'", fmt::format("a value for when '{}' has nobody", group.name),
               quoted(shown(ast_, node)),
               fmt::format("write '{}.any({} == ...)', which nobody meets", group.name, shown(ast_, asked)));
      return false;
    }
    if (!node.otherwise) {
      at_token(node, "a group without 'else'", fmt::format("a value for when '{}' has nobody", group.name),
               quoted(shown(ast_, node)),
               fmt::format("write '({} else {})'", shown(ast_, node), nothing_of(node.type)));
      return false;
    }
    Node& fallback = child(node, node.children.size() - 1);
    if (node.type.kind == Kind::money && bare_number(fallback)) return missing_currency(fallback), false;
    if (is_time(node.type) && is_time(fallback.type) && fallback.op == Op::constant) convert(fallback, node.type.kind);
    if (fallback.op == Op::error) return false;
    if (fallback.type == node.type || (is_time(node.type) && fallback.type.kind == Kind::number)) return true;
    at_whole(fallback, "unit mismatch", fmt::format("{} after 'else'", described(node.type, schema_)),
             what_is(fallback));
    return false;
  }

  static bool typed(Node& node, Type type) {
    node.type = type;
    return true;
  }

  bool booleans(const Node& node, std::size_t count) {
    bool right = true;
    for (std::size_t i = 0; i < count; ++i) {
      if (child(node, i).type.kind == Kind::boolean) continue;
      at_whole(child(node, i), "type mismatch", fmt::format("true or false for {}", token(node)),
               what_is(child(node, i)), std::string(compare_hint));
      right = false;
    }
    return right;
  }

  bool numeric(const Node& node) {
    bool right = true;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const Node& operand = child(node, i);
      if (is_numeric(operand.type)) continue;
      std::string hint;
      if (operand.type.kind == Kind::boolean) hint = fmt::format("write 'if {} then 1 else 0'", shown(ast_, operand));
      else if (is_comparison(node.op)) hint = "use '==', '!=' or 'in'";
      at_whole(operand, "type mismatch", fmt::format("a number, money, months or years for {}", token(node)),
               what_is(operand), hint);
      right = false;
    }
    return right;
  }

  /// Brings numeric operands to one type, which becomes the node's: constants in months and years turn into the unit of
  /// the others, plain numbers take any unit of time.
  bool join(Node& node, std::span<const NodeId> operands) {
    const auto is = [&](Kind kind) { return [this, kind](NodeId id) { return ast_.nodes[id].type.kind == kind; }; };
    if (std::ranges::any_of(operands, is(Kind::money)))
      return (std::ranges::all_of(operands, is(Kind::money)) || no_money(node, operands)) &&
             typed(node, {Kind::money, nullptr});
    const Node* leading = nullptr;  // a column decides; among constants the finer unit
    for (const NodeId id : operands) {
      const Node& operand = ast_.nodes[id];
      if (!is_time(operand.type)) continue;
      if (leading == nullptr ||
          (leading->op == Op::constant && (operand.op != Op::constant || operand.type.kind == Kind::months)))
        leading = &operand;
    }
    if (leading == nullptr) return typed(node, number_type);
    const Type type = leading->type;
    for (const NodeId id : operands) {
      Node& operand = ast_.nodes[id];
      if (!is_time(operand.type) || operand.type == type) continue;
      if (operand.op != Op::constant) return different_time(node, *leading, operand);
      convert(operand, type.kind);
      if (operand.op == Op::error) return false;
    }
    return typed(node, type);
  }

  bool different_time(const Node& node, const Node& a, const Node& b) {
    const Node& years = a.type.kind == Kind::years ? a : b;
    const auto text = shown(ast_, years);
    at_token(node, "unit mismatch", fmt::format("the same unit for all of {}", token(node)),
             fmt::format("{}, {}", what_is(a), what_is(b)),
             fmt::format("write '12 * {}'", years.children.empty() ? text : "(" + text + ")"));
    return false;
  }

  bool no_money(const Node& node, std::span<const NodeId> operands) {
    const Node* money = nullptr;
    for (const NodeId id : operands)
      if (money == nullptr && ast_.nodes[id].type.kind == Kind::money) money = &ast_.nodes[id];
    for (const NodeId id : operands) {
      const Node& operand = ast_.nodes[id];
      if (operand.type.kind == Kind::money) continue;
      if (bare_number(operand)) {
        missing_currency(operand);
        continue;
      }
      at_token(node, "unit mismatch", fmt::format("money with money for {}", token(node)),
               fmt::format("{}, {}", what_is(*money), what_is(operand)));
    }
    return false;
  }

  bool different_types(const Node& node, const Node& a, const Node& b, std::string hint = "") {
    at_token(node, "type mismatch", fmt::format("the same type for all of {}", token(node)),
             fmt::format("{}, {}", what_is(a), what_is(b)), std::move(hint));
    return false;
  }

  bool same(Node& node) {
    const Node& a = child(node, 0);
    const Node& b = child(node, 1);
    if (a.type.kind == Kind::boolean && b.type.kind == Kind::boolean) {
      at_token(node, "type mismatch", "values other than true and false", fmt::format("{}, {}", what_is(a), what_is(b)),
               "write 'x' or 'not x' instead of 'x == true'");
      return false;
    }
    if (is_numeric(a.type) && is_numeric(b.type)) return join(node, node.children);
    if (a.type == b.type) return true;
    const Node& coded = a.type.kind == Kind::enumeration ? a : b;
    if (coded.type.kind != Kind::enumeration) return different_types(node, a, b);
    return different_types(
        node, a, b,
        fmt::format("{} is one of {}", quoted(shown(ast_, coded)), fmt::join(coded.type.domain->values, ", ")));
  }

  bool listed(const Node& node) {
    const Node& value = child(node, 0);
    if (value.type.kind != Kind::enumeration) {
      at_whole(value, "type mismatch", "a column with named values before 'in'", what_is(value),
               "write 'between(x, lowest, highest)' or join comparisons by 'or'");
      return false;
    }
    bool right = true;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const Node& item = child(node, i);
      if (item.type == value.type && item.op == Op::constant) continue;
      at_whole(item, "type mismatch",
               fmt::format("a value of {}: {}", value.type.domain->name, fmt::join(value.type.domain->values, ", ")),
               quoted(shown(ast_, item)));
      right = false;
    }
    return right;
  }

  bool branches(Node& node) {
    const std::span<const NodeId> both(node.children.data() + 1, 2);
    const Node& yes = child(node, 1);
    const Node& no = child(node, 2);
    if (is_numeric(yes.type) && is_numeric(no.type)) return join(node, both);
    return yes.type == no.type ? typed(node, yes.type) : different_types(node, yes, no);
  }

  bool product(Node& node) {
    const Node& a = child(node, 0);
    const Node& b = child(node, 1);
    const bool plain = a.type.kind == Kind::number;
    if (!plain && b.type.kind != Kind::number) {
      at_token(node, "unit mismatch", "a number on one side of '*'", fmt::format("{}, {}", what_is(a), what_is(b)),
               unit_hint(is_time(b.type) ? b : a));
      return false;
    }
    const Node& factor = plain ? a : b;
    const Node& other = plain ? b : a;
    // Twelve times a column in years counts months.
    if (factor.op == Op::constant && factor.value == 12.0 && other.type.kind == Kind::years && other.op != Op::constant)
      return typed(node, {Kind::months, nullptr});
    return typed(node, other.type);
  }

  bool quotient(Node& node) {
    Node& a = child(node, 0);
    Node& b = child(node, 1);
    if (b.type.kind == Kind::number) {
      const bool twelfth =
          b.op == Op::constant && b.value == 12.0 && a.type.kind == Kind::months && a.op != Op::constant;
      return typed(node, twelfth ? Type{Kind::years, nullptr} : a.type);
    }
    if (is_time(a.type) && is_time(b.type)) {
      const NodeId both[] = {node.children[0], node.children[1]};
      return join(node, both) && typed(node, number_type);
    }
    if (a.type == b.type) return typed(node, number_type);
    at_token(node, "unit mismatch", fmt::format("a number or {} behind '/'", described(a.type, schema_)),
             fmt::format("{}, {}", what_is(a), what_is(b)), unit_hint(b));
    return false;
  }

  std::string nothing_of(Type type) const {
    if (type.kind == Kind::enumeration) return type.domain->values.front();
    if (is_time(type)) return type.kind == Kind::months ? "0 months" : "0 years";
    return zero_of(type);
  }
  std::string zero_of(Type type) const {
    return type.kind == Kind::money ? "0 " + schema_.currency() : std::string("0");
  }

  /// Constant bounds stand the lower one first.
  bool ordered(const Node& node) {
    const Node& low = child(node, 1);
    const Node& high = child(node, 2);
    if (low.op != Op::constant || high.op != Op::constant || low.value <= high.value) return true;
    at_whole(node, "bounds the wrong way round", "the lower bound before the higher one", quoted(shown(ast_, node)),
             fmt::format("write '{}({}, {}, {})'", ast_.token_of(node), shown(ast_, child(node, 0)), shown(ast_, high),
                         shown(ast_, low)));
    return false;
  }

  bool by_zero(const Node& divisor) {
    if (divisor.op != Op::constant || divisor.value != 0.0) return false;
    at_whole(divisor, "division by zero", "a divisor other than 0", quoted(shown(ast_, divisor)));
    return true;
  }

  bool total(const Node& node) {
    const Node& divisor = child(node, 1);
    if (divisor.op == Op::constant && divisor.value != 0.0) return true;
    if (!by_zero(divisor)) {
      at_token(node, "division without 'else'", fmt::format("a value for when {} is 0", quoted(shown(ast_, divisor))),
               quoted(shown(ast_, node)), fmt::format("write '({} else {})'", shown(ast_, node), zero_of(node.type)));
    }
    return false;
  }

  bool otherwise(Node& node) {
    if (by_zero(child(node, 1))) return false;
    const Type type = node.type;
    Node& fallback = child(node, 2);
    if (type.kind == Kind::money && bare_number(fallback)) return missing_currency(fallback), false;
    if (is_time(type) && is_time(fallback.type) && fallback.op == Op::constant) convert(fallback, type.kind);
    if (fallback.op == Op::error) return false;
    if (fallback.type == type || (is_time(type) && fallback.type.kind == Kind::number)) return true;
    at_whole(fallback, "unit mismatch", fmt::format("{} after 'else', as the quotient is", described(type, schema_)),
             what_is(fallback));
    return false;
  }

  Ast& ast_;
  const Schema& schema_;
  Report& report_;
  int inside_groups_ = 0;
};

}  // namespace

void check(Ast& ast, const Schema& schema, const Goal& goal, Report& report) {
  Checker checker(ast, schema, report);
  checker.check(ast.root, goal.want == Goal::Want::exactly ? goal.type.domain : nullptr);
  // A tree with a hole has no type worth a word.
  if (report.clean()) checker.check_goal(goal);
}

}  // namespace oikos::expr
