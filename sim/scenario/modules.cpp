#include "sim/scenario/modules.hpp"

#include "sim/model/demography/figures.hpp"
#include "sim/model/education/figures.hpp"
#include "sim/model/income/figures.hpp"
#include "sim/model/labour/figures.hpp"
#include "sim/programme/declared.hpp"

namespace oikos {

std::span<const Module* const> modules() {
  static constexpr const Module* all[] = {
      &demography::module, &education::module, &labour::module, &income::module, &programme::module,
  };
  return all;
}

}  // namespace oikos
