#pragma once

namespace oikos::demography {

/// Lanes of rng::Purpose::demography. Where two decisions share a lane no person can face both in a month.
inline constexpr int lane_death = 0;
inline constexpr int lane_birth = 1;
/// Reference person: the household leaves the city; adult child: leaves the parental home.
inline constexpr int lane_move = 2;
/// With partner: parting; without: open to a partner, and looking for one.
inline constexpr int lane_union = 3;

/// Lanes of rng::Purpose::couple_formation; who = person.
inline constexpr int lane_place = 0;     ///< where on the circle of the month a single person stands
inline constexpr int lane_anywhere = 1;  ///< looks in the whole city instead of the own district
inline constexpr int lane_notice = 2;    ///< notices, and is noticed, across a difference in age
inline constexpr int lane_tenure = 3;    ///< how the founder of a household holds the dwelling

/// Lanes of rng::Purpose::guardianship; who = household.
inline constexpr int lane_needs_home = 0;   ///< where the children of a household look for a home
inline constexpr int lane_offers_home = 1;  ///< where a household is found by such children

}  // namespace oikos::demography
