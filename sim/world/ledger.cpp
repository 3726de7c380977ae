#include "sim/world/ledger.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"

namespace oikos {

FlowBook::FlowBook(const Registry& declared) {
  for (const FlowSpec* one : declared.flows())
    declare({std::string(one->payer), std::string(one->payee), std::string(one->reason)});
}

FlowId FlowBook::declare(FlowKind kind) {
  expect(kind.payer != kind.payee, "a flow has a payer and another payee");
  const auto found = std::ranges::find(kinds_, kind);
  const auto number = found - kinds_.begin();
  expect(number < 0xFFFF, "fewer than 65,535 kinds of flows");
  if (found == kinds_.end()) kinds_.push_back(std::move(kind));
  return static_cast<FlowId>(number);
}

void Ledger::add(FlowId flow, Money amount) {
  try {
    month_[flow] += amount;
  } catch (const MoneyOverflow&) {
    throw FlowOverflow(flow);
  }
}

void Ledger::add_all(std::span<const Money> amounts) {
  expect(amounts.size() == month_.size(), "one sum for each flow");
  for (std::size_t i = 0; i < amounts.size(); ++i)
    add(static_cast<FlowId>(i), amounts[i]);  // as many as flows declared
}

std::vector<SectorBalance> balances(const FlowBook& book, std::span<const Money> amounts) {
  std::vector<SectorBalance> all;
  const auto sector = [&](const std::string& name) -> SectorBalance& {
    const auto found = std::ranges::find(all, name, &SectorBalance::sector);
    if (found != all.end()) return *found;
    return all.emplace_back(SectorBalance{name, Money{}, Money{}});
  };
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    sector(book.kinds()[i].payer).paid += amounts[i];
    sector(book.kinds()[i].payee).received += amounts[i];
  }
  return all;
}

}  // namespace oikos
