#include <gmock/gmock.h>

#include <map>

#include "sim/model/income/declared.hpp"
#include "sim/scenario/build.hpp"
#include "tests/sim/scenario/loading.hpp"

namespace oikos::testing {

namespace {

const Settings small{{"municipalities/*/population/scale", "2 %"}, {"months", "18"}};

std::string attribute(const std::string& name, const std::string& rate = "0.02/month") {
  return "  " + name + ": {of: person, values: [no_one, some], initial: {no_one: 80 %, some: rest}, source: s, " +
         "confidence: assumption, moves: {up: {from: no_one, to: some, where: age >= 15, rate: " + rate +
         "}, down: {from: some, to: no_one, rate: {by: months_in(" + name +
         "), 0 months: 0/month, 6 months: 0.1/month}}}}\n";
}

/// A run of a scenario, and the states of an attribute by identity.
struct Trial {
  Trial(const std::string& path, int months, int threads = 2, const Settings& set = small)
      : executor(threads),
        prepared(prepare(load_scenario(path, set))),
        model(build_model(prepared, executor)),
        simulation(model, 0, executor, {.persons_per_chunk = 500, .check_every_month = true}) {
    for (int k = 0; k < months; ++k) last = simulation.step();
  }
  std::map<std::uint64_t, int> states(const std::string& name) const {
    std::map<std::uint64_t, int> all;
    const World& world = simulation.world();
    const DeclaredAttribute& of = *prepared.loaded.declarations->find(name);
    const StateTable& table = of.of_household ? static_cast<const StateTable&>(world.households)
                                              : static_cast<const StateTable&>(world.persons);
    const auto& identities = of.of_household ? world.households[household::identity] : world.persons[person::identity];
    for (Row row = 0; row < table.size(); ++row)
      all[identities[row]] = static_cast<int>(*table.column(of.state).value(row));
    return all;
  }
  std::int64_t count(const std::string& name) const {
    const auto counts = prepared.loaded.registry().counts();
    for (std::size_t k = 0; k < counts.size(); ++k)
      if (counts[k]->name == name) return last.counts[k];
    throw std::runtime_error("no such count");
  }
  Executor executor;
  Prepared prepared;
  Model model;
  Simulation simulation;
  MonthRecord last;
};

std::string baseline_with(const City& city, const std::string& attributes) {
  return city.plan("base.yaml", read(baseline_path) + "attributes:\n" + attributes);
}

}  // namespace

TEST(ScenarioAttributes, of_a_plan_move_nobody_else) {
  const City city;
  const Trial base(baseline_with(city, attribute("m") + attribute("z")), 18);
  const Trial plan(
      city.plan("plan.yaml", "extends: base.yaml\nname: plan\nattributes:\n" + attribute("a") + attribute("n")), 18);
  EXPECT_EQ(base.states("m"), plan.states("m"));
  EXPECT_EQ(base.states("z"), plan.states("z"));
  EXPECT_EQ(base.last.counts[0], plan.last.counts[0]);
  const Trial deeper(city.plan("deeper.yaml", "extends: plan.yaml\nname: deeper\nattributes:\n" + attribute("b")), 18);
  EXPECT_EQ(plan.states("n"), deeper.states("n")) << "a plan of a plan moves nothing of that either";
}

TEST(ScenarioAttributes, that_a_plan_takes_away_move_nobody_else) {
  const City city;
  const Trial base(baseline_with(city, attribute("m") + attribute("z")), 18);
  const Trial plan(city.plan("plan.yaml", "extends: base.yaml\nname: plan\nattributes: {m: ~}\n"), 18);
  EXPECT_EQ(base.states("z"), plan.states("z"));
}

TEST(ScenarioAttributes, change_nothing_that_does_not_read_them) {
  const City city;
  const Trial with(baseline_with(city, attribute("m")), 18), without(baseline_path, 18);
  EXPECT_EQ(with.last.households, without.last.households);
  EXPECT_EQ(with.last.wage_sum, without.last.wage_sum);
  EXPECT_EQ(with.last.groups[0].poor, without.last.groups[0].poor);
}

TEST(ScenarioAttributes, do_not_depend_on_threads) {
  const City city;
  const std::string path = baseline_with(city, attribute("m"));
  EXPECT_EQ(Trial(path, 12, 1).states("m"), Trial(path, 12, 3).states("m"));
}

TEST(ScenarioAttributes, begin_with_newborns_at_their_value) {
  const City city;
  const std::string path = baseline_with(
      city,
      "  m: {of: person, values: [grown, born], initial: grown, at_birth: born, source: s, confidence: assumption}\n");
  const Trial run(path, 18);
  const World& world = run.simulation.world();
  const auto states = run.states("m");
  int born = 0;
  for (Row row = 0; row < world.persons.size(); ++row) {
    const bool newborn = world.persons[person::birth_month][row] >= to_short(Month{2015, 1}) &&
                         world.persons[person::identity][row] >> 62 == 1;  // born in the run
    EXPECT_EQ(states.at(world.persons[person::identity][row]), newborn ? 1 : 0);
    born += newborn ? 1 : 0;
  }
  EXPECT_GT(born, 5);
}

TEST(ScenarioAttributes, of_those_who_arrive_are_their_donors) {
  const City city;
  const std::string path = baseline_with(
      city, "  m: {of: person, values: [grown, born], initial: born, source: s, confidence: assumption}\n");
  const Trial run(path, 18);
  const auto states = run.states("m");
  int arrived = 0;
  for (const auto& [identity, state] : states)
    if (identity >> 62 == 2) {
      EXPECT_EQ(state, 1);
      ++arrived;
    }
  EXPECT_GT(arrived, 5);
}

TEST(ScenarioAttributes, of_households_are_copied_to_whom_they_part_from_if_asked) {
  const City city;
  const auto path_of = [&](const std::string& split) {
    return baseline_with(city,
                         "  m: {of: household, values: [none, late], initial: late, source: s, confidence: "
                         "assumption, when_split: " +
                             split + "}\n");
  };
  const auto none_of = [&](const std::string& split) {
    const auto states = Trial(path_of(split), 18).states("m");
    return std::ranges::count_if(states, [](const auto& one) { return one.second == 0; });
  };
  EXPECT_EQ(none_of("copy"), 0);
  EXPECT_GT(none_of("initial"), 5) << "who founds a household begins anew";
}

TEST(ScenarioAttributes, are_effects_and_conditions_of_programmes) {
  const City city;
  const std::string programmes =
      "programmes:\n"
      "  help: {domain: addiction, eligible: m == some, stays_while: m == some, take_up: {applies: {rate: 100 "
      "%/month}},\n"
      "    cost: 1 PLN/person-month, effects: {m.down: {times: 50, while: enrolled, source: s, confidence: "
      "assumption}}}\n";
  const std::string path = baseline_with(city, attribute("m"));
  const Trial without(path, 18), with(city.plan("plan.yaml", "extends: base.yaml\nname: plan\n" + programmes), 18);
  const auto some = [](const Trial& run) {
    const auto states = run.states("m");
    return std::ranges::count_if(states, [](const auto& one) { return one.second == 1; });
  };
  EXPECT_LT(some(with) * 2, some(without));
  EXPECT_GT(with.count("move_m_down"), 0);
}

/// A rate that is a mean is divided by the baseline's factors, whatever a plan does to them.
TEST(ScenarioAttributes, keep_the_divisor_of_the_baseline) {
  const City city;
  const auto text = [](const std::string& times) {
    return "  m: {of: person, type: flag, source: s, confidence: assumption, moves: {up: {sets: yes, where: not m, "
           "rate: "
           "1 %/year, rate_is: mean, factors: {men: {times: " +
           times + ", where: sex == male, source: s, confidence: assumption}}}}}\n";
  };
  baseline_with(city, text("3"));
  const Trial plan(city.plan("plan.yaml",
                             "extends: base.yaml\nname: plan\nattributes: {m: {moves: {up: {factors: {men: "
                             "{times: 1}}}}}}\n"),
                   1);
  const double divisor = plan.model.attributes->front().moves.front().divisor;
  EXPECT_NEAR(divisor, 2.0, 0.1) << "half of the persons are men";
}

/// Incomes are known only once the first month has been computed.
TEST(ScenarioAttributes, are_divided_by_factors_that_read_incomes) {
  const City city;
  const Trial trial(
      baseline_with(city,
                    "  m: {of: person, type: flag, source: s, confidence: assumption, moves: {up: {sets: "
                    "yes, where: not m, rate: 1 %/month, rate_is: mean, factors: {poor: {times: 3, where: "
                    "income_per_person < 1000 PLN, source: s, confidence: assumption}}}}}\n"),
      1);
  const World& world = trial.simulation.world();
  double poor = 0;
  for (Row row = 0; row < world.persons.size(); ++row) {
    const std::uint32_t home = world.persons[person::household][row];
    poor += static_cast<double>(world.households[household::disposable_income][home]) /
                        world.households[household::members][home] <
                    100'000
                ? 1
                : 0;
  }
  const double share = poor / world.persons.size();
  EXPECT_GT(share, 0.1);
  EXPECT_NEAR(trial.model.attributes->front().moves.front().divisor, 1 + 2 * share, 0.05);
}

TEST(ScenarioAttributes, change_the_chances_of_native_rules) {
  const City city;
  const auto text = [](const std::string& times) {
    return "  m: {of: person, values: [no_one, some], initial: some, source: s, confidence: assumption, effects: "
           "{job_loss: "
           "{times: " +
           times + ", where: m == some, source: s, confidence: assumption}}}\n";
  };
  baseline_with(city, text("1"));
  const Trial none(city.plan("none.yaml", "extends: base.yaml\nname: none\n"), 12),
      twice(city.plan("twice.yaml",
                      "extends: base.yaml\nname: twice\nattributes: {m: {effects: {job_loss: {times: 3}}}}\n"),
            12);
  EXPECT_GT(twice.count("jobs_lost"), none.count("jobs_lost"));
  EXPECT_LT(twice.last.groups[0].employed, none.last.groups[0].employed);
  const Trial without(city.plan("free.yaml", "extends: base.yaml\nname: free\nattributes: {m: ~}\n"), 12);
  EXPECT_EQ(none.last.wage_sum, without.last.wage_sum) << "a factor of 1 does nothing";
}

}  // namespace oikos::testing
