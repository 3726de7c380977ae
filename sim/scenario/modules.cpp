#include "sim/scenario/modules.hpp"

#include "sim/model/demography/declared.hpp"
#include "sim/model/education/declared.hpp"
#include "sim/model/income/declared.hpp"
#include "sim/model/labour/declared.hpp"
#include "sim/programme/declared.hpp"

namespace oikos {

std::span<const Module* const> modules() {
  static constexpr const Module* all[] = {
      &demography::module, &education::module, &labour::module, &income::module, &programme::module,
  };
  return all;
}

}  // namespace oikos
