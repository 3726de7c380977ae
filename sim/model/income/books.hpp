#pragma once
#include <vector>

#include "sim/model/income/declared.hpp"
#include "sim/process/access.hpp"

namespace oikos::income {

/// The most that disposable incomes of all households may sum to. A household has at least .3 consumption units a
/// member, so that sums over persons of equivalised income, at most 10/3 of this, fit into 64 bits.
inline constexpr Money largest_incomes{std::int64_t{1} << 61};

/// Checks that households' disposable incomes are, to the minor unit, what the ledger says they received, less what
/// they paid (docs/methods/money.md). @throws ContractError they are not   @throws MoneyOverflow they are more than
/// largest_incomes
class Books final : public BarrierStep<Reads<household::disposable_income>, ReadsLedger> {
 public:
  explicit Books(const FlowBook& flows);

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;

  std::vector<int> household_sign_;  ///< by flow: 1 to households, -1 from them
};

}  // namespace oikos::income
