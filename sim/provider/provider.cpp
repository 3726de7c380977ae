#include "sim/provider/provider.hpp"

#include <algorithm>

namespace oikos {

namespace {

Record<QueueSpec> queue_record() {
  Record<QueueSpec> record{"queue", "what those do who wait for a place"};
  record.optional("gives_up", &QueueSpec::gives_up, codec::chance(), "chance that one who waits gives up");
  return record;
}

}  // namespace

Record<ProviderSpec> provider_record() {
  Record<ProviderSpec> record{"provider", "a service: what it does, where, and how many it can serve at a time"};
  record.optional("title", &ProviderSpec::title, codec::text(), "name shown in reports")
      .required("kind", &ProviderSpec::kind, codec::positioned(codec::identifier()),
                "what it does, a word of your choice; programmes name the kind that serves them, or one provider")
      .required("municipality", &ProviderSpec::municipality, codec::positioned(codec::identifier()),
                "the municipality it belongs to")
      .optional("district", &ProviderSpec::district, codec::positioned(codec::identifier()),
                "district where it stands: a statement only, no rule reads it, everybody reaches every provider")
      .required("places", &ProviderSpec::places, codec::dated(codec::integer(0, 10'000'000)),
                "persons it can serve at a time, in force from")
      .optional("scales", &ProviderSpec::scales, codec::boolean(),
                "whether a sample of the city has its part of the places; yes unless stated")
      .optional("queue", &ProviderSpec::queue, codec::record_of(queue_record()), "what those do who wait for a place");
  return record;
}

Capacity::Capacity(std::vector<Dated<std::int64_t>> places, std::vector<std::size_t> group, std::vector<Scale> scales)
    : places_(std::move(places)), group_(std::move(group)), scales_(std::move(scales)) {
  if (scales_.empty()) scales_.resize(places_.size());
}

namespace {

/// What is above the whole places this month: the one more place, and nobody's more than that.
std::int64_t used_of_fraction(const ProviderState& state) {
  const bool has_fraction = state.planned % Scale::one != 0;
  return has_fraction ? std::clamp<std::int64_t>(state.occupied - state.planned / Scale::one, 0, 1) : 0;
}

}  // namespace

void Capacity::open_month(std::span<ProviderState> providers, Month month) const {
  for (const std::size_t i : group_) {
    ProviderState& state = providers[i];
    if (state.opened == month.index()) continue;
    const std::int64_t left = state.credit - used_of_fraction(state) * Scale::one;
    const std::int64_t planned = places_[i].covers(month) ? scales_[i].millionths_of(places_[i].at(month)) : 0;
    const std::int64_t fraction = planned % Scale::one;
    const std::int64_t credit = fraction == 0 ? 0 : std::min(left + fraction, Scale::one);
    state = {.places = planned / Scale::one + (credit > 0 ? 1 : 0),
             .occupied = 0,
             .planned = planned,
             .credit = credit,
             .opened = month.index()};
  }
}

std::int64_t Capacity::free(std::span<const ProviderState> providers) const {
  std::int64_t free = 0;
  for (const std::size_t i : group_) free += providers[i].places - providers[i].occupied;
  return std::max<std::int64_t>(0, free);
}

void Capacity::occupy(std::span<ProviderState> providers, std::int64_t persons) const {
  for (const std::size_t i : group_) {
    const std::int64_t here = std::clamp<std::int64_t>(providers[i].places - providers[i].occupied, 0, persons);
    providers[i].occupied += here;
    persons -= here;
  }
  if (persons > 0 && !group_.empty()) providers[group_.back()].occupied += persons;
}

std::int64_t Capacity::kept_millionths(std::span<const ProviderState> providers) const {
  std::int64_t kept = 0;
  for (const std::size_t i : group_) {
    const std::int64_t fraction = providers[i].planned % Scale::one;
    const std::int64_t taken = (providers[i].occupied - (fraction == 0 ? 0 : 1)) * Scale::one + fraction;
    kept += std::max(providers[i].planned, taken);
  }
  return kept;
}

}  // namespace oikos
