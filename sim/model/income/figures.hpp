#pragma once
#include "sim/model/income/income.hpp"
#include "sim/model/module.hpp"

namespace oikos::income {

/// What the rules of income read.
class Figures final : public ModuleFigures {
 public:
  Figures(const ModuleInput& input, Diagnostics& diagnostics);
  void add_steps(const BuildInput& input, Steps& steps) const override;

  /// By month.
  const std::vector<MonthLaw>& law() const { return law_; }

 private:
  std::vector<MonthLaw> law_;
};

extern const Module module;

}  // namespace oikos::income
