#include <gtest/gtest.h>

#include "sim/provider/provider.hpp"

namespace oikos {
namespace {

const Month january{2020, 1};

/// Three providers: 3 places, 2 then 5 places from July, 4 places of another kind.
Capacity of_two() {
  const Dated<std::int64_t> growing(std::vector<Dated<std::int64_t>::Change>{{Month{2019, 1}, 2}, {Month{2020, 7}, 5}});
  return Capacity({Dated<std::int64_t>(3), growing, Dated<std::int64_t>(4)}, {0, 1});
}

TEST(Capacity, opens_a_month_with_the_places_in_force_and_nobody_in) {
  std::vector<ProviderState> states(3);
  states[0] = {99, 99};
  states[2] = {4, 1};
  of_two().open_month(states, january);
  EXPECT_EQ(states[0].places, 3);
  EXPECT_EQ(states[0].occupied, 0);
  EXPECT_EQ(states[1].places, 2);
  EXPECT_EQ(states[2].occupied, 1) << "of another kind: left alone";
  of_two().open_month(states, Month{2020, 7});
  EXPECT_EQ(states[1].places, 5);
  of_two().open_month(states, Month{2018, 12});
  EXPECT_EQ(states[1].places, 0) << "before the first date there are none";
}

TEST(Capacity, fills_the_first_provider_first) {
  std::vector<ProviderState> states(3);
  const Capacity capacity = of_two();
  capacity.open_month(states, january);
  EXPECT_EQ(capacity.free(states), 5);
  capacity.occupy(states, 2);
  capacity.occupy(states, 2);
  EXPECT_EQ(states[0].occupied, 3);
  EXPECT_EQ(states[1].occupied, 1);
  EXPECT_EQ(capacity.free(states), 1);
}

TEST(Capacity, keeps_those_who_are_in_when_places_are_cut_and_has_none_free) {
  std::vector<ProviderState> states(3);
  const Capacity capacity = of_two();
  capacity.open_month(states, january);
  capacity.occupy(states, 9);
  EXPECT_EQ(states[0].occupied, 3);
  EXPECT_EQ(states[1].occupied, 6);
  EXPECT_EQ(capacity.free(states), 0);
}

TEST(Capacity, pays_for_places_taken_or_not_and_for_those_who_stay_after_a_cut) {
  std::vector<ProviderState> states(3);
  const Capacity capacity = of_two();
  capacity.open_month(states, january);
  EXPECT_EQ(capacity.kept(states), 5) << "nobody is in";
  capacity.occupy(states, 4);
  EXPECT_EQ(capacity.kept(states), 5);
  capacity.occupy(states, 3);
  EXPECT_EQ(capacity.kept(states), 7) << "two more than there are places";
}

TEST(ProviderRecord, reads_dated_places) {
  Diagnostics diagnostics;
  const Node tree = parse_yaml(make_source("plan.yaml",
                                           "kind: training\nmunicipality: town\nplaces: {2015-01: 40, 2018-01: 80}\n"
                                           "queue: {gives_up: 0.36/year}\n"),
                               diagnostics);
  const auto provider = provider_record().parse(tree, diagnostics);
  diagnostics.throw_if_any();
  ASSERT_TRUE(provider.has_value());
  EXPECT_EQ(provider->kind.value, "training");
  EXPECT_EQ(provider->municipality.value, "town");
  EXPECT_FALSE(provider->district.at.known());
  EXPECT_EQ(provider->queue.gives_up.value, (Chance{0.36, ChanceUnit::hazard_per_year}));
  EXPECT_EQ(provider->places.at(Month{2017, 12}), 40);
  EXPECT_EQ(provider->places.at(Month{2018, 1}), 80);
}

}  // namespace
}  // namespace oikos
