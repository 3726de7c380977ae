#include "sim/expr/evaluate.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "sim/base/contract.hpp"
#include "sim/base/vectorised.hpp"
#include "sim/expr/code.hpp"
#include "sim/expr/kernels.hpp"
#include "sim/store/flags.hpp"

namespace oikos::expr {

void ColumnSource::load_range(std::uint32_t column, std::uint32_t first, std::uint32_t count, double* out) const {
  std::array<std::uint32_t, 256> rows;
  for (std::uint32_t done = 0; done < count;) {
    const auto n = std::min(count - done, static_cast<std::uint32_t>(rows.size()));
    std::iota(rows.begin(), rows.begin() + n, first + done);
    load(column, std::span(rows).first(n), out + done);
    done += n;
  }
}

void ColumnSource::related(std::uint32_t, std::span<const std::uint32_t>, std::vector<std::uint32_t>&,
                           std::vector<std::uint32_t>&) const {
  expect(false, "a source of columns with groups gives their rows");
}

double ColumnSource::parameter(std::uint32_t) const {
  expect(false, "a source of columns with parameters gives their values");
  return 0.0;
}

const double* Evaluator::operand(std::uint32_t operand) const {
  if ((operand & scalar_bit) != 0) return scalars_.data() + (operand & ~scalar_bit);
  return registers_.data() + std::size_t{operand} * block_rows;
}

void Evaluator::prepare(const Code& code, const ColumnSource& source) {
  registers_.resize(std::max(registers_.size(), std::size_t{code.registers} * block_rows));
  if (levels_.size() < code.levels) levels_.resize(code.levels);
  for (std::size_t k = 1; k < code.levels; ++k) {
    levels_[k].own_rows.resize(block_rows);
    levels_[k].places.resize(block_rows);
  }
  scalars_ = code.scalars;
  for (const auto& parameter : code.parameters) scalars_[parameter.scalar] = source.parameter(parameter.id);
  for (const auto& step : code.prologue) {
    const auto at = [&](std::uint32_t index) { return index == no_operand ? 0.0 : *operand(index); };
    auto& out = scalars_[step.dst & ~scalar_bit];
    if (step.op == Op::in_list) {
      const auto& codes = code.lists[step.extra];
      out = scalar::truth(std::ranges::find(codes, at(step.a)) != codes.end());
    } else {
      out = apply(step.op, at(step.a), at(step.b), at(step.c));
    }
  }
}

void Evaluator::load(const ColumnSource& source, std::uint32_t column, const Level& level, double* out) const {
  if (level.rows == nullptr) source.load_range(column, level.first, level.count, out);
  else source.load(column, {level.rows, level.count}, out);
}

namespace {

/// Positions of the numbers that are not 0 (or, without `set`, of those that are), ascending.
/// @param out at least count long   @return how many
std::uint32_t list(const double* numbers, std::uint32_t count, bool set, std::uint32_t* out) {
  std::array<std::uint8_t, Evaluator::block_rows> flags;
  vectorised([numbers, count, set, flag = flags.data()] {
    OIKOS_NO_OVERLAP
    for (std::uint32_t i = 0; i < count; ++i) flag[i] = static_cast<std::uint8_t>((numbers[i] != 0.0) == set ? 1 : 0);
  });
  return positions_of({flags.data(), count}, out);
}

}  // namespace

std::uint32_t Evaluator::narrow(std::uint32_t level, const double* condition, bool keep) {
  const Level& from = levels_[level];
  Level& to = levels_[level + 1];
  const std::uint32_t count = list(condition, from.count, keep, to.places.data());
  if (from.rows != nullptr)
    for (std::uint32_t i = 0; i < count; ++i) to.own_rows[i] = from.rows[to.places[i]];
  else
    for (std::uint32_t i = 0; i < count; ++i) to.own_rows[i] = from.first + to.places[i];
  to.rows = to.own_rows.data();
  to.count = count;
  return count;
}

/// What asking groups needs. A member is known by its place in the list of all members that are asked about.
struct Evaluator::Groups {
  Evaluator evaluator;
  std::vector<std::uint32_t> rows, members, ends, owners;
  std::vector<double> values;
};

Evaluator::Evaluator() = default;
Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator& Evaluator::operator=(Evaluator&&) noexcept = default;

namespace {

/// Columns of the members of groups, and of those who ask about them.
class MemberColumns final : public ColumnSource {
 public:
  MemberColumns(const ColumnSource& source, std::span<const std::uint32_t> members,
                std::span<const std::uint32_t> owners)
      : source_(source), members_(members), owners_(owners) {}

