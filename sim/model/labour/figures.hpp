#pragma once
#include "sim/model/labour/labour.hpp"
#include "sim/model/labour/retirement.hpp"
#include "sim/model/module.hpp"

namespace oikos::labour {

/// What the rules of labour read.
class Figures final : public ModuleFigures {
 public:
  Figures(const ModuleInput& input, Diagnostics& diagnostics);
  void add_steps(const BuildInput& input, Steps& steps) const override;

 private:
  ByMonth<LabourParams> labour_;
  std::vector<RetirementLaw> retirement_;  ///< by month
};

extern const Module module;

}  // namespace oikos::labour
