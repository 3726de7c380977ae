#include "sim/model/module.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"

namespace oikos {

const ModuleFigures& BuildInput::figures_of(const Module& module) const {
  const auto place = std::ranges::find(figures, &module, [](const auto& one) { return one.first; });
  expect(place != figures.end(), "a module's figures are there when it is in the list");
  return *place->second;
}

}  // namespace oikos
