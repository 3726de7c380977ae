#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/expr/evaluate.hpp"
#include "sim/expr/screen.hpp"
#include "sim/process/chunk.hpp"
#include "sim/process/move_draws.hpp"

namespace oikos {

/// What becomes of a person this month, as far as the sweep has decided. Later rules leave alone whom an earlier one
/// took.
enum class Fate : std::uint8_t { stays, dies, departs, moves };

/// Place of a target in the registry.
struct TargetId {
  std::size_t place;
};

/// Room for something of each person of a chunk, a step's own until it ends; contents undefined. Shapes (persons of the
/// chunk) unless said otherwise. A position counts from the chunk's first person (or household, where a step uses the
/// room for households).
class Room {
 public:
  std::span<std::uint8_t> flags() { return room(flags_, persons_); }
  std::span<std::uint8_t> kinds() { return room(kinds_, persons_); }
  std::span<std::uint32_t> numbers(std::size_t which) { return room(numbers_.at(which), persons_); }  ///< 0 to 2
  std::span<std::int64_t> amounts() { return room(amounts_, persons_); }
  /// The same with one more in front, for running totals: shapes (persons + 1).
  std::span<std::uint64_t> running_counts() { return room(running_counts_, persons_ + 1); }
  std::span<std::int64_t> running_amounts() { return room(running_amounts_, persons_ + 1); }
  /// Positions of the flags that are set, ascending. The list lasts until the next one.
  std::span<const std::uint32_t> flagged() { return flagged(persons_); }
  /// The same where only the first `count` flags are somebody's.
  std::span<const std::uint32_t> flagged(std::uint32_t count);

  expr::Evaluator evaluator;
  expr::Screen::Room screen;  ///< of the conditions that a step turns it to
  MoveDraws moves;            ///< of the persons or households that a step turns it to
  // For whoever needs a list of them for a moment.
  std::vector<Row> rows;
  std::vector<std::uint64_t> identities;

  /// Blocks of many: lane k of who[i] is [k][i]. They last until the next ones.
  std::array<const std::uint32_t*, 4> blocks(const rng::Stream& luck, rng::Purpose purpose,
                                             std::span<const std::uint64_t> who, Month month, std::uint32_t index) {
    const std::size_t n = who.size();
    if (lanes_.size() < 4 * n) lanes_.resize(4 * n);
    std::uint32_t* const first = lanes_.data();
    luck.blocks(purpose, who, month, index, {first, first + n, first + 2 * n, first + 3 * n});
    return {first, first + n, first + 2 * n, first + 3 * n};
  }

 protected:
  template <class T>
  static std::span<T> room(std::vector<T>& vector, std::uint32_t size) {
    if (vector.size() < size) vector.resize(size);
    return {vector.data(), size};
  }
  std::uint32_t persons_ = 0;

 private:
  std::vector<std::uint8_t> flags_, kinds_;
  std::vector<std::uint32_t> positions_;
  std::array<std::vector<std::uint32_t>, 3> numbers_;
  std::vector<std::int64_t> amounts_, running_amounts_;
  std::vector<std::uint64_t> running_counts_;
  std::vector<std::uint32_t> lanes_;
};

/// Working memory of one worker, for the chunk at hand: what several steps ask of each person is found out once.
class Scratch : public Room {
 public:
  /// Turns to a chunk and forgets all that is known of the last one. All three outlive the work on the chunk; steps
  /// that follow change neither age, sex nor factors of its persons.
  void start(const World& world, const Chunk& chunk, const StepContext& now);

  // What is found out once a chunk. Shapes (chunk.persons) unless said otherwise.

  /// Draws of the chunk's persons for one decision.
  const std::uint32_t* draws(const LaneSpec& lane) { return block(lane.purpose)[lane.lane]; }
  /// Fates, all `stays` at first.
  std::span<Fate> fates() { return {fates_.data(), chunk_.persons}; }
  /// Age and sex this month.
  const AgeSex* ages();
  /// Positions of those whose month of birth it is, ascending; newborns are among them.
  std::span<const std::uint32_t> birthdays();
  /// Positions of those whose hazards effects change otherwise than everybody's, ascending.
  std::span<const std::uint32_t> changed();
  /// By what changes of a target are asked for.
  TargetId target(const TargetSpec& spec) const { return {world_->registry.index(spec)}; }
  /// What effects make of a hazard of the person at a position; the common change for all who are not `changed`.
  HazardChange change(TargetId which, std::uint32_t position) const {
    return world_->modifiers.change(which.place, places_[position]);
  }
  /// The same; the target is looked for only where something changes.
  HazardChange change(const TargetSpec& which, std::uint32_t position) const {
    return places_[position] == 0 && !world_->modifiers.has_common() ? HazardChange{} : change(target(which), position);
  }
  /// What effects make of everybody's hazard.
  HazardChange common(TargetId which) const { return world_->modifiers.common(which.place); }
  HazardChange common(const TargetSpec& which) const {
    return world_->modifiers.has_common() ? common(target(which)) : HazardChange{};
  }
  /// Whether effects change anything of everybody's.
  bool has_common() const { return world_->modifiers.has_common(); }

 private:
  using Lanes = std::array<const std::uint32_t*, 4>;
  struct Draws {
    rng::Purpose purpose;
    std::vector<std::uint32_t> numbers;
  };
  /// A list of positions that is made at most once a chunk.
  struct Known {
    std::vector<std::uint8_t> flags;
    std::vector<std::uint32_t> positions;
    std::uint32_t count = 0;
    bool known = false;
    void list(std::uint32_t persons);
    std::span<const std::uint32_t> all() const { return {positions.data(), count}; }
  };
  /// Lane k of the i-th person is lanes[k][i].
  Lanes block(rng::Purpose purpose);
  void find_ages();

  const World* world_ = nullptr;
  Chunk chunk_{};
  const StepContext* now_ = nullptr;
  const std::uint32_t* places_ = nullptr;  ///< of the chunk's persons in the table of modifiers
  std::vector<std::unique_ptr<Draws>> draws_;
  std::size_t made_ = 0;
  std::vector<Fate> fates_;
  std::vector<AgeSex> ages_;
  Known birthdays_, changed_;
};

}  // namespace oikos
