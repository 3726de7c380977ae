#include "sim/expr/generator.hpp"

#include <algorithm>
#include <map>

#include "sim/base/contract.hpp"
#include "sim/expr/values.hpp"

namespace oikos::expr {

namespace {

constexpr std::size_t most_groups = 16;  ///< of one `and` or `or`: bounds the levels

class Generator {
 public:
  Generator(const Ast& ast, NodeId of) {
    const auto root = values_.add_tree(ast, of);
    code_.type = ast.nodes[of].type;
    add_columns(values_[root].columns);
    scopes_.emplace_back();
    code_.result = emit(root);
    code_.questions = values_.questions();
    for (const GroupQuestion& question : code_.questions) {
      if (question.of_member == nullptr) continue;
      add_columns(question.of_member->columns);
      code_.parameter_ids.insert(code_.parameter_ids.end(), question.of_member->parameter_ids.begin(),
                                 question.of_member->parameter_ids.end());
    }
    std::ranges::sort(code_.parameter_ids);
    code_.parameter_ids.erase(std::ranges::unique(code_.parameter_ids).begin(), code_.parameter_ids.end());
    assign_registers();
    code_.graph = {std::make_shared<const Values>(std::move(values_)), root};
  }
  Code take() { return std::move(code_); }

 private:
  void add_columns(const std::vector<std::uint32_t>& ids) {
    for (std::uint32_t id : ids) {
      if ((id & mine_bit) == 0 && (id & Values::question_bit) != 0) continue;
      id &= ~mine_bit;
      const auto at = std::ranges::lower_bound(code_.columns, id);
      if (at == code_.columns.end() || *at != id) code_.columns.insert(at, id);
    }
  }

  using Scope = std::map<std::uint32_t, std::uint32_t>;  ///< value -> register, at one level of narrowing

  std::uint32_t level() const { return static_cast<std::uint32_t>(scopes_.size() - 1); }
  std::uint32_t put(Instruction instruction) {
    instruction.dst = next_register_++;
    code_.body.push_back(instruction);
    return instruction.dst;
  }

  /// Operand that holds a value at the present level.
  std::uint32_t emit(std::uint32_t id) {
    const auto& value = values_[id];
    if (value.scalar) return scalar(id);
    for (std::size_t after = scopes_.size(); after > 0; --after) {
      const Scope& scope = scopes_[after - 1];
      if (const auto it = scope.find(id); it != scope.end()) return bring(id, it->second, after - 1);
    }
    const auto made = compute(id);
    scopes_.back()[id] = made;
    return made;
  }

  /// A register of an outer level, at the present one. Only the present scope learns of it: those between may skip it.
  std::uint32_t bring(std::uint32_t id, std::uint32_t from, std::size_t at) {
    if (at == level()) return from;
    for (std::size_t k = at + 1; k < scopes_.size(); ++k)
      from = put({.op = Op::gather, .a = from, .extra = static_cast<std::uint32_t>(k)});
    scopes_.back()[id] = from;
    return from;
  }

  std::uint32_t scalar(std::uint32_t id) {
    if (const auto it = scalars_.find(id); it != scalars_.end()) return it->second;
    const auto& value = values_[id];
    Instruction step{.op = value.op};
    operands(value, step, [this](std::uint32_t arg) { return scalar(arg); });
    const auto slot = static_cast<std::uint32_t>(code_.scalars.size());
    code_.scalars.push_back(value.constant);
    if (value.op == Op::parameter) {
      code_.parameters.push_back({slot, value.id});
      code_.parameter_ids.push_back(value.id);
    } else if (value.op != Op::constant) {
      step.dst = slot | scalar_bit;
      code_.prologue.push_back(step);
    }
    return scalars_[id] = slot | scalar_bit;
  }

  template <class Get>
  void operands(const Values::Value& value, Instruction& step, Get get) {
    std::uint32_t* const places[] = {&step.a, &step.b, &step.c};
    for (std::size_t i = 0; i < value.args.size(); ++i) *places[i] = get(value.args[i]);
    if (value.op != Op::in_list) return;
    step.extra = static_cast<std::uint32_t>(code_.lists.size());
    code_.lists.push_back(value.codes);
  }

  std::uint32_t filled(std::uint32_t operand) {
    return (operand & scalar_bit) != 0 ? put({.op = Op::fill, .a = operand}) : operand;
  }

