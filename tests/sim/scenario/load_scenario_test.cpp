#include <gmock/gmock.h>

#include "sim/base/diagnostics.hpp"
#include "tests/sim/scenario/loading.hpp"

namespace oikos::testing {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(LoadScenario, reads_the_baseline) {
  const LoadedScenario loaded = load_scenario(baseline_path);
  EXPECT_EQ(loaded.scenario.name, "baseline");
  EXPECT_EQ(loaded.scenario.start, Month(2015, 1));
  EXPECT_EQ(loaded.scenario.end(), Month(2030, 1));
  ASSERT_EQ(loaded.scenario.programmes.size(), 2u);
  EXPECT_EQ(loaded.scenario.programmes[1].name, "family_supplement");
  EXPECT_TRUE(loaded.mistakes.empty());
  EXPECT_EQ(loaded.sha256.size(), 64u);
}

TEST(LoadScenario, lays_a_chain_of_plans_one_over_the_other) {
  const City city;
  city.plan("first.yaml",
            "extends: baseline.yaml\nname: first\nmonths: 12\nproviders: {integration_centre: {places: 10}}\n");
  const std::string last =
      city.plan("last.yaml", "extends: first.yaml\nname: last\nproviders: {integration_centre: {title: Other}}\n");
  const LoadedScenario loaded = load_scenario(last);
  const Scenario& s = loaded.scenario;
  EXPECT_EQ(s.name, "last");
  EXPECT_EQ(s.months, 12);
  EXPECT_EQ(s.replicates, load_scenario(baseline_path).scenario.replicates);
  ASSERT_EQ(s.providers.size(), 1u);
  EXPECT_EQ(s.providers[0].value.title, "Other");
  EXPECT_EQ(s.providers[0].value.places.at(s.start), 10);
  EXPECT_EQ(loaded.sources.size(), 3u);
  EXPECT_EQ(loaded.text.find("extends"), std::string::npos);
}

TEST(LoadScenario, finds_files_beside_the_file_that_names_them) {
  const City city;
  std::filesystem::create_directories(city / "plans/deep");
  const std::string plan = city.plan("plans/deep/plan.yaml", "extends: ../../baseline.yaml\nname: deep\n");
  EXPECT_EQ(mistakes(city, plan), "");
}

TEST(LoadScenario, lays_places_of_providers_and_new_providers_over_the_baseline) {
  const City city;
  const std::string path =
      city.plan("plan.yaml",
                "extends: baseline.yaml\nproviders:\n  integration_centre: {places: {2016-07: 55}}\n"
                "  second:\n    title: Second\n    kind: social_integration\n    municipality: ruda_slaska\n    "
                "district: wirek\n    places: 5\n");
  const Scenario s = load_scenario(path).scenario;
  ASSERT_EQ(s.providers.size(), 2u);
  EXPECT_EQ(s.providers[0].value.places.at(Month(2016, 6)), 40);
  EXPECT_EQ(s.providers[0].value.places.at(Month(2016, 7)), 55);
  EXPECT_EQ(s.providers[0].value.kind.value, "social_integration");
  EXPECT_EQ(s.providers[1].value.district.value, "wirek");
}

TEST(LoadScenario, removes_what_a_plan_takes_away) {
  const City city;
  const Scenario s =
      load_scenario(city.plan("plan.yaml", "extends: baseline.yaml\nprogrammes: {integration: ~}\n")).scenario;
  ASSERT_EQ(s.programmes.size(), 1u);
  EXPECT_EQ(s.programmes[0].name, "family_supplement");
}

TEST(LoadScenario, puts_settings_over_the_text_in_their_order) {
  const Scenario s = load_scenario(baseline_path, {{"months", "24"},
                                                   {"municipalities/ruda_slaska/population/scale", "5 %"},
                                                   {"months", "36"},
                                                   {"providers/integration_centre/places/2018-01", "80"},
                                                   {"title", "Some title"}})
                         .scenario;
  EXPECT_EQ(s.months, 36);
  EXPECT_EQ(s.title, "Some title");
  EXPECT_DOUBLE_EQ(s.municipality().population.scale, 0.05);
  EXPECT_EQ(s.municipality().population.tables.value, "data");  // the rest of a mapping stays
  EXPECT_EQ(s.providers[0].value.places.at(Month(2017, 12)), 40);
  EXPECT_EQ(s.providers[0].value.places.at(Month(2018, 1)), 80);
}

TEST(LoadScenario, a_star_in_a_path_is_every_key_that_is_there) {
  const Scenario s = load_scenario(baseline_path, {{"municipalities/*/population/scale", "5 %"}}).scenario;
  EXPECT_DOUBLE_EQ(s.municipality().population.scale, 0.05);
}

TEST(LoadScenario, of_equal_content_has_equal_checksums) {
  const City city;
  const std::string set = load_scenario(baseline_path, {{"months", "24"}}).sha256;
  EXPECT_EQ(load_scenario(city.plan("plan.yaml", "extends: baseline.yaml\nmonths: 24  # two years\n")).sha256, set);
  EXPECT_NE(load_scenario(baseline_path).sha256, set);
}

TEST(LoadScenario, throws_what_prepare_would_report_with_more) {
  EXPECT_THROW(load_scenario(baseline_path, {{"months", "0"}}), InputError);
  EXPECT_FALSE(load_readable(baseline_path, {{"months", "0"}}).mistakes.empty());
}

TEST(Prepare, names_tables_as_seen_from_the_scenario_wherever_it_is_run) {
  const City city;
  const std::string here = prepare(load_scenario(baseline_path)).inputs;
  EXPECT_EQ(prepare(load_scenario((city / "baseline.yaml").string())).inputs, here);
  EXPECT_THAT(here, HasSubstr("  data/law.csv\n"));
  EXPECT_THAT(here, HasSubstr("  data/unemployment.csv\n"));
  EXPECT_THAT(here, HasSubstr("  data/age_sex.csv\n"));
}

TEST(Prepare, holds_the_baseline_to_the_kept_path_and_its_plans_too) {
  const City city;
  const std::vector<double> kept = prepare(load_scenario(baseline_path)).unemployment;
  ASSERT_EQ(kept.size(), 180u);
  EXPECT_NEAR(kept[0], 0.079 + (0.0672 - 0.079) * 0.5 / 12, 1e-12);
  EXPECT_NEAR(kept[12], 0.0672 + (0.0568 - 0.0672) * 0.5 / 12, 1e-12);
  EXPECT_DOUBLE_EQ(kept[179], 0.036);
  const std::string plan = city.plan("plan.yaml", "extends: baseline.yaml\nname: plan\n");
  EXPECT_EQ(prepare(load_scenario(plan)).unemployment, kept);
  const Settings in_place{
      {"municipalities/ruda_slaska/keep/registered_unemployment_rate", "{2015-01: 9 %, 2016-01: 6 %}"}};
  EXPECT_EQ(prepare(load_scenario(baseline_path, in_place)).unemployment[12], 0.06);
  std::string free = read(city / "baseline.yaml");
  const auto keep = free.find("    keep:");
  free.erase(keep, free.find('\n', keep) - keep);
  const std::string alone = city.plan("free.yaml", free + "\nparameters: {registered_unemployment_rate: 8 %}\n");
  EXPECT_EQ(prepare(load_scenario(alone)).unemployment.size(), 0u);
}

TEST(Programmes, may_name_a_kind_or_one_provider) {
  const City city;
  const Prepared p = prepare(load_scenario(
      city.plan("plan.yaml",
                "extends: baseline.yaml\nproviders:\n  second: {kind: social_integration, municipality: ruda_slaska, "
                "places: 5, queue: {gives_up: 3 %/month}}\nprogrammes:\n  small: {domain: poverty, eligible: age >= "
                "18, provider: second}\n")));
  ASSERT_EQ(p.programmes.size(), 3u);
  EXPECT_EQ(p.programmes[0].capacity->group().size(), 2u);
  ASSERT_EQ(p.programmes[2].capacity->group().size(), 1u);
  EXPECT_EQ(p.programmes[2].capacity->group()[0], 1u);
  EXPECT_EQ(p.programmes[2].gives_up, threshold(0.03));
  EXPECT_EQ(p.programmes[0].gives_up, threshold(0.03));
}

TEST(Extends, in_a_circle_is_a_mistake) {
  const City city;
  const std::string first = city.plan("first.yaml", "extends: second.yaml\nname: first\n");
  city.plan("second.yaml", "extends: first.yaml\nname: second\n");
  EXPECT_EQ(mistakes(city, first),
            "second.yaml:1:10: error: a scenario cannot extend itself\n"
            "     1 | extends: first.yaml\n"
            "       |          ^^^^^^^^^^\n"
            "  expected: at most 8 files, each extending another\n"
            "  got:      'first.yaml'\n");
  const std::string self = city.plan("self.yaml", "extends: self.yaml\n");
  EXPECT_THAT(mistakes(city, self), HasSubstr("self.yaml:1:10: error: a scenario cannot extend itself\n"));
  std::filesystem::create_directories(city / "sub");
  const std::string round = city.plan("round.yaml", "extends: sub/../round.yaml\n");
  EXPECT_THAT(mistakes(city, round), HasSubstr("error: a scenario cannot extend itself\n"));
}

TEST(Extends, too_deeply_is_a_mistake) {
  const City city;
  std::string below = "baseline.yaml", top;
  for (int i = 1; i <= 7; ++i) {
    top = city.plan("p" + std::to_string(i) + ".yaml", "extends: " + below + "\nmonths: " + std::to_string(i) + "\n");
    below = "p" + std::to_string(i) + ".yaml";
  }
  EXPECT_EQ(load_scenario(top).scenario.months, 7);
  top = city.plan("p8.yaml", "extends: p7.yaml\nmonths: 8\n");
  EXPECT_EQ(mistakes(city, top),
            "p1.yaml:1:10: error: scenarios extend each other too deeply\n"
            "     1 | extends: baseline.yaml\n"
            "       |          ^^^^^^^^^^^^^\n"
            "  expected: at most 8 files, each extending another\n"
            "  got:      'baseline.yaml'\n");
}

TEST(Extends, of_a_missing_file_is_a_mistake_where_it_is_named) {
  EXPECT_THROW(load_scenario("no-such.yaml"), FileError);
  const City city;
  EXPECT_EQ(mistakes(city, city.plan("plan.yaml", "extends: basline.yaml\n")),
            "plan.yaml:1:10: error: no such file or folder\n"
            "     1 | extends: basline.yaml\n"
            "       |          ^^^^^^^^^^^^\n"
            "  expected: a name as seen from the folder of this file\n"
            "  got:      'basline.yaml'\n");
}

}  // namespace oikos::testing
