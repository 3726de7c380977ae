// What the commands say and write when all goes well, and how results that do not fit are refused.
#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/h5/result_file.hpp"
#include "tests/sim/app/saying.hpp"

namespace oikos::testing {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

namespace {

Said run_small(const std::filesystem::path& output, const std::vector<std::string>& more = {}) {
  std::vector<std::string> all{"run", baseline_path, "--scale", "1 %", "--months", "6", "-q", "-o", output.string()};
  all.insert(all.end(), more.begin(), more.end());
  return oikos_says(all);
}

}  // namespace

TEST(Check, of_a_good_scenario_says_what_it_is) {
  const Said said = oikos_says({"check", baseline_path, "--replicates", "3", "--months", "24"});
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(said.out, baseline_path + ": no errors (2015-01 to 2016-12, 3 replicates, 2 programmes, 1 providers)\n");
  EXPECT_EQ(said.err, "");
}

TEST(Check, of_a_good_scenario_says_so_as_json) {
  const auto document = nlohmann::json::parse(oikos_says({"check", baseline_path, "--json"}).out);
  EXPECT_EQ(document["schema"], "oikos-check/1");
  EXPECT_TRUE(document["errors"].empty());
  EXPECT_EQ(document["scenario_sha256"].get<std::string>().size(), 64u);
}

TEST(Run, says_what_it_wrote_as_json) {
  const Folder folder;
  const Said said = run_small(folder / "x.h5", {"--json", "--replicates", "2"});
  ASSERT_EQ(said.code, 0) << said.err;
  const auto document = nlohmann::json::parse(said.out);
  EXPECT_EQ(document["schema"], "oikos-run/1");
  EXPECT_EQ(document["result"], (folder / "x.h5").string());
  EXPECT_EQ(document["replicates"], 2);
  EXPECT_EQ(document["months"], 6);
  const auto provenance = nlohmann::json::parse(read(folder / "x.h5.run.json"));
  EXPECT_EQ(provenance["result"], "x.h5");
  EXPECT_EQ(read(folder / "x.h5.sha256"), provenance["sha256"].get<std::string>() + "  x.h5\n");
  const ResultData result = read_result(folder / "x.h5");
  EXPECT_EQ(result.scenario_sha256, document["scenario_sha256"].get<std::string>());
  EXPECT_THAT(result.replicates, ElementsAre(0, 1));
}

TEST(Run, keeps_the_resolved_scenario_and_its_tables_in_the_result) {
  const Folder folder;
  ASSERT_EQ(run_small(folder / "x.h5").code, 0);
  const ResultData result = read_result(folder / "x.h5");
  std::string scenario, inputs;
  for (const ResultText& text : result.texts) {
    if (text.name.find("scenario") != std::string::npos) scenario = text.text;
    if (text.name.find("inputs") != std::string::npos) inputs = text.text;
  }
  EXPECT_THAT(scenario, HasSubstr("scale: 1 %"));
  EXPECT_THAT(inputs, HasSubstr("  data/law.csv\n"));
}

TEST(Compare, refuses_different_replicates_unless_told_to_take_those_in_common) {
  const Folder folder;
  ASSERT_EQ(run_small(folder / "a.h5", {"--replicates", "2"}).code, 0);
  ASSERT_EQ(run_small(folder / "b.h5", {"--replicates", "3"}).code, 0);
  const std::string a = (folder / "a.h5").string(), b = (folder / "b.h5").string();
  const Said said = oikos_says({"compare", a, b});
  EXPECT_EQ(said.code, 3);
  EXPECT_EQ(said.out, "");
  EXPECT_EQ(said.err, a + ": 2 replicates\n" + b + ": 3 replicates\n" +
                          "error: the results hold different replicates; 2 are in all of them\n"
                          "  hint:     run the missing ones, or compare what is there with --allow-partial\n");
  const Said partial = oikos_says({"compare", a, b, "--allow-partial", "--json"});
  EXPECT_EQ(partial.code, 0) << partial.err;
  EXPECT_EQ(nlohmann::json::parse(partial.out)["schema"], "oikos-compare/1");
}

TEST(Compare, of_results_that_do_not_fit_is_a_mistake) {
  const Folder folder;
  ASSERT_EQ(run_small(folder / "a.h5").code, 0);
  ASSERT_EQ(run_small(folder / "b.h5", {"--seed", "3"}).code, 0);
  const std::string a = (folder / "a.h5").string(), b = (folder / "b.h5").string();
  const Said seeds = oikos_says({"compare", a, b});
  EXPECT_EQ(seeds.code, 2);
  EXPECT_THAT(seeds.err, HasSubstr("seed"));
  const Said unknown = oikos_says({"compare", a, a, "--indicator", "ginni"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean 'gini'?"));
  const Said missing = oikos_says({"compare", a, (folder / "c.h5").string()});
  EXPECT_EQ(missing.code, 74);
  std::string damaged = read(a);
  damaged[damaged.size() / 2] ^= 1;
  write(folder / "e.h5", damaged);
  EXPECT_EQ(oikos_says({"compare", a, (folder / "e.h5").string()}).code, 4);
  write(folder / "d.h5", "no result");
  EXPECT_EQ(oikos_says({"compare", a, (folder / "d.h5").string()}).code, 2);
}

/// Goal: only runs of the same people make pairs; other law is named; the same scenario is said of the same inputs
/// only.
TEST(Compare, refuses_other_people_and_names_other_tables) {
  const City city;
  const auto run_here = [&](const std::string& name, const std::string& scenario, const std::string& scale) {
    const Said said = oikos_says({"run", (city / scenario).string(), "--scale", scale, "--months", "2", "--replicates",
                                  "1", "-q", "-o", (city / name).string()});
    EXPECT_EQ(said.code, 0) << said.err;
  };
  const auto compared = [&](const std::string& name) {
    const Said said = oikos_says({"compare", (city / "a.h5").string(), (city / name).string()});
    return Said{said.code, seen_from(city, said.out), seen_from(city, said.err)};
  };
  run_here("a.h5", "baseline.yaml", "1 %");
  run_here("scale.h5", "baseline.yaml", "2 %");
  const Said scale = compared("scale.h5");
  EXPECT_EQ(scale.code, 2);
  EXPECT_EQ(scale.err,
            "scale.h5: error: simulates another part of the city\n"
            "  expected: 1 %, as in a.h5\n"
            "  got:      2 %\n"
            "  hint:     run both with the same population scale\n");

  city.change("data/law.csv", "child_benefit_amount,2016-04,500,", "child_benefit_amount,2016-04,501,");
  run_here("law.h5", "baseline.yaml", "1 %");
  const Said law = compared("law.h5");
  EXPECT_EQ(law.code, 0) << law.err;
  EXPECT_THAT(law.out, HasSubstr("was run with other inputs than the baseline: data/law.csv (other content)."));
  EXPECT_THAT(law.out, Not(HasSubstr("same scenario")));
  EXPECT_THAT(compared("a.h5").out, HasSubstr("is the same scenario as the baseline."));

  city.change("data/household_size.csv", "1,0.27,", "1,0.26,");
  city.change("data/household_size.csv", "2,0.2665,", "2,0.2765,");
  run_here("people.h5", "baseline.yaml", "1 %");
  const Said people = compared("people.h5");
  EXPECT_EQ(people.code, 2);
  EXPECT_THAT(people.err, HasSubstr("people.h5: error: starts with other people\n"));
  EXPECT_THAT(people.err, HasSubstr("run both with the same population tables; other tables: data/law.csv (other "
                                    "content), data/household_size.csv (other content)"));
}

TEST(Compare, says_where_plans_first_differ) {
  const Folder folder;
  ASSERT_EQ(run_small(folder / "a.h5").code, 0);
  const std::string a = (folder / "a.h5").string();
  const Said said = oikos_says({"compare", a, a, "--first-difference"});
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_EQ(said.out, a + ": none\n");
}

/// Goal: a file is what its name says.
TEST(Run, refuses_a_name_of_another_format) {
  const Folder folder;
  for (const char* name : {"x.csv", "x.JSON", "x.yaml", "x.html"}) {
    const Said said = run_small(folder / name);
    EXPECT_EQ(said.code, 2) << name;
    EXPECT_THAT(said.err, HasSubstr("error: the output's name promises another format\n"
                                    "  expected: a name that ends in .h5\n"));
  }
  EXPECT_TRUE(folder.names().empty());
  EXPECT_EQ(run_small(folder / "x.nc").code, 0);
  EXPECT_EQ(oikos_says({"compare", (folder / "x.nc").string(), (folder / "x.nc").string(), "--report",
                        (folder / "r.pdf").string()})
                .code,
            2);
}

/// Goal: a run says how its people miss their tables, and its result keeps it.
TEST(Run, notes_a_population_out_of_tolerance) {
  const City city;
  city.change("data/population.csv", "initial_households,,58042,", "initial_households,,20000,");
  const std::string result = (city / "x.h5").string();
  const Said said = oikos_says({"run", (city / "baseline.yaml").string(), "--scale", "2 %", "--months", "2",
                                "--replicates", "2", "-q", "-o", result});
  ASSERT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.err, HasSubstr("note: household_size and the numbers of persons and households contradict each "
                                  "other: 140302 persons in 20000 households: 7.02"));
  const ResultData data = read_result(result);
  EXPECT_FALSE(notes_of(data).empty());
  const auto within = std::ranges::find(data.variables, "population_fit_within", &ResultVariable::name);
  ASSERT_NE(within, data.variables.end());
  EXPECT_EQ(within->dims, std::vector<std::string>{"population_margin"});
  EXPECT_THAT(std::get<std::vector<std::int8_t>>(within->values), Contains(0));
  const Said checked = city.check("baseline.yaml");
  EXPECT_EQ(checked.code, 0);
  EXPECT_THAT(checked.err, HasSubstr("data/population.csv:4:21: warning: household_size and the numbers of persons and "
                                     "households contradict each other"));
}

TEST(Compare, writes_a_report_and_keeps_one_that_is_there) {
  const Folder folder;
  ASSERT_EQ(run_small(folder / "a.h5", {"--replicates", "2"}).code, 0);
  const std::string a = (folder / "a.h5").string(), page = (folder / "report.html").string();
  const Said said = oikos_says({"compare", a, a, "--report", page});
  ASSERT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("report: " + page + "\n"));
  EXPECT_TRUE(std::filesystem::exists(page));
  const Said again = oikos_says({"compare", a, a, "--report", page});
  EXPECT_EQ(again.code, 2);
  EXPECT_EQ(again.out, "");
  EXPECT_EQ(again.err, page +
                           ": error: already exists\n"
                           "  hint:     choose another name, or overwrite it with --force\n");
  EXPECT_EQ(oikos_says({"compare", a, a, "--report", page, "--force"}).code, 0);
  const Said elsewhere = oikos_says({"compare", a, a, "--report", "/nonexistent/report.html"});
  EXPECT_EQ(elsewhere.code, 74);
  EXPECT_EQ(elsewhere.out, "");
}

TEST(PlanDiff, shows_each_difference) {
  const std::string plan = city_folder + "/double-integration-places.yaml";
  const Said said = oikos_says({"plan", "diff", baseline_path, plan});
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(
      said.out,
      "~ name: baseline -> double_integration_places\n"
      "~ title: \"Ruda Śląska 2015-2029, services as in 2015\" -> Twice the places for social integration from 2018\n"
      "~ providers/integration_centre/places: 40 -> {1800-01: 40, 2018-01: 80}\n");
  EXPECT_EQ(oikos_says({"plan", "diff", plan, plan}).out, "no differences\n");
  const auto document = nlohmann::json::parse(oikos_says({"plan", "diff", baseline_path, plan, "--json"}).out);
  EXPECT_EQ(document["schema"], "oikos-plan-diff/1");
  ASSERT_EQ(document["changes"].size(), 3u);
  EXPECT_EQ(document["changes"][2], (nlohmann::json{{"path", "providers/integration_centre/places"},
                                                    {"before", "40"},
                                                    {"after", "{1800-01: 40, 2018-01: 80}"}}));
}

TEST(PlanDiff, shows_what_was_added_and_removed) {
  const City city;
  write(city / "plan.yaml",
        "extends: baseline.yaml\nprogrammes: {integration: {drop_out: ~, again_after: ~, until: 2020-01}}\n");
  const Said said = oikos_says({"plan", "diff", (city / "baseline.yaml").string(), (city / "plan.yaml").string()});
  EXPECT_EQ(said.out,
            "- programmes/integration/drop_out: 2 %/month\n"
            "- programmes/integration/again_after: 24 months\n"
            "+ programmes/integration/until: 2020-01\n");
}

TEST(ExplainColumns, names_columns_parameters_and_districts) {
  const Said plain = oikos_says({"explain", "columns"});
  EXPECT_EQ(plain.code, 0);
  EXPECT_THAT(plain.out, StartsWith("Columns of persons and their households\nage "));
  EXPECT_THAT(plain.out, ::testing::Not(HasSubstr("Parameters")));
  const Said with = oikos_says({"explain", "columns", baseline_path});
  EXPECT_EQ(with.code, 0) << with.err;
  EXPECT_THAT(with.out, HasSubstr("\nParameters (values in force in the month)\n"));
  EXPECT_THAT(with.out, HasSubstr("nowy_bytom"));
  const auto document = nlohmann::json::parse(oikos_says({"explain", "columns", baseline_path, "--json"}).out);
  EXPECT_EQ(document["schema"], "oikos-columns/1");
  EXPECT_EQ(
      document["columns"][0],
      (nlohmann::json{{"name", "age"}, {"kind", "column"}, {"type", "years"}, {"doc", "completed years of age"}}));
}

TEST(ExplainMonth, lists_the_processes_in_their_order) {
  const Said said = oikos_says({"explain", "month", baseline_path});
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(
      said.out,
      StartsWith("effects\n  1 effects (barrier): sets what programmes, attributes, levers and shocks make of the "
                 "month's chances\n"));
  std::size_t at = 0;
  for (const char* heading : {"effects\n", "\ndecisions\n", "\nmeetings\n", "\nmembership\n", "\nlivelihood\n",
                              "\nservices\n", "\naccounts\n", "\nrecord\n"}) {
    const std::size_t found = said.out.find(heading);
    ASSERT_NE(found, std::string::npos) << heading;
    EXPECT_GE(found, at);
    at = found;
  }
}

TEST(Population, writes_persons_and_households_and_reports_the_fit) {
  const Folder folder;
  const std::string people = (folder / "people").string();
  const std::vector<std::string> command{"population", baseline_path, "-o", people};
  const Said said = oikos_says(command);
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr(" persons in "));
  const std::string persons = read(folder / "people/persons.csv");
  EXPECT_THAT(persons,
              StartsWith("person,household,birth_month,sex,partner,mother,father,education,labour,months_in_state,"
                         "wage_potential_ppm,pension_minor,children_born\n0,0,"));
  EXPECT_THAT(read(folder / "people/households.csv"),
              StartsWith("household,first_person,members,district,tenure\n0,0,"));
  const Said again = oikos_says(command);
  EXPECT_EQ(again.code, 2);
  EXPECT_EQ(again.err, people +
                           "/persons.csv: error: already exists\n"
                           "  hint:     choose another name, or overwrite it with --force\n");
  write(folder / "file", "");
  EXPECT_EQ(oikos_says({"population", baseline_path, "-o", (folder / "file").string()}).code, 74);
}

