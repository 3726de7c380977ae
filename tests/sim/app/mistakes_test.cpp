// What `oikos check` says of mistaken scenarios, letter by letter.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <array>
#include <nlohmann/json.hpp>

#include "tests/sim/app/saying.hpp"

namespace oikos::testing {

using ::testing::HasSubstr;
using ::testing::Not;

namespace {

constexpr const char* all_at_once = R"(extends: baseline.yaml
name: mistakes
mnths: 24
programmes:
  integration:
    provider: socal_integration
    from: 2031-02
    cost: 1800 PLN
    eligible: agee >= 18
    drop_out: 0,5 %/month
  family_supplement:
    payers: {state: 70 %, city: 40 %}
    take_up: {applies: {rate: 104 %/month}}
)";

}  // namespace

TEST(Check, shows_every_mistake_of_a_scenario_at_once) {
  const City city;
  write(city / "plan.yaml", all_at_once);
  const Said said = city.check("plan.yaml");
  EXPECT_EQ(said.code, 2);
  EXPECT_EQ(said.out, "");
  EXPECT_EQ(said.err, R"(plan.yaml:3:1: error: unknown key in scenario
     3 | mnths: 24
       | ^^^^^
  expected: one of name, title, start, months, replicates, seed, currency, municipalities, parameters, attributes, payers, providers, programmes, levers, shocks
  got:      'mnths'
  hint:     did you mean 'months'?

plan.yaml:6:15: error: no such kind of provider, and no such provider
     6 |     provider: socal_integration
       |               ^^^^^^^^^^^^^^^^^
  expected: the kind of one of the providers of the scenario, or its key
  got:      'socal_integration'
  hint:     did you mean 'social_integration'?

plan.yaml:7:11: error: 'from' lies outside the run
     7 |     from: 2031-02
       |           ^^^^^^^
  expected: a month of the run, 2015-01 to 2029-12
  got:      2031-02

plan.yaml:8:11: error: an amount without 'per what'
     8 |     cost: 1800 PLN
       |           ^^^^^^^^
  expected: an amount of money of at least 0.00 PLN (per person-month, place-month), such as '850 PLN/person-month'
  got:      '1800 PLN'
  hint:     write '1800 PLN/person-month'

plan.yaml:9:15: error: unknown column in eligibility expression
     9 |     eligible: agee >= 18
       |               ^^^^
  expected: a column of persons and their households (list them: oikos explain columns)
  got:      'agee'
  hint:     did you mean 'age' [years]?

plan.yaml:10:15: error: decimal comma
    10 |     drop_out: 0,5 %/month
       |               ^^^^^^^^^^^
  expected: a chance per time, such as '4 %/month', '6 %/year' or '0.18/year'
  got:      '0,5 %/month'
  hint:     decimals are written with a point: 0.5 %/month

plan.yaml:12:13: error: payers' shares of 'family_supplement' are more than the whole
    12 |     payers: {state: 70 %, city: 40 %}
       |             ^
  expected: at most 100 % in any month
  got:      110 % in 2015-01: city 40 %, state 70 %
  hint:     end a share by another from that month on, such as '0 %'

plan.yaml:13:31: error: a probability above 100 %
    13 |     take_up: {applies: {rate: 104 %/month}}
       |                               ^^^^^^^^^^^
  expected: a chance per time, such as '4 %/month', '6 %/year' or '0.18/year'
  got:      '104 %/month'
  hint:     a hazard may be above 1: write '1.04/month'
8 errors
)");
}

TEST(Run, with_mistakes_writes_nothing) {
  const City city;
  write(city / "plan.yaml", all_at_once);
  const auto before = city.names();
  const Said said = oikos_says({"run", (city / "plan.yaml").string(), "-o", (city / "x.h5").string()});
  EXPECT_EQ(said.code, 2);
  EXPECT_EQ(seen_from(city, said.err), city.check("plan.yaml").err);
  EXPECT_EQ(city.names(), before);
}

