#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/process/month_work.hpp"
#include "sim/world/world.hpp"

namespace oikos {

/// The stages of a month, in their order. A stage is a label that says where a step belongs; inside of one, steps say
/// after which others they come, and why.
enum class Stage : std::uint8_t {
  effects,     ///< what programmes, attributes, levers and shocks make of the month's chances
  decisions,   ///< each person: who dies, departs, bears, parts, looks for a partner, leaves home
  meetings,    ///< those of whom that was decided meet, and take others with them
  membership,  ///< everybody moves at once
  livelihood,  ///< each person and household: school, work, retirement, wages, tax, benefits
  states,      ///< attributes: the states that the scenario declares move
  services,    ///< programmes: exits, applications, waiting lists, entries, money; what levers cost
  accounts,    ///< each household's income in the end, and whether the books agree
  record,      ///< the month is counted
};
inline constexpr std::array<std::string_view, 9> stage_names{
    "effects", "decisions", "meetings", "membership", "livelihood", "states", "services", "accounts", "record"};

/// Another step of the same stage that comes before, if it is there, and why.
struct After {
  std::string_view step, why;
};

/// Something that a step reads or changes, for the order of steps: declarations are known by their address.
struct Touched {
  const void* what;
  std::string name;
  bool writes;
  bool renewed = false;  ///< a column whose values are gone when rows move, until a step writes them anew
  bool event = false;    ///< an event, whose rows are those before the membership step
};

/// What a process says of itself: the source of `oikos explain month`, and of the order of the month.
struct ProcessInfo {
  std::string_view name;     ///< lower-case noun
  std::string_view summary;  ///< what it does in a month, a verb phrase
  Stage stage = Stage::decisions;
  std::vector<After> after = {};
  std::string_view page;  ///< methods page under docs/
  // What follows is said by what the process declares (access.hpp).
  std::vector<std::string> reads = {}, writes = {};   ///< table.column
  std::vector<std::string> draws = {};                ///< lanes
  std::vector<std::string> reports = {}, heeds = {};  ///< events
  std::vector<std::string> counts = {}, targets = {};
  std::vector<std::string> flows = {};  ///< payer > payee: reason
  std::vector<Touched> touched = {};
  bool touches_everything = false;      ///< what it touches is not known before the scenario is
  bool decides = false, moves = false;  ///< Decides, Moves

  void touch(std::vector<std::string>& list, const ColumnSpec& spec, bool change) {
    list.push_back(std::string(table_names[static_cast<std::size_t>(spec.table)]) + "." + std::string(spec.info.name));
    touched.push_back({&spec, list.back(), change, spec.rules.renewed && !spec.rules.by_membership});
  }
  void touch(std::vector<std::string>& list, const EventSpec& spec, bool change) {
    list.emplace_back(spec.name);
    touched.push_back({&spec, "event " + list.back(), change, false, true});
  }
};

/// A social rule, shared by all replicates; what changes from month to month lives in the world. Those of the pilot
/// alone, which runs before all replicates, keep what they find.
class Process {
 public:
  Process() = default;
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  virtual ~Process() = default;
  virtual ProcessInfo info() const = 0;
};

/// A rule that touches one person or one household at a time. Several run fused over a chunk while it is in cache.
/// It writes only columns of the chunk's rows; whatever concerns others goes to the outbox.
class SweepProcess : public Process {
 public:
  virtual void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const = 0;
};

/// Where the month is counted.
class RecordProcess final : public Process {
 public:
  ProcessInfo info() const override {
    return {.name = "recorder",
            .summary = "counts the month",
            .stage = Stage::record,
            .page = "methods/indicators.md",
            .touches_everything = true};
  }
};

/// A rule in which people meet: runs alone, between sweeps.
class BarrierProcess : public Process {
 public:
  virtual void resolve(World& world, const StepContext& now, MonthWork& work) const = 0;
};

}  // namespace oikos
