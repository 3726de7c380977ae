#include "sim/engine/schedule.hpp"

#include <gtest/gtest.h>

namespace oikos {
namespace {

struct Walk final : SweepProcess {
  ProcessInfo info() const override {
    return {.name = "walk",
            .summary = "walks about",
            .reads = {"person.sex", "person.labour"},
            .writes = {"person.education"},
            .draws = {"labour.0"},
            .page = "methods/walk.md"};
  }
  void sweep(World&, const Chunk&, const StepContext&, Scratch&, Outbox&) const override {}
};

struct Meet final : BarrierProcess {
  explicit Meet(std::string_view called) : name(called) {}
  ProcessInfo info() const override {
    return {.name = name, .summary = "meets others", .reads = {}, .writes = {}, .draws = {}, .page = "methods/meet.md"};
  }
  void resolve(World&, const StepContext&, MonthWork&) const override {}
  std::string_view name;
};

TEST(Explain, tells_the_phases_and_processes_in_the_order_of_the_month) {
  Schedule schedule;
  schedule.of(Phase::demography).sweeps.push_back(std::make_unique<Walk>());
  schedule.of(Phase::demography).after.push_back(std::make_unique<Meet>("dance"));
  schedule.of(Phase::livelihood).before.push_back(std::make_unique<Meet>("rehearsal"));
  EXPECT_EQ(explain(schedule),
            "1 demography\n"
            "  walk (sweep): walks about\n"
            "      reads   person.sex, person.labour\n"
            "      writes  person.education\n"
            "      draws   labour.0\n"
            "      page    docs/methods/walk.md\n"
            "  dance (barrier): meets others\n"
            "      page    docs/methods/meet.md\n"
            "  membership (barrier): moves, adds and removes rows, so that households stay together\n"
            "2 livelihood\n"
            "  rehearsal (barrier): meets others\n"
            "      page    docs/methods/meet.md\n"
            "3 services\n"
            "4 accounts\n"
            "5 record\n"
            "  recorder: counts the month\n");
}

}  // namespace
}  // namespace oikos
