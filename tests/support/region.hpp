#pragma once
#include <memory>

#include "sim/engine/region.hpp"

namespace oikos::testing {

/// A model as the only municipality of a region. @param model outlives it
inline Region region_of(const Model& model) {
  return make_region({std::shared_ptr<const Model>(std::shared_ptr<void>(), &model)}, {"city"});
}

}  // namespace oikos::testing