TEST(Check, shows_the_same_mistakes_as_json) {
  const City city;
  write(city / "plan.yaml", all_at_once);
  const Said said = oikos_says({"check", (city / "plan.yaml").string(), "--json"});
  EXPECT_EQ(said.code, 2);
  EXPECT_EQ(said.err, "");
  const auto document = nlohmann::json::parse(said.out);
  EXPECT_EQ(document["schema"], "oikos-check/1");
  ASSERT_EQ(document["errors"].size(), 8u);
  EXPECT_EQ(document["errors"][0],
            (nlohmann::json{{"severity", "error"},
                            {"file", (city / "plan.yaml").string()},
                            {"line", 3},
                            {"column", 1},
                            {"what", "unknown key in scenario"},
                            {"expected",
                             "one of name, title, start, months, replicates, seed, currency, "
                             "municipalities, parameters, attributes, payers, providers, programmes, levers, shocks"},
                            {"got", "'mnths'"},
                            {"hint", "did you mean 'months'?"}}));
}

TEST(Check, finds_a_missing_column_and_no_follow_up_mistakes) {
  const City city;
  city.change("data/law.csv", "name,from,value", "name,from,valeu");
  const Said said = city.check("baseline.yaml");
  EXPECT_EQ(said.code, 2);
  EXPECT_EQ(said.err, R"(data/law.csv:2:1: error: no column 'value'
     2 | name,from,valeu,unit,place,source,confidence
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  expected: a column named value
  got:      name, from, valeu, unit, place, source, confidence
  hint:     is it 'valeu'?
)");
}

TEST(Check, finds_a_decimal_comma_in_a_table_and_mistakes_in_the_scenario_together) {
  const City city;
  city.change("data/rates.csv", "male_birth_share,,51.362,", "male_birth_share,,\"51,362\",");
  city.change("baseline.yaml", "months_in_state >= 12 and age >= 18", "months_in_state >= 12 and agee >= 18");
  city.change("baseline.yaml", "district: nowy_bytom", "district: nowy_byton");
  const Said said = city.check("baseline.yaml");
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.err, HasSubstr("data/rates.csv:3:"));
  EXPECT_THAT(said.err, HasSubstr("error: decimal comma\n"));
  EXPECT_THAT(said.err, HasSubstr("  hint:     decimals are written with a point: 51.362\n"));
  EXPECT_THAT(said.err, HasSubstr("error: unknown column in eligibility expression\n"));
  EXPECT_THAT(said.err, HasSubstr("  hint:     did you mean 'nowy_bytom'?\n"));
  EXPECT_THAT(said.err, Not(HasSubstr("missing parameter")));
  EXPECT_THAT(said.err, HasSubstr("\n3 errors\n"));
}

TEST(Check, does_not_guess_after_a_mistake_in_what_all_else_needs) {
  const City city;
  city.change("baseline.yaml", "start: 2015-01", "start: 2015-13");
  city.change("baseline.yaml", "months_in_state >= 12 and age >= 18", "months_in_state >= 12 and agee >= 18");
  const Said said = city.check("baseline.yaml");
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.err, HasSubstr("start: 2015-13"));
  EXPECT_THAT(said.err, Not(HasSubstr("outside the run")));
}

TEST(Check, does_not_miss_a_provider_whose_kind_could_not_be_read) {
  const City city;
  city.change("baseline.yaml", "kind: social_integration", "kind: Social Integration");
  const Said said = city.check("baseline.yaml");
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.err, HasSubstr("kind: Social Integration"));
  EXPECT_THAT(said.err, Not(HasSubstr("no such kind of provider")));
}

