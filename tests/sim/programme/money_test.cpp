#include <gtest/gtest.h>

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
  EXPECT_EQ(town.tiny.world.households.programme_cash[0], 7508);        // 7507.5, halves away from zero
  EXPECT_EQ(town.tiny.world.households.programme_cash[1], 2 * 12'513);  // 12512.5 each
  EXPECT_EQ(town.counts().spent, 7508 + 2 * 12'513);
  EXPECT_EQ(town.tiny.world.ledger.amount(1), Money{7508 + 2 * 12'513});
}

TEST(Cash, is_never_negative) {
  Town town;
  town.tiny.add("F30");
  Programme p = town.programme("help", "age >= 18");
  p.amount = town.expression("-5 PLN * (age / 1 year)");
  town.open({p});
  town.month();
  EXPECT_EQ(town.tiny.world.households.programme_cash[0], 0);
  EXPECT_EQ(town.counts().spent, 0);
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
    for (std::uint32_t h = 0; h < 200; ++h) households += town.tiny.world.households.programme_cash[h];
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
  std::vector<std::int64_t> spent, unserved;
  for (int month = 0; month < 5; ++month) {
    town.month();
    spent.push_back(town.counts().spent);
    unserved.push_back(town.counts().unserved);
  }
  EXPECT_EQ(spent, (std::vector<std::int64_t>{40'000, 20'000, 0, 40'000, 20'000}));
  EXPECT_EQ(unserved, (std::vector<std::int64_t>{0, 2, 4, 0, 2}));
}

/// Goal: the poorest first. Method: three households with incomes of 200, 100 and 0 PLN, whom the table holds richest
/// first, and money for two.
TEST(Budget, by_priority_pays_the_poorest_first_whoever_came_first) {
  for (const auto ration : {BudgetSpec::Ration::first_come, BudgetSpec::Ration::priority}) {
    Town town;
    for (const std::int32_t income : {20'000, 10'000, 0}) {
      town.tiny.add("F30");
      town.tiny.world.households.market_income[town.tiny.world.households.size() - 1] = income;
    }
    Programme p = town.programme("help", "age >= 18");
    p.amount = town.expression("100 PLN");
    p.priority = town.expression("0 PLN - household_income");
    p.budget = a_year(20'000);
    p.budget->ration = ration;
    town.open({p});
    town.month();
    const auto& cash = town.tiny.world.households.programme_cash;
    const std::vector<std::int64_t> paid{cash[0], cash[1], cash[2]};
    if (ration == BudgetSpec::Ration::priority) EXPECT_EQ(paid, (std::vector<std::int64_t>{0, 10'000, 10'000}));
    else EXPECT_EQ(paid, (std::vector<std::int64_t>{10'000, 10'000, 0}));
    EXPECT_EQ(town.counts().unserved, 1);
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
