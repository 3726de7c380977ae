#include "sim/output/result.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <span>
#include <variant>
#include <vector>

#include "sim/scenario/modules.hpp"
#include "tests/sim/output/town_record.hpp"

namespace oikos {
namespace {

const Month january{2020, 1};

ResultData result_of(int threads) {
  test::TinyWorld tiny(january);
  test::fill_town(tiny, 100);
  tiny.world.ledger = Ledger(1);
  tiny.world.ledger.add(0, Money{123'456});
  tiny.world.programmes.resize(1);
  tiny.world.programmes[0].month.spent = 12'345;
  tiny.world.providers = {{40, 12}};
  const MonthRecord record = test::record_town(tiny, threads);
  const std::vector<std::vector<MonthRecord>> replicates{{record, record}, {record, record}};
  const RunDescription run{.title = "A town",
                           .scenario_name = "town",
                           .scenario_yaml = "name: town\n",
                           .scenario_sha256 = "00",
                           .inputs = "",
                           .seed = 7,
                           .currency = "PLN",
                           .start = january,
                           .months = 2,
                           .replicates = {0, 1},
                           .programmes = {"course"},
                           .providers = {"school"},
                           .flows = {{"city", "providers", "course"}},
                           .counts = declared().counts(),
                           .programme_titles = {"A course"},
                           .provider_titles = {"A school"}};
  return result_data(run, Groups(test::three_districts()), replicates);
}

TEST(ResultData, carries_the_titles_of_programmes_and_providers) {
  const ResultData data = result_of(1);
  for (const auto& [dimension, name, title] :
       {std::tuple{"programme", "programme_title", "A course"}, {"provider", "provider_title", "A school"}}) {
    const auto found = std::ranges::find(data.dimensions, dimension, &ResultDimension::name);
    ASSERT_NE(found, data.dimensions.end());
    ASSERT_EQ(found->texts.size(), 1u);
    EXPECT_EQ(found->texts[0].name, name);
    EXPECT_EQ(found->texts[0].values, std::vector<std::string>{title});
  }
}

TEST(ResultData, has_a_value_for_every_replicate_month_and_label) {
  const ResultData data = result_of(1);
  std::set<std::string> names;
  for (const auto& variable : data.variables) {
    EXPECT_TRUE(names.insert(variable.name).second) << variable.name << " stands twice";
    std::size_t expected = 2 * 2;
    for (std::size_t d = 2; d < variable.dims.size(); ++d) {
      const auto found = std::ranges::find(data.dimensions, variable.dims[d], &ResultDimension::name);
      ASSERT_NE(found, data.dimensions.end()) << variable.dims[d];
      expected *= found->labels.size();
    }
    EXPECT_EQ(std::visit([](const auto& values) { return values.size(); }, variable.values), expected) << variable.name;
    EXPECT_FALSE(variable.long_name.empty()) << variable.name;
    EXPECT_FALSE(variable.units.empty()) << variable.name;
  }
  for (const char* name : {"persons", "gini", "at_risk_of_poverty_rate", "births", "households"})
    EXPECT_TRUE(names.contains(name)) << name;
}

TEST(ResultData, is_the_same_for_one_and_for_three_workers) {
  const ResultData one = result_of(1), three = result_of(3);
  ASSERT_EQ(one.variables.size(), three.variables.size());
  const auto bytes = [](const auto& variable) {
    return std::visit(
        [](const auto& values) {
          const auto all = std::as_bytes(std::span(values));
          return std::vector<std::byte>(all.begin(), all.end());
        },
        variable.values);
  };
  for (std::size_t v = 0; v < one.variables.size(); ++v)
    EXPECT_TRUE(bytes(one.variables[v]) == bytes(three.variables[v])) << one.variables[v].name;  // NaN included
}

TEST(ResultData, gives_money_in_whole_units_and_flows_in_exact_minor_ones) {
  const ResultData data = result_of(1);
  const auto find = [&](const std::string& part) {
    return std::ranges::find_if(data.variables, [&](const auto& v) { return v.name.find(part) != std::string::npos; });
  };
  const auto spending = find("spending"), flow = find("money_flow");
  ASSERT_NE(spending, data.variables.end());
  ASSERT_NE(flow, data.variables.end());
  EXPECT_DOUBLE_EQ(std::get<std::vector<double>>(spending->values)[0], 123.45);
  EXPECT_EQ(std::get<std::vector<std::int64_t>>(flow->values)[0], 123'456);
}

}  // namespace
}  // namespace oikos
