// "Nothing silent": money is conserved to the grosz, month by month, and an imbalance is found.
#include <gmock/gmock.h>

#include "sim/base/contract.hpp"
#include "sim/scenario/build.hpp"
#include "tests/promises/small_city.hpp"

namespace oikos::testing {

namespace {

/// One grosz too many in the books, in one month.
class StrayGrosz final : public BarrierProcess {
 public:
  StrayGrosz(FlowId flow, int step) : flow_(flow), step_(step) {}
  ProcessInfo info() const override {
    return {.name = "stray_grosz",
            .summary = "writes what nobody received",
            .reads = {},
            .writes = {},
            .draws = {},
            .page = ""};
  }
  void resolve(World& world, const StepContext& now, MonthWork&) const override {
    if (now.step == step_) world.ledger.add(flow_, Money{1});
  }

 private:
  FlowId flow_;
  int step_;
};

}  // namespace

TEST(Books, balance_every_month_of_five_years_and_members_stay_in_their_households) {
  const ResultData result = run_plan("", {"--check", "--months", "60", "--replicates", "1"});
  EXPECT_EQ(result.months, 60);
}

TEST(Books, balance_with_every_kind_of_payment) {
  run_plan(
      "programmes:\n"
      "  everything:\n"
      "    title: Cash and care\n"
      "    domain: poverty\n"
      "    eligible: age >= 18\n"
      "    amount: 0.01 PLN * household_size + 123.45 PLN\n"
      "    cost: 33.33 PLN/person-month\n"
      "    payers: {state: 33.3333 %, region: {2015-01: 33.3333 %, 2016-06: 0 %}, city: rest}\n"
      "payers: {region: {title: Region}}\n",
      {"--check"});
}

TEST(Books, that_are_one_grosz_off_stop_the_run_in_that_month) {
  const Prepared prepared =
      prepare(load_scenario(baseline_path, {{"municipalities/*/population/scale", "1 %"}, {"months", "6"}}));
  const Executor executor(1);
  Model model = build_model(prepared, executor);
  FlowId wages = 0;
  while (model.flows.kinds()[wages].payee != "households") ++wages;
  model.schedule.of(Phase::accounts).after.push_back(std::make_unique<StrayGrosz>(wages, 4));
  Simulation simulation(model, 0, executor, {.persons_per_chunk = 4096, .check_every_month = true});
  for (int month = 0; month < 4; ++month) EXPECT_NO_THROW(simulation.step());
  try {
    simulation.step();
    FAIL() << "nobody saw the grosz";
  } catch (const ContractError& error) {
    EXPECT_THAT(error.what(),
                ::testing::HasSubstr(
                    "households' disposable incomes are what the ledger says they received, less what they paid"));
  }
}

}  // namespace oikos::testing
