#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/expr/program.hpp"
#include "sim/expr/values.hpp"

namespace oikos::expr {

/// Where the values of columns come from. Must be safe to read from several threads at once if evaluators share it.
class ColumnSource {
 public:
  virtual ~ColumnSource() = default;

  /// Writes the values of a column at `rows` to out[0 .. rows.size()), in the units of sim/expr/schema.hpp.
  virtual void load(std::uint32_t column, std::span<const std::uint32_t> rows, double* out) const = 0;
  /// The same for rows first .. first + count - 1; worth overriding, as most programs start so. Goes through `load`
  /// else.
  virtual void load_range(std::uint32_t column, std::uint32_t first, std::uint32_t count, double* out) const;
  /// The rows of a group that belong to each of `rows`, one after the other, and behind the last of each.
  /// A ContractError unless overridden. @param members, ends empty; ends gets one number a row
  virtual void related(std::uint32_t group, std::span<const std::uint32_t> rows, std::vector<std::uint32_t>& members,
                       std::vector<std::uint32_t>& ends) const;
  /// Value of a parameter; asked once a call. A ContractError unless overridden.
  virtual double parameter(std::uint32_t id) const;
};

/// Runs programs in blocks of 1024 rows. Owns its scratch memory: one per thread, reused over programs.
///
/// Every row is computed by itself, so results do not depend on how rows are split into calls.
class Evaluator {
 public:
  static constexpr std::uint32_t block_rows = 1024;

  Evaluator();
  ~Evaluator();
  Evaluator(Evaluator&&) noexcept;
  Evaluator& operator=(Evaluator&&) noexcept;

  /// Writes the value at rows[i] to out[i]. @throws ContractError when the sizes differ
  void evaluate(const Program& program, const ColumnSource& source, std::span<const std::uint32_t> rows,
                std::span<double> out);
  /// The same for rows first .. first + out.size() - 1.
  void evaluate_range(const Program& program, const ColumnSource& source, std::uint32_t first, std::span<double> out);

  /// Replaces `out` by those of `rows` where a true/false program is true, in their order.
  /// @throws ContractError  the program is not true/false
  void select(const Program& program, const ColumnSource& source, std::span<const std::uint32_t> rows,
              std::vector<std::uint32_t>& out);
  /// The same for rows first .. first + count - 1.
  void select_range(const Program& program, const ColumnSource& source, std::uint32_t first, std::uint32_t count,
                    std::vector<std::uint32_t>& out);

 private:
  /// Rows of the block in work: a list, or a run when `rows` is null. With the places they had in the level below.
  struct Level {
    const std::uint32_t* rows = nullptr;
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    std::vector<std::uint32_t> own_rows;
    std::vector<std::uint32_t> places;
  };

  struct Groups;
  void prepare(const Code& code, const ColumnSource& source);
  void ask(const GroupQuestion& question, const ColumnSource& source, const Level& level, std::uint32_t otherwise,
           double* out);
  const double* run_block(const Code& code, const ColumnSource& source);
  const double* operand(std::uint32_t operand) const;
  double* reg(std::uint32_t index) { return registers_.data() + std::size_t{index} * block_rows; }
  std::uint32_t narrow(std::uint32_t level, const double* condition, bool keep);
  void load(const ColumnSource& source, std::uint32_t column, const Level& level, double* out) const;

  std::vector<double> registers_;   // one block each
  std::vector<double> scalars_;     // constants, parameters and what is computed from them only
  std::vector<Level> levels_;       // 0: the block; each further one a part of the one before
  std::unique_ptr<Groups> groups_;  // made when a group is first asked
};

}  // namespace oikos::expr
