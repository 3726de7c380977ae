#pragma once
#include "sim/registry/registry.hpp"
#include "sim/world/person_table.hpp"

/// What the rules of labour own (module.cpp declares it).
namespace oikos {

namespace person {
inline constexpr PersonColumn<Labour, struct LabourOf> labour{"labour", "name", "labour state"};
inline constexpr PersonColumn<ShortMonth, struct StateSince> state_since{
    "state_since",
    "month",
    "month in which the labour state began, since 1800-01",
    {.birth = OnBirth::this_month, .arrival = OnArrival::shifted}};
inline constexpr PersonColumn<std::uint32_t, struct WagePotential> wage_potential{
    "wage_potential", "1e-6", "gross wage when at work, as a ratio to the average wage"};
}  // namespace person

namespace count {
inline constexpr CountSpec jobs_found{"jobs_found", "jobs found"};
inline constexpr CountSpec jobs_lost{"jobs_lost", "jobs lost"};
inline constexpr CountSpec retirements{"retirements", "retirements"};
}  // namespace count

namespace target {
inline constexpr std::string_view labour_page = "methods/labour.md";
inline constexpr TargetSpec job_finding{"job_finding", "labour == registered_unemployed",
                                        "chance that a registered unemployed person finds a job", labour_page};
inline constexpr TargetSpec job_loss{"job_loss", "labour == employed",
                                     "chance that an employed person becomes registered unemployed", labour_page};
inline constexpr TargetSpec labour_exit{"labour_exit", "labour == employed",
                                        "chance that an employed person becomes inactive", labour_page};
inline constexpr TargetSpec labour_entry{
    "labour_entry", "labour == inactive",
    "chances that an inactive person registers as unemployed, and that one takes a job; a sum is added to each",
    labour_page};
inline constexpr TargetSpec retirement{
    "retirement", "labour != retired and age >= 50",
    "chance that a person who has reached the pension age retires; the registered unemployed retire at once",
    labour_page};
}  // namespace target

namespace lane {
inline constexpr LaneSpec labour{rng::Purpose::labour, 0, "transition"};
inline constexpr LaneSpec retires{rng::Purpose::retirement, 0, "retires"};
}  // namespace lane

}  // namespace oikos
