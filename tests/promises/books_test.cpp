// "Nothing silent": money is conserved to the grosz, month by month, and an imbalance is found.
#include <gmock/gmock.h>

#include "sim/base/contract.hpp"
#include "sim/scenario/build.hpp"
#include "tests/promises/small_city.hpp"

namespace oikos::testing {

namespace {

/// An amount too many in the books, in one month.
class StrayMoney final : public BarrierProcess {
 public:
  StrayMoney(FlowId flow, int step, Money amount) : flow_(flow), step_(step), amount_(amount) {}
  ProcessInfo info() const override {
    return {.name = "stray_money",
            .summary = "writes what nobody received",
            .stage = Stage::services,
            .after = {{"programmes", "it spoils what they leave"}},
            .page = ""};
  }
  void resolve(World& world, const StepContext& now, MonthWork&) const override {
    if (now.step == step_) world.ledger.add(flow_, amount_);
  }

 private:
  FlowId flow_;
  int step_;
  Money amount_;
};

/// Six months of a hundredth of the city; in the fifth, wages are off by an amount.
struct CityWithStrayMoney {
  explicit CityWithStrayMoney(Money amount)
      : prepared(
            prepare(load_scenario(baseline_path, {{"municipalities/*/population/scale", "1 %"}, {"months", "6"}}))),
        model(build_model(prepared, executor)) {
    FlowId wages = 0;
    while (model.flows.kinds()[wages].payee != "households") ++wages;
    model.schedule.add(std::make_unique<StrayMoney>(wages, 4, amount));
    model.schedule.arrange();
  }
  Prepared prepared;
  Executor executor{1};
  Model model;
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

TEST(Books, that_are_one_grosz_off_stop_any_run_in_that_month) {
  CityWithStrayMoney city(Money{1});
  Simulation simulation(city.model, 0, city.executor);
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

TEST(Books, that_cannot_be_held_are_the_users_mistake_and_name_the_flow_and_the_month) {
  CityWithStrayMoney city(largest_money);
  Simulation simulation(city.model, 0, city.executor);
  for (int month = 0; month < 4; ++month) EXPECT_NO_THROW(simulation.step());
  try {
    simulation.step();
    FAIL() << "a sum wrapped around";
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(),
                 "error: what employers pay households (wages) is more than can be held in 2015-05\n"
                 "  expected: flows below 90 million billion of the currency a month\n");
  }
}

}  // namespace oikos::testing
