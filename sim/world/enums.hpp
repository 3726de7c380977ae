#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace oikos {

/// Coded states. The number is what columns store and result files carry, so values are only ever added at the end.
/// The names are the words of scenario text, tables and results.

enum class Sex : std::uint8_t { male, female };
inline constexpr std::array<std::string_view, 2> sex_names{"male", "female"};

/// Highest completed education: ISCED 0-2, ISCED 3 basic vocational, ISCED 3-4 secondary and post-secondary, ISCED 5-8.
enum class Education : std::uint8_t { low, basic_vocational, secondary, tertiary };
inline constexpr std::array<std::string_view, 4> education_names{"low", "basic_vocational", "secondary", "tertiary"};

/// What a person does: child below school-leaving age, pupil or student, at work, registered with the labour office,
/// neither working nor registered nor retired, drawing an old-age pension.
enum class Labour : std::uint8_t { child, student, employed, registered_unemployed, inactive, retired };
inline constexpr std::array<std::string_view, 6> labour_names{
    "child", "student", "employed", "registered_unemployed", "inactive", "retired"};

enum class Tenure : std::uint8_t { owner, municipal, social, private_rent };
inline constexpr std::array<std::string_view, 4> tenure_names{"owner", "municipal", "social", "private_rent"};

/// Household by members: dependent children are those below 18, and pupils and students below 25 who live with a
/// parent.
enum class HouseholdType : std::uint8_t {
  one_person_below_65,
  one_person_65_or_over,
  lone_parent,
  couple_without_children,
  couple_with_children,
  other
};
inline constexpr std::array<std::string_view, 6> household_type_names{"one_person_below_65",  "one_person_65_or_over",
                                                                      "lone_parent",          "couple_without_children",
                                                                      "couple_with_children", "other"};

}  // namespace oikos
