#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

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
  QueueSpec queue;
};
Record<ProviderSpec> provider_record();

/// Places of a group of providers (those of one kind, or one alone), and how many are taken.
class Capacity {
 public:
  /// @param specs all providers of the scenario   @param group positions of those of the group
  Capacity(std::vector<Dated<std::int64_t>> places, std::vector<std::size_t> group)
      : places_(std::move(places)), group_(std::move(group)) {}

  /// Sets places in force and forgets who occupied them; providers not in the group stay as they are.
  void open_month(std::span<ProviderState> providers, Month month) const;
  /// Places of the group not yet occupied; 0 when more persons are in than places (places were cut: nobody is sent
  /// away).
  std::int64_t free(std::span<const ProviderState> providers) const;
  /// Takes places for `persons`: the first provider with a free place first; what is above all places counts at the
  /// last.
  void occupy(std::span<ProviderState> providers, std::int64_t persons) const;
  /// Places that are paid for, taken or not: those in force, and those of persons who are still in after a cut.
  std::int64_t kept(std::span<const ProviderState> providers) const;
  std::span<const std::size_t> group() const { return group_; }

 private:
  std::vector<Dated<std::int64_t>> places_;  ///< of all providers
  std::vector<std::size_t> group_;
};

}  // namespace oikos
