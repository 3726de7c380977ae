#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "analysis/compare/compare.hpp"
#include "analysis/compare/text_layout.hpp"
#include "tests/analysis/example_results.hpp"

namespace oikos::analysis {
namespace {

using example::add;
using example::add_count;
using example::empty_result;
using testing::HasSubstr;
using testing::Not;

/// Two plans, two replicates, two months: one that moves the Gini by -0.01 and -0.03, one that does nothing.
Comparison small() {
  auto baseline = empty_result("as it is", 2, 2), plan = empty_result("more places", 2, 2),
       idle = empty_result("idle, \"plan\"", 2, 2);
  for (auto* data : {&baseline, &plan, &idle}) {
    const double change = data == &plan ? 0.02 : 0.0;
    add(*data, "gini", "1", [&](int r, int, int) { return 0.3 + 0.1 * r - (change == 0 ? 0 : r == 0 ? 0.01 : 0.03); });
    add_count(*data, "births", "1", [](int, int, int) { return 12; });
  }
  return compare(std::vector{baseline, plan, idle}, std::vector<std::string>{"a.h5", "b.h5", "c.h5"});
}

// Goal: the whole table, letter by letter. Differences -0.01 and -0.03: mean -0.02, half width 12.7062 * 0.01.
TEST(Table, shows_levels_differences_and_what_is_identical) {
  EXPECT_EQ(to_table(small()), R"(2016-01 to 2016-02, 2 replicates, seed 7, PLN

more places against as it is

indicator  months      baseline    plan  difference  95 % interval       higher in
births     whole run         12      12           0  identical
gini       whole run     0.3500  0.3300     -0.0200  -0.1471 to +0.1071     0 of 2
           last month    0.3500  0.3300     -0.0200  -0.1471 to +0.1071     0 of 2

idle, "plan" against as it is

indicator  months     baseline    plan  difference  95 % interval  higher in
births     whole run        12      12           0  identical
gini       whole run    0.3500  0.3500           0  identical

Values are means over months and replicates; a count per month is a mean per month. Differences are plan minus baseline
in the same replicate. 'identical': equal to the last bit in every month and replicate.
2 intervals: even where a plan changes nothing on average, one in 20 leaves out 0 by chance.
)");
}

int widest_line(const std::string& text) {
  std::istringstream lines(text);
  int widest = 0;
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, display_width(line));
  return widest;
}

TEST(Table, no_line_is_wider_than_asked) {
  auto baseline = example::town("as it is", 0), plan = example::town("plan", 1);
  add_count(baseline, "money_flow", "0.01 PLN", [](int, int, int) { return 123'456'789'012.0; }, "flow", {"a"});
  add_count(plan, "money_flow", "0.01 PLN", [](int r, int m, int) { return 123'456'799'013.0 + 7 * r * m; }, "flow",
            {"a"});
  baseline.variables[2].long_name = plan.variables[2].long_name =
      "share of persons in households below sixty per cent of the median, "
      "a long name with many words that has to be broken over several lines";
  const auto result =
      compare(std::vector{baseline, plan}, std::vector<std::string>{"a", "b"}, {.indicators = {}, .by = {"district"}});
  EXPECT_LE(widest_line(to_table(result)), 120);
  EXPECT_LE(widest_line(to_table(result, 100)), 100);
  EXPECT_THAT(to_table(result, 100), HasSubstr("Mokotów, employment rate by district"));
}

TEST(Table, groups_that_do_not_change_are_counted) {
  auto baseline = empty_result("as it is", 2, 2), plan = empty_result("plan", 2, 2);
  for (auto* data : {&baseline, &plan})
    add_count(*data, "provider_places", "1", [&](int, int, int g) { return data == &plan && g == 1 ? 7 : 5; },
              "provider", {"one", "two", "three"});
  const auto table = to_table(compare(std::vector{baseline, plan}, std::vector<std::string>{"a", "b"}));
  EXPECT_THAT(table, HasSubstr("Groups identical to the last bit, not listed: provider_places (2)."));
  EXPECT_THAT(table, HasSubstr("two, provider places"));
  EXPECT_THAT(table, Not(HasSubstr("three, provider places")));
}

TEST(Table, one_replicate_shows_no_interval) {
  auto baseline = empty_result("as it is", 1, 1), plan = empty_result("plan", 1, 1);
  add(baseline, "gini", "1", [](int, int, int) { return 0.30; });
  add(plan, "gini", "1", [](int, int, int) { return 0.25; });
  const auto table = to_table(compare(std::vector{baseline, plan}, std::vector<std::string>{"a", "b"}));
  EXPECT_THAT(table, HasSubstr("gini       whole run    0.3000  0.2500     -0.0500  -                 0 of 1\n"));
  EXPECT_THAT(table, HasSubstr("note: There is one replicate"));
}

TEST(Json, holds_everything_under_a_versioned_schema) {
  const auto document = nlohmann::json::parse(to_json(small()));
  EXPECT_EQ(document["schema"], "oikos-compare/1");
  EXPECT_EQ(document["seed"], "7");
  EXPECT_EQ(document["plans"][1]["name"], "idle, \"plan\"");
  EXPECT_EQ(document["windows"][1]["first_month"], "2016-02");
  const auto& gini = document["rows"][1];
  EXPECT_EQ(gini["variable"], "gini");
  EXPECT_TRUE(gini["breakdown"].is_null());
  ASSERT_EQ(gini["effects"].size(), 4u);
  EXPECT_EQ(gini["effects"][0]["plan"], "more places");
  EXPECT_NEAR(gini["effects"][0]["difference"].get<double>(), -0.02, 1e-12);
  EXPECT_NEAR(gini["effects"][0]["low"].get<double>(), -0.02 - 0.127062, 1e-6);
  EXPECT_EQ(gini["effects"][2]["difference"].get<double>(), 0.0);
  EXPECT_EQ(gini["effects"][2]["identical"], true);
  EXPECT_TRUE(gini["effects"][2]["variance_reduction"].is_null());
}

TEST(Csv, quotes_what_needs_quotes) {
  const auto csv = to_csv(small());
  EXPECT_THAT(
      csv, HasSubstr("plan,indicator,breakdown,group,window,first_month,last_month,units,baseline,value,difference,low,"
                     "high,share_higher,share_lower,pairs,identical,variance_reduction\n"));
  EXPECT_THAT(csv, HasSubstr("\n\"idle, \"\"plan\"\"\",births,,,run,2016-01,2016-02,1,12,12,0,0,0,0,0,2,1,\n"));
}

}  // namespace
}  // namespace oikos::analysis
