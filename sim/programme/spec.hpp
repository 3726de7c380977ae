#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/text/dated.hpp"
#include "sim/text/record.hpp"
#include "sim/text/units.hpp"
#include "sim/world/modifiers.hpp"

namespace oikos {

/// Who pays a part of a programme, and when.
struct PayerSpec {
  Positioned<std::string> payer;
  std::optional<std::int64_t> share_ppm;  ///< nothing: the rest
  std::optional<Month> from;              ///< first month
  std::optional<Month> until;             ///< last month
};

/// What a programme changes: a factor on a hazard that some process asks for by name.
struct EffectSpec {
  enum class When : std::uint8_t { enrolled, after_exit };
  Modifier on = Modifier::job_finding;
  double times = 1;
  When when = When::enrolled;
  int fade = 0;                 ///< months until an effect after exit is gone, linearly; 0: it lasts for ever
  bool completed_only = false;  ///< after exit: only of those who stayed as long as planned
  std::string source;
  std::string confidence;
};

/// How persons come to apply.
struct TakeUpSpec {
  double monthly = 1;   ///< of the eligible who are neither enrolled nor waiting, the share that applies in a month
  double refused = 0;   ///< of the applications, the share that is refused
  double gives_up = 0;  ///< of those waiting, the share that gives up in a month
};

/// What enrolled persons or places cost.
enum class CostPer : std::uint8_t { person_month, place_month };

/// Whom a cash amount is for.
enum class Unit : std::uint8_t { person, household };

/// A programme as the scenario describes it (docs/reference/scenario.md).
struct ProgrammeSpec {
  std::string title;
  std::string domain;
  std::optional<Positioned<std::string>> provider;  ///< kind of provider; none: no limit on places
  Unit unit = Unit::person;
  Positioned<std::string> eligible;
  std::optional<Positioned<std::string>> stays_while;
  std::optional<Positioned<std::string>> priority;
  std::optional<Positioned<std::string>> amount;
  std::optional<units::MonthRange> duration;
  std::optional<Positioned<Month>> start;
  std::optional<Positioned<Month>> end;
  TakeUpSpec take_up;
  double drop_out = 0;
  std::optional<int> again_after;
  Dated<units::MoneyRate> cost;
  std::optional<Money> envelope;
  Positioned<std::vector<PayerSpec>> payers;
  std::vector<EffectSpec> effects;
};

/// The words of `domain`.
inline constexpr std::array<std::string_view, 14> need_domain_names{
    "poverty",         "unemployment",       "housing",  "debt",      "disability",    "long_illness",
    "care_dependency", "child_raising",      "violence", "addiction", "mental_health", "isolation",
    "school_drop_out", "migrant_integration"};

Record<ProgrammeSpec> programme_record(const std::string& currency);

}  // namespace oikos
