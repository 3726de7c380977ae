#pragma once

namespace oikos {

/// Of one run. Readers hold results to the same.
inline constexpr int most_months = 1200;
inline constexpr int most_replicates = 100'000;

}  // namespace oikos
