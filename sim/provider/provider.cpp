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
      .optional("district", &ProviderSpec::district, codec::positioned(codec::identifier()), "district where it stands")
      .required("places", &ProviderSpec::places, codec::dated(codec::integer(0, 10'000'000)),
                "persons it can serve at a time, in force from")
      .optional("queue", &ProviderSpec::queue, codec::record_of(queue_record()), "what those do who wait for a place");
  return record;
}

void Capacity::open_month(std::span<ProviderState> providers, Month month) const {
  for (const std::size_t i : group_) providers[i] = {places_[i].covers(month) ? places_[i].at(month) : 0, 0};
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

std::int64_t Capacity::kept(std::span<const ProviderState> providers) const {
  std::int64_t kept = 0;
  for (const std::size_t i : group_) kept += std::max(providers[i].places, providers[i].occupied);
  return kept;
}

}  // namespace oikos