TEST(Population, reports_the_fit_as_json) {
  const auto document = nlohmann::json::parse(oikos_says({"population", baseline_path, "--json"}).out);
  EXPECT_EQ(document["schema"], "oikos-population/1");
  EXPECT_GT(document["persons"], 100'000);
  EXPECT_EQ(document["margins"][0]["margin"], "age_sex");
}

TEST(Schema, of_scenarios_has_every_key_of_the_baseline) {
  const Said said = oikos_says({"schema"});
  EXPECT_EQ(said.code, 0);
  const auto document = nlohmann::json::parse(said.out);
  EXPECT_EQ(document["$schema"], "http://json-schema.org/draft-07/schema#");
  const auto& whole = document["else"];
  const auto& plan = document["then"];
  EXPECT_FALSE(whole["additionalProperties"].get<bool>());
  for (const char* key : {"name", "title", "currency", "start", "months", "replicates", "seed", "municipalities",
                          "payers", "parameters", "providers", "programmes"}) {
    EXPECT_TRUE(whole["properties"].contains(key)) << key;
    EXPECT_TRUE(plan["properties"].contains(key)) << key;
  }
  EXPECT_THAT(whole["required"], Contains("municipalities"));
  EXPECT_FALSE(plan.contains("required"));
  EXPECT_TRUE(plan["properties"].contains("extends"));
  EXPECT_EQ(document["if"], nlohmann::json({{"required", nlohmann::json::array({"extends"})}}));
}

TEST(Schema, as_markdown_has_a_table_a_record) {
  const Said said = oikos_says({"schema", "--markdown"});
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, HasSubstr("extends: FILE"));
  for (const char* heading : {"## scenario\n", "## provider\n", "## programme\n", "## take_up\n"})
    EXPECT_THAT(said.out, HasSubstr(heading));
}

}  // namespace oikos::testing
