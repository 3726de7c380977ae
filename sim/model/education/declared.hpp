#pragma once
#include "sim/registry/registry.hpp"
#include "sim/world/person_table.hpp"

/// What the rules of education own (module.cpp declares it).
namespace oikos {

namespace person {
inline constexpr PersonColumn<Education, struct EducationOf> education{"education", "name",
                                                                       "highest completed education"};
}

namespace lane {
inline constexpr LaneSpec leaves_school{rng::Purpose::education, 0, "leaves_school"};
inline constexpr LaneSpec attainment{rng::Purpose::education, 1, "attainment"};
inline constexpr LaneSpec first_wage{rng::Purpose::education, 2, "first_wage"};
}  // namespace lane

}  // namespace oikos