TEST(Check, reports_a_setting_where_it_was_written) {
  EXPECT_EQ(oikos_says({"check", baseline_path, "--set", "mnths=5"}).err,
            "--set:1:1: error: unknown key in scenario\n"
            "     1 | mnths: 5\n"
            "       | ^^^^^\n"
            "  expected: one of name, title, start, months, replicates, seed, currency, municipalities, parameters, "
            "attributes, payers, providers, programmes, levers, shocks\n"
            "  got:      'mnths'\n"
            "  hint:     did you mean 'months'?\n");
  EXPECT_EQ(oikos_says({"check", baseline_path, "--scale", "5"}).err,
            "--scale:1:1: error: a share above 1 without '%'\n"
            "     1 | 5\n"
            "       | ^\n"
            "  expected: a share from 0.01 % to 100 %, such as '12 %' or 0.12\n"
            "  got:      '5'\n"
            "  hint:     write '5 %' if percent is meant\n");
  EXPECT_EQ(oikos_says({"check", baseline_path, "--months", "0"}).err,
            "--months:1:1: error: value too small\n"
            "     1 | 0\n"
            "       | ^\n"
            "  expected: a whole number from 1 to 1200\n"
            "  got:      '0'\n");
  const Said without = oikos_says({"check", baseline_path, "--set", "months"});
  EXPECT_EQ(without.code, 2);
  EXPECT_EQ(without.err,
            "error: a setting has no value\n  expected: PATH=VALUE, such as providers/shelter/places=40\n  got:      "
            "'months'\n");
  EXPECT_EQ(oikos_says({"check", baseline_path, "--set", "providers//places=4"}).err,
            "--set:1:11: error: an empty part in a path\n"
            "     1 | providers//places: 4\n"
            "       |           ^\n"
            "  expected: keys with slashes between them, such as 'providers/shelter/places'\n"
            "  got:      '/places'\n");
  EXPECT_EQ(oikos_says({"check", baseline_path, "--set", "providers.centre.places=4"}).err,
            "--set:1:1: error: a path with dots\n"
            "     1 | providers.centre.places: 4\n"
            "       | ^^^^^^^^^^^^^^^^^^^^^^^\n"
            "  expected: keys with slashes between them, such as 'providers/shelter/places'\n"
            "  got:      'providers.centre.places'\n"
            "  hint:     write providers/centre/places\n");
  EXPECT_EQ(oikos_says({"check", baseline_path, "--set", "programmes/integration/take_up/applies/rate=6 %"}).err,
            "--set:1:46: error: a chance without its time\n"
            "     1 | programmes/integration/take_up/applies/rate: 6 %\n"
            "       |                                              ^^^\n"
            "  expected: a chance per time, such as '4 %/month', '6 %/year' or '0.18/year'\n"
            "  got:      '6 %'\n"
            "  hint:     write '6 %/month' or '6 %/year'\n");
}

/// What `check` says of a plan in a folder of its own, and with which code.
Said said_of_plan(const Folder& folder, const std::string& text) {
  write(folder / "plan.yaml", text);
  return oikos_says({"check", (folder / "plan.yaml").string()});
}

TEST(Check, shows_what_a_scenario_names_and_nobody_can_read_where_it_is_named) {
  const Folder folder;
  std::filesystem::create_directory(folder / "folder");
  std::filesystem::create_symlink("loop", folder / "loop");
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  write(folder / "long", std::string((16u << 20u) + 1, '#'));
  const std::string plan = (folder / "plan.yaml").string(), here = (folder / "").string();
  const auto expected = [&](const std::string& name, const std::string& why, const std::string& hint) {
    return plan + ":1:10: error: a file that cannot be read: " + why + "\n     1 | extends: " + name +
           "\n       |          " + std::string(name.size(), '^') +
           "\n  expected: a name as seen from the folder of this file\n  got:      '" +
           (name.starts_with("/") ? name : here + name) + "'\n" + (hint.empty() ? "" : "  hint:     " + hint + "\n");
  };
  for (const auto& [name, why, hint] :
       {std::array<std::string, 3>{"folder", "cannot read: Is a directory", "name a file, not a directory"},
        {"loop", "cannot open: Too many levels of symbolic links", ""},
        {"pipe", "no regular file, but a pipe, a device or a socket", "write it into a file first"},
        {"/dev/zero", "no regular file, but a pipe, a device or a socket", "write it into a file first"},
        {"long", "longer than 16777216 bytes, the most that is read here", "check that this is the file you mean"}}) {
    const Said said = said_of_plan(folder, "extends: " + name + "\nname: plan\nmonths: 3\n");
    EXPECT_EQ(said.code, 2) << name;
    EXPECT_EQ(said.err, expected(name, why, hint));
  }
  // Tables are named as well: by a list, and by a folder of theirs.
  const std::string city = "extends: " + std::string(baseline_path) + "\nname: plan\nmunicipalities: {ruda_slaska: ";
  for (const char* named : {"{parameters: [pipe]}", "{population: {tables: folder}}", "{parameters: [folder]}",
                            "{population: {tables: pipe}}"}) {
    const Said said = said_of_plan(folder, city + named + "}\n");
    EXPECT_EQ(said.code, 2) << named;
    EXPECT_TRUE(said.err.starts_with(plan + ":3:")) << said.err;
  }
}

