#pragma once
#include <vector>

#include "sim/model/income/declared.hpp"
#include "sim/process/process.hpp"
#include "sim/world/ledger.hpp"

namespace oikos::income {

/// The most that disposable incomes of all households may sum to. A household has at least .3 consumption units a
/// member, so that sums over persons of equivalised income, at most 10/3 of this, fit into 64 bits.
inline constexpr Money largest_incomes{std::int64_t{1} << 61};

/// Checks that households' disposable incomes are, to the minor unit, what the ledger says they received, less what
/// they paid (docs/methods/money.md).
class Books final : public BarrierProcess {
 public:
  explicit Books(const FlowBook& flows);
  ProcessInfo info() const override;
  /// @throws ContractError they are not   @throws MoneyOverflow they are more than largest_incomes
  void resolve(World& world, const StepContext& now, MonthWork& work) const override;

 private:
  std::vector<int> household_sign_;  ///< by flow: 1 to households, -1 from them
};

}  // namespace oikos::income
