#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/base/scale.hpp"
#include "sim/text/dated.hpp"
#include "sim/text/record.hpp"
#include "sim/world/service_state.hpp"

namespace oikos {

/// What those do who wait for a provider's places.
struct QueueSpec {
  Positioned<Chance> gives_up;  ///< chance per time of each who waits; 0 if not stated
};

/// A service as the scenario describes it.
struct ProviderSpec {
  std::string title;
  Positioned<std::string> kind;          ///< what it does; programmes name the kind or the provider they need
  Positioned<std::string> municipality;  ///< whose it is
  Positioned<std::string> district;      ///< where it stands; unknown place if not stated
  Dated<std::int64_t> places{0};         ///< persons who can be served at a time, in force from
  bool scales = true;                    ///< places are those of the whole city, so that a sample of it has its part
  QueueSpec queue;
};
Record<ProviderSpec> provider_record();

/// Places of a group of providers (those of one kind, or one alone), and how many are taken.
class Capacity {
 public:
  /// @param places of all providers of the scenario, for the whole city   @param group positions of those of the group
  /// @param scales by which the places of each provider are multiplied; empty: none of them
  Capacity(std::vector<Dated<std::int64_t>> places, std::vector<std::size_t> group, std::vector<Scale> scales = {});

  /// Sets places in force and forgets who occupied them; providers not in the group stay as they are, and so do those
  /// that another group has opened this month.
  ///
  /// A fraction of a place, as a sample of the city has, is carried from month to month: it earns its part of a
  /// place-month each month, and one more place is open while some of it is left. Whoever takes the place keeps it for
  /// the whole stay, and it is not let again until the stay has been earned; so a place of 0.6 serves 0.6 persons on
  /// average. At most one place-month is kept for later: what was idle longer is gone, as in a whole place.
  void open_month(std::span<ProviderState> providers, Month month) const;
  /// Places of the group not yet occupied; 0 when more persons are in than places (places were cut: nobody is sent
  /// away).
  std::int64_t free(std::span<const ProviderState> providers) const;
  /// Takes places for `persons`: the first provider with a free place first; what is above all places counts at the
  /// last.
  void occupy(std::span<ProviderState> providers, std::int64_t persons) const;
  std::span<const std::size_t> group() const { return group_; }
  /// Places that are paid for, taken or not, in millionths: those in force with their fraction, and those of persons
  /// who are still in after a cut.
  std::int64_t kept_millionths(std::span<const ProviderState> providers) const;

 private:
  std::vector<Dated<std::int64_t>> places_;  ///< of all providers
  std::vector<std::size_t> group_;
  std::vector<Scale> scales_;
};

}  // namespace oikos
