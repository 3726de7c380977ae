#pragma once

namespace oikos::demography {

/// Lanes of rng::Purpose::demography. Where two decisions share a lane no person can face both in a month.
inline constexpr int lane_death = 0;
inline constexpr int lane_birth = 1;
inline constexpr int lane_move =
    2;  ///< reference person: the household leaves the city; adult child: leaves the parental home
inline constexpr int lane_union = 3;  ///< with partner: parting; without: looks for one

/// Lanes of rng::Purpose::couple_formation.
inline constexpr int lane_market_place = 0;  ///< where on the market a person looks

}  // namespace oikos::demography
