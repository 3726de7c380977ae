#pragma once
#include "sim/model/module.hpp"

/// What programmes own (module.cpp declares it).
namespace oikos {

namespace lane {
// By programme: the index of the draw is the hash of its key.
inline constexpr LaneSpec applies{rng::Purpose::application, 0, "applies"};
inline constexpr LaneSpec refused{rng::Purpose::application, 1, "refused"};
inline constexpr LaneSpec leaves{rng::Purpose::application, 2, "leaves"};
inline constexpr LaneSpec duration{rng::Purpose::application, 3, "duration"};
inline constexpr LaneSpec order{rng::Purpose::queue_order, 0, "order"};      ///< on the waiting list
inline constexpr LaneSpec elapsed{rng::Purpose::queue_order, 1, "elapsed"};  ///< of clients at the start
}  // namespace lane

namespace programme {
extern const Module module;
}

}  // namespace oikos
