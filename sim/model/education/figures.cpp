#include "sim/model/education/figures.hpp"

namespace oikos::education {

std::shared_ptr<const School> Figures::school(const BuildInput& input) const {
  return std::make_shared<const School>(make_school(*input.initial, input.start, school_));
}

void Figures::add_steps(const BuildInput& input, Steps& steps) const {
  steps.push_back(std::make_unique<Schooling>(school(input), EntryWages(*input.initial, input.start)));
}

}  // namespace oikos::education
