#pragma once
#include "sim/registry/registry.hpp"
#include "sim/world/household_table.hpp"
#include "sim/world/person_table.hpp"

/// What the rules of demography own (module.cpp declares it).
namespace oikos {

namespace person {
inline constexpr PersonColumn<std::uint8_t, struct ChildrenBorn> children_born{"children_born", "1",
                                                                               "live births so far"};
}
namespace household {
inline constexpr HouseholdColumn<Tenure, struct TenureOf> tenure{"tenure", "name", "how the dwelling is held"};
}

namespace event {
inline constexpr EventSpec death{"death"};
inline constexpr EventSpec departure{"departure"};
inline constexpr EventSpec birth{"birth"};
inline constexpr EventSpec parting{"parting"};
inline constexpr EventSpec open_to_partner{"open_to_partner"};
inline constexpr EventSpec seeks_partner{"seeks_partner"};
inline constexpr EventSpec leaves_home{"leaves_home"};
}  // namespace event

namespace count {
inline constexpr CountSpec births{"births", "live births"};
inline constexpr CountSpec deaths{"deaths", "deaths"};
inline constexpr CountSpec arrivals{"arrivals", "persons arriving"};
inline constexpr CountSpec departures{"departures", "persons leaving the city"};
inline constexpr CountSpec unions_formed{"unions_formed", "unions formed"};
inline constexpr CountSpec unions_dissolved{"unions_dissolved", "unions dissolved"};
}  // namespace count

namespace target {
inline constexpr std::string_view demography_page = "methods/demography.md", unions_page = "methods/unions.md";
inline constexpr TargetSpec death{"death", "true", "chance to die; nobody lives beyond the last age of the table",
                                  demography_page};
inline constexpr TargetSpec birth{"birth", "sex == female", "chance that a woman bears a child", demography_page};
inline constexpr TargetSpec departure{"departure", "true", "chance that a household leaves the city", demography_page,
                                      TargetSpec::Of::household};
inline constexpr TargetSpec parting{"parting", "has_partner", "chance that a couple parts", unions_page,
                                    TargetSpec::Of::couple};
inline constexpr TargetSpec leaving_home{"leaving_home", "not has_partner",
                                         "chance that a single person leaves the parents' home", unions_page};
}  // namespace target

namespace lane {
inline constexpr LaneSpec death{rng::Purpose::demography, 0, "death"};
inline constexpr LaneSpec birth{rng::Purpose::demography, 1, "birth"};
/// Reference person: the household leaves the city; adult child: leaves the parental home.
inline constexpr LaneSpec move{rng::Purpose::demography, 2, "move"};
/// With partner: parting; without: open to a partner, and looking for one.
inline constexpr LaneSpec union_of{rng::Purpose::demography, 3, "union"};

inline constexpr LaneSpec place{rng::Purpose::couple_formation, 0, "place"};        ///< on the circle of the month
inline constexpr LaneSpec anywhere{rng::Purpose::couple_formation, 1, "anywhere"};  ///< looks in the whole city
/// Notices, and is noticed, across a difference in age.
inline constexpr LaneSpec notice{rng::Purpose::couple_formation, 2, "notice"};
/// How the founder of a household holds the dwelling.
inline constexpr LaneSpec tenure{rng::Purpose::couple_formation, 3, "tenure"};

inline constexpr LaneSpec sex_of_child{rng::Purpose::birth_details, 0, "sex_of_child"};

// Of households.
inline constexpr LaneSpec needs_home{rng::Purpose::guardianship, 0, "needs_home"};    ///< where its children look
inline constexpr LaneSpec offers_home{rng::Purpose::guardianship, 1, "offers_home"};  ///< where such children find it

inline constexpr LaneSpec donor{rng::Purpose::arrival, 0, "donor"};  ///< of arrival slots
}  // namespace lane

}  // namespace oikos
