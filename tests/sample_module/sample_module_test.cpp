// "A rule costs one folder and one line": everything generic knows the sample rule, and no other file does.
#include <gmock/gmock.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "sim/scenario/build.hpp"
#include "sim/scenario/declared_parameters.hpp"
#include "sim/scenario/modules.hpp"
#include "tests/promises/small_city.hpp"

namespace oikos::testing {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Not;

/// A plan under which tenants do not pay.
const std::string plan = "parameters: {not_paying_rent: 20 %/month}\n";
/// A programme that reads the rule's column and acts on its target.
const std::string help =
    "programmes:\n"
    "  help:\n"
    "    title: Help with rent\n"
    "    domain: housing\n"
    "    unit: household\n"
    "    eligible: rent_arrears >= 1 month\n"
    "    effects: {falling_behind: {times: 0, while: enrolled, source: test, confidence: assumption}}\n";

const ColumnSpec& rent_arrears() {
  for (const ColumnSpec* one : declared().columns(TableId::household))
    if (one->info.name == "rent_arrears") return *one;
  throw std::runtime_error("no such column");
}

std::vector<int> arrears_of(const World& world) {
  std::vector<int> all;
  const ColumnBase& column = world.households.column(rent_arrears());
  for (std::uint32_t h = 0; h < world.households.size(); ++h)
    all.push_back(detail::read<std::uint8_t>(column.value(h)));
  return all;
}

Prepared prepared(const Folder& folder, int months) {
  write(folder / "plan.yaml", "extends: " + baseline_path + "\n" + plan);
  return prepare(load_scenario((folder / "plan.yaml").string(),
                               {{"months", std::to_string(months)}, {"municipalities/*/population/scale", "1 %"}}));
}

TEST(SampleModule, is_named_nowhere_in_the_program) {
  namespace fs = std::filesystem;
  for (const auto& entry : fs::recursive_directory_iterator(OIKOS_SOURCE_DIR "/sim"))
    if (entry.is_regular_file()) {
      EXPECT_THAT(read(entry.path()), Not(HasSubstr("arrears_begun"))) << entry.path();
      EXPECT_THAT(read(entry.path()), Not(HasSubstr("OIKOS_MODULE(arrears)"))) << entry.path();
    }
}

TEST(SampleModule, is_known_to_explain_and_schema) {
  const auto explained = [](const std::vector<std::string>& what) {
    const Said said = oikos_says(what);
    EXPECT_EQ(said.code, 0) << said.err;
    return said.out;
  };
  EXPECT_THAT(explained({"explain", "columns"}),
              HasSubstr("rent_arrears                             months         months of rent that"));
  const std::string month = explained({"explain", "month", baseline_path});
  EXPECT_THAT(month, HasSubstr("arrears (sweep): decides which tenants do not pay their rent\n"
                               "      reads   household.first, household.tenure\n"
                               "      writes  household.rent_arrears\n"
                               "      draws   falls_behind\n"
                               "      counts  arrears_begun\n"
                               "      targets falling_behind\n"
                               "      page    docs/methods/arrears.md\n"));
  EXPECT_THAT(explained({"explain", "parameters"}), HasSubstr("not_paying_rent"));
  EXPECT_THAT(explained({"schema"}), HasSubstr("\"falling_behind\""));
  EXPECT_THAT(parameters_markdown("PLN"), HasSubstr("| `not_paying_rent` |"));
}

TEST(SampleModule, is_known_to_expressions_effects_and_results) {
  const Series without = series_of(run_plan(plan)), with = series_of(run_plan(plan + help));
  EXPECT_THAT(without.at("arrears_begun"), Each(Gt(0)));
  // Whoever falls behind is helped at once, and pays from the month after the next on.
  EXPECT_THAT(with.at("programme_entries[help]"), Contains(Gt(0)));
  EXPECT_EQ(with.at("arrears_begun")[0], without.at("arrears_begun")[0]);
  EXPECT_LT(with.at("arrears_begun")[35], 0.2 * without.at("arrears_begun")[35]);
}

TEST(SampleModule, is_known_to_checks) {
  const Folder folder;
  write(folder / "owners.yaml", "extends: " + baseline_path + "\n" + plan +
                                    "programmes:\n"
                                    "  help:\n"
                                    "    title: Help\n"
                                    "    domain: housing\n"
                                    "    eligible: rent_arrears >= 3 months and tenure == owner\n");
  EXPECT_THAT(oikos_says({"check", (folder / "owners.yaml").string()}).err,
              HasSubstr("'rent_arrears >= 3 months' and 'tenure == owner' exclude each other"));
}

TEST(SampleModule, changes_nothing_else) {
  for (const auto& [name, values] : series_of(run_plan(plan))) {
    if (name == "arrears_begun") continue;
    static const Series as_before = series_of(run_plan(""));
    EXPECT_TRUE(same_bits(values, as_before.at(name))) << name;
  }
}

TEST(SampleModule, is_known_to_those_who_arrive_and_part) {
  const Folder folder;
  const Prepared p = prepared(folder, 24);
  const Executor executor(1);
  Model model = build_model(p, executor);
  // Donors who owe: whoever arrives owes as much, until the month's own decision.
  auto donors = std::make_shared<World>(declared());
  donors->assign(*model.initial);
  for (std::uint32_t h = 0; h < donors->households.size(); ++h)
    detail::write(donors->households.column(rent_arrears()).value(h), std::uint8_t{9});
  model.initial = donors;
  model.schedule = make_schedule(p, donors, model.paths);
  Simulation simulation(model, 0, executor);
  simulation.step();
  // Owners are never asked: those among them who owe nine months were there or came like that.
  EXPECT_THAT(arrears_of(simulation.world()), Contains(9));
  EXPECT_EQ(simulation.world().households.column(rent_arrears()).info().name, "rent_arrears");
}

}  // namespace
}  // namespace oikos::testing
