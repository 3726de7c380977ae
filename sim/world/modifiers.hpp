#pragma once
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "sim/base/narrow.hpp"
#include "sim/world/person_table.hpp"

namespace oikos {

namespace person {
inline constexpr PersonColumn<std::uint32_t, struct EffectsOf> effects{
    "effects", "row", "place in the table of modifiers; 0: no change of one's own", {.arrival = OnArrival::initial}};
}

/// What effects make of a monthly hazard h of those who have one: times * h + plus.
struct HazardChange {
  float times = 1;
  float plus = 0;  ///< hazard a month

  bool none() const { return times == 1.0F && plus == 0.0F; }
  friend bool operator==(const HazardChange&, const HazardChange&) = default;
};

/// What effects make of hazards this month, by target (its place in the registry). Persons whose hazards are changed
/// alike share a place; most are at place 0, which has what is changed for everybody.
class ModifierTable {
 public:
  explicit ModifierTable(std::size_t targets) : targets_(targets), changes_(targets), largest_(targets) {}

  const HazardChange& change(std::size_t target, std::uint32_t place) const {
    return changes_[place * targets_ + target];
  }
  /// What is changed for everybody.
  const HazardChange& common(std::size_t target) const { return changes_[target]; }
  /// Whether anything is changed for everybody.
  bool has_common() const { return has_common_; }
  /// The largest factor and the largest sum of any place: no hazard is above largest.times * h + largest.plus.
  const HazardChange& largest(std::size_t target) const { return largest_[target]; }

  /// Forgets all changes.
  void clear(PersonTable& persons) {
    if (places() > 1) std::fill_n(persons[person::effects].data(), persons.size(), 0u);
    changes_.assign(targets_, {});
    largest_.assign(targets_, {});
    next_.clear();
    has_common_ = false;
  }
  /// Changes a hazard of everybody, before any one person's is.
  void change_all(std::size_t target, HazardChange by) {
    expect(places() == 1, "what changes for everybody is said first");
    combine(changes_[target], by);
    largest_[target] = changes_[target];
    has_common_ = true;
  }
  /// Changes a hazard of one person.
  void change(PersonTable& persons, Row row, std::size_t target, HazardChange by) {
    std::uint32_t& place = persons[person::effects][row];
    const Step step{place, static_cast<std::uint32_t>(target), by};
    const auto [found, fresh] = next_.try_emplace(step, places());
    if (fresh) {
      const std::size_t from = place * targets_;
      changes_.resize(changes_.size() + targets_);
      std::copy_n(changes_.begin() + static_cast<std::ptrdiff_t>(from), targets_,
                  changes_.end() - static_cast<std::ptrdiff_t>(targets_));
      HazardChange& made = changes_[found->second * targets_ + target];
      combine(made, by);
      largest_[target].times = std::max(largest_[target].times, made.times);
      largest_[target].plus = std::max(largest_[target].plus, made.plus);
    }
    place = found->second;
  }
  /// Whether somebody's hazards are changed otherwise than everybody's.
  bool has_own() const { return places() > 1; }

 private:
  /// A change of those at a place, which leads to another.
  struct Step {
    std::uint32_t place, target;
    HazardChange by;
    friend bool operator==(const Step&, const Step&) = default;
  };
  struct HashOfStep {
    OIKOS_WRAPS std::size_t operator()(const Step& step) const {
      std::uint64_t mixed = (std::uint64_t{step.place} << 32 | step.target) * 0x9E37'79B9'7F4A'7C15u;
      mixed ^= (std::uint64_t{std::bit_cast<std::uint32_t>(step.by.times)} << 32 |
                std::bit_cast<std::uint32_t>(step.by.plus)) *
               0xC2B2'AE3D'27D4'EB4Fu;
      return static_cast<std::size_t>(mixed ^ mixed >> 29);
    }
  };

  /// Kept finite, so that nothing times 0 is no number.
  static void combine(HazardChange& change, HazardChange by) {
    constexpr float most = 1e30F;
    change.times = std::min(change.times * std::min(by.times, most), most);
    change.plus = std::min(change.plus + by.plus, most);
  }
  std::uint32_t places() const {
    return static_cast<std::uint32_t>(changes_.size() / std::max<std::size_t>(1, targets_));
  }

  std::size_t targets_;
  bool has_common_ = false;
  std::vector<HazardChange> changes_;  ///< shape (places, targets)
  std::vector<HazardChange> largest_;  ///< shape (targets)
  std::unordered_map<Step, std::uint32_t, HashOfStep> next_;
};

}  // namespace oikos
