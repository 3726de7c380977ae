#include <gtest/gtest.h>

#include "sim/base/contract.hpp"
#include "tests/sim/programme/town.hpp"

namespace oikos {
namespace {

using test::Town;

std::vector<std::int64_t> parts(Money amount, const std::vector<Funding>& funding, Month month) {
  std::vector<Money> out(funding.size(), Money{-1});
  split_over_payers(amount, funding, month, out);
  std::vector<std::int64_t> minor;
  for (const Money part : out) minor.push_back(part.minor());
  return minor;
}

TEST(SplitOverPayers, gives_the_rest_to_who_takes_the_rest_to_the_grosz) {
  Town town;
  const std::vector<Funding> funding{town.payer("p", "eu", 850'000), town.payer("p", "city", {})};
  EXPECT_EQ(parts(Money{10'000}, funding, Month{2020, 1}), (std::vector<std::int64_t>{8'500, 1'500}));
  for (std::int64_t amount = 1; amount < 500; ++amount) {
    const auto split = parts(Money{amount}, funding, Month{2020, 1});
    ASSERT_EQ(split[0] + split[1], amount);
    ASSERT_LE(std::abs(split[0] * 100 - amount * 85), 100);
  }
}

TEST(SplitOverPayers, follows_the_months_in_which_a_payer_pays_both_included) {
  Town town;
  const std::vector<Funding> funding{town.payer("p", "eu", 600'000, Month{2016, 1}, Month{2022, 12}),
                                     town.payer("p", "city", {})};
  EXPECT_EQ(parts(Money{100}, funding, Month{2015, 12}), (std::vector<std::int64_t>{0, 100}));
  EXPECT_EQ(parts(Money{100}, funding, Month{2016, 1}), (std::vector<std::int64_t>{60, 40}));
  EXPECT_EQ(parts(Money{100}, funding, Month{2022, 12}), (std::vector<std::int64_t>{60, 40}));
  EXPECT_EQ(parts(Money{100}, funding, Month{2023, 1}), (std::vector<std::int64_t>{0, 100}));
}

TEST(SplitOverPayers, follows_shares_by_date_and_pays_nothing_before_the_first) {
  Town town;
  Funding eu = town.payer("p", "eu", {});
  eu.share = Dated<PayerShare>(std::vector<Dated<PayerShare>::Change>{
      {Month{2016, 1}, 850'000}, {Month{2021, 1}, 0}, {Month{2022, 1}, 100'000}});
  const std::vector<Funding> funding{eu, town.payer("p", "city", {})};
  EXPECT_EQ(parts(Money{100}, funding, Month{2015, 12}), (std::vector<std::int64_t>{0, 100}));
  EXPECT_EQ(parts(Money{100}, funding, Month{2020, 12}), (std::vector<std::int64_t>{85, 15}));
  EXPECT_EQ(parts(Money{100}, funding, Month{2021, 1}), (std::vector<std::int64_t>{0, 100}));
  EXPECT_EQ(parts(Money{100}, funding, Month{2022, 1}), (std::vector<std::int64_t>{10, 90}));
}

TEST(Coverage, is_whole_with_one_rest_or_shares_of_the_whole) {
  Town town;
  const auto whole = [&](std::vector<PayerShare> shares) {
    std::vector<Funding> funding;
    for (const PayerShare& share : shares) funding.push_back(town.payer("p", "eu", share));
    return coverage(funding, Month{2020, 1}).whole();
  };
  EXPECT_TRUE(whole({PayerShare{}}));
  EXPECT_TRUE(whole({600'000, PayerShare{}}));
  EXPECT_TRUE(whole({1'000'000, PayerShare{}}));
  EXPECT_TRUE(whole({600'000, 400'000}));
  EXPECT_FALSE(whole({600'000}));
  EXPECT_FALSE(whole({600'000, 500'000}));
  EXPECT_FALSE(whole({700'000, 400'000, PayerShare{}}));
  EXPECT_FALSE(whole({PayerShare{}, PayerShare{}}));
  EXPECT_FALSE(whole({}));
}

TEST(SplitOverPayers, takes_the_whole_no_less_and_no_more) {
  Town town;
  const std::vector<Funding> more{town.payer("p", "city", 700'000), town.payer("p", "eu", 400'000)};
  EXPECT_THROW(parts(Money{1000}, more, Month{2020, 1}), ContractError);
  const std::vector<Funding> less{town.payer("p", "city", 300'000), town.payer("p", "eu", 200'000)};
  EXPECT_THROW(parts(Money{1000}, less, Month{2020, 1}), ContractError);
}

TEST(Funding, books_services_and_cash_by_payer) {
  Town town;
  town.tiny.add("F30");
  Programme p = town.programme("course", "age >= 18");
  p.funding = {town.payer("course", "eu", 850'000, Month{2020, 2}, Month{2020, 2}), town.payer("course", "city", {})};
  p.cost = Dated<units::MoneyRate>(units::MoneyRate{Money{10'000}, "person-month"});
  p.amount = town.expression("20 PLN");
  town.open({p});
  const auto booked = [&](const std::string& payer, const std::string& payee) {
    const FlowId flow = town.book.declare({payer, payee, "course"});
    return town.tiny.world.ledger.amount(flow).minor();
  };
  town.month();
  EXPECT_EQ(booked("city", "providers"), 10'000);
  EXPECT_EQ(booked("eu", "households"), 0);
  town.month();
  EXPECT_EQ(booked("eu", "providers"), 8'500);
  EXPECT_EQ(booked("city", "providers"), 1'500);
  EXPECT_EQ(booked("eu", "households"), 1'700);
  EXPECT_EQ(booked("city", "households"), 300);
  town.month();
  EXPECT_EQ(booked("city", "providers"), 10'000);
}

}  // namespace
}  // namespace oikos