TEST(Check, shows_a_mistake_of_a_plan_in_the_plan) {
  const Folder folder;
  const std::string start = "extends: " + std::string(baseline_path) + "\nname: plan\n";
  for (const std::string change :
       {"providers: ~", "months: ~", "payers: {eu_social_fund: ~}", "payers: ~", "currency: EUR", "municipalities: ~",
        "providers: {integration_centre: ~}", "providers: {integration_centre: {places: ~}}",
        "programmes: {integration: {eligible: ~}}", "programmes: {integration: {provider: ~}}",
        "programmes: {integration: {payers: {city: 40 %}}}",

        "programmes: {integration: {effects: {job_finding: 3}}}",
        "providers: {integration_centre: {municipality: warsaw}}", "parameters: {job_loss: 300 %/month}",
        "programmes: {integration: {until: 2014-01}}"}) {
    const Said said = said_of_plan(folder, start + change + "\n");
    EXPECT_EQ(said.code, 2) << change;
    EXPECT_TRUE(said.err.starts_with((folder / "plan.yaml").string() + ":3:")) << change << "\n" << said.err;
  }
}

TEST(Check, writes_json_of_names_that_are_no_text) {
  const Folder folder;
  write(folder / "a\xff.yaml", "zzz: 1\n");
  const Said said = oikos_says({"check", "--json", (folder / "a\xff.yaml").string()});
  EXPECT_EQ(said.code, 2);
  EXPECT_TRUE(nlohmann::json::accept(said.out)) << said.out;
}

TEST(Check, escapes_what_a_terminal_would_act_on_in_names_of_files_too) {
  const Folder folder;
  write(folder / "a\x1b[31mb\n.yaml", "x: 1\n");
  const Said said = oikos_says({"check", (folder / "a\x1b[31mb\n.yaml").string()});
  EXPECT_EQ(said.code, 2);
  EXPECT_TRUE(said.err.starts_with((folder / "a\\x1b[31mb\\x0a.yaml").string() + ":1:1: error: ")) << said.err;
}

TEST(Check, ends_at_once_over_very_much_of_anything) {
  const Folder folder;
  const std::string start = "extends: " + std::string(baseline_path) + "\nname: plan\n";
  const auto many = [](int n, const std::string& before, const std::string& behind) {
    std::string text;
    for (int i = 0; i < n; ++i) text += before + std::to_string(i) + behind;
    return text;
  };
  write(folder / "wide.csv", "name" + many(200'000, ",c", "") + "\n");
  write(folder / "same.csv", "name" + many(200'000, ",c0", "") + "\n");
  write(folder / "tall.csv",
        "name,from,value,unit,place,source,confidence\n" + many(200'000, "k", ",,1,PLN,PL,s,assumption\n"));
  const std::string tables = "municipalities: {ruda_slaska: {parameters: [";
  for (const std::string& text :
       {many(1'000'000, "k", ": 1\n"), "x: {" + many(200'000, "k", ": 1, ") + "}\n",
        "parameters:\n" + many(200'000, "  k", ": 1\n"), "providers:\n" + many(100'000, "  k", ": {kind: a}\n"),
        "programmes:\n" + many(2'001, "  k", ": {title: x}\n"), "payers:\n" + many(100'000, "  k", ": {title: x}\n"),
        "x: [" + many(200'000, "&a b", ", ") + "]\n", "x: {a: (b" + many(200'000, ", k", "") + "}\n",
        tables + "wide.csv]}}\n", tables + "same.csv]}}\n", tables + "tall.csv]}}\n"}) {
    const Said said = said_of_plan(folder, start + text);
    EXPECT_EQ(said.code, 2) << text.substr(0, 60);
    EXPECT_LT(said.err.size(), 2'000'000u) << text.substr(0, 60);
  }
}

TEST(Check, names_a_missing_file) {
  const Said said = oikos_says({"check", "no-such.yaml"});
  EXPECT_EQ(said.code, 74);
  EXPECT_EQ(said.err,
            "no-such.yaml: error: cannot open: No such file or directory\n"
            "  hint:     check the spelling; relative paths start at the current directory\n");
}

}  // namespace oikos::testing
