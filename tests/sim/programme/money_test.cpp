#include <gtest/gtest.h>

#include "sim/base/figure_error.hpp"
#include "tests/sim/programme/town.hpp"

namespace oikos {
namespace {

using test::Town;

Dated<units::MoneyRate> rate(std::int64_t minor, const char* per) {
  return Dated<units::MoneyRate>(units::MoneyRate{Money{minor}, per});
}

BudgetSpec a_year(std::int64_t minor) { return {.amount = Dated<Money>(Money{minor})}; }

TEST(Cost, of_person_months_follows_the_enrolled_and_of_place_months_the_places) {
  for (const bool by_place : {false, true}) {
    Town town;
    for (int i = 0; i < 3; ++i) town.tiny.add("F30");
    Programme p = town.programme("course", "age >= 18");
    p.capacity = town.places(10);
    p.cost = rate(180'050, by_place ? "place-month" : "person-month");
    town.open({p});
    town.month();
    const Money expected{180'050 * (by_place ? 10 : 3)};
    EXPECT_EQ(town.counts().spent, expected.minor());
    EXPECT_EQ(town.tiny.world.ledger.amount(0), expected);
    EXPECT_EQ(town.tiny.world.ledger.amount(1), Money{}) << "nothing in cash";
  }
}

TEST(Cost, is_nothing_while_the_programme_is_closed) {
  Town town;
  Programme p = town.programme("course", "age >= 18");
  p.capacity = town.places(10);
  p.cost = rate(100, "place-month");
  p.until = Month{2020, 1};
  town.open({p});
  town.month();
  EXPECT_EQ(town.counts().spent, 1000);
  town.month();
  EXPECT_EQ(town.counts().spent, 0);
}

TEST(Cash, is_the_amount_of_each_enrolled_person_to_the_nearest_grosz) {
  Town town;
  town.tiny.add("F30 f5");
  town.tiny.add("F50*M50");
  Programme p = town.programme("help", "age >= 18");
  p.amount = town.expression("10.01 PLN * (age / 4 years)");
  town.open({p});
  town.month();
  EXPECT_EQ(town.tiny.world.households[household::programme_cash][0], 7508);        // 7507.5, halves away from zero
  EXPECT_EQ(town.tiny.world.households[household::programme_cash][1], 2 * 12'513);  // 12512.5 each
  EXPECT_EQ(town.counts().spent, 7508 + 2 * 12'513);
  EXPECT_EQ(town.tiny.world.ledger.amount(1), Money{7508 + 2 * 12'513});
}

/// What a programme's money fails with.
FigureError::Cause failure_of(Town& town) {
  try {
    town.month();
  } catch (const FigureError& error) {
    return error.cause();
  }
  ADD_FAILURE() << "the month went through";
  return {};
}

TEST(Cash, that_would_be_negative_ends_the_run_naming_the_programme) {
  Town town;
  town.tiny.add("F30");
  Programme p = town.programme("help", "age >= 18");
  p.amount = town.expression("-5.01 PLN * (age / 1 year)");
  town.open({p});
  const FigureError::Cause cause = failure_of(town);
  EXPECT_EQ(cause.path, "programmes/help/amount");
  EXPECT_EQ(cause.what, "programme 'help' would pay a negative amount");
  EXPECT_EQ(cause.expected, "0 or more for everybody enrolled");
  EXPECT_EQ(cause.got, "-150.30 PLN");
  EXPECT_EQ(cause.hint, "write max(0 PLN, ...)");
}

TEST(Cash, may_be_nothing_and_what_rounds_to_it) {
  Town town;
  town.tiny.add("F30");
  Programme p = town.programme("help", "age >= 18");
  p.amount = town.expression("-0.01 PLN * (age / 61 years)");
  town.open({p});
  town.month();
  EXPECT_EQ(town.tiny.world.households[household::programme_cash][0], 0);
  EXPECT_EQ(town.counts().spent, 0);
}

TEST(Cash, above_ten_million_is_paid_in_full) {
  Town town;
  for (int i = 0; i < 3; ++i) town.tiny.add("F30*M31");
  Programme p = town.programme("help", "age >= 18");
  p.amount = town.expression("25000000 PLN");
  town.open({p});
  town.month();
  for (std::uint32_t h = 0; h < 3; ++h)
    EXPECT_EQ(town.tiny.world.households[household::programme_cash][h], 5'000'000'000);
  EXPECT_EQ(town.counts().spent, 15'000'000'000);
}

TEST(Cash, of_a_household_beyond_what_it_can_hold_ends_the_run) {
  for (const std::size_t programmes : {1, 2}) {
    Town town;
    town.tiny.add("F30");
    std::vector<Programme> all;
    for (std::size_t k = 0; k < programmes; ++k) {
      all.push_back(town.programme("help_" + std::to_string(k), "age >= 18"));
      all.back().amount = town.expression(programmes == 1 ? "703687441776.64 PLN" : "400000000000 PLN");
    }
    town.open(all);
    const FigureError::Cause cause = failure_of(town);
    EXPECT_EQ(cause.path, programmes == 1 ? "programmes/help_0/amount" : "programmes/help_1/amount");
    EXPECT_EQ(cause.expected, "less than 703687441776.64 PLN a month from all programmes");
  }
}

TEST(Cost, beyond_what_can_be_held_ends_the_run_naming_the_programme) {
  Town town;
  for (int i = 0; i < 3; ++i) town.tiny.add("F30");
  Programme p = town.programme("course", "age >= 18");
  p.cost = rate(4'000'000'000'000'000'000, "person-month");
  town.open({p});
  const FigureError::Cause cause = failure_of(town);
  EXPECT_EQ(cause.path, "programmes/course/cost");
  EXPECT_EQ(cause.what, "programme 'course' costs more than can be held");
  EXPECT_EQ(cause.expected, "a cost of at most 92233720368547758.07 PLN a month in all");
  EXPECT_EQ(cause.got, "40000000000000000.00 PLN/person-month for 3");
}

TEST(Cost, of_two_programmes_with_one_payer_is_never_more_than_a_flow_holds) {
  Town town;
  town.tiny.add("F30");
  std::vector<Programme> all;
  for (int k = 0; k < 2; ++k) {
    all.push_back(town.programme("course", "age >= 18"));  // one flow for both
    all.back().cost = rate(6'000'000'000'000'000'000, "person-month");
  }
  town.open(all);
  EXPECT_EQ(failure_of(town).path, "programmes/course/cost") << "which the flow is full of";
}

TEST(Cost, of_places_goes_on_for_those_who_stay_when_places_are_cut) {
  Town town;
  for (int i = 0; i < 8; ++i) town.tiny.add("F30");
  Programme p = town.programme("course", "age >= 18");
  const Dated<std::int64_t> cut(
      std::vector<Dated<std::int64_t>::Change>{{Month{2020, 1}, 10}, {Month{2020, 2}, 3}, {Month{2020, 3}, 0}});
  town.tiny.world.providers.push_back({});
  town.capacities.push_back(
      std::make_shared<const Capacity>(std::vector<Dated<std::int64_t>>{cut}, std::vector<std::size_t>{0}));
  p.capacity = town.capacities.back();
  p.cost = rate(100, "place-month");
  p.duration = units::MonthRange{3, 3};
  town.open({p});
  std::vector<std::int64_t> spent;
  for (int month = 0; month < 4; ++month) {
    town.month();
    spent.push_back(town.counts().spent);
  }
  EXPECT_EQ(spent, (std::vector<std::int64_t>{1000, 800, 800, 0})) << "ten places, then the eight who are in";
}

TEST(Duration, longer_than_calendars_last_never_ends) {
  Town town;
  town.tiny.add("F30");
  Programme p = town.programme("course", "age >= 18");
  p.duration = units::MonthRange{1'000'000, 1'000'000};
  town.open({p});
  for (int month = 0; month < 3; ++month) town.month();
  EXPECT_EQ(town.enrolled().size(), 1u);
  EXPECT_EQ(town.counts().entries, 0);
}

TEST(Cash, equals_the_ledger_and_the_households_every_month) {
  Town town;
  for (int i = 0; i < 200; ++i) town.tiny.add(i % 3 == 0 ? "F30*M33 f5" : "F55");
  Programme one = town.programme("one", "age >= 18"), two = town.programme("two", "age >= 50");
  one.applies = threshold(0.2);
  one.amount = town.expression("1.37 PLN * (age / 1 year)");
  one.duration = units::MonthRange{1, 5};
  one.funding = {town.payer("one", "eu", 850'000), town.payer("one", "city", {})};
  two.applies = threshold(0.3);
  two.amount = town.expression("33.33 PLN");
  two.unit = Unit::household;
  town.open({one, two});
  for (int month = 0; month < 12; ++month) {
    town.month();
    std::int64_t households = 0;
    for (std::uint32_t h = 0; h < 200; ++h) households += town.tiny.world.households[household::programme_cash][h];
    Money ledger;
    for (const Money amount : town.tiny.world.ledger.amounts()) ledger += amount;
    ASSERT_EQ(households, ledger.minor());
    ASSERT_EQ(households, town.counts(0).spent + town.counts(1).spent);
    ASSERT_GT(households, 0);
  }
}

TEST(Budget, ends_cash_for_the_year_and_is_full_again_in_january) {
  Town town(Month{2020, 10});
  for (int i = 0; i < 4; ++i) town.tiny.add("F30");
  Programme p = town.programme("help", "age >= 18");
  p.amount = town.expression("100 PLN");
  p.budget = a_year(65'000);
  town.open({p});
  std::vector<std::int64_t> spent, unpaid;
  for (int month = 0; month < 5; ++month) {
    town.month();
    spent.push_back(town.counts().spent);
    unpaid.push_back(town.counts().unpaid);
  }
  EXPECT_EQ(spent, (std::vector<std::int64_t>{40'000, 20'000, 0, 40'000, 20'000}));
  EXPECT_EQ(unpaid, (std::vector<std::int64_t>{0, 2, 4, 0, 2}));
}

/// Goal: the poorest first. Method: three households with incomes of 200, 100 and 0 PLN, whom the table holds richest
/// first, and money for two.
TEST(Budget, by_priority_pays_the_poorest_first_whoever_came_first) {
  for (const auto ration : {BudgetSpec::Ration::first_come, BudgetSpec::Ration::priority}) {
    Town town;
    for (const std::int32_t income : {20'000, 10'000, 0}) {
      town.tiny.add("F30");
      town.tiny.world.households[household::market_income][town.tiny.world.households.size() - 1] = income;
    }
    Programme p = town.programme("help", "age >= 18");
    p.amount = town.expression("100 PLN");
    p.priority = town.expression("0 PLN - household_income");
    p.budget = a_year(20'000);
    p.budget->ration = ration;
    town.open({p});
    town.month();
    const auto& cash = town.tiny.world.households[household::programme_cash];
    const std::vector<std::int64_t> paid{cash[0], cash[1], cash[2]};
    if (ration == BudgetSpec::Ration::priority) EXPECT_EQ(paid, (std::vector<std::int64_t>{0, 10'000, 10'000}));
    else EXPECT_EQ(paid, (std::vector<std::int64_t>{10'000, 10'000, 0}));
    EXPECT_EQ(town.counts().unpaid, 1);
  }
}

TEST(Budget, spread_over_the_year_gives_a_twelfth_a_month_and_what_was_left_over) {
  Town town(Month{2020, 1});
  for (int i = 0; i < 3; ++i) town.tiny.add("F30");
  Programme p = town.programme("help", "age >= 18");
  p.amount = town.expression("100 PLN");
  p.budget = a_year(12 * 25'000);
  p.budget->spread = true;
  town.open({p});
  std::vector<std::int64_t> spent;
  for (int month = 0; month < 13; ++month) {
    town.month();
    spent.push_back(town.counts().spent);
  }
  // 250 PLN a month for payments of 100: 2, then 2 or 3 as the halves add up; in January nothing is left over.
  EXPECT_EQ(spent, (std::vector<std::int64_t>{20'000, 30'000, 20'000, 30'000, 20'000, 30'000, 20'000, 30'000, 20'000,
                                              30'000, 20'000, 30'000, 20'000}));
}

TEST(Budget, spread_counts_from_the_first_month_of_run_and_programme) {
  Town town(Month{2020, 10});
  for (int i = 0; i < 4; ++i) town.tiny.add("F30");
  Programme p = town.programme("help", "age >= 18");
  p.amount = town.expression("100 PLN");
  p.budget = a_year(120'000);
  p.budget->spread = true;
  p.from = Month{2020, 11};
  town.open({p});
  std::vector<std::int64_t> spent;
  for (int month = 0; month < 4; ++month) {
    town.month();
    spent.push_back(town.counts().spent);
  }
  EXPECT_EQ(spent, (std::vector<std::int64_t>{0, 10'000, 10'000, 10'000}));
}

TEST(Budget, follows_its_dates) {
  Town town(Month{2020, 10});
  for (int i = 0; i < 4; ++i) town.tiny.add("F30");
  Programme p = town.programme("help", "age >= 18");
  p.amount = town.expression("100 PLN");
  p.budget = BudgetSpec{.amount = Dated<Money>(std::vector<Dated<Money>::Change>{{Month{2020, 1}, Money{50'000}},
                                                                                 {Month{2020, 12}, Money{70'000}}})};
  town.open({p});
  std::vector<std::int64_t> spent;
  for (int month = 0; month < 3; ++month) {
    town.month();
    spent.push_back(town.counts().spent);
  }
  EXPECT_EQ(spent, (std::vector<std::int64_t>{40'000, 10'000, 20'000}));
}

}  // namespace
}  // namespace oikos
