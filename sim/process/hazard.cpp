#include "sim/process/hazard.hpp"

#include <algorithm>

#include "sim/base/detmath.hpp"

namespace oikos {

namespace {

constexpr double unit = 0x1p31;  ///< of limits: that many are certain

double probability_of(rng::Limit limit) { return (static_cast<double>(limit) + 1.0) / unit; }

}  // namespace

double changed(double probability, HazardChange change) {
  if (change.none() || probability <= 0) return std::max(probability, 0.0);
  const double plus = change.plus;
  if (change.times == 0.0F) return -detmath::expm1(-plus);
  if (probability >= 1) return 1;
  return -detmath::expm1(double{change.times} * detmath::log1p(-probability) - plus);
}

rng::Limit changed(rng::Limit limit, HazardChange change) {
  return change.none() || limit == rng::never ? limit : rng::limit(changed(probability_of(limit), change));
}

bool happens(std::uint32_t draw, rng::Limit limit, HazardChange change) {
  const double drawn = draw >> 1, within = static_cast<double>(limit) + 1.0;
  if (change.none() || limit == rng::never) return drawn < within;
  // The probability lies between times * p and p, and is larger by at most `plus`: nearly all need no logarithm.
  const double times = change.times;
  if (drawn >= within * std::max(1.0, times) + double{change.plus} * unit) return false;
  if (drawn < within * std::min(1.0, times)) return true;
  return drawn < changed(probability_of(limit), change) * unit;
}

void flag_hits(TargetId which, const std::uint32_t* draws, const std::uint8_t* kinds, const KindLimits& limits,
               Scratch& scratch, std::optional<std::uint8_t> changeable) {
  const HazardChange common = scratch.common(which);
  if (common.none()) {
    flag_hits(draws, kinds, limits, scratch);
  } else {
    KindLimits of_all = limits;
    for (std::size_t kind = 0; kind < of_all.size(); ++kind)
      if (!changeable || kind == *changeable) of_all[kind] = changed(limits[kind], common);
    flag_hits(draws, kinds, of_all, scratch);
  }
  const auto flags = scratch.flags();
  for (const std::uint32_t i : scratch.changed()) {
    if (changeable && kinds[i] != *changeable) continue;
    flags[i] = happens(draws[i], limits[kinds[i]], scratch.change(which, i)) ? 1 : 0;
  }
}

void flag_hits(const std::uint32_t* draws, const std::uint8_t* kinds, const KindLimits& limits, Scratch& scratch) {
  const auto flags = scratch.flags();
  rng::decide({draws, flags.size()}, kinds, limits, flags.data());
}

}  // namespace oikos
