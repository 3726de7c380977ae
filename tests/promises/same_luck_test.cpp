// "Same luck in every plan": what a plan does not touch stays as it was, to the last bit.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/promises/small_city.hpp"

namespace oikos::testing {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

namespace {

/// Few places, so that there is a waiting list in so small a city.
const std::string few_places = "providers: {integration_centre: {places: 2}}\n";

const std::string training_head =
    "programmes:\n"
    "  training:\n"
    "    title: Training\n"
    "    domain: unemployment\n"
    "    duration: 3 months\n"
    "    cost: 500 PLN/person-month\n"
    "    effects: {job_finding: {times: 3, while: enrolled, source: test, confidence: assumption}}\n";

/// Every number called `key` anywhere in a document.
void collect(const nlohmann::json& json, const std::string& key, std::vector<nlohmann::json>& out) {
  if (json.is_object() && json.contains(key)) out.push_back(json[key]);
  for (const auto& inner : json)
    if (inner.is_structured()) collect(inner, key, out);
}

}  // namespace

TEST(NullPlan, differs_in_no_variable_and_says_so) {
  const Folder folder;
  const auto run = [&](const std::string& name, const std::string& text) {
    write(folder / (name + ".yaml"), "extends: " + baseline_path + "\n" + small_keys + text);
    ASSERT_EQ(
        oikos_says({"run", (folder / (name + ".yaml")).string(), "-q", "-o", (folder / (name + ".h5")).string()}).code,
        0);
  };
  run("a", "");
  run("b", "name: renamed\ntitle: Another title\n");
  const ResultData a = read_result(folder / "a.h5"), b = read_result(folder / "b.h5");
  EXPECT_EQ(a.variables, b.variables);
  EXPECT_EQ(b.scenario_name, "renamed");

  std::vector<std::string> all{"compare", (folder / "a.h5").string(), (folder / "b.h5").string(), "--json"};
  const Said said = oikos_says(all);
  ASSERT_EQ(said.code, 0) << said.err;
  std::vector<nlohmann::json> differences, identical;
  const auto document = nlohmann::json::parse(said.out);
  collect(document, "difference", differences);
  collect(document, "identical", identical);
  EXPECT_THAT(identical, Not(IsEmpty()));
  EXPECT_THAT(identical, Each(nlohmann::json(true)));
  ASSERT_THAT(differences, Not(IsEmpty()));
  for (const auto& one : differences) {
    if (one.is_number()) {
      EXPECT_EQ(one.get<double>(), 0.0);
    }
    for (const auto& value : one.is_array() ? one : nlohmann::json::array())
      EXPECT_TRUE(value.is_null() || value.get<double>() == 0.0) << value;
  }
}

/// Goal: a plan has the paths of its baseline, and a comparison of the two says nothing of other tables.
TEST(NullPlan, has_the_tables_of_its_baseline) {
  const Folder folder;
  write(folder / "plan.yaml", "extends: " + baseline_path + "\nname: plan\n");
  const std::vector<std::string> small{"--scale", "1 %", "--months", "6", "--replicates", "2", "-q", "-o"};
  for (const auto& [scenario, result] :
       {std::pair{baseline_path, folder / "a.h5"}, std::pair{(folder / "plan.yaml").string(), folder / "b.h5"}}) {
    std::vector<std::string> words{"run", scenario};
    words.insert(words.end(), small.begin(), small.end());
    words.push_back(result.string());
    ASSERT_EQ(oikos_says(words).code, 0);
  }
  const Said said = oikos_says({"compare", (folder / "a.h5").string(), (folder / "b.h5").string()});
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_EQ(said.out.find("other tables"), std::string::npos) << said.out;
}

TEST(PlanThatStartsLater, is_the_baseline_to_the_bit_until_then) {
  const Series before = series_of(run_plan(few_places));
  const Series after = series_of(run_plan("providers: {integration_centre: {places: {2015-01: 2, 2017-01: 40}}}\n"));
  EXPECT_THAT(differing(before, after, 36, 24), IsEmpty());
  EXPECT_THAT(differing(before, after), ::testing::Contains("programme_entries[integration]"));
}

TEST(ProgrammeThatStartsLater, is_the_baseline_to_the_bit_until_then) {
  const Series before = series_of(run_plan(""));
  const Series after =
      series_of(run_plan(training_head + "    eligible: labour == registered_unemployed\n    from: 2017-01\n"));
  EXPECT_THAT(differing(before, after, 36, 24), IsEmpty());
  // It acts: effects are felt from the month after entry.
  EXPECT_THAT(differing(before, after), ::testing::Contains("registered_unemployed"));
  EXPECT_THAT(differing(before, after), ::testing::Contains("employment_rate"));
  for (const double entries : start_of(after.at("programme_entries[training]"), 36, 24)) EXPECT_EQ(entries, 0.0);
}

TEST(ProgrammeForNobody, changes_nothing_but_adds_rows_of_zeros) {
  const Series before = series_of(run_plan(""));
  const Series after = series_of(run_plan(training_head + "    eligible: age >= 109\n"));
  EXPECT_THAT(differing(before, after), IsEmpty());
  const std::vector<std::string> added = differing(after, before);
  EXPECT_THAT(added, Not(IsEmpty()));
  for (const std::string& name : added) {
    EXPECT_THAT(name, HasSubstr("training"));
    EXPECT_THAT(after.at(name), Each(0.0)) << name;
  }
}

TEST(ProgrammeForNobody, may_stand_before_the_others) {
  // The order of programmes is that of the text; luck hangs on their keys, so an idle one in front moves nobody.
  const std::string idle = training_head + "    eligible: age >= 109\n";
  const Series before = series_of(run_plan(""));
  const Folder folder;
  std::string text = read(baseline_path);
  const std::string head = "programmes:\n";
  const auto at = text.find(head);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, head.size(), idle);
  for (std::size_t tables = text.find("data"); tables != std::string::npos; tables = text.find("data", tables + 1))
    if (text.compare(tables, 5, "data/") == 0 || text.compare(tables, 5, "data}") == 0) {
      text.insert(tables, city_folder + "/");
      tables += city_folder.size() + 1;
    }
  write(folder / "front.yaml", text);
  const Series after = series_of(run_plan("", {}, (folder / "front.yaml").string()));
  EXPECT_THAT(differing(before, after), IsEmpty());
}

