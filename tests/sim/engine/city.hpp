#pragma once
#include <memory>
#include <string>

#include "sim/scenario/build.hpp"
#include "sim/scenario/prepare.hpp"
#include "sim/scenario/scenario.hpp"

namespace oikos::test {

/// The example city at a hundredth of its size, for a few months, prepared and populated.
struct SmallCity {
  explicit SmallCity(int months)
      : prepared(prepare(
            load_scenario(std::string(OIKOS_SOURCE_DIR) + "/scenarios/ruda-slaska/baseline.yaml",
                          {{"months", std::to_string(months)}, {"municipalities/*/population/scale", "1 %"}}))) {}
  Prepared prepared;
};

}  // namespace oikos::test
