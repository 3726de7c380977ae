#pragma once
#include "sim/model/education/education.hpp"
#include "sim/model/module.hpp"

namespace oikos::education {

/// What the rules of education read.
class Figures final : public ModuleFigures {
 public:
  Figures(const ModuleInput& input, Diagnostics& diagnostics) : school_(read_school(input.parameters, diagnostics)) {}
  void add_steps(const BuildInput& input, Steps& steps) const override;

  std::shared_ptr<const School> school(const BuildInput& input) const;

 private:
  std::vector<SchoolParams> school_;  ///< by month
};

extern const Module module;

}  // namespace oikos::education
