#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// HSP180: households, work, need and a congested service over 180 months. Small enough that every simulation system
/// can express it, so that systems can be compared. All its figures stand here; benchmarks/reference/hsp180.md tells
/// it.
namespace oikos::hsp180 {

inline constexpr int months = 180;
inline constexpr int settled_from = 60;  ///< means are taken from this month on

inline constexpr std::array<double, 5> household_size_shares{.30, .33, .16, .14, .07};
inline constexpr std::uint32_t persons_per_provider = 5'000;
inline constexpr std::uint32_t places = 60;  ///< of a provider

// Ages in months.
inline constexpr int oldest_at_start = 84 * 12;
inline constexpr int working_from = 216, working_until = 804;
inline constexpr int certain_death = 110 * 12;

inline constexpr double employed_at_start = .72, unemployed_at_start = .06;
inline constexpr double wage_least = 1200, wage_range = 3000;  ///< wage = least + range v²
inline constexpr double wage_step = .02, wage_step_centre = .45;
inline constexpr double replacement = .4;  ///< unemployed: this part of the last wage
inline constexpr double pension = 900;

inline constexpr double job_loss = .012;
inline constexpr std::array<double, 2> job_leaving{.010, .013};  ///< men, women
inline constexpr double job_finding = .16, finding_on_benefit = .9, giving_up = .05;
inline constexpr std::array<double, 2> entering_work{.030, .025};
inline constexpr double entering_search = .02;

inline constexpr double onset_base = .001, onset_slope = .02, onset_years = 90;
inline constexpr double unserved_resolves = .03, served_resolves = .25;

inline constexpr double benefit_line = 600, benefit_part = .5, benefit_most = 400;

enum class Work : std::uint8_t { none, employed, unemployed, out };
enum class Need : std::uint8_t { none, waiting, served };

/// Monthly probability of death on reaching this age.
double death_probability(int age_months);

/// The start of a run, the same for every program.
struct Start {
  std::vector<std::uint16_t> age;  ///< months
  std::vector<std::uint8_t> sex;
  std::vector<Work> work;
  std::vector<float> wage;
  std::vector<std::uint8_t> household_sizes;  ///< in sequence; the last household of a provider ends with it
};
/// @param persons a multiple of persons_per_provider
Start draw_start(std::uint32_t persons, std::uint64_t seed);

/// What is counted each month; money in hundredths.
struct Row {
  std::int64_t employed = 0, unemployed = 0, out = 0, income = 0, in_need = 0, waiting = 0, served = 0, waits = 0,
               on_benefit = 0, spent = 0, deaths = 0;
  Row& operator+=(const Row& other);
  friend bool operator==(const Row&, const Row&) = default;
};
inline constexpr std::array<std::string_view, 11> row_names{"employed",   "unemployed", "out",    "income",
                                                            "in_need",    "waiting",    "served", "waits",
                                                            "on_benefit", "spent",      "deaths"};
using Means = std::array<double, row_names.size()>;
/// Means per person over months from .. end, in the order of row_names; money in whole units.
Means means(const std::vector<Row>& rows, std::uint32_t persons, int from);

/// A run that has ended.
struct Outcome {
  std::vector<Row> rows;
  double seconds = 0;        ///< of the months, without the start
  double cpu_seconds = 0;    ///< of all threads; what neighbours take is not in it
  std::uint64_t digest = 0;  ///< of all rows and of the last state
  std::size_t bytes = 0;     ///< of the state
};

/// 64-bit FNV-1a over bytes, continued from `digest`.
std::uint64_t fnv(std::uint64_t digest, const void* data, std::size_t bytes);
inline constexpr std::uint64_t fnv_start = 14695981039346656037u;

}  // namespace oikos::hsp180
