#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/effect/spec.hpp"
#include "sim/text/dated.hpp"
#include "sim/text/record.hpp"
#include "sim/text/units.hpp"

namespace oikos {

/// A payer's part of the money: parts per million, or nothing for the rest.
using PayerShare = std::optional<std::int64_t>;

/// Who pays which part, by name; of unknown place when not written.
using Payers = Positioned<std::vector<Named<Dated<PayerShare>>>>;
Codec<std::vector<Named<Dated<PayerShare>>>> payers_codec();

/// A payer that the scenario declares, for all programmes.
struct PayerSpec {
  std::string title;
  std::optional<Month> from;   ///< first month in which it pays
  std::optional<Month> until;  ///< last month
};

/// What is paid in cash at most, and to whom first.
struct BudgetSpec {
  enum class Ration : std::uint8_t { first_come, priority };
  Dated<Money> amount;                 ///< a year
  Ration ration = Ration::first_come;  ///< who is paid while the money lasts
  bool spread = false;                 ///< a twelfth a month, and what earlier months of the year left over
  bool scales = true;                  ///< the amount is that of the whole city, so that a sample of it has its part
};

/// How persons come to apply. A step that is not written is passed by all at once.
struct TakeUpSpec {
  /// Of the eligible who are neither enrolled nor waiting: the chance to apply.
  Chance applies{.value = 1, .unit = ChanceUnit::probability_per_month};
  double wrongly_refused = 0;  ///< of the applications, the share that is refused
};

/// Whom a cash amount is for.
enum class Unit : std::uint8_t { person, household };

/// A programme as the scenario describes it (docs/reference/scenario.md).
struct ProgrammeSpec {
  std::string title;
  Positioned<std::string> domain;
  std::optional<Positioned<std::string>> provider;  ///< a kind or one provider; none: no limit on places
  Unit unit = Unit::person;
  std::optional<Positioned<std::string>> municipality;  ///< none: it exists once in each
  std::optional<Positioned<std::int64_t>> initial;      ///< clients on the first day, of the whole city
  Positioned<std::string> eligible;
  std::optional<Positioned<std::string>> stays_while;
  std::optional<Positioned<std::string>> priority;
  std::optional<Positioned<std::string>> amount;
  std::optional<units::MonthRange> duration;
  std::optional<Positioned<Month>> from;   ///< first month
  std::optional<Positioned<Month>> until;  ///< last month
  Positioned<TakeUpSpec> take_up;          ///< of unknown place when not written
  Chance drop_out;
  std::optional<int> again_after;
  Positioned<Dated<units::MoneyRate>> cost;
  std::optional<Positioned<BudgetSpec>> budget;
  Payers payers;
  EffectSpecs effects;
};

/// The words of `domain`.
inline constexpr std::array<std::string_view, 14> need_domain_names{
    "poverty",         "unemployment",       "housing",  "debt",      "disability",    "long_illness",
    "care_dependency", "child_raising",      "violence", "addiction", "mental_health", "isolation",
    "school_drop_out", "migrant_integration"};

Record<ProgrammeSpec> programme_record(const std::string& currency);
Record<PayerSpec> payer_record();

}  // namespace oikos
