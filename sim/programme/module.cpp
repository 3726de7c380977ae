#include "sim/programme/declared.hpp"

namespace oikos::programme {

namespace {

void declare(Registry& registry) {
  for (const LaneSpec* one :
       {&lane::applies, &lane::refused, &lane::leaves, &lane::duration, &lane::order, &lane::elapsed})
    registry.lane(*one);
}

}  // namespace

constinit const Module module{"programmes", declare};

}  // namespace oikos::programme
