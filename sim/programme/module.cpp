#include "sim/programme/declared.hpp"

namespace oikos::programme {

namespace {

void declare(Registry& registry) {
  for (const LaneSpec* one :
       {&lane::applies, &lane::refused, &lane::leaves, &lane::duration, &lane::order, &lane::elapsed})
    registry.lane(*one);
  for (const TargetSpec* one : {&target::cost, &target::budget, &target::amount, &target::drop_out, &target::effect,
                                &target::asks, &target::wrongly_refused, &target::places})
    registry.target(*one);
}

}  // namespace

constinit const Module module{"programmes", declare};

}  // namespace oikos::programme