TEST(MorePlaces, never_lengthen_the_waiting_list_when_nobody_acts_on_them) {
  // Without effects the programme changes nobody, so that the same persons ask for places in both runs.
  const auto waiting = [](int places) {
    const std::string plan = "providers: {integration_centre: {scales: no, places: " + std::to_string(places) +
                             "}}\nprogrammes: {integration: {effects: ~}}\n";
    return series_of(run_plan(plan)).at("programme_waiting[integration]");
  };
  const std::vector<double> few = waiting(1), twice = waiting(2), many = waiting(4);
  double sum_few = 0, sum_many = 0;
  for (std::size_t i = 0; i < few.size(); ++i) {
    EXPECT_LE(twice[i], few[i]) << i;
    EXPECT_LE(many[i], twice[i]) << i;
    sum_few += few[i], sum_many += many[i];
  }
  EXPECT_LT(sum_many, sum_few);
}

TEST(RenamedDistrict, changes_its_label_and_nothing_else) {
  const Folder folder;
  std::filesystem::copy(city_folder, folder / "city", std::filesystem::copy_options::recursive);
  std::string text = read(folder / "city/baseline.yaml"), table = read(folder / "city/data/districts.csv");
  text.replace(text.find("nowy_bytom"), 10, "new_name");
  table.replace(table.find("\nnowy_bytom,") + 1, 10, "new_name");
  write(folder / "city/baseline.yaml", text);
  write(folder / "city/data/districts.csv", table);
  const Series before = series_of(run_plan(""));
  Series after = series_of(run_plan("", {}, (folder / "city/baseline.yaml").string()));
  std::size_t renamed = 0;
  for (const auto& [name, values] : Series(after))
    if (const auto at = name.find("[new_name]"); at != std::string::npos) {
      after[name.substr(0, at) + "[nowy_bytom]"] = values;
      ++renamed;
    }
  EXPECT_GT(renamed, 0u);
  EXPECT_THAT(differing(before, after), IsEmpty());
}

}  // namespace oikos::testing
