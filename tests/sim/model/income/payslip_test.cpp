#include "sim/model/income/payslip.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <random>
#include <vector>

#include "sim/base/contract.hpp"

namespace oikos {
/// For messages of failed tests.
static void PrintTo(Money amount, std::ostream* out) { *out << amount.minor(); }
}  // namespace oikos

namespace oikos::income {
namespace {

/// Poland in 2018: scale of 18 and 32 %, reduction of 556.02 PLN a year, costs of 111.25 PLN a month.
TaxLaw poland_2018() {
  return {.contributions = 137'100,
          .employer_contributions = 204'800,
          .health = 90'000,
          .health_deductible = 77'500,
          .rate_1 = 180'000,
          .rate_2 = 320'000,
          .threshold = Money{8'552'800 / 12},
          .reduction = Money{4'634},
          .cost_allowance = Money{11'125}};
}

TEST(WagePayslip, of_the_published_pair_of_october_2018) {
  const Payslip slip = wage_payslip(Money{409'498}, poland_2018());
  EXPECT_EQ(slip.contributions, Money{56'142});
  EXPECT_EQ(slip.health, Money{31'802});
  EXPECT_EQ(slip.tax, Money{29'600});
  EXPECT_EQ(slip.net, Money{291'954});
}

TEST(WagePayslip, in_the_second_bracket_taxes_only_the_part_above_at_the_higher_rate) {
  // 20,000.00: contributions 2742.00, insured 17258.00, health 1553.22, base 17147 (17146.75), threshold 7127.33;
  // 0.18 * 7127.33 = 1282.92, 0.32 * 10019.67 = 3206.29; less 46.34 and 0.0775 * 17258 = 1337.50: 3105.37 -> 3105.
  const Payslip slip = wage_payslip(Money{2'000'000}, poland_2018());
  EXPECT_EQ(slip.contributions, Money{274'200});
  EXPECT_EQ(slip.health, Money{155'322});
  EXPECT_EQ(slip.tax, Money{310'500});
  EXPECT_EQ(slip.net, Money{2'000'000 - 274'200 - 155'322 - 310'500});
}

TEST(WagePayslip, of_nothing_is_nothing) {
  const Payslip slip = wage_payslip(Money{}, poland_2018());
  for (const Money part : {slip.contributions, slip.health, slip.tax, slip.net}) EXPECT_EQ(part, Money{});
}

TEST(WagePayslip, has_no_negative_tax_where_the_reduction_exceeds_it) {
  const Payslip slip = wage_payslip(Money{50'000}, poland_2018());
  EXPECT_EQ(slip.tax, Money{});
  EXPECT_EQ(slip.contributions, Money{6'855});
  EXPECT_EQ(slip.health, Money{3'883});  // 3883.05
}

TEST(WagePayslip, rounds_tax_to_whole_units_with_halves_up) {
  // Base 100.00 at 50.5 %: 50.50 -> 51. Without other deductions everything can be seen.
  const TaxLaw law{.contributions = 0,
                   .employer_contributions = 0,
                   .health = 0,
                   .health_deductible = 0,
                   .rate_1 = 505'000,
                   .rate_2 = 0,
                   .threshold = Money{1'000'000},
                   .reduction = Money{},
                   .cost_allowance = Money{}};
  EXPECT_EQ(wage_payslip(Money{10'000}, law).tax, Money{5'100});
  EXPECT_EQ(wage_payslip(Money{10'049}, law).tax, Money{5'100}) << "the base is 100";
  EXPECT_EQ(wage_payslip(Money{10'050}, law).tax, Money{5'100}) << "the base is 101, tax 51.005";
}

TEST(PensionPayslip, has_neither_contributions_nor_costs) {
  // 1500.00: health 135.00, base 1500, tax 270.00 - 46.34 - 116.25 = 107.41 -> 107, net 1258.00.
  const Payslip slip = pension_payslip(Money{150'000}, poland_2018());
  EXPECT_EQ(slip.contributions, Money{});
  EXPECT_EQ(slip.health, Money{13'500});
  EXPECT_EQ(slip.tax, Money{10'700});
  EXPECT_EQ(slip.net, Money{125'800});
}

TEST(Payslip, divides_the_gross_amount_exactly_and_leaves_nobody_less_for_more) {
  for (const bool pension : {false, true}) {
    Money last;
    for (std::int64_t gross = 0; gross < 5'000'000; gross += 733) {
      const Payslip slip =
          pension ? pension_payslip(Money{gross}, poland_2018()) : wage_payslip(Money{gross}, poland_2018());
      ASSERT_EQ(slip.contributions + slip.health + slip.tax + slip.net, Money{gross});
      for (const Money part : {slip.contributions, slip.health, slip.tax, slip.net}) ASSERT_GE(part, Money{}) << gross;
      ASSERT_GE(slip.net, last - Money{100}) << "tax moves in steps of a whole unit";
      last = slip.net;
    }
  }
}

TEST(Payslip, never_takes_more_than_there_is) {
  TaxLaw law = poland_2018();
  law.rate_1 = 1'000'000;
  law.reduction = law.cost_allowance = Money{};
  for (std::int64_t gross = 0; gross < 100'000; gross += 37) {
    const Payslip slip = wage_payslip(Money{gross}, law);
    ASSERT_GE(slip.net, Money{});
    ASSERT_EQ(slip.contributions + slip.health + slip.tax + slip.net, Money{gross});
  }
}

/// Laws at the edges and amounts at the edges of rounding: around multiples of 1, 100 and of what the rates turn there.
class Payslips : public testing::Test {
 protected:
  static std::vector<TaxLaw> laws() {
    TaxLaw nothing;
    TaxLaw everything = poland_2018();
    everything.contributions = everything.health = everything.health_deductible = 1'000'000;
    TaxLaw one_bracket = poland_2018();
    one_bracket.threshold = Money{std::int64_t{1} << 45};
    TaxLaw halves = poland_2018();
    TaxLaw nearly_all = poland_2018();
    nearly_all.contributions = 1, nearly_all.health = 999'999, nearly_all.rate_2 = 999'999, nearly_all.rate_1 = 500'001;
    halves.contributions = 500'000, halves.rate_1 = 505'000, halves.reduction = Money{},
    halves.cost_allowance = Money{};
    TaxLaw generous = poland_2018();
    generous.reduction = Money{std::int64_t{1} << 40};
    return {poland_2018(), nothing, everything, one_bracket, halves, nearly_all, generous};
  }
  static std::vector<std::int64_t> amounts() {
    std::vector<std::int64_t> all{0, 1, 2, 49, 50, 51, 0x7FFF'FFFF, 0x8000'0000, 1 << 30, gross_limit / 2};
    std::mt19937 random(11);
    for (int i = 0; i < 5000; ++i) all.push_back(random() % 3'000'000);
    for (int i = 0; i < 2000; ++i) all.push_back(random());
    for (std::int32_t i = 0; i < 500; ++i) all.push_back(100 * i + 50), all.push_back(1'000'000 - i);
    // Near the largest number, where quotients are least exact, and around halves of the splits in millions: all
    // amounts, so also those whose products end next to the middle between two whole numbers.
    for (std::int64_t i = 0; i < 100'000; ++i) all.push_back(gross_limit - 1 - i);
    for (std::int64_t i = -20'000; i < 20'000; ++i) all.push_back(2'251'799'813'500'000 + i);
    std::mt19937_64 wide(12);
    for (int bits = 32; bits <= 51; ++bits)
      for (int i = 0; i < 2000; ++i) all.push_back(static_cast<std::int64_t>(wide() >> (64 - bits)));
    return all;
  }
  using OfOne = Payslip (*)(Money, const TaxLaw&);
  using OfMany = PayslipSums (*)(std::span<const std::int64_t>, const TaxLaw&, std::int64_t*);
  static void compare(OfOne of_one, OfMany of_many, bool employer) {
    const std::vector<std::int64_t> gross = amounts();
    // In stretches, so that the sums of the largest amounts fit.
    constexpr std::size_t longest = 1000;
    for (const TaxLaw& law : laws())
      for (std::size_t begin = 0, n = 0; begin < gross.size(); begin += n) {
        n = std::min({begin == 0 ? 255 : begin == 255 ? 1 : begin == 256 ? 257 : longest, gross.size() - begin});
        std::vector<std::int64_t> net(n);
        const PayslipSums sums = of_many(std::span(gross).subspan(begin, n), law, net.data());
        PayslipSums expected;
        for (std::size_t i = 0; i < n; ++i) {
          const Money one{gross[begin + i]};
          const Payslip slip = of_one(one, law);
          ASSERT_EQ(Money{net[i]}, slip.net) << "of " << one.minor();
          expected.gross += one;
          expected.contributions += slip.contributions;
          expected.health += slip.health;
          expected.tax += slip.tax;
          if (employer) expected.employer_contributions += share_of(one, law.employer_contributions);
        }
        EXPECT_EQ(sums.gross, expected.gross);
        EXPECT_EQ(sums.employer_contributions, expected.employer_contributions);
        EXPECT_EQ(sums.contributions, expected.contributions);
        EXPECT_EQ(sums.health, expected.health);
        EXPECT_EQ(sums.tax, expected.tax);
      }
  }
};

TEST_F(Payslips, of_nobody_are_nothing) { EXPECT_EQ(wage_payslips({}, poland_2018(), nullptr).gross, Money{}); }
TEST_F(Payslips, of_many_wages_are_those_of_each) { compare(wage_payslip, wage_payslips, true); }
TEST_F(Payslips, of_many_pensions_are_those_of_each) { compare(pension_payslip, pension_payslips, false); }

TEST_F(Payslips, may_take_the_place_of_the_gross_amounts) {
  std::vector<std::int64_t> gross = amounts(), net(gross.size());
  gross.resize(4000), net.resize(4000);
  wage_payslips(gross, poland_2018(), net.data());
  wage_payslips(gross, poland_2018(), gross.data());
  EXPECT_EQ(gross, net);
}

TEST_F(Payslips, sum_up_or_say_that_they_cannot) {
  std::vector<std::int64_t> gross(4096, gross_limit - 1), net(4097);
  EXPECT_EQ(wage_payslips(gross, TaxLaw{}, net.data()).gross, Money{gross_limit - 1} * 4096);
  gross.push_back(gross_limit - 1);
  EXPECT_THROW(wage_payslips(gross, TaxLaw{}, net.data()), MoneyOverflow);
}

TEST(MultiplesOf, an_amount_are_exact_up_to_the_largest_amount_and_ratio) {
  std::mt19937_64 random(5);
  std::vector<std::uint32_t> ratios{0, 1, 499'999, 500'000, 500'001, 0xFFFF'FFFF, 0xFFFF'FFFE};
  for (int i = 0; i < 3000; ++i) ratios.push_back(static_cast<std::uint32_t>(random() >> (32 + random() % 12)));
  std::vector<std::int64_t> amounts{0, 1, 354'383, 499'999, 500'000, 500'001, 0x8000'0000, largest_wage_unit.minor()};
  for (int i = 0; i < 200; ++i) amounts.push_back(static_cast<std::int64_t>(random() % 500'000'000'000));
  std::vector<std::int64_t> multiples(ratios.size());
  for (const std::int64_t amount : amounts) {
    multiples_of(Money{amount}, ratios, multiples.data());
    for (std::size_t i = 0; i < ratios.size(); ++i)
      ASSERT_EQ(multiples[i], share_of(Money{amount}, ratios[i]).minor()) << amount << " times " << ratios[i];
  }
}

TEST(MultiplesOf, refuses_an_amount_beyond_the_range_of_the_law) {
  const std::vector<std::uint32_t> ratios{1};
  std::int64_t multiple = 0;
  EXPECT_THROW(multiples_of(largest_wage_unit + Money{1}, ratios, &multiple), ContractError);
}

}  // namespace
}  // namespace oikos::income
