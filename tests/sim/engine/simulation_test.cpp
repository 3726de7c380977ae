#include "sim/engine/simulation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "sim/base/contract.hpp"
#include "sim/model/demography/declared.hpp"
#include "sim/scenario/modules.hpp"
#include "tests/sim/engine/city.hpp"

namespace oikos {
namespace {

/// Fifteen months of the small city, from which the tests take what they need. Built once: it takes most of the time.
const Model& small_city() {
  static const test::SmallCity city(15);
  static const Model model = build_model(city.prepared, Executor(1));
  return model;
}

std::vector<std::byte> bytes_of(const World& world) {
  std::vector<std::byte> all;
  for (const Table* table : {static_cast<const Table*>(&world.persons), static_cast<const Table*>(&world.households)})
    for (const ColumnBase* column : table->columns())
      all.insert(all.end(), column->bytes().begin(), column->bytes().end());
  return all;
}

TEST(Simulation, gives_the_same_bytes_for_any_number_of_threads_and_any_size_of_chunks) {
  std::vector<std::vector<std::byte>> ends;
  for (const auto& [threads, chunk] : {std::pair{1, 4096u}, {3, 100u}, {2, 17u}}) {
    const Executor executor(threads);
    Simulation simulation(small_city(), 0, executor, {.persons_per_chunk = chunk, .check_every_month = false});
    for (int month = 0; month < 15; ++month) simulation.step();
    ends.push_back(bytes_of(simulation.world()));
  }
  EXPECT_TRUE(ends[0] == ends[1]);
  EXPECT_TRUE(ends[0] == ends[2]);
}

TEST(Simulation, keeps_membership_and_books_every_month) {
  const Executor executor(2);
  Simulation simulation(small_city(), 1, executor, {.persons_per_chunk = 200, .check_every_month = true});
  for (int month = 0; month < 15; ++month) EXPECT_NO_THROW(simulation.step());
  EXPECT_EQ(simulation.steps_done(), 15);
}

TEST(Simulation, counts_no_month_when_the_first_was_not_counted) {
  const Executor executor(1);
  Simulation simulation(small_city(), 0, executor);
  simulation.advance();
  EXPECT_THROW(simulation.step(), ContractError);
}

TEST(Simulation, goes_the_same_way_when_nobody_counts) {
  const Executor executor(1);
  Simulation counted(small_city(), 0, executor), uncounted(small_city(), 0, executor);
  for (int month = 0; month < 15; ++month) counted.step(), uncounted.advance();
  EXPECT_TRUE(bytes_of(counted.world()) == bytes_of(uncounted.world()));
  EXPECT_EQ(uncounted.steps_done(), 15);
}

TEST(Simulation, of_people_and_work_alone_takes_everybody_the_way_they_go_with_money_and_without_programmes) {
  const test::SmallCity city(15);
  const auto run = [&](Rules rules) {
    Model model = build_model(city.prepared, Executor(1));
    model.schedule = make_schedule(city.prepared, model.initial, model.paths, rules);
    const Executor executor(1);
    Simulation simulation(model, 0, executor);
    while (simulation.steps_done() < model.months) simulation.advance();
    std::vector<std::byte> bytes;
    for (const ColumnBase* column : simulation.world().persons.columns())
      if (!column->info().renewed && column->info().name != "pension")
        bytes.insert(bytes.end(), column->bytes().begin(), column->bytes().end());
    return bytes;
  };
  EXPECT_TRUE(run(Rules::people_and_work) == run(Rules::without_programmes));
}

TEST(Simulation, counts_every_person_who_comes_or_goes) {
  const Executor executor(1);
  Simulation simulation(small_city(), 2, executor);
  std::int64_t before = simulation.world().persons.size();
  for (int month = 0; month < 15; ++month) {
    const MonthRecord record = simulation.step();
    const auto n = [&](const CountSpec& what) { return record.counts[declared().index(what)]; };
    before += n(count::births) + n(count::arrivals) - n(count::deaths) - n(count::departures);
    ASSERT_EQ(record.groups[0].persons, before);
    ASSERT_EQ(record.households, simulation.world().households.size());
  }
}

TEST(Simulation, differs_between_replicates_and_leaves_the_initial_population_alone) {
  const Executor executor(1);
  const auto initial = bytes_of(*small_city().initial);
  Simulation one(small_city(), 0, executor), two(small_city(), 1, executor);
  for (int month = 0; month < 3; ++month) one.step(), two.step();
  EXPECT_FALSE(bytes_of(one.world()) == bytes_of(two.world()));
  EXPECT_TRUE(bytes_of(*small_city().initial) == initial);
}

TEST(Simulation, ends_with_the_months_of_its_model) {
  Model model;
  model.start = Month{2020, 1};
  model.months = 1;
  model.initial = std::make_shared<const World>(declared());
  model.groups = std::make_unique<const Groups>(std::vector<std::string>{"north"});
  model.anchor = {1.0};
  model.schedule.add(std::make_unique<RecordProcess>());
  const Executor executor(1);
  Simulation simulation(model, 0, executor);
  EXPECT_EQ(simulation.step().groups[0].persons, 0) << "a city without people has quiet months";
  EXPECT_THROW(simulation.step(), ContractError);
}

}  // namespace
}  // namespace oikos
