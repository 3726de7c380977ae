#include "sim/engine/schedule.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "sim/base/contract.hpp"

namespace oikos {

namespace {

/// Whether one step, directly or by way of others, comes after another: reach[a][b] means a after b.
using Reach = std::vector<std::vector<bool>>;

Reach reach_of(std::span<const Step> steps) {
  const std::size_t n = steps.size();
  Reach reach(n, std::vector<bool>(n, false));
  for (std::size_t a = 0; a < n; ++a)
    for (const After& after : steps[a].info.after)
      for (std::size_t b = 0; b < n; ++b)
        if (steps[b].info.name == after.step) reach[a][b] = true;
  for (std::size_t via = 0; via < n; ++via)
    for (std::size_t a = 0; a < n; ++a)
      for (std::size_t b = 0; b < n; ++b)
        if (reach[a][via] && reach[via][b]) reach[a][b] = true;
  return reach;
}

/// What two steps both touch, one of them changing it.
std::optional<std::string> shared_by(const ProcessInfo& a, const ProcessInfo& b) {
  if (a.touches_everything || b.touches_everything) return "everything";
  for (const Touched& one : a.touched)
    for (const Touched& other : b.touched)
      if (one.what == other.what && (one.writes || other.writes)) return one.name;
  return std::nullopt;
}

/// The order of one stage's steps.
std::vector<Step> arranged(std::vector<Step> steps) {
  const Reach reach = reach_of(steps);
  const std::size_t n = steps.size();
  for (std::size_t a = 0; a < n; ++a) {
    expect(!reach[a][a], fmt::format("no step comes after itself: {}", steps[a].info.name));
    for (std::size_t b = a + 1; b < n; ++b)
      if (const auto shared = shared_by(steps[a].info, steps[b].info); shared && !reach[a][b] && !reach[b][a])
        expect(false, fmt::format("steps {} and {} say which of them comes first, as both touch {}", steps[a].info.name,
                                  steps[b].info.name, *shared));
  }
  std::vector<bool> placed(n, false);
  std::vector<Step> order;
  while (order.size() < n) {
    const bool in_sweeps = !order.empty() && order.back().sweep != nullptr;
    const Step* next = nullptr;
    for (std::size_t a = 0; a < n; ++a) {
      if (placed[a]) continue;
      bool ready = true;
      for (std::size_t b = 0; b < n; ++b) ready = ready && (placed[b] || !reach[a][b]);
      if (!ready) continue;
      const auto key = [&](const Step& step) {
        return std::pair((step.sweep != nullptr) != in_sweeps, step.info.name);
      };
      if (next == nullptr || key(steps[a]) < key(*next)) next = &steps[a];
    }
    const auto at = static_cast<std::size_t>(next - steps.data());
    placed[at] = true;
    order.push_back(std::move(steps[at]));
  }
  return order;
}

bool moves_rows(const Step& step) { return step.info.stage == Stage::membership; }

/// Fates live as long as a run of sweeps; who is moved, is moved by the membership step.
void check_fates(std::span<const Step> steps) {
  bool over = false, begun = false;
  for (const Step& step : steps) {
    const ProcessInfo& info = step.info;
    expect(!info.moves || info.stage < Stage::membership,
           fmt::format("persons move before the membership step: {}", info.name));
    over = over || (begun && step.sweep == nullptr);
    begun = begun || info.decides;
    expect(!info.decides || !over, fmt::format("fates are decided in sweeps that follow on each other: {}", info.name));
  }
}

/// An event has one step that tells it, so that its rows ascend; those who act on it come later, before rows move.
void check_events(std::span<const Step> steps) {
  std::vector<const void*> told, all;
  for (const Step& step : steps) {
    if (moves_rows(step)) told.clear();
    for (const Touched& one : step.info.touched) {
      if (!one.event) continue;
      if (one.writes) {
        expect(std::ranges::find(all, one.what) == all.end(),
               fmt::format("one step tells an event: {} of {}", one.name, step.info.name));
        told.push_back(one.what);
        all.push_back(one.what);
      } else {
        expect(std::ranges::find(told, one.what) != told.end(),
               fmt::format("an event is told before somebody acts on it, with no membership step between: {} of {}",
                           one.name, step.info.name));
      }
    }
  }
}

/// Who reads a column that is written anew each month reads it after it was, or before rows move, last month's.
void check_renewed(std::span<const Step> steps) {
  std::vector<const void*> written;
  const auto is_written = [&](const void* what) { return std::ranges::find(written, what) != written.end(); };
  const auto read_by = [&](const Step& step) {
    for (const Touched& one : step.info.touched)
      if (one.renewed && !one.writes)
        expect(is_written(one.what),
               fmt::format("a column is written before it is read: {} of {}", one.name, step.info.name));
  };
  const auto write_by = [&](const Step& step) {
    for (const Touched& one : step.info.touched)
      if (one.renewed && one.writes) written.push_back(one.what);
  };
  // What stands after the last move of rows is this month's; what stands before it reads the end of last month.
  const auto moved = std::ranges::find_if(steps, moves_rows);
  for (auto step = moved; step != steps.end(); ++step) read_by(*step), write_by(*step);
  for (auto step = steps.begin(); step != moved; ++step) write_by(*step), read_by(*step);
}

}  // namespace

void Schedule::add(std::unique_ptr<const Process> step) {
  Step one;
  one.info = step->info();
  one.sweep = dynamic_cast<const SweepProcess*>(step.get());
  one.barrier = dynamic_cast<const BarrierProcess*>(step.get());
  one.process = std::move(step);
  expect(!has(one.info.name), fmt::format("steps have names of their own: {}", one.info.name));
  steps_.push_back(std::move(one));
}

bool Schedule::has(std::string_view name) const {
  return std::ranges::any_of(steps_, [&](const Step& step) { return step.info.name == name; });
}

void Schedule::arrange() {
  std::vector<std::vector<Step>> stages(stage_names.size());
  for (Step& step : steps_) stages[static_cast<std::size_t>(step.info.stage)].push_back(std::move(step));
  steps_.clear();
  for (auto& stage : stages) std::ranges::move(arranged(std::move(stage)), std::back_inserter(steps_));
  check_fates(steps_);
  check_events(steps_);
  check_renewed(steps_);
}

std::string explain(const Schedule& schedule) {
  std::string out;
  std::optional<Stage> stage;
  int number = 0;
  for (const Step& step : schedule.steps()) {
    const ProcessInfo& info = step.info;
    if (stage != info.stage) {
      stage = info.stage;
      out += fmt::format("{}\n", stage_names[static_cast<std::size_t>(*stage)]);
    }
    out += fmt::format("{:>3} {} ({}): {}\n", ++number, info.name,
                       step.sweep != nullptr     ? "sweep"
                       : step.barrier != nullptr ? "barrier"
                                                 : "record",
                       info.summary);
    for (const After& after : info.after)
      if (schedule.has(after.step)) out += fmt::format("      after   {}: {}\n", after.step, after.why);
    const auto line = [&](std::string_view what, const std::vector<std::string>& names) {
      if (!names.empty()) out += fmt::format("      {:<7} {}\n", what, fmt::join(names, ", "));
    };
    line("reads", info.reads);
    line("writes", info.writes);
    line("draws", info.draws);
    line("heeds", info.heeds);
    line("reports", info.reports);
    line("counts", info.counts);
    line("targets", info.targets);
    line("pays", info.flows);
    out += fmt::format("      {:<7} docs/{}\n", "page", info.page);
  }
  return out;
}

}  // namespace oikos
