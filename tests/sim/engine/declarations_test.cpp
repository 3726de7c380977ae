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

/// Runs the months of a schedule one process at a time and compares all columns before and after each.
class Watcher final {
 public:
  explicit Watcher(const Model& model) : model_(model), executor_(1), scratch_(1) {
    world_.assign(*model.initial);
    world_.ledger = Ledger(model.flows.kinds().size());
  }

  void month(int step) {
    const Month month = model_.start + step;
    const StepContext now{month, to_short(month), step, luck_};
    for (ProgrammeState& programme : world_.programmes) programme.month = {};
    for (const Phase phase : {Phase::demography, Phase::livelihood, Phase::services, Phase::accounts}) run(phase, now);
  }
  /// Columns that a process changed at least once, by process.
  const std::map<std::string, std::set<std::string>>& written() const { return written_; }
  const World& world() const { return world_; }

 private:
  void run(Phase phase, const StepContext& now) {
    const PhasePlan& plan = model_.schedule.of(phase);
    cut_chunks(world_, 100, chunks_);
    MonthWork work{.executor = executor_,
                   .chunks = chunks_,
                   .scratch = scratch_,
                   .events = {},
                   .counts = {},
                   .desk = {},
                   .marks = {}};
    for (const auto& process : plan.before) watch(process->info(), [&] { process->resolve(world_, now, work); });
    std::vector<Outbox> boxes(chunks_.size());
    for (auto& box : boxes) box.clear(model_.flows.kinds().size());
    // Fates pass from process to process inside a chunk, so all sweeps of a chunk run before the next chunk.
    for (std::size_t c = 0; c < chunks_.size(); ++c) {
      scratch_[0].start(world_, chunks_[c], now);
      for (const auto& process : plan.sweeps)
        watch(
            process->info(), [&] { process->sweep(world_, chunks_[c], now, scratch_[0], boxes[c]); }, &chunks_[c]);
    }
    for (Outbox& box : boxes)
      for (std::size_t e = 0; e < event_kinds; ++e)
        work.events[e].insert(work.events[e].end(), box.events[e].begin(), box.events[e].end());
    work.desk.start(world_);
    for (const auto& process : plan.after) watch(process->info(), [&] { process->resolve(world_, now, work); });
    barrier_.apply(world_, work.desk.changes(), now.now, work.executor);
    check_membership(world_);
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
  std::vector<Chunk> chunks_;
  MembershipBarrier barrier_;
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

TEST(Declarations, name_columns_that_exist) {
  const test::SmallCity city(1);
  const Executor executor(1);
  const Model model = build_model(city.prepared, executor);
  const Bytes columns = columns_of(*model.initial);
  const auto check = [&](const ProcessInfo& info) {
    for (const auto* list : {&info.reads, &info.writes})
      for (const std::string_view name : *list) {
        const bool in_words = name.find(' ') != std::string_view::npos;  // "all columns of the new rows"
        EXPECT_TRUE(in_words || columns.contains(std::string(name))) << info.name << " names " << name;
      }
    EXPECT_FALSE(info.summary.empty()) << info.name;
    EXPECT_TRUE(info.page.starts_with("methods/")) << info.name;
  };
  for (const PhasePlan& plan : model.schedule.phases) {
    for (const auto& process : plan.before) check(process->info());
    for (const auto& process : plan.sweeps) check(process->info());
    for (const auto& process : plan.after) check(process->info());
  }
}

}  // namespace
}  // namespace oikos
