#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/effect/spec.hpp"
#include "sim/expr/program.hpp"
#include "sim/parameter/parameter_set.hpp"
#include "sim/quantity/quantity.hpp"
#include "sim/registry/registry.hpp"
#include "sim/rng/stream.hpp"
#include "sim/world/relations.hpp"

namespace oikos {

/// How an effect acts on its target: sets it, multiplies it, adds to it, in this order.
enum class Way : std::uint8_t { sets, times, plus };

/// A figure's range, which holds the truth with 95 %.
struct FigureRange {
  double low = 0, high = 0;
};

/// An effect of one body, ready to act.
struct Effect {
  std::string path;  ///< "programmes/advice/effects/job_finding": what its luck hangs on
  Position at = {};
  const TargetSpec* target = nullptr;  ///< null: of a parameter
  std::string parameter;               ///< of a city's effect
  Relation receiver = Relation::own;
  Way way = Way::times;
  Quantity value{1.0};  ///< factor; hazard a month; else in the target's unit
  std::optional<FigureRange> range;
  std::optional<expr::Program> where;  ///< of the giver; of the city's effects on chances, of whom they reach
  std::optional<Positioned<std::string>> where_service;  ///< of the city's effects on programmes and providers
  EffectSpec::When when = EffectSpec::When::enrolled;    ///< of programmes
  std::optional<Month> from, until;                      ///< first and last month in which it acts
  int ramp = 0, fade = 0;                                ///< months
  bool waits = false;  ///< it reads what rules compute in the first month, and acts from the second

  bool acts_in(Month month) const { return (!from || *from <= month) && (!until || month <= *until); }
  /// Part of its distance from doing nothing `months` after it began, or after exit: from 0 to 1.
  double ramped(int months) const;
  /// Of an effect with dates, from its first month or that of the run on.
  double ramped_by(Month month, Month start) const { return ramped(month - from.value_or(start)); }
  double faded(int months) const;
  /// A value as drawn in this replicate: the same quantile in every plan. Of an effect without range the value itself.
  double drawn(double stated, const rng::Stream& luck) const;
  /// What it makes of a hazard. @param drawn_value as drawn()   @param strength 0 to 1, times programme.effect
  HazardChange change(double drawn_value, double strength) const;
};

/// What effects are compiled with.
struct EffectContext {
  const Registry& registry;
  QuantityContext quantities;  ///< its schema is what conditions and expressions may name
  Giver giver = Giver::city;
  std::string path;                            ///< of the mapping: "attributes/alcohol/effects"
  std::optional<Month> from = {}, until = {};  ///< first and last month of the giver
  int ramp = 0;                                ///< of the giver
  const ParameterSet* parameters = nullptr;    ///< what the city's effects may name besides targets
  std::string currency = {};
};

/// Compiles effects. Mistakes are reported; effects with mistakes are left out. What may be meant but does nothing is
/// warned of. @return in the order of the text
std::vector<Effect> compile_effects(const EffectSpecs& specs, const EffectContext& context, Diagnostics& diagnostics);

}  // namespace oikos