  void load(std::uint32_t column, std::span<const std::uint32_t> places, double* out) const override {
    const bool mine = (column & mine_bit) != 0;
    source_.load(column & ~mine_bit, at(places, mine ? owners_ : members_), out);
  }
  double parameter(std::uint32_t id) const override { return source_.parameter(id); }
  const ColumnSource& source() const { return source_; }
  /// Rows of the source.
  std::vector<std::uint32_t> rows_at(std::span<const std::uint32_t> places) const { return at(places, members_); }

 private:
  static std::vector<std::uint32_t> at(std::span<const std::uint32_t> places, std::span<const std::uint32_t> all) {
    std::vector<std::uint32_t> rows;
    rows.reserve(places.size());
    for (const std::uint32_t place : places) rows.push_back(all[place]);
    return rows;
  }

  const ColumnSource& source_;
  std::span<const std::uint32_t> members_, owners_;
};

/// What is made of the values of a group, which may be empty.
double made_of(Aggregate aggregate, std::span<const double> values, double otherwise) {
  const auto holding = [&] {
    return static_cast<double>(std::ranges::count_if(values, [](double v) { return v != 0; }));
  };
  const auto size = static_cast<double>(values.size());
  switch (aggregate) {
    case Aggregate::count: return holding();
    case Aggregate::any: return scalar::truth(holding() > 0);
    case Aggregate::all: return scalar::truth(holding() == size);
    case Aggregate::share: return values.empty() ? 0.0 : holding() / size;
    case Aggregate::sum: return std::accumulate(values.begin(), values.end(), 0.0);
    case Aggregate::mean: return values.empty() ? otherwise : std::accumulate(values.begin(), values.end(), 0.0) / size;
    case Aggregate::max: return values.empty() ? otherwise : *std::ranges::max_element(values);
    case Aggregate::min: return values.empty() ? otherwise : *std::ranges::min_element(values);
    case Aggregate::value: return values.empty() ? otherwise : values.front();
  }
  return 0;
}

}  // namespace

void Evaluator::ask(const GroupQuestion& question, const ColumnSource& asked, const Level& level,
                    std::uint32_t otherwise, double* out) {
  if (!groups_) groups_ = std::make_unique<Groups>();
  Groups& work = *groups_;
  work.rows.resize(level.count);
  if (level.rows != nullptr) std::copy_n(level.rows, level.count, work.rows.begin());
  else std::iota(work.rows.begin(), work.rows.end(), level.first);
  // A group of the members of a group asks the same source about their rows.
  const auto* const of_members = dynamic_cast<const MemberColumns*>(&asked);
  if (of_members != nullptr) work.rows = of_members->rows_at(work.rows);
  const ColumnSource& source = of_members != nullptr ? of_members->source() : asked;
  work.members.clear(), work.ends.clear();
  source.related(question.group, work.rows, work.members, work.ends);
  work.owners.resize(work.members.size());
  for (std::uint32_t i = 0, from = 0; i < level.count; from = work.ends[i++])
    std::fill(work.owners.begin() + from, work.owners.begin() + work.ends[i], work.rows[i]);
  work.values.assign(work.members.size(), 1.0);
  if (question.of_member != nullptr)
    work.evaluator.evaluate_range(Program(question.of_member), MemberColumns(source, work.members, work.owners), 0,
                                  work.values);
  for (std::uint32_t i = 0, from = 0; i < level.count; from = work.ends[i++]) {
    const double fallback = otherwise == no_operand         ? 0.0
                            : (otherwise & scalar_bit) != 0 ? *operand(otherwise)
                                                            : operand(otherwise)[i];
    out[i] = made_of(question.aggregate, std::span(work.values).subspan(from, work.ends[i] - from), fallback);
  }
}

const double* Evaluator::run_block(const Code& code, const ColumnSource& source) {
  std::uint32_t level = 0;
  for (std::size_t at = 0; at < code.body.size(); ++at) {
    const Instruction& step = code.body[at];
    const std::uint32_t n = levels_[level].count;
    double* const out = step.dst == no_operand ? nullptr : reg(step.dst);
    switch (step.op) {
      case Op::load: load(source, step.extra, levels_[level], out); break;
      case Op::group: ask(code.questions[step.extra], source, levels_[level], step.a, out); break;
      case Op::fill: std::fill_n(out, n, *operand(step.a)); break;
      case Op::gather: {
        const double* const from = operand(step.a);
        const Level& to = levels_[step.extra];
        for (std::uint32_t i = 0; i < to.count; ++i) out[i] = from[to.places[i]];
        break;
      }
      case Op::narrow:
        if (narrow(level++, operand(step.a), step.extra2 != 0) == 0) at = step.extra - 1;  // the merge is next
        break;
      case Op::merge: {
        const Level& done = levels_[level--];
        std::copy_n(operand(step.a), levels_[level].count, out);
        const double* const found = operand(step.b);
        for (std::uint32_t i = 0; i < done.count; ++i) out[done.places[i]] = found[i];
        break;
      }
      case Op::in_list: {
        const auto& codes = code.lists[step.extra];
        find_all(n, operand(step.a), codes.data(), static_cast<std::uint32_t>(codes.size()), out);
        break;
      }
      default: {
        const auto given = [&](std::uint32_t index) {
          return index == no_operand ? Operand{} : Operand{operand(index), (index & scalar_bit) != 0};
        };
        apply_all(step.op, n, given(step.a), given(step.b), given(step.c), out);
      }
    }
  }
  return operand(code.result);
}

namespace {

bool is_scalar(const Code& code) { return (code.result & scalar_bit) != 0; }

/// Calls work(first, count) for blocks of at most `block` out of `count`.
template <class Work>
void in_blocks(std::size_t count, std::uint32_t block, Work work) {
  for (std::size_t first = 0; first < count; first += block)
    work(first, static_cast<std::uint32_t>(std::min<std::size_t>(block, count - first)));
}

}  // namespace

void Evaluator::evaluate(const Program& program, const ColumnSource& source, std::span<const std::uint32_t> rows,
                         std::span<double> out) {
  expect(rows.size() == out.size(), "one result a row");
  if (rows.empty()) return;
  prepare(program.code(), source);
  if (is_scalar(program.code())) {
    std::ranges::fill(out, *operand(program.code().result));
    return;
  }
  in_blocks(rows.size(), block_rows, [&](std::size_t first, std::uint32_t count) {
    levels_[0].rows = rows.data() + first;
    levels_[0].count = count;
    std::copy_n(run_block(program.code(), source), count, out.data() + first);
  });
}

void Evaluator::evaluate_range(const Program& program, const ColumnSource& source, std::uint32_t first,
                               std::span<double> out) {
  if (out.empty()) return;
  prepare(program.code(), source);
  if (is_scalar(program.code())) {
    std::ranges::fill(out, *operand(program.code().result));
    return;
  }
  in_blocks(out.size(), block_rows, [&](std::size_t done, std::uint32_t count) {
    levels_[0].rows = nullptr;
    levels_[0].first = first + static_cast<std::uint32_t>(done);
    levels_[0].count = count;
    std::copy_n(run_block(program.code(), source), count, out.data() + done);
  });
}

void Evaluator::select(const Program& program, const ColumnSource& source, std::span<const std::uint32_t> rows,
                       std::vector<std::uint32_t>& out) {
  expect(program.type().kind == Kind::boolean, "only a true/false program selects");
  out.clear();
  if (rows.empty()) return;
  prepare(program.code(), source);
  if (is_scalar(program.code())) {
    if (*operand(program.code().result) != 0.0) out.assign(rows.begin(), rows.end());
    return;
  }
  in_blocks(rows.size(), block_rows, [&](std::size_t first, std::uint32_t count) {
    levels_[0].rows = rows.data() + first;
    levels_[0].count = count;
    const double* const holds = run_block(program.code(), source);
    std::array<std::uint32_t, block_rows> found;
    const std::uint32_t n = list(holds, count, true, found.data());
    for (std::uint32_t i = 0; i < n; ++i) out.push_back(rows[first + found[i]]);
  });
}

void Evaluator::select_range(const Program& program, const ColumnSource& source, std::uint32_t first,
                             std::uint32_t count, std::vector<std::uint32_t>& out) {
  expect(program.type().kind == Kind::boolean, "only a true/false program selects");
  out.clear();
  if (count == 0) return;
  prepare(program.code(), source);
  if (is_scalar(program.code())) {
    if (*operand(program.code().result) != 0.0) {
      out.resize(count);
      std::iota(out.begin(), out.end(), first);
    }
    return;
  }
  in_blocks(count, block_rows, [&](std::size_t done, std::uint32_t n) {
    levels_[0].rows = nullptr;
    levels_[0].first = first + static_cast<std::uint32_t>(done);
    levels_[0].count = n;
    const double* const holds = run_block(program.code(), source);
    std::array<std::uint32_t, block_rows> found;
    const std::uint32_t count_found = list(holds, n, true, found.data());
    for (std::uint32_t i = 0; i < count_found; ++i) out.push_back(levels_[0].first + found[i]);
  });
}

}  // namespace oikos::expr
