#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <ostream>

#include "sim/model/income/income.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos {
/// For messages of failed tests.
static void PrintTo(Money amount, std::ostream* out) { *out << amount.minor(); }
}  // namespace oikos

namespace oikos::income {
namespace {

const Month january{2018, 1};

MonthLaw law_2018() {
  MonthLaw law;
  law.tax = {137'100, 204'800, 90'000, 77'500, 180'000, 320'000, Money{712'733}, Money{4'634}, Money{11'125}};
  law.minimum_wage = Money{210'000};
  law.average_wage = Money{400'000};
  law.minimum_pension = Money{100'000};
  law.child_benefit = Money{50'000};
  law.child_benefit_threshold = Money{80'000};
  law.assistance_single = Money{63'400};
  law.assistance_per_person = Money{51'400};
  law.assistance_share = 500'000;
  law.assistance_minimum = Money{2'000};
  return law;
}

TEST(SocialAssistance, pays_half_of_the_gap_to_the_threshold_of_single_persons_and_of_families) {
  const MonthLaw law = law_2018();
  EXPECT_EQ(social_assistance(Money{}, 1, law), Money{31'700});
  EXPECT_EQ(social_assistance(Money{40'000}, 1, law), Money{11'700});
  EXPECT_EQ(social_assistance(Money{}, 2, law), Money{51'400});
  EXPECT_EQ(social_assistance(Money{100'000}, 4, law), Money{52'800});
}

TEST(SocialAssistance, pays_at_least_the_minimum_below_the_threshold_and_nothing_from_it_on) {
  const MonthLaw law = law_2018();
  EXPECT_EQ(social_assistance(Money{63'399}, 1, law), Money{2'000});
  EXPECT_EQ(social_assistance(Money{63'400 - 4'000}, 1, law), Money{2'000});
  EXPECT_EQ(social_assistance(Money{63'400 - 4'002}, 1, law), Money{2'001});
  EXPECT_EQ(social_assistance(Money{63'400}, 1, law), Money{});
  EXPECT_EQ(social_assistance(Money{102'800}, 2, law), Money{});
}

/// A world of which the incomes of one month are computed.
struct Paid {
  explicit Paid(const std::vector<std::string>& households, MonthLaw month_law = law_2018(), double take_up = 1)
      : law(month_law) {
    law.assistance_take_up = threshold(take_up);
    for (const auto& text : households) tiny.add(text);
  }
  void run(std::uint32_t persons_per_chunk = 64) {
    tiny.world.ledger = Ledger(FlowBook(declared()).kinds().size());
    const Earnings earnings({law}, paths);
    const Benefits benefits({law});
    bench.emplace(tiny.world, january, 1, 1, persons_per_chunk);
    bench->sweep({&earnings, &benefits});
  }
  PersonTable& persons() { return tiny.world.persons; }
  Money paid(const FlowSpec& flow) const {
    return tiny.world.ledger.amount(static_cast<FlowId>(declared().index(flow)));
  }
  HouseholdTable& households() { return tiny.world.households; }
  std::shared_ptr<BaselinePaths> paths = std::make_shared<BaselinePaths>(1);
  test::TinyWorld tiny{january};
  MonthLaw law;
  std::optional<test::Bench> bench;
};

TEST(Earnings, pay_potential_times_the_average_wage_and_at_least_the_minimum_wage) {
  Paid paid({"F30", "F30", "F30"});
  paid.persons()[person::wage_potential][1] = 100'000;
  paid.persons()[person::wage_potential][2] = 1'234'567;
  paid.run();
  EXPECT_EQ(paid.persons()[person::gross_wage][0], 400'000);
  EXPECT_EQ(paid.persons()[person::gross_wage][1], 210'000);
  EXPECT_EQ(paid.persons()[person::gross_wage][2], 493'827);  // 493826.8
  EXPECT_EQ(paid.persons()[person::net_income][0], wage_payslip(Money{400'000}, paid.law.tax).net.minor());
}

TEST(Earnings, pay_at_the_level_of_the_baseline) {
  Paid paid({"F30", "F30"});
  paid.persons()[person::wage_potential][1] = 500'000;
  paid.paths->wages[0] = 0.95;
  paid.run();
  EXPECT_EQ(paid.persons()[person::gross_wage][0], 380'000);
  EXPECT_EQ(paid.persons()[person::gross_wage][1], 210'000) << "the minimum wage is law, at any level";
}

TEST(Earnings, pay_nothing_to_who_neither_works_nor_is_retired) {
  Paid paid({"F30", "f10"});
  paid.persons()[person::labour][0] = Labour::registered_unemployed;
  paid.persons()[person::gross_wage][0] = paid.persons()[person::net_income][0] = 5;
  paid.run();
  for (const Row row : {0u, 1u}) {
    EXPECT_EQ(paid.persons()[person::gross_wage][row], 0);
    EXPECT_EQ(paid.persons()[person::net_income][row], 0);
  }
}

TEST(Earnings, raise_pensions_by_the_indexation_of_the_month_and_to_the_minimum) {
  MonthLaw law = law_2018();
  law.pension_growth = 29'800;
  Paid paid({"F70", "F70", "F70"}, law);
  paid.persons()[person::pension][0] = 200'000;
  paid.persons()[person::pension][1] = 99'000;
  paid.persons()[person::pension][2] = 50'000;
  paid.run();
  EXPECT_EQ(paid.persons()[person::pension][0], 205'960);
  EXPECT_EQ(paid.persons()[person::pension][1], 101'950);  // 101950.2
  EXPECT_EQ(paid.persons()[person::pension][2], 100'000);
  EXPECT_EQ(paid.persons()[person::net_income][0], pension_payslip(Money{205'960}, law.tax).net.minor());
}

TEST(Earnings, book_what_employers_pay_and_what_each_office_receives) {
  Paid paid({"F30*M40", "F70"});
  paid.persons()[person::pension][2] = 150'000;
  paid.run();
  const Payslip wage = wage_payslip(Money{400'000}, paid.law.tax),
                pension = pension_payslip(Money{150'000}, paid.law.tax);
  EXPECT_EQ(paid.paid(flow::wages), Money{800'000});
  EXPECT_EQ(paid.paid(flow::employer_contributions), Money{2 * 81'920});
  EXPECT_EQ(paid.paid(flow::employee_contributions), wage.contributions * 2);
  EXPECT_EQ(paid.paid(flow::health_contribution), wage.health * 2 + pension.health);
  EXPECT_EQ(paid.paid(flow::income_tax), wage.tax * 2 + pension.tax);
  EXPECT_EQ(paid.paid(flow::pensions), Money{150'000});
}

TEST(Benefits, sum_members_incomes_and_count_consumption_units) {
  Paid paid({"F30*M32 f13 m14 m5", "F70", "f10 m12"});
  paid.run();
  HouseholdTable& h = paid.households();
  EXPECT_EQ(h[household::market_income][0], 2 * paid.persons()[person::net_income][0]);
  EXPECT_EQ(h[household::equivalence_size][0], 10 + 5 + 5 + 3 + 3) << "14 counts as an adult, 13 and 5 as children";
  EXPECT_EQ(h[household::equivalence_size][1], 10);
  EXPECT_EQ(h[household::equivalence_size][2], 13) << "children alone: the first is a whole unit";
  EXPECT_EQ(h[household::dependent_children][0], 3);
}

TEST(Benefits, sum_members_of_chunks_whose_totals_exceed_what_running_totals_hold) {
  // Nine million a head, twelve heads: more than 2^32 minor units; and 70,000 children: more than 2^16.
  std::vector<std::string> households(6, "F40*M41");
  households.resize(6 + 10'000, "F35 f1 f2 f3 f4 f5 f6 f17");
  Paid paid(households);
  for (Row row = 0; row < 12; ++row) paid.persons()[person::wage_potential][row] = 3'500'000'000;
  paid.run(1'000'000);
  std::int64_t rich = 0;
  for (std::uint32_t h = 0; h < 6; ++h) {
    const std::int64_t income =
        std::int64_t{paid.persons()[person::net_income][2 * h]} + paid.persons()[person::net_income][2 * h + 1];
    EXPECT_EQ(paid.households()[household::market_income][h], income);
    EXPECT_EQ(paid.households()[household::dependent_children][h], 0);
    rich += income;
  }
  EXPECT_GT(rich, std::int64_t{1} << 32);
  for (std::uint32_t h = 6; h < households.size(); ++h) {
    ASSERT_EQ(paid.households()[household::dependent_children][h], 7);
    ASSERT_EQ(paid.households()[household::equivalence_size][h], 5 + 5 * 2 + 3 * 6);
    ASSERT_EQ(paid.households()[household::market_income][h], paid.households()[household::market_income][6]);
    ASSERT_EQ(paid.households()[household::type][h], HouseholdType::lone_parent);
  }
}

TEST(Benefits, tell_households_apart_by_members) {
  Paid paid({"F30", "F65", "F30 m4", "F30*M31", "F30*M31 m4", "F70 F71", "F50*M51 M20", "M50 f17 m18"});
  paid.run();
  using T = HouseholdType;
  const std::vector<T> expected{T::one_person_below_65,
                                T::one_person_65_or_over,
                                T::lone_parent,
                                T::couple_without_children,
                                T::couple_with_children,
                                T::other,
                                T::other,
                                T::other};
  for (std::uint32_t k = 0; k < expected.size(); ++k)
    EXPECT_EQ(paid.households()[household::type][k], expected[k])
        << k << " " << household_type_names[static_cast<std::size_t>(paid.households()[household::type][k])];
}

TEST(Benefits, count_students_below_25_as_dependent_while_they_live_with_a_parent) {
  Paid paid({"F50 m20", "F20", "F50 m25", "F24*M24"});
  for (const Row row : {1u, 2u, 4u, 5u}) paid.persons()[person::labour][row] = Labour::student;
  paid.run();
  EXPECT_EQ(paid.households()[household::type][0], HouseholdType::lone_parent);
  EXPECT_EQ(paid.households()[household::type][1], HouseholdType::one_person_below_65)
      << "a student alone is nobody's child";
  EXPECT_EQ(paid.households()[household::dependent_children][1], 0);
  EXPECT_EQ(paid.households()[household::type][2], HouseholdType::other);
  EXPECT_EQ(paid.households()[household::type][3], HouseholdType::couple_without_children) << "one of them studies";
}

TEST(Benefits, pay_child_benefit_for_the_first_child_only_up_to_the_threshold) {
  Paid paid({"F30*M32 f5 m7", "F30 f5", "F30"});
  paid.persons()[person::labour][4] = Labour::inactive;
  paid.run();
  ASSERT_GT(paid.households()[household::market_income][0], 4 * 80'000);
  EXPECT_EQ(paid.households()[household::child_benefit][0], 50'000) << "for the second child";
  EXPECT_EQ(paid.households()[household::child_benefit][1], 50'000);
  EXPECT_EQ(paid.households()[household::child_benefit][2], 0);
  EXPECT_EQ(paid.bench->count(count::child_benefit_children), 2);
  EXPECT_EQ(paid.paid(flow::child_benefit), Money{100'000});
}

TEST(Benefits, pay_child_benefit_at_the_threshold_exactly_and_not_a_grosz_above) {
  for (const std::int64_t above : {0, 1}) {
    MonthLaw law = law_2018();
    Paid probe({"F30 f5"}, law);
    probe.run();
    law.child_benefit_threshold = Money{probe.households()[household::market_income][0] / 2 - above};
    Paid paid({"F30 f5"}, law);
    paid.run();
    ASSERT_EQ(paid.households()[household::market_income][0] % 2, 0) << "the threshold can be met exactly";
    EXPECT_EQ(paid.households()[household::child_benefit][0], above == 0 ? 50'000 : 0);
  }
}

TEST(Benefits, pay_child_benefit_for_every_child_below_18_once_it_is_universal) {
  MonthLaw law = law_2018();
  law.child_benefit_universal = true;
  Paid paid({"F30*M32 f5 m17 f18"}, law);
  paid.run();
  EXPECT_EQ(paid.households()[household::child_benefit][0], 100'000);
}

TEST(Benefits, count_no_children_paid_for_before_the_benefit_exists) {
  MonthLaw law = law_2018();
  law.child_benefit = Money{};
  Paid paid({"F30 f5"}, law);
  paid.run();
  EXPECT_EQ(paid.bench->count(count::child_benefit_children), 0);
}

TEST(Benefits, pay_social_assistance_only_where_an_adult_is_without_work) {
  Paid paid({"F30", "F30", "F30 f5"});
  paid.persons()[person::labour][0] = Labour::inactive;
  paid.persons()[person::labour][2] = Labour::registered_unemployed;
  paid.run();
  EXPECT_EQ(paid.households()[household::social_assistance][0], 31'700);
  EXPECT_EQ(paid.households()[household::social_assistance][1], 0) << "works";
  EXPECT_EQ(paid.households()[household::social_assistance][2], 51'400);
  EXPECT_EQ(paid.bench->count(count::social_assistance_households), 2);
  EXPECT_EQ(paid.paid(flow::social_assistance), Money{31'700 + 51'400});
}

TEST(Benefits, are_claimed_by_the_share_that_takes_up_and_always_by_the_same_households) {
  const std::vector<std::string> homes(4000, "F30");
  std::vector<bool> claimed;
  for (const int round : {0, 1}) {
    Paid paid(homes, law_2018(), 0.6);
    for (Row row = 0; row < 4000; ++row) paid.persons()[person::labour][row] = Labour::inactive;
    paid.run();
    const auto n = static_cast<double>(paid.bench->count(count::social_assistance_households));
    EXPECT_NEAR(n, 2400, 4 * std::sqrt(4000 * 0.6 * 0.4));
    for (Row row = 0; row < 4000; ++row) {
      const bool now = paid.households()[household::social_assistance][row] > 0;
      if (round == 0) claimed.push_back(now);
      else ASSERT_EQ(now, claimed[row]);
    }
  }
}

TEST(Benefits, forget_programme_cash_of_the_month_before) {
  Paid paid({"F30"});
  paid.households()[household::programme_cash][0] = 700;
  paid.run();
  EXPECT_EQ(paid.households()[household::programme_cash][0], 0);
}

}  // namespace
}  // namespace oikos::income
