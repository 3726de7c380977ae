#pragma once
#include <vector>

#include "sim/base/rate.hpp"
#include "sim/model/income/payslip.hpp"
#include "sim/model/parameters.hpp"
#include "sim/process/process.hpp"

namespace oikos::income {

/// Dated law and prices of one month.
struct MonthLaw {
  TaxLaw tax;
  Money minimum_wage;                    ///< gross a month
  Money average_wage;                    ///< gross a month, of the city
  Money minimum_pension;                 ///< gross a month
  std::int64_t pension_growth = 0;       ///< indexation in force from this month, parts per million
  Money child_benefit;                   ///< a child below 18 and month; 0: not in force
  bool child_benefit_universal = false;  ///< else the first child only up to the threshold
  Money child_benefit_threshold;         ///< net income per person and month
  Money assistance_single;               ///< income threshold of a person living alone
  Money assistance_per_person;           ///< income threshold per member of larger households
  std::int64_t assistance_share = 0;     ///< part of the gap that is paid, parts per million
  Money assistance_minimum;              ///< smallest amount paid
};

/// The law of each month of a run, read from the parameters. Missing or misdated ones are reported.
std::vector<MonthLaw> monthly_law(const ParameterSet& parameters, Month start, int months, Diagnostics& diagnostics);

/// Flows that this folder's processes book.
struct IncomeFlows {
  FlowId wages, employer_contributions, employee_contributions, health, tax, pensions, child_benefit, assistance;
  static IncomeFlows declare(FlowBook& book);
};

/// Wages and pensions and what is withheld from them.
/// Rule    an employed person earns the larger of minimum wage and potential x average wage; pensions follow their
///         indexation and are at least the minimum pension; both are paid net of contributions and tax. Source
///         docs/methods/income.md
class Earnings final : public SweepProcess {
 public:
  Earnings(std::vector<MonthLaw> law, IncomeFlows flows) : law_(std::move(law)), flows_(flows) {}
  ProcessInfo info() const override;
  void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const override;

 private:
  std::vector<MonthLaw> law_;
  IncomeFlows flows_;
};

/// Household composition, child benefit and social assistance by the dated law.
/// Rule    docs/methods/benefits.md
class Benefits final : public SweepProcess {
 public:
  /// @param take_up share of entitled households that claim social assistance; a lasting trait of the household
  Benefits(std::vector<MonthLaw> law, IncomeFlows flows, double take_up);
  ProcessInfo info() const override;
  void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const override;

 private:
  std::vector<MonthLaw> law_;
  IncomeFlows flows_;
  Threshold take_up_;
};

/// Periodic social assistance of a household: the share of the gap to its threshold, at least the minimum; 0 without a
/// gap.
Money social_assistance(Money income, int members, const MonthLaw& law);

}  // namespace oikos::income
