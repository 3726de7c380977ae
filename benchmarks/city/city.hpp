#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "sim/scenario/prepare.hpp"

namespace oikos::bench {

/// The baseline of Ruda Śląska at a part of its size, over two years.
Prepared prepare_city(int percent);

/// What a process has taken so far. Clocks are read twice a process and chunk.
struct Cost {
  std::string name;
  std::int64_t nanoseconds = 0;
};

/// Puts a clock around each process of a schedule. For one thread. The costs live as long as somebody holds them.
std::shared_ptr<std::vector<Cost>> put_clocks(Schedule& schedule);

}  // namespace oikos::bench
