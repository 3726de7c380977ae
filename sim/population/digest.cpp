#include "sim/population/digest.hpp"

#include <type_traits>

#include "sim/file/checksum.hpp"

namespace oikos::population {

namespace {

/// Bytes of integers, lowest first.
class Bytes {
 public:
  explicit Bytes(std::size_t expected) { bytes_.reserve(expected); }

  template <class T>
  void add(T value) {
    auto rest = static_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i, rest >>= 8) bytes_ += static_cast<char>(rest & 0xFF);
  }
  const std::string& all() const { return bytes_; }

 private:
  std::string bytes_;
};

void add(Bytes& bytes, const SyntheticPerson& person, Month start) {
  bytes.add(static_cast<std::int32_t>(start - person.birth_month));
  bytes.add(static_cast<std::uint8_t>(person.sex));
  bytes.add(person.household);
  for (const Row link : {person.partner, person.mother, person.father}) bytes.add(static_cast<std::uint32_t>(link));
  bytes.add(static_cast<std::uint8_t>(person.education));
  bytes.add(static_cast<std::uint8_t>(person.labour));
  bytes.add(person.months_in_state);
  bytes.add(person.wage_potential);
  bytes.add(static_cast<std::int64_t>(person.pension.minor()));
  bytes.add(person.children_born);
}

void add(Bytes& bytes, const SyntheticHousehold& household) {
  bytes.add(static_cast<std::uint32_t>(household.first));
  bytes.add(household.size);
  bytes.add(household.district);
  bytes.add(static_cast<std::uint8_t>(household.tenure));
  bytes.add(static_cast<std::uint8_t>(household.form));
}

}  // namespace

std::string digest(const SyntheticPopulation& population) {
  Bytes bytes(40 * population.persons.size() + 10 * population.households.size() + 20);
  bytes.add(static_cast<std::int32_t>(population.start.year()));
  bytes.add(static_cast<std::int32_t>(population.start - Month(population.start.year(), 1)));
  bytes.add(static_cast<std::uint64_t>(population.persons.size()));
  for (const SyntheticPerson& person : population.persons) add(bytes, person, population.start);
  for (const SyntheticHousehold& household : population.households) add(bytes, household);
  return sha256(bytes.all());
}

}  // namespace oikos::population
