#include "sim/scenario/build.hpp"

#include <gmock/gmock.h>

#include "sim/model/demography/declared.hpp"
#include "sim/model/income/declared.hpp"
#include "sim/model/labour/declared.hpp"
#include "sim/world/membership.hpp"
#include "tests/sim/scenario/loading.hpp"

namespace oikos::testing {

namespace {

Prepared small(const Settings& more = {}) {
  Settings set{{"municipalities/*/population/scale", "2 %"}, {"months", "6"}};
  set.insert(set.end(), more.begin(), more.end());
  return prepare(load_scenario(baseline_path, set));
}

}  // namespace

TEST(MakeWorld, takes_every_person_over_as_synthesised) {
  const Prepared p = small();
  const auto people = make_population(p);
  const auto world = make_world(people, p.loaded.registry());
  EXPECT_NO_THROW(check_membership(*world));
  ASSERT_EQ(world->persons.size(), people.persons.size());
  ASSERT_EQ(world->households.size(), people.households.size());
  for (Row row = 0; row < world->persons.size(); ++row) {
    EXPECT_EQ(to_month(world->persons[person::birth_month][row]), people.persons[row].birth_month);
    EXPECT_EQ(world->persons[person::household][row], people.persons[row].household);
    EXPECT_EQ(world->persons[person::partner][row], people.persons[row].partner);
    EXPECT_EQ(world->persons[person::pension][row], people.persons[row].pension.minor());
    EXPECT_EQ(to_short(people.start) - world->persons[person::state_since][row], people.persons[row].months_in_state);
  }
}

TEST(MakePopulation, is_the_same_for_plans_and_another_for_another_seed) {
  const auto births = [](const Prepared& p) {
    std::vector<Month> months;
    for (const auto& person : make_population(p).persons) months.push_back(person.birth_month);
    return months;
  };
  const auto baseline = births(small());
  EXPECT_EQ(births(small({{"providers/integration_centre/places", "1"}, {"replicates", "9"}})), baseline);
  EXPECT_NE(births(small({{"seed", "1"}})), baseline);
}

TEST(BuildModel, holds_the_states_of_programmes_and_providers) {
  const Executor executor(1);
  const Model model = build_model(small(), executor);
  EXPECT_EQ(model.initial->programmes.size(), 2u);
  EXPECT_EQ(model.initial->providers.size(), 1u);
  EXPECT_EQ(model.anchor.size(), 6u);
  EXPECT_EQ(model.anchor.front(), 1.0);
}

TEST(BuildModel, tells_how_far_it_is) {
  const Executor executor(1);
  std::vector<std::string> tasks;
  double last = 0;
  build_model(small(), executor, [&](std::string_view what, double done) {
    if (tasks.empty() || tasks.back() != what) tasks.emplace_back(what);
    last = done;
  });
  EXPECT_THAT(tasks, ::testing::ElementsAre("synthesising population", "finding the baseline's paths"));
  EXPECT_EQ(last, 1.0);
}

}  // namespace oikos::testing
