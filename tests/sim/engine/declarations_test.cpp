#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/engine/city.hpp"

namespace oikos {
namespace {

using Bytes = std::map<std::string, std::vector<std::byte>>;

Bytes columns_of(const World& world) {
  Bytes all;
  for (const Table* table : {static_cast<const Table*>(&world.persons), static_cast<const Table*>(&world.households)})
    for (const ColumnBase* column : table->columns()) {
      const auto bytes = column->bytes();
      all[std::string(table->name()) + "." + std::string(column->info().name)].assign(bytes.begin(), bytes.end());
    }
  return all;
}

/// Runs the months of a schedule one step at a time and compares all columns before and after each. What a step may
/// write is checked when it is compiled; here, that sweeps keep to their chunk, and that what steps say they write they
/// do.
class Watcher final {
 public:
  explicit Watcher(const Model& model)
      : model_(model),
        executor_(1),
        scratch_(1),
        world_(model.initial->registry),
        work_(world_.registry, executor_, scratch_, 100) {
    world_.assign(*model.initial);
    world_.ledger = Ledger(model.flows.kinds().size());
    work_.cut(world_);
  }

  void month(int step) {
    const StepContext now(model_.start + step, step, luck_);
    for (ProgrammeState& programme : world_.programmes) programme.month = {};
    world_.ledger.start_month();
    work_.desk.start(world_);
    const std::span<const Step> steps = model_.schedule.steps();
    for (std::size_t i = 0; i < steps.size();) {
      std::size_t end = i;
      while (end < steps.size() && steps[end].sweep != nullptr) ++end;
      if (end > i) sweep(steps.subspan(i, end - i), now);
      else if (steps[i].barrier != nullptr) resolve(steps[i], now);
      i = std::max(end, i + 1);
    }
    check_membership(world_);
  }
  /// Columns that a step changed at least once, by step.
  const std::map<std::string, std::set<std::string>>& written() const { return written_; }
  const World& world() const { return world_; }

 private:
  void resolve(const Step& step, const StepContext& now) {
    if (step.info.touches_everything) return step.barrier->resolve(world_, now, work_);
    watch(step.info, [&] { step.barrier->resolve(world_, now, work_); });
  }
  /// Fates pass from step to step inside a chunk, so all sweeps of a chunk run before the next chunk.
  void sweep(std::span<const Step> sweeps, const StepContext& now) {
    std::vector<Outbox> boxes(work_.chunks.size());
    for (std::size_t c = 0; c < work_.chunks.size(); ++c) {
      boxes[c].start(world_.registry, model_.flows.kinds().size());
      scratch_[0].start(world_, work_.chunks[c], now);
      for (const Step& step : sweeps)
        watch(
            step.info, [&] { step.sweep->sweep(world_, work_.chunks[c], now, scratch_[0], boxes[c]); },
            &work_.chunks[c]);
    }
    for (auto& list : work_.events) list.clear();
    for (Outbox& box : boxes) {
      for (std::size_t e = 0; e < work_.events.size(); ++e)
        work_.events[e].insert(work_.events[e].end(), box.events[e].begin(), box.events[e].end());
      world_.ledger.add_all(box.flows);
    }
  }

  template <class Work>
  void watch(const ProcessInfo& info, Work work, const Chunk* chunk = nullptr) {
    const Bytes before = columns_of(world_);
    work();
    const Bytes after = columns_of(world_);
    auto& names = written_[std::string(info.name)];
    for (const auto& [name, old] : before) {
      const auto& now = after.at(name);
      ASSERT_GE(now.size(), old.size()) << info.name << " removed rows of " << name;
      if (old.empty() || std::memcmp(old.data(), now.data(), old.size()) == 0) continue;
      names.insert(name);
      EXPECT_TRUE(std::ranges::find(info.writes, name) != info.writes.end())
          << info.name << " writes " << name << " without saying so";
      EXPECT_TRUE(chunk == nullptr || stays_inside(*chunk, name, old, now))
          << info.name << " writes " << name << " of other chunks";
    }
  }

  /// Nothing changed outside the rows of the chunk.
  bool stays_inside(const Chunk& chunk, const std::string& name, const std::vector<std::byte>& old,
                    const std::vector<std::byte>& now) const {
    const bool person = name.starts_with("person.");
    const std::size_t width = old.size() / (person ? world_.persons.size() : world_.households.size());
    const std::size_t begin = width * (person ? chunk.first_person : chunk.first_household);
    const std::size_t end = begin + width * (person ? chunk.persons : chunk.households);
    const auto same = [&](std::size_t from, std::size_t to) {
      const auto at = [](const std::vector<std::byte>& bytes, std::size_t i) {
        return bytes.begin() + static_cast<std::ptrdiff_t>(i);
      };
      return std::equal(at(old, from), at(old, to), at(now, from));
    };
    return same(0, begin) && same(end, old.size());
  }

  const Model& model_;
  Executor executor_;
  std::vector<Scratch> scratch_;
  rng::Stream luck_{1, 0};
  World world_;
  MonthWork work_;
  std::map<std::string, std::set<std::string>> written_;
};

TEST(Declarations, name_every_column_that_a_process_of_the_example_city_writes) {
  const test::SmallCity city(18);
  const Executor executor(1);
  const Model model = build_model(city.prepared, executor);
  Watcher watcher(model);
  for (int step = 0; step < 18; ++step) watcher.month(step);
  EXPECT_GT(watcher.world().persons.size(), 1000u);
  EXPECT_EQ(watcher.written().at("income_totals"),
            (std::set<std::string>{"household.disposable_income", "household.equivalised_disposable_income"}));
}

TEST(Declarations, of_steps_are_what_they_write_in_a_year_and_a_half) {
  const test::SmallCity city(18);
  const Executor executor(1);
  const Model model = build_model(city.prepared, executor);
  Watcher watcher(model);
  for (int step = 0; step < 18; ++step) watcher.month(step);
  for (const Step& step : model.schedule.steps()) {
    if (step.info.touches_everything) continue;
    EXPECT_FALSE(step.info.summary.empty()) << step.info.name;
    EXPECT_TRUE(step.info.page.starts_with("methods/")) << step.info.name;
    // What a step that moves people writes into new rows does not show here.
    if (std::ranges::any_of(step.info.touched, [](const Touched& t) { return t.name == "moves of persons"; })) continue;
    const auto written = watcher.written().find(std::string(step.info.name));
    for (const std::string& column : step.info.writes)
      EXPECT_TRUE(written != watcher.written().end() && written->second.contains(column))
          << step.info.name << " never writes " << column;
  }
}

/// Goal: a misspelt name in `after` states an order that nobody keeps.
TEST(Declarations, of_order_name_steps_of_the_month_or_of_the_pilot) {
  const test::SmallCity city(1);
  const Model model = build_model(city.prepared, Executor(1));
  std::set<std::string_view> names{"departure_level", "labour_alignment", "wage_level"};
  for (const Step& step : model.schedule.steps()) names.insert(step.info.name);
  for (const Step& step : model.schedule.steps())
    for (const After& after : step.info.after) {
      EXPECT_TRUE(names.contains(after.step)) << step.info.name << " after " << after.step;
      EXPECT_FALSE(after.why.empty()) << step.info.name << " after " << after.step;
    }
}

}  // namespace
}  // namespace oikos
