#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

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
  EXPECT_EQ(capacity.kept_millionths(states), 5 * Scale::one) << "nobody is in";
  capacity.occupy(states, 4);
  EXPECT_EQ(capacity.kept_millionths(states), 5 * Scale::one);
  capacity.occupy(states, 3);
  EXPECT_EQ(capacity.kept_millionths(states), 7 * Scale::one) << "two more than there are places";
}

/// Person-months that a place of the city serves in a sample, where somebody always waits and stays so long.
double served(double places_in_sample, int stay, int months, std::int64_t* most = nullptr) {
  std::vector<ProviderState> states(1);
  const Capacity capacity({Dated<std::int64_t>(1000)}, {0}, {Scale(places_in_sample / 1000)});
  std::vector<int> ends;
  std::int64_t person_months = 0;
  for (int month = 0; month < months; ++month) {
    capacity.open_month(states, january + month);
    std::erase_if(ends, [&](int end) { return end <= month; });
    capacity.occupy(states, static_cast<std::int64_t>(ends.size()));
    const std::int64_t free = capacity.free(states);
    capacity.occupy(states, free);
    ends.insert(ends.end(), static_cast<std::size_t>(free), month + stay);
    person_months += static_cast<std::int64_t>(ends.size());
    if (most != nullptr) *most = std::max(*most, static_cast<std::int64_t>(ends.size()));
  }
  return static_cast<double>(person_months) / months;
}

TEST(Capacity, of_a_fraction_of_a_place_serves_that_many_persons_on_average) {
  for (const double places : {0.05, 0.6, 0.999, 2.4, 2.0})
    for (const int stay : {1, 2, 10, 37}) {
      std::int64_t most = 0;
      // The stay under way at either end is the most that may be missing or too much.
      EXPECT_NEAR(served(places, stay, 12'000, &most), places, 1.1 * stay / 12'000) << places << " for " << stay;
      EXPECT_EQ(most, static_cast<std::int64_t>(std::ceil(places))) << "never more than one more place";
    }
}

TEST(Capacity, keeps_of_idle_time_one_place_month_at_most) {
  std::vector<ProviderState> states(1);
  const Capacity capacity({Dated<std::int64_t>(6)}, {0}, {Scale(0.1)});
  for (int month = 0; month < 100; ++month) capacity.open_month(states, january + month);
  EXPECT_EQ(states[0].places, 1);
  // Whoever comes now and stays ten months uses 10 place-months. One was kept, and 5.4 are earned in the nine months
  // after the first, whose own 0.6 did not fit: 3.6 are owed.
  int month = 100;
  for (; month < 110; ++month) capacity.open_month(states, january + month), capacity.occupy(states, 1);
  int closed = 0;
  for (; capacity.open_month(states, january + month), states[0].places == 0; ++month) ++closed;
  EXPECT_EQ(closed, 6) << "six months of 0.6 pay what is owed; it opens when something is left";
}

TEST(Capacity, opens_a_provider_of_two_groups_once_a_month) {
  std::vector<ProviderState> states(2);
  const std::vector<Dated<std::int64_t>> places{Dated<std::int64_t>(6), Dated<std::int64_t>(40)};
  const std::vector<Scale> scales(2, Scale(0.1));
  const Capacity both(places, {0, 1}, scales), first(places, {0}, scales);
  both.open_month(states, january);
  EXPECT_EQ(states[0].credit, 600'000);
  first.occupy(states, 1);
  first.open_month(states, january);
  EXPECT_EQ(states[0].credit, 600'000);
  EXPECT_EQ(states[0].occupied, 1);
  EXPECT_EQ(states[1].places, 4);
}

TEST(Capacity, is_paid_for_with_its_fraction_and_with_those_who_stay_after_a_cut) {
  std::vector<ProviderState> states(1);
  const Dated<std::int64_t> cut(std::vector<Dated<std::int64_t>::Change>{{january, 24}, {january + 1, 4}});
  const Capacity capacity({cut}, {0}, {Scale(0.1)});
  capacity.open_month(states, january);
  EXPECT_EQ(capacity.kept_millionths(states), 2'400'000) << "idle";
  capacity.occupy(states, 3);
  EXPECT_EQ(capacity.kept_millionths(states), 2'400'000) << "with the third person, who uses the fraction";
  capacity.open_month(states, january + 1);
  capacity.occupy(states, 3);
  EXPECT_EQ(capacity.kept_millionths(states), 2'400'000) << "two who stay, and the fraction";
  capacity.open_month(states, january + 2);
  EXPECT_EQ(capacity.kept_millionths(states), 400'000);
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
