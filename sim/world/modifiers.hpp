#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/world/person_table.hpp"

namespace oikos {

namespace person {
inline constexpr PersonColumn<std::uint32_t, struct Effects> effects{
    "effects", "row", "place in the table of modifiers; 0: none", {.arrival = OnArrival::initial}};
}

/// Factors of the few persons whose chances effects change this month. Most persons are at place 0: no change.
/// Whose chance it is asks for the factor of its target (TargetSpec), by the target's place in the registry.
class ModifierTable {
 public:
  explicit ModifierTable(std::size_t targets) : targets_(targets), factors_(targets, 1.0F) {}
  /// Factor on the hazard; 1 for nearly all.
  float factor(std::size_t target, std::uint32_t place) const { return factors_[place * targets_ + target]; }
  /// Forgets all changes.
  void clear(PersonTable& persons) {
    if (changed_persons() == 0) return;
    std::fill_n(persons[person::effects].data(), persons.size(), 0u);
    factors_.assign(targets_, 1.0F);
    places_ = 1;
  }
  /// Multiplies a factor of the person, who gets an own place if needed.
  void multiply(PersonTable& persons, Row row, std::size_t target, float factor) {
    std::uint32_t& place = persons[person::effects][row];
    if (place == 0) {
      place = places_++;
      factors_.resize(std::size_t{places_} * targets_, 1.0F);
    }
    factors_[place * targets_ + target] *= factor;
  }
  std::size_t changed_persons() const { return places_ - 1; }

 private:
  std::size_t targets_;
  std::uint32_t places_ = 1;
  std::vector<float> factors_;  ///< shape (places, targets)
};

}  // namespace oikos
