#pragma once
#include "analysis/compare/compare.hpp"
#include "analysis/compare/panel.hpp"

namespace oikos::analysis {

/// A plan against the baseline over the months of a window.
Effect effect(const Panel& baseline, const Panel& plan, const Window& window, double confidence);

/// A plan against the baseline in every month.
Series series(const Panel& baseline, const Panel& plan, double confidence);

/// The whole run, its last 12 months and its last month; without those that would be the same months again.
std::vector<Window> windows_of(int months);

}  // namespace oikos::analysis
