// "A rule costs one folder and one line": everything generic knows the sample rule, and no other file does.
#include <gmock/gmock.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "sim/model/demography/declared.hpp"
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
  EXPECT_THAT(explained({"explain", "effects"}), HasSubstr("falling_behind [chance], of each household\n"));
  EXPECT_THAT(parameters_markdown("PLN"), HasSubstr("| `not_paying_rent` |"));
}

TEST(SampleModule, is_known_to_expressions_effects_and_results) {
  const Series without = series_of(run_plan(plan)), with = series_of(run_plan(plan + help));
  EXPECT_THAT(without.at("arrears_begun"), Each(Gt(0)));
  // Whoever falls behind is helped at once, and pays from the next month on.
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

/// Months owed by household, by identity.
std::map<std::uint64_t, int> owed_by(const World& world) {
  std::map<std::uint64_t, int> all;
  const ColumnBase& column = world.households.column(rent_arrears());
  for (std::uint32_t h = 0; h < world.households.size(); ++h)
    all[world.households[household::identity][h]] = detail::read<std::uint8_t>(column.value(h));
  return all;
}

/// Goal: nobody falls behind, yet households begin with what their donor or the household they left owed. Method: the
/// sample's own step is left out of the month, so that nothing but arrivals and partings writes the column.
TEST(SampleModule, is_known_to_those_who_arrive_and_part) {
  const Folder folder;
  const Prepared p = prepared(folder, 24);
  const Executor executor(1);
  Model model = build_model(p, executor);
  auto donors = std::make_shared<World>(p.loaded.registry());
  donors->assign(*model.initial);
  for (std::uint32_t h = 0; h < donors->households.size(); ++h)
    detail::write(donors->households.column(rent_arrears()).value(h), std::uint8_t{9});
  model.initial = donors;
  Prepared without = p;
  std::erase_if(without.figures, [](const auto& one) { return one.first->name == "arrears"; });
  model.schedule = make_schedule(without, donors, model.paths);
  Simulation simulation(model, 0, executor);
  const auto before = owed_by(simulation.world());
  for (int month = 0; month < 12; ++month) simulation.advance();
  int new_ones = 0;
  for (const auto& [identity, months] : owed_by(simulation.world())) {
    new_ones += before.contains(identity) ? 0 : 1;
    EXPECT_EQ(months, 9) << identity;
  }
  EXPECT_GT(new_ones, 5);
}

/// Goal: what the rule says always holds, does, so that `check` concludes rightly from it.
TEST(SampleModule, keeps_what_it_says_always_holds) {
  const Folder folder;
  const Prepared p = prepared(folder, 36);
  const Executor executor(1);
  const Model model = build_model(p, executor);
  Simulation simulation(model, 0, executor);
  for (int month = 0; month < 36; ++month) {
    simulation.advance();
    const HouseholdTable& homes = simulation.world().households;
    for (std::uint32_t h = 0; h < homes.size(); ++h)
      ASSERT_TRUE(homes[household::tenure][h] != Tenure::owner ||
                  detail::read<std::uint8_t>(homes.column(rent_arrears()).value(h)) == 0);
  }
}

}  // namespace
}  // namespace oikos::testing
