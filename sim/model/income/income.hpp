#pragma once
#include <memory>
#include <vector>

#include "sim/base/rate.hpp"
#include "sim/model/income/law.hpp"
#include "sim/process/baseline_paths.hpp"
#include "sim/process/process.hpp"

namespace oikos::income {

/// Flows that this folder's processes book.
struct IncomeFlows {
  FlowId wages, employer_contributions, employee_contributions, health, tax, pensions, child_benefit, assistance;
  static IncomeFlows declare(FlowBook& book);
};

/// Wages and pensions and what is withheld from them: an employed person earns the larger of minimum wage and
/// potential x average wage x the baseline's level; pensions follow their indexation and are at least the minimum
/// pension; both are paid net of contributions and tax (docs/methods/income.md).
class Earnings final : public SweepProcess {
 public:
  /// @param paths of the baseline: its wage levels
  Earnings(std::vector<MonthLaw> law, IncomeFlows flows, std::shared_ptr<const BaselinePaths> paths)
      : law_(std::move(law)), flows_(flows), paths_(std::move(paths)) {}
  ProcessInfo info() const override;
  void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const override;

 private:
  std::vector<MonthLaw> law_;
  IncomeFlows flows_;
  std::shared_ptr<const BaselinePaths> paths_;
};

/// Household composition, child benefit and social assistance by the dated law (docs/methods/benefits.md).
class Benefits final : public SweepProcess {
 public:
  Benefits(std::vector<MonthLaw> law, IncomeFlows flows) : law_(std::move(law)), flows_(flows) {}
  ProcessInfo info() const override;
  void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const override;

 private:
  std::vector<MonthLaw> law_;
  IncomeFlows flows_;
};

/// Periodic social assistance of a household: the share of the gap to its threshold, at least the minimum; 0 without a
/// gap.
Money social_assistance(Money income, int members, const MonthLaw& law);

}  // namespace oikos::income
