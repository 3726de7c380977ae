#include "sim/model/income/payslip.hpp"

#include <gtest/gtest.h>

#include <ostream>

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

}  // namespace
}  // namespace oikos::income
