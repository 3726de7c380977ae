#include "sim/expr/parser.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "sim/expr/lexer.hpp"
#include "sim/expr/words.hpp"

namespace oikos::expr {

namespace {

/// How tightly operators bind, loosest first.
enum Power : int { loosest, power_or, power_and, power_not, power_compare, power_add, power_multiply, power_sign };

struct Infix {
  std::string_view symbol;
  int power;
  Op op;
};
constexpr std::array<Infix, 14> infixes{{{"or", power_or, Op::logical_or},
                                         {"and", power_and, Op::logical_and},
                                         {"==", power_compare, Op::equal},
                                         {"!=", power_compare, Op::not_equal},
                                         {"<", power_compare, Op::less},
                                         {"<=", power_compare, Op::less_equal},
                                         {">", power_compare, Op::greater},
                                         {">=", power_compare, Op::greater_equal},
                                         {"in", power_compare, Op::in_list},
                                         {"not", power_compare, Op::in_list},  // not in
                                         {"+", power_add, Op::add},
                                         {"-", power_add, Op::subtract},
                                         {"*", power_multiply, Op::multiply},
                                         {"/", power_multiply, Op::divide}}};

constexpr std::array<Function, 8> function_table{{{"min", Op::minimum, 2, 64, "min(a, b, ...)"},
                                                  {"max", Op::maximum, 2, 64, "max(a, b, ...)"},
                                                  {"abs", Op::absolute, 1, 1, "abs(x)"},
                                                  {"floor", Op::floor, 1, 1, "floor(x)"},
                                                  {"ceil", Op::ceil, 1, 1, "ceil(x)"},
                                                  {"round", Op::round, 1, 1, "round(x)"},
                                                  {"clamp", Op::clamp, 3, 3, "clamp(x, lowest, highest)"},
                                                  {"between", Op::between, 3, 3, "between(x, lowest, highest)"}}};

/// Decimal text times ten to a power, rounded once: 0.07 PLN is exactly 7 minor units.
double scaled(std::string_view digits, std::string_view exponent) {
  const std::string text = std::string(digits) + std::string(exponent);
  double value = 0.0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec == std::errc::result_out_of_range) return digits.starts_with("0.") ? 0.0 : HUGE_VAL;
  return value;
}

/// Whether a whole number is held to the last digit.
bool is_exact(std::string_view digits) {
  if (digits.find('.') != std::string_view::npos) return true;
  std::uint64_t value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return result.ec == std::errc{} && value <= static_cast<std::uint64_t>(most_value);
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> currency_signs{
    {{"zł", "PLN"}, {"€", "EUR"}, {"$", "USD"}, {"£", "GBP"}}};

class Parser {
 public:
  Parser(std::string_view text, const Schema& schema, Report& report)
      : schema_(schema), report_(report), tokens_(cut(text, report)) {
    ast_.text = text;
  }

  Ast run() {
    ast_.root = expression(loosest);
    if (!given_up_ && peek().kind != Token::Kind::end) unexpected();
    return std::move(ast_);
  }

 private:
  /// Counts a level of nesting as long as it lives.
  class Nested {
   public:
    explicit Nested(Parser& parser) : parser_(parser) {
      if (++parser_.nesting_ > most_nesting + 1) parser_.too_deep();  // a plain operand is no level
    }
    ~Nested() { --parser_.nesting_; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

   private:
    Parser& parser_;
  };

  const Token& peek(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  Token take() { return tokens_[std::min(at_++, tokens_.size() - 1)]; }
  bool take_if(std::string_view text) {
    if (!peek().is(text)) return false;
    ++at_;
    return true;
  }

  /// Nothing after this is read or said.
  void give_up() {
    given_up_ = true;
    at_ = tokens_.size() - 1;
  }
  void too_deep() {
    if (given_up_) return;
    say(peek(), "nesting too deep", fmt::format("at most {} levels", most_nesting), got(peek()));
    give_up();
  }

  std::string got(const Token& token) const {
    if (token.kind == Token::Kind::end) return "the end of the expression";
    return quoted(ast_.text.substr(token.begin, token.end - token.begin));
  }
  void say(const Token& token, std::string_view what, std::string expected, std::string found, std::string hint = "") {
    if (!given_up_) report_.add(token.begin, token.end, what, std::move(expected), std::move(found), std::move(hint));
  }

  NodeId add(Node node) {
    for (const NodeId child : node.children) {
      node.depth = std::max(node.depth, ast_.nodes[child].depth + 1);
      node.begin = std::min(node.begin, ast_.nodes[child].begin);
      node.end = std::max(node.end, ast_.nodes[child].end);
    }
    if (node.depth > most_depth && !given_up_) {
      report_.add(node.token_begin, node.token_end, "too many operators in a row",
                  fmt::format("at most {}", most_depth), "more");
      give_up();
    }
    ast_.nodes.push_back(std::move(node));
    return static_cast<NodeId>(ast_.nodes.size() - 1);
  }
  NodeId add(Op op, const Token& token, std::vector<NodeId> children = {}) {
    Node node;
    node.op = op;
    node.children = std::move(children);
    node.begin = node.token_begin = token.begin;
    node.end = node.token_end = token.end;
    return add(std::move(node));
  }
  /// Parentheses belong to what they hold, so that messages show them.
  void stretch(NodeId node, const Token& from, const Token& to) {
    ast_.nodes[node].begin = std::min(ast_.nodes[node].begin, from.begin);
    ast_.nodes[node].end = std::max(ast_.nodes[node].end, to.end);
  }

  static bool starts_operand(const Token& token) {
    if (token.kind == Token::Kind::word) return !is_keyword(token.text) || token.is("if") || token.is("not");
    return token.kind == Token::Kind::number || token.is("(");
  }

  /// Says that a token cannot stand where the expression before it has ended.
  void unexpected() {
    const Token& token = peek();
    if (token.is(")")) say(token, "unbalanced parenthesis", "a '(' for this ')'", got(token));
    else if (token.is("else"))
      say(token, "unexpected 'else'", "the end of the expression", got(token),
          "a division inside 'then' stands in parentheses: (a / b else 0)");
    else if (starts_operand(token) || token.is("true") || token.is("false"))
      say(token, "missing operator", "an operator before it, such as 'and' or '+'", got(token));
    else if (token.is("%"))
      say(token, "unexpected '%'", "'%' only behind a number, as in '85 %'", got(token),
          "there is no remainder operator");
    else say(token, "unexpected " + got(token), "the end of the expression", got(token));
  }

  static const Infix* infix_of(const Token& token) {
    if (token.kind != Token::Kind::symbol && token.kind != Token::Kind::word) return nullptr;
    const auto it = std::ranges::find(infixes, token.text, &Infix::symbol);
    return it == infixes.end() ? nullptr : &*it;
  }

  NodeId expression(int least_power) {
    NodeId left = prefix();
    bool compared = false;
    while (!given_up_) {
      const Token token = peek();
      const Infix* infix = infix_of(token);
      if (infix == nullptr || infix->power < least_power) break;
      if (token.is("not") && !peek(1).is("in")) break;
      ++at_;
      if (infix->op == Op::in_list) {
        left = list(left, token);
      } else if (infix->op == Op::divide) {
        left = division(left, token);
      } else {
        const NodeId right = expression(infix->power + 1);
        if (compared && is_comparison(infix->op)) left = chained(left, token, right);
        else left = add(infix->op, token, {left, right});
      }
      compared = is_comparison(infix->op);
    }
    return left;
  }

  NodeId chained(NodeId left, const Token& token, NodeId right) {
    const Node& node = ast_.nodes[left];
    std::string hint = "join comparisons by 'and'";
    if (is_comparison(node.op) && node.children.size() == 2)
      hint = fmt::format("write '{} and {} {} {}'", shown(ast_, node), shown(ast_, ast_.nodes[node.children[1]]),
                         token.text, shown(ast_, ast_.nodes[right]));
    say(token, "chained comparison", "one comparison at a time", got(token), std::move(hint));
    return add(Op::error, token, {left, right});
  }

  NodeId division(NodeId left, const Token& token) {
    const NodeId right = expression(power_multiply + 1);
    if (else_is_taken_ || !take_if("else")) return add(Op::divide, token, {left, right});
    const NodeId otherwise = expression(power_multiply + 1);
    return add(Op::divide_else, token, {left, right, otherwise});
  }

  NodeId prefix() {
    const Token token = peek();
    const Nested nested(*this);
    if (given_up_) return add(Op::error, token);
    if (token.kind == Token::Kind::number) return number(take());
    if (token.is("(")) return group(take());
    if (token.is("not") || token.is("-") || token.is("+")) return sign(take());
    if (token.is("if")) return condition(take());
    if (token.is("true") || token.is("false")) return truth(take());
    if (token.kind == Token::Kind::word && !is_keyword(token.text)) return name(take());
    missing_operand(token);
    return add(Op::error, token);
  }

  NodeId sign(const Token& token) {
    const NodeId operand = expression(token.is("not") ? power_not : power_sign);
    if (token.is("+")) return operand;
    return add(token.is("-") ? Op::negate : Op::logical_not, token, {operand});
  }

  void missing_operand(const Token& token) {
    const bool first = at_ == 0;
    const std::string place = first ? (token.kind == Token::Kind::end ? "" : " before " + got(token))
                                    : " after " + got(tokens_[std::min(at_, tokens_.size() - 1) - 1]);
    say(token, "missing operand", "a value" + place, got(token));
  }

  NodeId truth(const Token& token) {
    const NodeId id = add(Op::constant, token);
    ast_.nodes[id].type = {Kind::boolean, nullptr};
    ast_.nodes[id].value = token.is("true") ? 1.0 : 0.0;
    return id;
  }

  NodeId number(Token token) {
    std::string digits(token.text);
    const bool comma = !commas_separate_ && peek().is(",") && peek().begin == token.end &&
                       peek(1).kind == Token::Kind::number && peek(1).begin == peek().end;
    if (comma) {
      const Token behind = peek(1);
      std::erase(digits, '.');  // which grouped digits, if there was one
      digits += "." + std::string(behind.text.substr(0, behind.text.find('.')));
      token.end = behind.end;
      say(token, "decimal comma", "a decimal point", got(token), fmt::format("write '{}'", digits));
      at_ += 2;
    }
    const auto [kind, exponent, factor, known] = unit();
    const NodeId id = add(Op::constant, token);
    Node& node = ast_.nodes[id];
    if (at_ > 0) node.end = std::max(node.end, tokens_[at_ - 1].end);
    node.token_end = node.end;
    node.type = {kind, nullptr};
    node.value = scaled(digits, exponent) * factor;
    if (!known) {
      node.op = Op::error;
    } else if (!(node.value <= most_value) || !is_exact(digits)) {
      say(token, "number too large", "at most 9007199254740992 (minor units, for money)", got(token));
      node.op = Op::error;
    }
    return id;
  }

  struct Unit {
    Kind kind = Kind::number;
    std::string_view exponent = "";
    double factor = 1.0;
    bool known = true;
  };

  /// Way out for what stands where a unit should.
  std::string unit_hint(std::string_view written) const {
    std::string code;
    for (const auto& [sign, meant] : currency_signs)
      if (written == sign) code = meant;
    for (const char c : code.empty() ? written : std::string_view{})
      code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (code == schema_.currency()) return fmt::format("did you mean '{}'?", code);
    const bool currency = code.size() == 3 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
    const std::vector<std::string> known{schema_.currency(), "months", "years"};
    auto near = did_you_mean(written, known);
    if (near.empty() && currency) return fmt::format("convert it to {}", schema_.currency());
    const bool exponent = (written[0] == 'e' || written[0] == 'E') && written.size() > 1 && is_digit(written[1]);
    if (exponent || written[0] == 'x') return "write numbers out in decimal digits";
    return near;
  }

  Unit unit() {
    const Token token = peek();
    if (take_if("%")) return {Kind::number, "e-2"};
    if (token.kind != Token::Kind::word || is_keyword(token.text)) return {};
    if (take_if(schema_.currency())) return {Kind::money, "e2"};
    if (take_if("month") || take_if("months")) return {Kind::months};
    if (take_if("year") || take_if("years")) return {Kind::years};
    if (token.text.empty() || schema_.find(token.text) || schema_.find_parameter(token.text) || peek(1).is("("))
      return {};
    say(token, "unknown unit", fmt::format("'{}', 'months', 'years' or '%' behind a number", schema_.currency()),
        got(token), unit_hint(token.text));
    ++at_;
    take_if(schema_.currency());  // of 1e3 PLN
    return {.known = false};
  }

  NodeId group(const Token& open) {
    const auto taken = std::exchange(else_is_taken_, false);
    const auto commas = std::exchange(commas_separate_, false);
    const NodeId inside = expression(loosest);
    else_is_taken_ = taken;
    commas_separate_ = commas;
    stretch(inside, open, close(open));
    return inside;
  }

  /// Takes the ')' that belongs to `open`; says so when it is missing and goes on behind where it should be.
  Token close(const Token& open) {
    if (given_up_) return open;
    if (peek().is(")")) return take();
    if (peek().kind == Token::Kind::end) {
      say(open, "unbalanced parenthesis", "a ')' for this '('", got(peek()));
      return open;
    }
    unexpected();
    for (int depth = 0; peek().kind != Token::Kind::end; ++at_) {
      if (peek().is("(")) ++depth;
      if (peek().is(")") && depth-- == 0) return take();
    }
    return open;
  }

  /// Expressions between commas, up to the ')' of `open`.
  std::vector<NodeId> arguments(const Token& open, Token& end) {
    std::vector<NodeId> found;
    const auto taken = std::exchange(else_is_taken_, false);
    const auto commas = std::exchange(commas_separate_, true);
    if (!peek().is(")")) {
      do found.push_back(expression(loosest));
      while (!given_up_ && take_if(","));
    }
    else_is_taken_ = taken;
    commas_separate_ = commas;
    end = close(open);
    return found;
  }

  NodeId list(NodeId left, const Token& token) {
    const bool negated = token.is("not");
    if (negated) ++at_;  // the "in" behind it
    const Token open = peek();
    if (!take_if("(")) {
      say(open, "missing list", "values in parentheses after 'in'", got(open));
      if (starts_operand(open)) expression(power_compare + 1);  // as if the parentheses were there
      return add(Op::error, token, {left});
    }
    Token end = open;
    std::vector<NodeId> children{left};
    for (const NodeId value : arguments(open, end)) children.push_back(value);
    if (children.size() == 1) say(end, "missing operand", "values between the parentheses", got(end));
    const Op op = children.size() == 1 ? Op::error : Op::in_list;
    NodeId node = add(op, token, std::move(children));
    stretch(node, open, end);
    if (negated) node = add(Op::logical_not, token, {node});
    return node;
  }

  NodeId condition(const Token& token) {
    const auto taken = std::exchange(else_is_taken_, false);
    const NodeId test = expression(loosest);
    const bool then = keyword("then", "after the condition");
    else_is_taken_ = true;
    const NodeId yes = then ? expression(loosest) : add(Op::error, peek());
    else_is_taken_ = taken;
    const bool otherwise = then && keyword("else", "and a value after it: every 'if' has both");
    const NodeId no = otherwise ? expression(loosest) : add(Op::error, peek());
    return add(Op::choose, token, {test, yes, no});
  }
  bool keyword(std::string_view word, std::string_view place) {
    if (take_if(word)) return true;
    say(peek(), fmt::format("missing '{}'", word), fmt::format("'{}' {}", word, place), got(peek()));
    give_up();  // whatever follows has lost its place
    return false;
  }

  NodeId name(const Token& token) {
    if (token.text.empty()) return add(Op::error, token);  // said by the lexer
    const auto dot = token.text.find('.');
    if (const Group* group = dot == std::string_view::npos ? nullptr : schema_.find_group(token.text.substr(0, dot)))
      return peek().is("(") ? of_members(*group, token, dot) : of_one(*group, token, dot);
    if (!peek().is("(")) return add(Op::name, token);
    const Token open = take();
    if (const Call* call = schema_.find_call(token.text)) return named_call(*call, token, open);
    Token end = open;
    auto given = arguments(open, end);
    const Function* function = find_function(token.text);
    Op op = function == nullptr ? Op::error : function->op;
    if (function == nullptr) {
      unknown_function(token);
    } else if (given.size() < function->least || given.size() > function->most) {
      say(token, "wrong number of arguments", std::string(function->usage),
          fmt::format("{} argument{}", given.size(), given.size() == 1 ? "" : "s"));
      op = Op::error;
    }
    const NodeId node = add(op, token, std::move(given));
    stretch(node, open, end);
    return node;
  }
  /// What is made of the members of a group: `members.count(age < 18)`.
  NodeId of_members(const Group& group, const Token& token, std::size_t dot) {
    const Token open = take();
    Token end = open;
    auto given = arguments(open, end);
    const std::string_view word = token.text.substr(dot + 1);
    const auto found = std::ranges::find(aggregate_names, word);
    if (found == aggregate_names.end()) {
      const std::vector<std::string> names(aggregate_names.begin(), aggregate_names.end());
      say(token, fmt::format("unknown question to the group '{}'", group.name),
          fmt::format("one of {}", fmt::join(aggregate_names, ", ")), got(token), did_you_mean(word, names));
      return stretched(add(Op::error, token, std::move(given)), open, end);
    }
    const auto aggregate = static_cast<Aggregate>(found - aggregate_names.begin());
    if (given.size() > 1 || (given.empty() && aggregate != Aggregate::count)) {
      say(token, "wrong number of arguments",
          of_conditions(aggregate) ? fmt::format("{}(condition)", token.text) : fmt::format("{}(number)", token.text),
          fmt::format("{} argument{}", given.size(), given.size() == 1 ? "" : "s"));
      return stretched(add(Op::error, token, std::move(given)), open, end);
    }
    const bool needs_somebody = !of_conditions(aggregate) && aggregate != Aggregate::sum;
    return of_group(group, aggregate, token, std::move(given), open, end, needs_somebody);
  }
  /// A column of one person: `mother.age`.
  NodeId of_one(const Group& group, const Token& token, std::size_t dot) {
    if (!group.one) {
      say(token, fmt::format("'{}' is a group", group.name),
          fmt::format("a question to all of it, such as '{0}.any({1} ...)' or '{0}.count({1} ...)'", group.name,
                      token.text.substr(dot + 1)),
          got(token));
      return add(Op::error, token);
    }
    Token column = token;
    column.begin += static_cast<std::uint32_t>(dot) + 1;
    return of_group(group, Aggregate::value, token, {add(Op::name, column)}, token, token, true);
  }
  NodeId of_group(const Group& group, Aggregate aggregate, const Token& token, std::vector<NodeId> children,
                  const Token& open, const Token& end, bool may_have_else) {
    bool otherwise = false;
    if (may_have_else && !else_is_taken_ && take_if("else")) {
      children.push_back(expression(power_multiply + 1));
      otherwise = true;
    }
    const NodeId id = stretched(add(Op::group, token, std::move(children)), open, end);
    Node& node = ast_.nodes[id];
    node.id = group.id;
    node.aggregate = aggregate;
    node.otherwise = otherwise;
    return id;
  }
  NodeId stretched(NodeId node, const Token& from, const Token& to) {
    stretch(node, from, to);
    return node;
  }
  /// A column that a word makes of a name; the node's token is all of it.
  NodeId named_call(const Call& call, const Token& token, const Token& open) {
    const Token argument = peek();
    const bool is_one =
        argument.kind == Token::Kind::word && !argument.text.empty() && !is_keyword(argument.text) && peek(1).is(")");
    if (!is_one) {
      say(token, "wrong argument", fmt::format("{}({})", call.word, call.argument),
          peek().is(")") ? "nothing between the parentheses" : got(argument));
      Token end = open;
      arguments(open, end);
      const NodeId node = add(Op::error, token);
      stretch(node, open, end);
      return node;
    }
    ++at_;
    const Token end = take();
    Node node;
    node.op = Op::name;
    node.begin = node.token_begin = token.begin;
    node.end = node.token_end = end.end;
    return add(std::move(node));
  }
  void unknown_function(const Token& token) {
    if (const auto dot = token.text.find('.'); dot != std::string_view::npos && !schema_.groups().empty()) {
      std::vector<std::string> groups;
      for (const Group& group : schema_.groups()) groups.push_back(group.name);
      say(token, fmt::format("unknown group '{}'", token.text.substr(0, dot)),
          fmt::format("one of {}", fmt::join(groups, ", ")), got(token),
          did_you_mean(token.text.substr(0, dot), groups));
      return;
    }
    std::vector<std::string> names;
    std::string all;
    for (const auto& function : functions()) {
      names.emplace_back(function.name);
      all += (all.empty() ? "" : ", ") + names.back();
    }
    say(token, "unknown function", all, got(token), did_you_mean(token.text, names));
  }

  const Schema& schema_;
  Report& report_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  Ast ast_;
  int nesting_ = 0;
  bool given_up_ = false;
  bool else_is_taken_ = false;    ///< the next 'else' belongs to an 'if', not to a division
  bool commas_separate_ = false;  ///< directly inside the parentheses of a call or list
};

}  // namespace

std::span<const Function> functions() { return function_table; }

const Function* find_function(std::string_view name) {
  const auto it = std::ranges::find(function_table, name, &Function::name);
  return it == function_table.end() ? nullptr : &*it;
}

Ast parse(std::string_view text, const Schema& schema, Report& report) { return Parser(text, schema, report).run(); }

}  // namespace oikos::expr
