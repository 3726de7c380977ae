#include "sim/engine/schedule.hpp"

#include <gmock/gmock.h>

#include "sim/base/contract.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A step that does nothing.
template <class Base>
struct Idle final : Base {
  explicit Idle(ProcessInfo what) : said(std::move(what)) {}
  ProcessInfo info() const override { return said; }
  void sweep(World&, const Chunk&, const StepContext&, Scratch&, Outbox&) const {}
  void resolve(World&, const StepContext&, MonthWork&) const {}
  ProcessInfo said;
};
using Sweeping = Idle<SweepProcess>;
using Meeting = Idle<BarrierProcess>;

ProcessInfo step(std::string_view name, std::vector<After> after = {}, Stage stage = Stage::decisions) {
  return {.name = name, .summary = "walks about", .stage = stage, .after = std::move(after), .page = "methods/walk.md"};
}

ProcessInfo touching(ProcessInfo info, const ColumnSpec& column, bool writes) {
  info.touch(writes ? info.writes : info.reads, column, writes);
  return info;
}

std::vector<std::string_view> order_of(const Schedule& schedule) {
  std::vector<std::string_view> names;
  for (const Step& one : schedule.steps()) names.push_back(one.info.name);
  return names;
}

std::string broken_promise(Schedule& schedule) {
  try {
    schedule.arrange();
  } catch (const ContractError& error) {
    return error.what();
  }
  return "none";
}

TEST(Schedule, is_in_the_order_of_stages_and_of_what_steps_say_whatever_the_order_of_adding) {
  const std::vector<ProcessInfo> all{step("work", {}, Stage::livelihood), step("die"), step("bear", {{"die", "why"}}),
                                     step("part", {{"bear", "why"}})};
  std::vector<std::size_t> places{0, 1, 2, 3};
  do {
    Schedule schedule;
    for (const std::size_t at : places) schedule.add(std::make_unique<Sweeping>(all[at]));
    schedule.arrange();
    EXPECT_THAT(order_of(schedule), ElementsAre("die", "bear", "part", "work"));
  } while (std::ranges::next_permutation(places).found);
}

TEST(Schedule, keeps_sweeps_together_where_the_order_is_open) {
  Schedule schedule;
  schedule.add(std::make_unique<Sweeping>(step("a_sweep", {{"z_barrier", "why"}})));
  schedule.add(std::make_unique<Meeting>(step("m_barrier")));
  schedule.add(std::make_unique<Sweeping>(step("b_sweep")));
  schedule.add(std::make_unique<Meeting>(step("z_barrier")));
  schedule.arrange();
  EXPECT_THAT(order_of(schedule), ElementsAre("m_barrier", "z_barrier", "a_sweep", "b_sweep"));
}

TEST(Schedule, refuses_two_steps_that_touch_a_column_without_saying_which_comes_first) {
  for (const bool second_writes : {true, false}) {
    Schedule schedule;
    schedule.add(std::make_unique<Sweeping>(touching(step("one"), person::labour, true)));
    schedule.add(std::make_unique<Sweeping>(touching(step("two"), person::labour, second_writes)));
    EXPECT_THAT(broken_promise(schedule),
                HasSubstr("steps one and two say which of them comes first, as both touch person.labour"));
  }
  Schedule readers;
  readers.add(std::make_unique<Sweeping>(touching(step("one"), person::labour, false)));
  readers.add(std::make_unique<Sweeping>(touching(step("two"), person::labour, false)));
  readers.add(std::make_unique<Sweeping>(touching(step("later", {}, Stage::livelihood), person::labour, true)));
  EXPECT_EQ(broken_promise(readers), "none");
}

TEST(Schedule, takes_an_order_that_is_said_by_way_of_others) {
  Schedule schedule;
  schedule.add(std::make_unique<Sweeping>(touching(step("one"), person::labour, true)));
  schedule.add(std::make_unique<Sweeping>(step("between", {{"one", "why"}})));
  schedule.add(std::make_unique<Sweeping>(touching(step("two", {{"between", "why"}}), person::labour, true)));
  schedule.arrange();
  EXPECT_THAT(order_of(schedule), ElementsAre("one", "between", "two"));
}

TEST(Schedule, refuses_circles_and_names_that_stand_twice) {
  Schedule circle;
  circle.add(std::make_unique<Sweeping>(step("one", {{"two", "why"}})));
  circle.add(std::make_unique<Sweeping>(step("two", {{"one", "why"}})));
  EXPECT_THAT(broken_promise(circle), HasSubstr("no step comes after itself: one"));
  Schedule twice;
  twice.add(std::make_unique<Sweeping>(step("one")));
  EXPECT_THROW(twice.add(std::make_unique<Meeting>(step("one"))), ContractError);
}

TEST(Explain, tells_the_steps_in_the_order_of_the_month) {
  Schedule schedule;
  ProcessInfo walk = touching(touching(step("walk"), person::sex, false), person::labour, true);
  walk.draws = {"pace"};
  schedule.add(std::make_unique<Sweeping>(walk));
  schedule.add(std::make_unique<Meeting>(
      step("dance", {{"walk", "they walk there"}, {"rest", "which nobody does"}}, Stage::decisions)));
  schedule.add(std::make_unique<RecordProcess>());
  schedule.arrange();
  EXPECT_EQ(explain(schedule),
            "decisions\n"
            "  1 walk (sweep): walks about\n"
            "      reads   person.sex\n"
            "      writes  person.labour\n"
            "      draws   pace\n"
            "      page    docs/methods/walk.md\n"
            "  2 dance (barrier): walks about\n"
            "      after   walk: they walk there\n"
            "      page    docs/methods/walk.md\n"
            "record\n"
            "  3 recorder (record): counts the month\n"
            "      page    docs/methods/indicators.md\n");
}

}  // namespace
}  // namespace oikos
