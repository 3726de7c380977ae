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

namespace target {
inline constexpr std::string_view programmes_page = "methods/programmes.md";
inline constexpr TargetSpec cost{.name = "programme.cost",
                                 .faces = "",
                                 .doc = "cost of a programme a person-month or place-month",
                                 .page = programmes_page,
                                 .of = TargetSpec::Of::programme,
                                 .unit = ""};
inline constexpr TargetSpec budget{.name = "programme.budget",
                                   .faces = "",
                                   .doc = "most that a programme pays in cash a year",
                                   .page = programmes_page,
                                   .of = TargetSpec::Of::programme,
                                   .unit = ""};
inline constexpr TargetSpec amount{.name = "programme.amount",
                                   .faces = "",
                                   .doc = "cash that a programme pays a client a month",
                                   .page = programmes_page,
                                   .of = TargetSpec::Of::programme,
                                   .unit = ""};
inline constexpr TargetSpec drop_out{.name = "programme.drop_out",
                                     .faces = "",
                                     .doc = "chance that a client leaves a programme early",
                                     .page = programmes_page,
                                     .of = TargetSpec::Of::programme};
inline constexpr TargetSpec effect{.name = "programme.effect",
                                   .faces = "",
                                   .doc = "distance of a programme's effects from doing nothing",
                                   .page = programmes_page,
                                   .of = TargetSpec::Of::programme,
                                   .unit = ""};
inline constexpr TargetSpec asks{.name = "take_up.applies",
                                 .faces = "",
                                 .doc = "chance that one who is eligible applies; 'where' may read the person too",
                                 .page = programmes_page,
                                 .of = TargetSpec::Of::programme};
inline constexpr TargetSpec wrongly_refused{.name = "take_up.wrongly_refused",
                                            .faces = "",
                                            .doc = "share of the applications that is refused",
                                            .page = programmes_page,
                                            .of = TargetSpec::Of::programme,
                                            .unit = ""};
inline constexpr TargetSpec places{.name = "provider.places",
                                   .faces = "",
                                   .doc = "places of a provider, for the whole city",
                                   .page = programmes_page,
                                   .of = TargetSpec::Of::provider,
                                   .unit = "places"};
}  // namespace target

namespace programme {
extern const Module module;
}

}  // namespace oikos
