#include "sim/model/income/figures.hpp"

#include "sim/model/income/books.hpp"
#include "sim/model/income/wage_level.hpp"

namespace oikos::income {

Figures::Figures(const ModuleInput& input, Diagnostics&) : law_(monthly_law(input.parameters)) {}

void Figures::add_steps(const BuildInput& input, Steps& steps) const {
  const auto add = [&]<class P>(std::unique_ptr<P> step) { steps.push_back(std::move(step)); };
  if (input.found) {
    std::vector<WageLevel::MonthWages> wages;
    for (const MonthLaw& law : law_) wages.push_back({law.average_wage, law.minimum_wage});
    add(std::make_unique<WageLevel>(std::move(wages), input.found));
  }
  if (!input.money) return;
  add(std::make_unique<Earnings>(law_, input.paths));
  add(std::make_unique<Benefits>(law_));
  add(std::make_unique<IncomeTotals>());
  add(std::make_unique<Books>(input.flows));
}

}  // namespace oikos::income
