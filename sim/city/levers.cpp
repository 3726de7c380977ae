#include "sim/city/levers.hpp"

namespace oikos {

Money Lever::due(Month month) const {
  if (!in_force(month) || !cost.covers(month)) return {};
  const units::MoneyRate& rate = cost.at(month);
  if (rate.per == "month") return rate.amount;
  const std::int64_t whole = rate.amount.minor(), k = month.month_of_year();
  // whole * k / 12 without the product, which may not fit.
  const auto up_to = [whole](std::int64_t months) { return whole / 12 * months + whole % 12 * months / 12; };
  return Money{up_to(k) - up_to(k - 1)};
}

ProcessInfo LeverCosts::info() const {
  ProcessInfo info{.name = "levers",
                   .summary = "pays for what the city changes as a whole",
                   .stage = Stage::services,
                   .after = {{"programmes", "either way the books add up"}},
                   .page = "methods/effects.md",
                   .touches_everything = true};
  for (const Lever& lever : levers_) info.flows.push_back("its payers > providers: " + lever.key);
  return info;
}

void LeverCosts::resolve(World& world, const StepContext& now, MonthWork&) const {
  for (const Lever& lever : levers_) {
    const Money due = lever.due(now.month);
    if (due == Money{}) continue;
    std::vector<Money> parts(lever.funding.size());
    split_over_payers(due, lever.funding, now.month, parts);
    for (std::size_t i = 0; i < parts.size(); ++i) world.ledger.add(lever.funding[i].service, parts[i]);
  }
}

}  // namespace oikos
