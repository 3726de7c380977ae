#include "sim/model/income/books.hpp"

#include <algorithm>
#include <numeric>

#include "sim/base/contract.hpp"

namespace oikos::income {

Books::Books(const FlowBook& flows) {
  for (const FlowKind& flow : flows.kinds())
    household_sign_.push_back((flow.payee == "households" ? 1 : 0) - (flow.payer == "households" ? 1 : 0));
}

ProcessInfo Books::about() const {
  return {.name = "books",
          .summary = "checks that households' incomes are what the ledger says",
          .stage = Stage::accounts,
          .after = {{"income_totals", "it checks them"}},
          .page = "methods/money.md"};
}

void Books::run(const View& view) const {
  Money booked;
  const auto amounts = view.ledger().amounts();
  for (std::size_t i = 0; i < amounts.size(); ++i)
    if (household_sign_[i] != 0) booked += amounts[i] * household_sign_[i];

  // A household's income is below 2^47, so sums of 2^14 fit without a look at each.
  constexpr std::uint32_t stretch = 1u << 14;
  const std::int64_t* const income = view[household::disposable_income].data();
  const std::uint32_t households = view.households();
  Money incomes;
  for (std::uint32_t first = 0; first < households; first += std::min(stretch, households - first)) {
    const std::uint32_t count = std::min(stretch, households - first);
    incomes += Money{std::accumulate(income + first, income + first + count, std::int64_t{0})};
  }
  expect(booked == incomes,
         "households' disposable incomes are what the ledger says they received, less what they paid");
  if (incomes > largest_incomes) throw MoneyOverflow("incomes of a city");
}

}  // namespace oikos::income
