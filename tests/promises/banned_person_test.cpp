// "Same luck in every plan": without one person, only the lives that this person touches can change.
#include <gtest/gtest.h>

#include <map>
#include <tuple>

#include "sim/model/demography/declared.hpp"
#include "sim/model/education/declared.hpp"
#include "sim/model/income/declared.hpp"
#include "sim/model/labour/declared.hpp"
#include "sim/scenario/build.hpp"
#include "sim/scenario/modules.hpp"
#include "tests/promises/small_city.hpp"

namespace oikos::testing {

namespace {

/// What a person is and has in a month.
using Life = std::tuple<ShortMonth, Sex, Education, Labour, ShortMonth, std::uint32_t, std::int32_t, std::int32_t,
                        std::int32_t, int>;

std::map<std::uint64_t, Life> lives(const World& world) {
  std::map<std::uint64_t, Life> all;
  const PersonTable& p = world.persons;
  for (Row row = 0; row < p.size(); ++row)
    all[p[person::identity][row]] = {p[person::birth_month][row], p[person::sex][row],
                                     p[person::education][row],   p[person::labour][row],
                                     p[person::state_since][row], p[person::wage_potential][row],
                                     p[person::gross_wage][row],  p[person::pension][row],
                                     p[person::net_income][row],  p[person::children_born][row]};
  return all;
}

/// A model of the city without programmes. The rules are made for `initial`, whoever the run starts with.
Model model_from(const Prepared& p, const std::shared_ptr<const World>& initial, std::shared_ptr<const World> start) {
  const Scenario& s = p.loaded.scenario;
  Model model;
  model.start = s.start;
  model.months = static_cast<int>(s.months);
  model.seed = s.seed;
  model.initial = std::move(start);
  const auto paths = std::make_shared<BaselinePaths>(static_cast<int>(s.months));
  paths->departures.assign(paths->departures.size(), 1e-5);  // some households leave
  model.schedule = make_schedule(p, initial, paths, Rules::without_programmes);
  model.flows = p.flows;
  model.groups = std::make_unique<const Groups>(p.population.districts);
  model.anchor.assign(static_cast<std::size_t>(s.months), 1.0);
  return model;
}

/// Rows of pensioners of 80 and more who live alone: they look for no partner, bear and keep no children.
std::vector<Row> aged_and_alone(const World& world, Month start) {
  std::vector<Row> rows;
  for (std::uint32_t h = 0; h < world.households.size(); ++h) {
    const Row row = world.households[household::first][h];
    if (world.households[household::members][h] == 1 && world.persons.age_years(row, to_short(start)) >= 80 &&
        world.persons[person::labour][row] == Labour::retired)
      rows.push_back(row);
  }
  return rows;
}

}  // namespace

TEST(BannedPerson, leaves_every_other_life_as_it_was) {
  const Prepared p =
      prepare(load_scenario(baseline_path, {{"municipalities/*/population/scale", "5 %"}, {"months", "24"}}));
  const std::shared_ptr<const World> initial = make_world(make_population(p), p.loaded.registry());
  const std::vector<Row> candidates = aged_and_alone(*initial, p.loaded.scenario.start);
  ASSERT_GE(candidates.size(), 3u);

  for (const Row banned : {candidates.front(), candidates[candidates.size() / 2], candidates.back()}) {
    const std::uint64_t identity = initial->persons[person::identity][banned];
    const auto without = std::make_shared<World>(p.loaded.registry());
    without->assign(*initial);
    MembershipBarrier{}.apply(*without, {.leaving = {banned}, .moves = {}, .new_persons = {}},
                              to_short(p.loaded.scenario.start), Executor(1));
    const Model all = model_from(p, initial, initial), fewer = model_from(p, initial, without);
    const Executor executor(2);
    Simulation with_person(all, 0, executor), without_person(fewer, 0, executor);
    EXPECT_TRUE(lives(with_person.world()).contains(identity));
    for (int month = 0; month < all.months; ++month) {
      with_person.step();
      without_person.step();
      auto expected = lives(with_person.world());
      expected.erase(identity);
      ASSERT_EQ(lives(without_person.world()), expected) << "month " << month << " without person " << identity;
    }
  }
}

}  // namespace oikos::testing
