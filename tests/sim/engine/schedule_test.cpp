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

constexpr EventSpec moved_out{"moved_out"};

ProcessInfo telling(ProcessInfo info) {
  info.touch(info.reports, moved_out, true);
  return info;
}
ProcessInfo acting(ProcessInfo info) {
  info.touch(info.heeds, moved_out, false);
  return info;
}
ProcessInfo moving_rows() {
  ProcessInfo info = step("membership", {}, Stage::membership);
  info.touches_everything = true;
  return info;
}

TEST(Schedule, lets_act_on_an_event_only_who_comes_after_it_is_told_and_before_rows_move) {
  Schedule good;
  good.add(std::make_unique<Sweeping>(telling(step("tell"))));
  good.add(std::make_unique<Meeting>(acting(step("act", {}, Stage::meetings))));
  good.add(std::make_unique<Meeting>(moving_rows()));
  EXPECT_EQ(broken_promise(good), "none");

  Schedule too_late;
  too_late.add(std::make_unique<Sweeping>(telling(step("tell"))));
  too_late.add(std::make_unique<Meeting>(moving_rows()));
  too_late.add(std::make_unique<Meeting>(acting(step("act", {}, Stage::livelihood))));
  EXPECT_THAT(broken_promise(too_late), HasSubstr("an event is told before somebody acts on it"));

  Schedule nobody_tells;
  nobody_tells.add(std::make_unique<Meeting>(acting(step("act", {}, Stage::meetings))));
  EXPECT_THAT(broken_promise(nobody_tells), HasSubstr("event moved_out of act"));

  Schedule two_tell;
  two_tell.add(std::make_unique<Sweeping>(telling(step("tell"))));
  two_tell.add(std::make_unique<Sweeping>(telling(step("tell_too", {{"tell", "why"}}))));
  EXPECT_THAT(broken_promise(two_tell), HasSubstr("one step tells an event: event moved_out of tell_too"));
}

TEST(Schedule, lets_a_column_that_is_renewed_be_read_where_it_is_written) {
  const auto wages = [](ProcessInfo info, bool writes) {
    return touching(std::move(info), person::gross_wage, writes);
  };
  Schedule good;  // before rows move, last month's is read
  good.add(std::make_unique<Sweeping>(wages(step("decide"), false)));
  good.add(std::make_unique<Meeting>(moving_rows()));
  good.add(std::make_unique<Sweeping>(wages(step("pay", {}, Stage::livelihood), true)));
  good.add(std::make_unique<Sweeping>(wages(step("tax", {{"pay", "why"}}, Stage::livelihood), false)));
  EXPECT_EQ(broken_promise(good), "none");

  Schedule early;
  early.add(std::make_unique<Meeting>(moving_rows()));
  early.add(std::make_unique<Sweeping>(wages(step("tax", {}, Stage::livelihood), false)));
  early.add(std::make_unique<Sweeping>(wages(step("pay", {{"tax", "why"}}, Stage::livelihood), true)));
  EXPECT_THAT(broken_promise(early), HasSubstr("a column is written before it is read: person.gross_wage of tax"));

  Schedule unwritten;
  unwritten.add(std::make_unique<Sweeping>(wages(step("decide"), false)));
  unwritten.add(std::make_unique<Meeting>(moving_rows()));
  EXPECT_THAT(broken_promise(unwritten), HasSubstr("person.gross_wage of decide"));
}

TEST(Schedule, keeps_fates_in_one_run_of_sweeps_and_moves_before_rows_move) {
  const auto deciding = [](ProcessInfo info) {
    info.decides = true;
    return info;
  };
  Schedule parted;
  parted.add(std::make_unique<Sweeping>(deciding(step("die"))));
  parted.add(std::make_unique<Meeting>(step("bury", {{"die", "why"}})));
  parted.add(std::make_unique<Sweeping>(deciding(step("bear", {{"bury", "why"}}))));
  EXPECT_THAT(broken_promise(parted), HasSubstr("fates are decided in sweeps that follow on each other: bear"));

  ProcessInfo late = step("adopt", {}, Stage::livelihood);
  late.moves = true;
  Schedule after;
  after.add(std::make_unique<Meeting>(late));
  EXPECT_THAT(broken_promise(after), HasSubstr("persons move before the membership step: adopt"));
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
