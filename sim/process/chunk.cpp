#include "sim/process/chunk.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"

namespace oikos {

void cut_chunks(const World& world, std::uint32_t persons_per_chunk, std::vector<Chunk>& chunks) {
  expect(persons_per_chunk > 0, "a chunk holds at least one person");
  chunks.clear();
  const HouseholdTable& households = world.households;
  const std::uint32_t persons = world.persons.size();
  for (std::uint32_t household = 0, person = 0; person < persons;) {
    // The chunk ends with the household of its last wanted person.
    const std::uint32_t wanted = std::min(persons_per_chunk, persons - person);
    const std::uint32_t last = world.persons[person::household][person + wanted - 1];
    const Row end = households[household::first][last] + households[household::members][last];
    expect(end > person, "households and their members are indexed");
    chunks.push_back({household, last + 1 - household, person, end - person});
    household = last + 1;
    person = end;
  }
}

}  // namespace oikos