  std::uint32_t compute(std::uint32_t id) {
    const auto& value = values_[id];
    if (value.op == Op::column) return put({.op = Op::load, .extra = value.id});
    if (value.op == Op::mine) return put({.op = Op::load, .extra = value.id | mine_bit});
    if (value.op == Op::group)
      return put({.op = Op::group, .a = value.args.empty() ? no_operand : emit(value.args[0]), .extra = value.id});
    if (value.op == Op::logical_and || value.op == Op::logical_or) return chain(value.op, groups(id), 0);
    Instruction step{.op = value.op};
    const bool three = value.args.size() == 3;
    operands(value, step, [&](std::uint32_t arg) { return three ? filled(emit(arg)) : emit(arg); });
    return put(step);
  }

  using Group = std::vector<std::uint32_t>;

  void flatten(Op op, std::uint32_t id, Group& parts) const {
    if (values_[id].op != op) {
      if (std::ranges::find(parts, id) == parts.end()) parts.push_back(id);
      return;
    }
    for (const auto arg : values_[id].args) flatten(op, arg, parts);
  }

  /// Parts of an `and` or `or` in the order of work; those of a group are done for the same rows.
  std::vector<Group> groups(std::uint32_t id) const {
    Group parts;
    flatten(values_[id].op, id, parts);
    std::ranges::stable_sort(parts, {}, [this](std::uint32_t part) { return values_[part].cost; });
    std::vector<Group> found;
    std::vector<std::uint32_t> columns;
    for (const auto part : parts) {
      const auto& needs = values_[part].columns;
      if (found.empty() || (found.size() < most_groups && !std::ranges::includes(columns, needs))) {
        found.emplace_back();
        columns = needs;
      }
      found.back().push_back(part);
    }
    return found;
  }

  /// Groups from `from` on, for the rows at the present level.
  std::uint32_t chain(Op op, const std::vector<Group>& groups, std::size_t from) {
    auto here = filled(emit(groups[from][0]));
    for (std::size_t i = 1; i < groups[from].size(); ++i) here = put({.op = op, .a = here, .b = emit(groups[from][i])});
    if (from + 1 == groups.size()) return here;
    const auto narrow = code_.body.size();
    code_.body.push_back({.op = Op::narrow, .a = here, .extra2 = op == Op::logical_and ? 1u : 0u});
    scopes_.emplace_back();
    code_.levels = std::max(code_.levels, level() + 1);
    const auto rest = chain(op, groups, from + 1);
    scopes_.pop_back();
    code_.body[narrow].extra = static_cast<std::uint32_t>(code_.body.size());
    return put({.op = Op::merge, .a = here, .b = rest});
  }

  /// Gives registers that are no longer read to later instructions. Steps only ever go forward, so the last reading in
  /// the order of the text is the last in time.
  void assign_registers() {
    std::vector<std::size_t> last(next_register_, 0);
    const auto each = [](Instruction& step, auto&& visit) {
      for (auto* operand : {&step.a, &step.b, &step.c})
        if (*operand != no_operand && (*operand & scalar_bit) == 0) visit(*operand);
    };
    for (std::size_t i = 0; i < code_.body.size(); ++i)
      each(code_.body[i], [&](std::uint32_t operand) { last[operand] = i; });
    if ((code_.result & scalar_bit) == 0) last[code_.result] = code_.body.size();
    std::vector<std::uint32_t> place(next_register_, no_operand);
    std::vector<std::uint32_t> free;
    for (std::size_t i = 0; i < code_.body.size(); ++i) {
      auto& step = code_.body[i];
      std::vector<std::uint32_t> ended;
      each(step, [&](std::uint32_t& operand) {
        if (last[operand] == i && std::ranges::find(ended, place[operand]) == ended.end())
          ended.push_back(place[operand]);
        operand = place[operand];
      });
      if (step.dst != no_operand) {  // before its operands are freed: it must not overlap them
        if (free.empty()) free.push_back(code_.registers++);
        place[step.dst] = free.back();
        free.pop_back();
        const bool unread = last[step.dst] == 0;
        step.dst = place[step.dst];
        if (unread) ended.push_back(step.dst);
      }
      free.insert(free.end(), ended.begin(), ended.end());
    }
    if ((code_.result & scalar_bit) == 0) code_.result = place[code_.result];
  }

  Code code_;
  Values values_;
  std::map<std::uint32_t, std::uint32_t> scalars_;
  std::vector<Scope> scopes_;
  std::uint32_t next_register_ = 0;
};

}  // namespace

Code generate(const Ast& ast) { return generate(ast, ast.root); }
Code generate(const Ast& ast, NodeId root) { return Generator(ast, root).take(); }

}  // namespace oikos::expr
