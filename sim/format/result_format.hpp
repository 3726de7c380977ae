#pragma once
#include <cstdint>
#include <string>
#include <string_view>

/// Names shared by the writer and the readers of result files. The whole format: docs/reference/result_format.md.
namespace oikos::format {

/// Root attribute that tells our files from others, and its value in result files.
inline constexpr std::string_view format_attribute = "oikos_format";
inline constexpr std::string_view result_format_name = "result";
/// Root attribute with the version of the layout (int32). It grows when a reader of the version before would go wrong.
inline constexpr std::string_view version_attribute = "result_schema_version";
inline constexpr std::int32_t result_schema_version = 2;
/// Files of versions before say less than comparisons need, or use a name for something else.
inline constexpr std::int32_t oldest_result_schema = 2;

/// Dimensions. Axes of every variable stand in the order replicate, time, breakdown.
inline constexpr std::string_view replicate = "replicate";
inline constexpr std::string_view time = "time";
inline constexpr std::string_view bounds = "bounds";              ///< the two ends of a month
inline constexpr std::string_view municipality = "municipality";  ///< where a scenario has several
inline constexpr std::string_view programme = "programme";
inline constexpr std::string_view provider = "provider";
inline constexpr std::string_view flow = "flow";
inline constexpr std::string_view population_margin = "population_margin";  ///< of the initial population

/// Coordinates besides the dimensions themselves.
inline constexpr std::string_view time_bounds =
    "time_bounds";                                    ///< (time, bounds) first day of the month and of the next
inline constexpr std::string_view month = "month";    ///< (time) 0, 1, 2, ...
inline constexpr std::string_view payer = "payer";    ///< (flow) text
inline constexpr std::string_view payee = "payee";    ///< (flow) text
inline constexpr std::string_view reason = "reason";  ///< (flow) text

/// Money by payer, payee and reason: (replicate, time, flow), minor units of the currency.
inline constexpr std::string_view money_flow = "money_flow";

/// Attributes of variables and dimensions.
inline constexpr std::string_view long_name = "long_name";
inline constexpr std::string_view units = "units";
inline constexpr std::string_view description = "description";
inline constexpr std::string_view coordinates = "coordinates";

/// Attributes of the file; all text.
inline constexpr std::string_view conventions = "Conventions";
inline constexpr std::string_view conventions_value = "CF-1.8";
inline constexpr std::string_view title = "title";
inline constexpr std::string_view source = "source";
inline constexpr std::string_view seed =
    "seed";  ///< decimal text: readers without 64-bit integers would round a number
inline constexpr std::string_view scenario = "scenario";
inline constexpr std::string_view scenario_sha256 = "scenario_sha256";
inline constexpr std::string_view currency = "currency";
inline constexpr std::string_view inputs_sha256 = "inputs_sha256";
inline constexpr std::string_view population_sha256 = "population_sha256";
inline constexpr std::string_view initial_persons = "initial_persons";
inline constexpr std::string_view initial_households = "initial_households";
inline constexpr std::string_view scale = "scale";

/// The group with the texts a run can be repeated from, and its datasets.
inline constexpr std::string_view provenance = "provenance";
inline constexpr std::string_view scenario_yaml = "scenario_yaml";  ///< the whole resolved scenario
inline constexpr std::string_view inputs = "inputs";                ///< lines "SHA256  NAME", one an input file
inline constexpr std::string_view notes = "notes";                  ///< what to know of the numbers, a sentence a line

/// An indicator by a breakdown: "at_risk_of_poverty_rate" and "age_band" give "at_risk_of_poverty_rate_by_age_band",
/// whose third axis is the dimension `age_band`.
std::string by_breakdown(std::string_view indicator, std::string_view breakdown);
/// A measure of programmes: "enrolled" gives "programme_enrolled" (replicate, time, programme).
std::string programme_variable(std::string_view measure);
/// A measure of providers: "staff" gives "provider_staff" (replicate, time, provider).
std::string provider_variable(std::string_view measure);

/// Whether every reader takes it as a name: a lower-case letter, then letters, digits and "_"; at most 200 characters.
bool is_name(std::string_view text);

/// Whether a quantity may carry this unit. Readers that follow the CF conventions turn "days", "hours", "minutes",
/// "seconds" and their fractions into time spans, and "X since Y" into dates: write "day", "hour" and so on.
bool is_safe_unit(std::string_view unit);

}  // namespace oikos::format
