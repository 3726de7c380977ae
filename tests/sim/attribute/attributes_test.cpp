#include <gmock/gmock.h>

#include <cmath>

#include "sim/effect/effects.hpp"
#include "tests/sim/attribute/people.hpp"

namespace oikos {
namespace {

using ::testing::ElementsAre;

constexpr const char* sourced = "  source: s\n  confidence: assumption\n";

/// A two-valued attribute with one move.
std::string with_move(const std::string& move, const std::string& more = "") {
  return "a:\n  of: person\n  values: [low, high]\n" + std::string(sourced) + more +
         "  moves:\n    up: {from: low, to: high, " + move + "}\n";
}

struct Moved {
  std::int64_t hits;
  double share;
};

/// Part of many persons who have moved after so many months.
class Many {
 public:
  explicit Many(const std::string& text, std::uint32_t count = 100'000, int age_months = 360, Sex sex = Sex::female)
      : people(text, Month{2000, 1}, 60) {
    people.open();
    people.add(count, sex, age_months);
    people.begin();
  }
  void run(int months, int threads = 2, std::uint32_t chunk = 4096) {
    test::Bench bench(*people.world, people.start, 1, threads, chunk);
    const AttributeMoves moves(people.attributes, people.parameters);
    for (int k = 0; k < months; ++k) bench.resolve(moves, done + k);
    done += months;
    counts = bench.work.counts;
  }
  double share(const std::string& attribute, std::uint8_t value) const {
    const auto all = people.states(attribute);
    return static_cast<double>(std::ranges::count(all, value)) / static_cast<double>(all.size());
  }
  test::People people;
  std::vector<std::int64_t> counts;
  int done = 0;
};

/// Whether a share of n is one that a chance p gives.
void expect_chance(double share, double p, std::uint32_t n = 100'000) {
  EXPECT_NEAR(share, p, 4 * std::sqrt(p * (1 - p) / n) + 1e-12);
}

TEST(Attributes, move_with_the_chance_that_is_written) {
  for (const auto& [rate, monthly] : std::map<std::string, double>{{"6 %/month", 0.06},
                                                                   {"6 %/year", 1 - std::pow(0.94, 1.0 / 12)},
                                                                   {"0.6/year", 1 - std::exp(-0.05)},
                                                                   {"0.05/month", 1 - std::exp(-0.05)},
                                                                   {"100 %/month", 1},
                                                                   {"0 %/month", 0}}) {
    SCOPED_TRACE(rate);
    Many many(with_move("rate: " + rate));
    many.run(1);
    expect_chance(many.share("a", 1), monthly);
  }
}

TEST(Attributes, count_who_moves) {
  Many many(with_move("rate: 10 %/month"));
  many.run(1);
  const auto moved = static_cast<std::int64_t>(std::llround(many.share("a", 1) * 100'000));
  EXPECT_EQ(many.counts[many.people.world->registry.index(many.people.count("a", "up"))], moved);
}

TEST(Attributes, move_only_those_who_may) {
  Many many(with_move("where: sex == male, rate: 100 %/month"));
  many.people.add(1000, Sex::male, 360);
  many.people.begin();
  many.run(1);
  EXPECT_NEAR(many.share("a", 1), 1000.0 / 101'000, 1e-12);
}

TEST(Attributes, that_compete_share_one_draw) {
  const std::string text = "a:\n  of: person\n  values: [low, high, gone]\n" + std::string(sourced) +
                           "  moves:\n    up: {from: low, to: high, rate: 0.3/month}\n"
                           "    out: {from: [low, high], to: gone, rate: 0.1/month}\n";
  Many many(text);
  many.run(1);
  const double any = 1 - std::exp(-0.4);
  expect_chance(many.share("a", 1), any * 0.75);
  expect_chance(many.share("a", 2), any * 0.25);
}

TEST(Attributes, that_are_certain_go_before_the_others) {
  const std::string text = "a:\n  of: person\n  values: [low, high, gone]\n" + std::string(sourced) +
                           "  moves:\n    up: {from: low, to: high, rate: 100 %/month}\n"
                           "    out: {from: low, to: gone, rate: 0.5/month}\n";
  Many many(text, 10'000);
  many.run(1);
  EXPECT_EQ(many.share("a", 1), 1);
}

TEST(Attributes, may_lead_to_one_of_several_values) {
  const std::string text = "a:\n  of: person\n  values: [low, high, gone]\n" + std::string(sourced) +
                           "  moves:\n    up: {from: low, to: {high: 30 %, gone: rest}, rate: 100 %/month}\n";
  Many many(text);
  many.run(1);
  expect_chance(many.share("a", 1), 0.3);
  expect_chance(many.share("a", 2), 0.7);
}

TEST(Attributes, begin_with_their_shares) {
  const std::string text =
      "a:\n  of: person\n  values: [low, high, gone]\n  initial: {low: 20 %, gone: 50 %, high: rest}\n" +
      std::string(sourced) + "b:\n  of: person\n  type: flag\n  initial: 12 %\n" + std::string(sourced) +
      "c: {of: person, type: flag}\n";
  const Many many(text);
  expect_chance(many.share("a", 0), 0.2);
  expect_chance(many.share("a", 1), 0.3);
  expect_chance(many.share("a", 2), 0.5);
  expect_chance(many.share("b", 1), 0.12);
  EXPECT_EQ(many.share("c", 0), 1);
}

TEST(Attributes, begin_as_a_table_says) {
  test::People people("a:\n  of: person\n  values: [low, high]\n  initial: {table: a.csv}\n" + std::string(sourced));
  people.tables["a.csv"] =
      "a,age_from,value,unit,source,confidence\n"
      "low,0,1,share of persons,s,verified\nhigh,0,0,share of persons,s,verified\n"
      "low,18,60,%,s,verified\nhigh,18,40,%,s,verified\n";
  people.open();
  people.add(50'000, Sex::male, 120);
  people.add(50'000, Sex::male, 400);
  people.begin();
  const auto states = people.states("a");
  EXPECT_EQ(std::ranges::count(std::span(states).first(50'000), 1), 0);
  expect_chance(static_cast<double>(std::ranges::count(std::span(states).last(50'000), 1)) / 50'000, 0.4, 50'000);
}

TEST(Attributes, of_shares_that_do_not_add_up_for_some_are_refused) {
  test::People people("a:\n  of: person\n  values: [low, high]\n  initial: {table: a.csv}\n" + std::string(sourced));
  people.tables["a.csv"] = "a,sex,value\nlow,male,1\nhigh,male,0\nlow,female,0.5\nhigh,female,0.4\n";
  people.open();
  people.add(10, Sex::female, 400);
  EXPECT_THROW(people.begin(), InputError);
}

TEST(Attributes, move_by_age_and_time_in_the_state) {
  const std::string text = with_move("rate: {by: months_in(a), 0 months: 0 %/month, 3 months: 100 %/month}");
  Many many(text, 1000);
  many.run(3);
  EXPECT_EQ(many.share("a", 1), 0);
  many.run(1);
  EXPECT_EQ(many.share("a", 1), 1);
}

/// A factor of 2 on half of the persons: a reference rate is everybody's who has no factor; a mean is kept.
TEST(Attributes, have_factors_on_a_reference_or_on_a_mean) {
  const std::string factors = ", factors: {men: {times: 2, where: sex == male, source: s, confidence: assumption}}";
  for (const auto& [kind, women, men] : {std::tuple{"reference", 0.02, 0.04}, {"mean", 0.02 / 1.5, 0.04 / 1.5}}) {
    SCOPED_TRACE(kind);
    test::People people(with_move("rate: 0.02/month, rate_is: " + std::string(kind) + factors));
    people.open();
    people.add(100'000, Sex::female, 360);
    people.add(100'000, Sex::male, 360);
    people.begin();
    auto attributes = std::make_shared<std::vector<Attribute>>(*people.attributes);
    const auto means = mean_factors(*attributes, {}, people.start, *people.world);
    if (kind == std::string("mean")) {
      EXPECT_NEAR(means.at("a.up"), 1.5, 1e-9);
      attributes->front().moves.front().divisor = means.at("a.up");
    } else {
      EXPECT_TRUE(means.empty());
    }
    test::Bench bench(*people.world, people.start, 1, 2, 4096);
    bench.resolve(AttributeMoves(attributes, people.parameters));
    const auto states = people.states("a");
    const auto share = [&](auto part) { return static_cast<double>(std::ranges::count(part, 1)) / 100'000; };
    expect_chance(share(std::span(states).first(100'000)), 1 - std::exp(-women));
    expect_chance(share(std::span(states).last(100'000)), 1 - std::exp(-men));
  }
}

TEST(Attributes, have_their_product_of_factors_bounded) {
  const std::string factor = "{times: 5, source: s, confidence: assumption}";
  Many many(with_move("rate: 0.01/month, rate_is: reference, cap: 8, factors: {x: " + factor + ", y: " + factor + "}"));
  many.run(1);
  expect_chance(many.share("a", 1), 1 - std::exp(-0.08));
}

TEST(Attributes, are_targets_of_effects) {
  Many many(with_move("rate: 0.01/month"));
  const TargetSpec& target = *many.people.world->registry.find_target("a.up");
  for (Row row = 0; row < 50'000; ++row) many.people.world->change(row, target, {.times = 20.0F});
  many.run(1);
  const auto states = many.people.states("a");
  const auto share = [&](auto part) { return static_cast<double>(std::ranges::count(part, 1)) / 50'000; };
  expect_chance(share(std::span(states).first(50'000)), 1 - std::exp(-0.2), 50'000);
  expect_chance(share(std::span(states).last(50'000)), 1 - std::exp(-0.01), 50'000);
}

TEST(Attributes, read_the_picture_before_the_first_move) {
  const std::string flag = "  of: person\n  type: flag\n" + std::string(sourced) + "  moves:\n";
  const std::string text = "a:\n" + flag + "    set: {sets: yes, where: not a, rate: 100 %/month}\n" + "b:\n" + flag +
                           "    set: {sets: yes, where: a, rate: 100 %/month}\n";
  Many many(text, 100);
  many.run(1);
  EXPECT_EQ(many.share("a", 1), 1);
  EXPECT_EQ(many.share("b", 1), 0) << "a moved in this month";
  many.run(1);
  EXPECT_EQ(many.share("b", 1), 1);
}

TEST(Attributes, know_when_a_move_last_happened) {
  const std::string text = with_move("rate: {by: age_months, 0 months: 0 %/month, 361 months: 100 %/month}") +
                           "b:\n  of: person\n  type: flag\n" + sourced +
                           "  moves:\n    set: {sets: yes, where: since(a.up) >= 2 months and since(a.up) < 100 years, "
                           "rate: 100 %/month}\n";
  Many many(text, 100);  // 360 months old
  many.run(2);
  EXPECT_EQ(many.share("a", 1), 1);
  many.run(2);
  EXPECT_EQ(many.share("b", 1), 0);
  many.run(1);
  EXPECT_EQ(many.share("b", 1), 1);
}

std::string three_attributes(bool reversed) {
  const std::string a = with_move(
      "rate: 0.1/month, rate_is: reference, factors: {x: {times: 1.1, source: s, confidence: "
      "assumption}, y: {times: 1.3, source: s, confidence: assumption}}");
  const std::string b = "b:\n  of: person\n  values: [low, high, gone]\n  initial: {low: 20 %, high: rest}\n" +
                        std::string(sourced) +
                        "  moves:\n    up: {from: low, to: high, rate: 0.3/month}\n"
                        "    out: {from: [high, low], to: gone, rate: 0.1/month}\n";
  const std::string b_reversed =
      "b:\n  moves:\n    out: {from: [low, high], to: gone, rate: 0.1/month}\n"
      "    up: {rate: 0.3/month, to: high, from: low}\n  initial: {high: rest, low: 20 %}\n"
      "  values: [low, high, gone]\n  of: person\n" +
      std::string(sourced);
  const std::string c = "c:\n  of: household\n  type: flag\n  initial: 30 %\n" + std::string(sourced) +
                        "  moves:\n    set: {sets: yes, where: not c and a == high, rate: 0.2/month}\n";
  return reversed ? c + b_reversed + a : a + b + c;
}

TEST(Attributes, do_not_depend_on_the_order_of_the_text) {
  Many one(three_attributes(false), 5'000), other(three_attributes(true), 5'000);
  one.run(5);
  other.run(5);
  for (const char* name : {"a", "b", "c"}) EXPECT_EQ(one.people.states(name), other.people.states(name)) << name;
}

TEST(Attributes, do_not_depend_on_threads_or_chunks) {
  std::vector<std::vector<std::uint8_t>> first;
  for (const auto& [threads, chunk] : {std::pair{1, 4096u}, {3, 64u}, {2, 1u}, {1, 1'000'000u}}) {
    Many many(three_attributes(false), 3'000);
    many.run(4, threads, chunk);
    std::vector<std::vector<std::uint8_t>> states;
    for (const char* name : {"a", "b", "c"}) states.push_back(many.people.states(name));
    if (first.empty()) first = states;
    EXPECT_EQ(states, first) << threads << " " << chunk;
  }
}

TEST(Attributes, of_households_read_the_reference_person) {
  test::People people("a:\n  of: household\n  type: flag\n" + std::string(sourced) +
                      "  moves:\n    set: {sets: yes, where: sex == male, rate: 100 %/month}\n");
  people.open();
  people.add(3, Sex::female, 400);
  people.add(2, Sex::male, 400);
  people.begin();
  test::Bench bench(*people.world, people.start);
  bench.resolve(AttributeMoves(people.attributes, people.parameters));
  EXPECT_THAT(people.states("a"), ElementsAre(0, 0, 0, 1, 1));
}

/// A couple with a child, and a woman alone; the first of the couple and the woman alone are `high`.
struct Effects {
  explicit Effects(const std::string& effects, const std::string& of = "person") {
    const std::string text = "a:\n  of: " + of + "\n  values: [low, high]\n" + std::string(sourced) + "  effects: {" +
                             effects + "}\nb:\n  of: household\n  values: [none, late]\n" + std::string(sourced) +
                             "  moves: {falls: {from: none, to: late, rate: 1 %/month}}\n";
    people = std::make_unique<test::People>(text, Month{2000, 1}, 60);
    people->open();
    people->add(4, Sex::female, 400);
    // The first three live together.
    World& world = *people->world;
    world.households[household::members][0] = 3;
    for (std::uint32_t h = 1; h < 4; ++h) world.households[household::members][h] = h == 3 ? 1 : 0;
    for (Row row = 0; row < 3; ++row) world.persons[person::household][row] = 0;
    for (Row row = 0; row < 4; ++row) world.persons[person::partner][row] = no_row;
    world.persons[person::partner][0] = 1;
    world.persons[person::partner][1] = 0;
    people->begin();
    StateTable& table = of == "person" ? static_cast<StateTable&>(world.persons) : world.households;
    auto& states = static_cast<Column<std::uint8_t>&>(table.column(people->declarations->find("a")->state));
    states[0] = 1;
    if (of == "person") states[3] = 1;
    chunks = {{0, 1, 0, 3}, {3, 1, 3, 1}};
  }
  /// Factors of the four persons on a target, in the month of `step`.
  std::vector<float> factors(const std::string& target, int step = 0) {
    World& world = *people->world;
    test::Bench bench(world, people->start);
    bench.work.chunks = chunks;
    std::vector<GivenEffect> given;
    for (const Attribute& one : *people->attributes)
      for (const Effect& effect : one.effects)
        given.push_back({.effect = effect, .giver = Giver::attribute, .of_households = one.declared->of_household});
    bench.resolve(oikos::Effects(std::move(given), people->parameters), step);
    std::vector<float> all;
    for (Row row = 0; row < 4; ++row) all.push_back(world.change_of(row, *world.registry.find_target(target)).times);
    return all;
  }
  std::unique_ptr<test::People> people;
  std::vector<Chunk> chunks;
};

const std::string twice_if_high = ": {times: 2, where: a == high, source: s, confidence: assumption}";

TEST(AttributeEffects, change_the_chances_of_who_is_in_the_state) {
  EXPECT_THAT(Effects("job_loss" + twice_if_high).factors("job_loss"), ElementsAre(2, 1, 1, 2));
  EXPECT_THAT(
      Effects("job_loss: {times: {by: a, low: 1, high: 3}, source: s, confidence: assumption}").factors("job_loss"),
      ElementsAre(3, 1, 1, 3));
}

TEST(AttributeEffects, reach_partners_and_members) {
  EXPECT_THAT(Effects("partner.job_loss" + twice_if_high).factors("job_loss"), ElementsAre(1, 2, 1, 1));
  EXPECT_THAT(Effects("members.job_loss" + twice_if_high).factors("job_loss"), ElementsAre(2, 2, 2, 2));
}

TEST(AttributeEffects, reach_each_once_however_many_give) {
  const std::string everybody = "members.job_loss: {times: 2, where: age >= 0, source: s, confidence: assumption}";
  EXPECT_THAT(Effects(everybody).factors("job_loss"), ElementsAre(2, 2, 2, 2))
      << "three give it in the first household";
}

TEST(AttributeEffects, on_a_couple_act_once_whoever_gives_them) {
  // The woman and her partner, whose identity is the larger, and who are both women here: the first speaks for them.
  const std::string everybody = ": {times: 2, where: age >= 0, source: s, confidence: assumption}";
  for (const char* path : {"", "partner.", "both.", "members."})
    EXPECT_THAT(Effects(path + ("parting" + everybody)).factors("parting"), ElementsAre(2, 1, 1, 1)) << path;
}

TEST(AttributeEffects, keep_finite_what_has_no_bound) {
  const std::string huge =
      "job_loss: [{times: 1000000 * 1000000 * 1000000 * 1000000 * 1000000 * age_months / 1 month, where: a == high, "
      "source: s, confidence: assumption}, {times: 0, where: age >= 0, source: s, confidence: assumption}]";
  EXPECT_THAT(Effects(huge).factors("job_loss"), ElementsAre(0, 0, 0, 0));
}

TEST(AttributeEffects, reach_kin_wherever_they_live) {
  Effects family("parents.job_loss" + twice_if_high);
  // The third person's mother is the fourth, who lives alone; the first's daughter is the second.
  auto& mother = family.people->world->persons[person::mother];
  for (Row row = 0; row < 4; ++row) mother[row] = no_row, family.people->world->persons[person::father][row] = no_row;
  mother[0] = 3;
  family.people->world->forget_children();
  EXPECT_THAT(family.factors("job_loss"), ElementsAre(1, 1, 1, 2));
  Effects down("children.job_loss" + twice_if_high);
  auto& of = down.people->world->persons[person::mother];
  for (Row row = 0; row < 4; ++row) of[row] = no_row, down.people->world->persons[person::father][row] = no_row;
  of[1] = 3, of[2] = 3;
  down.people->world->forget_children();
  EXPECT_THAT(down.factors("job_loss"), ElementsAre(1, 2, 2, 1));
  Effects beside("siblings.job_loss" + twice_if_high);
  auto& theirs = beside.people->world->persons[person::mother];
  for (Row row = 0; row < 4; ++row) theirs[row] = no_row, beside.people->world->persons[person::father][row] = no_row;
  theirs[0] = theirs[2] = 1;
  beside.people->world->forget_children();
  EXPECT_THAT(beside.factors("job_loss"), ElementsAre(1, 1, 2, 1));
}

TEST(AttributeEffects, on_a_household_are_its_reference_persons) {
  EXPECT_THAT(Effects("b.falls" + twice_if_high).factors("b.falls"), ElementsAre(2, 1, 1, 2));
  EXPECT_THAT(Effects("partner.b.falls" + twice_if_high).factors("b.falls"), ElementsAre(2, 1, 1, 1))
      << "the same home";
}

TEST(AttributeEffects, of_a_household_reach_its_members) {
  EXPECT_THAT(Effects("members.job_loss" + twice_if_high, "household").factors("job_loss"), ElementsAre(2, 2, 2, 1));
}

TEST(AttributeEffects, multiply) {
  const std::string list =
      "job_loss: [{times: 2, where: a == high, source: s, confidence: assumption}, {times: 3, where: "
      "age >= 0, source: s, confidence: assumption}]";
  EXPECT_THAT(Effects(list).factors("job_loss"), ElementsAre(6, 3, 3, 6));
}

TEST(AttributeEffects, act_from_their_first_month_to_their_last) {
  const std::string text =
      "job_loss: {times: 2, where: a == high, from: 2000-03, until: 2000-04, source: s, confidence: assumption}";
  EXPECT_THAT(Effects(text).factors("job_loss", 1), ElementsAre(1, 1, 1, 1)) << "in February";
  EXPECT_THAT(Effects(text).factors("job_loss", 2), ElementsAre(2, 1, 1, 2));
  EXPECT_THAT(Effects(text).factors("job_loss", 3), ElementsAre(2, 1, 1, 2));
  EXPECT_THAT(Effects(text).factors("job_loss", 4), ElementsAre(1, 1, 1, 1)) << "in May";
}

}  // namespace
}  // namespace oikos
