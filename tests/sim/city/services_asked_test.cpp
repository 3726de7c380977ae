#include <gmock/gmock.h>

#include "tests/promises/small_city.hpp"

/// enrolled(), waiting() and ever(): who is in the services, as expressions see it.
namespace oikos::testing {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;

/// The baseline and one programme without limits, for whoever meets a condition, as long as it holds.
Series with(const std::string& condition, const std::string& unit = "person") {
  return series_of(run_plan("name: p\nprogrammes: {asked: {domain: poverty, unit: " + unit +
                            ", eligible: " + condition + ", stays_while: " + condition +
                            ", amount: 1 PLN, take_up: {applies: {rate: 100 %/month}}}}\n"));
}

/// Whether in each month one number is what the other was in the month before, but for who died or left the city.
void expect_a_month_later(const std::vector<double>& later, const std::vector<double>& earlier, double slack,
                          double more = 0) {
  for (std::size_t k = 0; k < later.size(); ++k) {
    if (k % 36 == 0) {
      EXPECT_EQ(later[k], 0) << "nobody is in anything in the first month";
      continue;
    }
    EXPECT_LE(later[k], earlier[k - 1] + more) << k;
    EXPECT_GE(later[k], earlier[k - 1] - slack) << k;
  }
}

TEST(ServicesAsked, see_who_was_enrolled_after_the_last_month) {
  const Series series = with("enrolled(integration)");
  expect_a_month_later(series.at("programme_enrolled[asked]"), series.at("programme_enrolled[integration]"), 1);
}

TEST(ServicesAsked, see_who_waits) {
  const Series series = with("waiting(integration)");
  expect_a_month_later(series.at("programme_enrolled[asked]"), series.at("programme_waiting[integration]"), 2);
}

TEST(ServicesAsked, are_the_same_by_programme_provider_kind_and_domain) {
  const Series by_programme = with("enrolled(integration)");
  for (const char* name : {"integration_centre", "social_integration", "unemployment"})
    EXPECT_EQ(with(std::string("enrolled(") + name + ")").at("programme_enrolled[asked]"),
              by_programme.at("programme_enrolled[asked]"))
        << name;
}

TEST(ServicesAsked, reach_households_and_their_members) {
  const Series series = with("enrolled(family_supplement)", "household");
  expect_a_month_later(series.at("programme_enrolled[asked]"), series.at("programme_enrolled[family_supplement]"), 5,
                       3);  // who founded a home of their own were members of one that is enrolled
  const Series members = with("enrolled(family_supplement) and age < 18");
  EXPECT_GT(members.at("programme_enrolled[asked]")[20], series.at("programme_enrolled[asked]")[20]);
}

TEST(ServicesAsked, never_forget_whoever_was_in) {
  const Series now = with("enrolled(integration)"), ever = with("ever(integration)");
  EXPECT_GT(ever.at("programme_enrolled[asked]")[35], 2 * now.at("programme_enrolled[asked]")[35]);
}

TEST(ServicesAsked, count_months_since_entry_and_exit) {
  // Whoever entered in the month before; nobody of the first month's clients entered in it.
  const Series entered = with("since_entry(integration) == 1 month");
  const auto& entries = entered.at("programme_entries[integration]");
  for (std::size_t k = 2; k < 36; ++k) EXPECT_NEAR(entered.at("programme_enrolled[asked]")[k], entries[k - 1], 1) << k;
  const Series left = with("since_exit(integration) == 1 month");
  const auto& completions = left.at("programme_completions[integration]");
  const auto& early = left.at("programme_early_exits[integration]");
  for (std::size_t k = 2; k < 36; ++k)
    EXPECT_NEAR(left.at("programme_enrolled[asked]")[k], completions[k - 1] + early[k - 1], 1) << k;
}

TEST(ServicesAsked, change_nothing_for_others) {
  const Series before = series_of(run_plan("name: p\n"));
  const Series asked = with("enrolled(integration)");
  EXPECT_EQ(asked.at("programme_entries[integration]"), before.at("programme_entries[integration]"));
  EXPECT_EQ(asked.at("births"), before.at("births"));
}

}  // namespace
}  // namespace oikos::testing
