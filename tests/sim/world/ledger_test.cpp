#include "sim/world/ledger.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "sim/base/contract.hpp"

namespace oikos {
namespace {

TEST(FlowBook, numbers_flows_in_the_order_declared_and_the_same_flow_once) {
  FlowBook book;
  EXPECT_EQ(book.declare({"state", "households", "benefit"}), 0);
  EXPECT_EQ(book.declare({"households", "state", "tax"}), 1);
  EXPECT_EQ(book.declare({"state", "households", "benefit"}), 0);
  EXPECT_EQ(book.declare({"state", "households", "another benefit"}), 2);
  EXPECT_EQ(book.kinds().size(), 3u);
}

TEST(FlowBook, refuses_a_flow_from_a_sector_to_itself) {
  FlowBook book;
  EXPECT_THROW(book.declare({"state", "state", "nothing"}), ContractError);
}

TEST(Ledger, adds_amounts_and_forgets_them_at_the_start_of_a_month) {
  Ledger ledger(2);
  ledger.add(0, Money{150});
  ledger.add(0, Money{-50});
  ledger.add_all(std::vector<Money>{Money{1}, Money{20}});
  EXPECT_EQ(ledger.amount(0), Money{101});
  EXPECT_EQ(ledger.amount(1), Money{20});
  ledger.start_month();
  EXPECT_THAT(ledger.amounts(), testing::ElementsAre(Money{}, Money{}));
}

TEST(Ledger, takes_one_sum_for_each_flow_only) {
  Ledger ledger(2);
  EXPECT_THROW(ledger.add_all(std::vector<Money>{Money{1}}), ContractError);
}

TEST(Ledger, says_which_flow_is_more_than_can_be_held_and_keeps_what_it_had) {
  Ledger ledger(2);
  ledger.add(1, largest_money);
  try {
    ledger.add_all(std::vector<Money>{Money{7}, Money{1}});
    FAIL() << "an amount wrapped around";
  } catch (const FlowOverflow& overflow) {
    EXPECT_EQ(overflow.flow(), 1);
  }
  EXPECT_EQ(ledger.amount(1), largest_money);
}

TEST(Balances, of_a_hand_worked_month) {
  FlowBook book;
  const FlowId wages = book.declare({"employers", "households", "wages"});
  const FlowId tax = book.declare({"households", "state", "tax"});
  const FlowId benefit = book.declare({"state", "households", "benefit"});
  Ledger ledger(3);
  ledger.add(wages, Money{1000});
  ledger.add(tax, Money{180});
  ledger.add(benefit, Money{50});
  const auto all = balances(book, ledger.amounts());
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].sector, "employers");
  EXPECT_EQ(all[0].paid, Money{1000});
  EXPECT_EQ(all[1].sector, "households");
  EXPECT_EQ(all[1].received, Money{1050});
  EXPECT_EQ(all[1].paid, Money{180});
  EXPECT_EQ(all[2].received - all[2].paid, Money{130});
}

TEST(Balances, sum_to_zero_whatever_flows) {
  std::mt19937 random(3);
  const std::vector<std::string> sectors{"a", "b", "c", "d", "e"};
  FlowBook book;
  for (int i = 0; i < 40; ++i) {
    const std::size_t payer = random() % 5, payee = (payer + 1 + random() % 4) % 5;
    book.declare({sectors[payer], sectors[payee], std::to_string(i)});
  }
  Ledger ledger(book.kinds().size());
  for (int i = 0; i < 1000; ++i)
    ledger.add(static_cast<FlowId>(random() % 40), Money{static_cast<std::int64_t>(random()) - 1'000'000});
  Money sum;
  for (const auto& balance : balances(book, ledger.amounts())) sum += balance.received - balance.paid;
  EXPECT_EQ(sum, Money{});
}

}  // namespace
}  // namespace oikos
