#pragma once
#include <memory>
#include <vector>

#include "sim/base/rate.hpp"
#include "sim/model/income/declared.hpp"
#include "sim/model/income/law.hpp"
#include "sim/model/labour/declared.hpp"
#include "sim/process/access.hpp"
#include "sim/process/baseline_paths.hpp"

namespace oikos::income {

/// Wages and pensions and what is withheld from them: an employed person earns the larger of minimum wage and
/// potential x average wage x the baseline's level; pensions follow their indexation and are at least the minimum
/// pension; both are paid net of contributions and tax (docs/methods/income.md).
class Earnings final
    : public SweepStep<Reads<person::labour, person::wage_potential>,
                       Writes<person::gross_wage, person::pension, person::net_income>,
                       Pays<flow::wages, flow::pensions, flow::employer_contributions, flow::employee_contributions,
                            flow::health_contribution, flow::income_tax>> {
 public:
  /// @param paths of the baseline: its wage levels
  Earnings(std::vector<MonthLaw> law, std::shared_ptr<const BaselinePaths> paths)
      : law_(std::move(law)), paths_(std::move(paths)) {}

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  std::vector<MonthLaw> law_;
  std::shared_ptr<const BaselinePaths> paths_;
};

/// Household composition, child benefit and social assistance by the dated law (docs/methods/benefits.md).
class Benefits final
    : public SweepStep<
          Reads<person::birth_month, person::labour, person::partner, person::mother, person::father, person::household,
                person::net_income, household::members, household::identity>,
          Writes<household::type, household::dependent_children, household::equivalence_size, household::market_income,
                 household::child_benefit, household::social_assistance, household::programme_cash>,
          Draws<lane::benefit_take_up>, Tallies<count::child_benefit_children, count::social_assistance_households>,
          Pays<flow::child_benefit, flow::social_assistance>> {
 public:
  explicit Benefits(std::vector<MonthLaw> law) : law_(std::move(law)) {}

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  std::vector<MonthLaw> law_;
};

/// Disposable and equivalised income of each household, from all its parts.
class IncomeTotals final
    : public SweepStep<Reads<household::market_income, household::child_benefit, household::social_assistance,
                             household::programme_cash, household::equivalence_size>,
                       Writes<household::disposable_income, household::equivalised_disposable_income>> {
 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
};

/// Periodic social assistance of a household: the share of the gap to its threshold, at least the minimum; 0 without a
/// gap.
Money social_assistance(Money income, int members, const MonthLaw& law);

}  // namespace oikos::income
