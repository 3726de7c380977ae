// The words of the command line: help, versions, misspelt commands and options.
#include <gmock/gmock.h>

#include "sim/base/build_info.hpp"
#include "tests/sim/app/saying.hpp"

namespace oikos::testing {

using ::testing::HasSubstr;
using ::testing::StartsWith;

namespace {

void expect_mistake(const std::vector<std::string>& arguments, const std::string& err) {
  const Said said = oikos_says(arguments);
  EXPECT_EQ(said.code, 2) << ::testing::PrintToString(arguments);
  EXPECT_EQ(said.out, "");
  EXPECT_EQ(said.err, err + help_line);
}

}  // namespace

TEST(CommandLine, asks_for_a_command) {
  for (const std::vector<std::string>& one : {std::vector<std::string>{}, {"explain"}, {"plan"}})
    expect_mistake(one, "error: A subcommand is required\n");
}

TEST(CommandLine, suggests_the_command_that_was_meant) {
  expect_mistake({"rnu", "x.yaml"}, "error: unknown command 'rnu'\n  hint:     did you mean 'run'?\n");
  expect_mistake({"comparee"}, "error: unknown command 'comparee'\n  hint:     did you mean 'compare'?\n");
  expect_mistake({"explain", "colums"}, "error: unknown command 'colums'\n  hint:     did you mean 'columns'?\n");
  expect_mistake({"plan", "dif", "a", "b"}, "error: unknown command 'dif'\n  hint:     did you mean 'diff'?\n");
  expect_mistake({"fly"}, "error: unknown command 'fly'\n");
}

TEST(CommandLine, suggests_the_option_that_was_meant) {
  expect_mistake({"run", "x.yaml", "--replicate", "4"},
                 "error: unknown option '--replicate'\n  hint:     did you mean '--replicates'?\n");
  expect_mistake({"run", "x.yaml", "--ouput=x.h5"},
                 "error: unknown option '--ouput'\n  hint:     did you mean '--output'?\n");
  expect_mistake({"compare", "a", "b", "--jsn"}, "error: unknown option '--jsn'\n  hint:     did you mean '--json'?\n");
  expect_mistake({"--versoin"}, "error: unknown option '--versoin'\n  hint:     did you mean '--version'?\n");
  expect_mistake({"run", "x.yaml", "--paint", "red"}, "error: unknown option '--paint'\n");
}

TEST(CommandLine, says_what_is_missing_or_too_much) {
  expect_mistake({"run"}, "error: SCENARIO is required\n");
  expect_mistake({"compare", "a.h5"}, "error: RESULT: At least 2 required but received 1\n");
  expect_mistake({"plan", "diff", "a.yaml"}, "error: AFTER is required\n");
  expect_mistake({"run", "x.yaml", "y.yaml"}, "error: The following argument was not expected: y.yaml\n");
  expect_mistake({"run", "x.yaml", "--threads", "0"}, "error: --threads: Value 0 not in range 1 to 256\n");
  expect_mistake({"run", "x.yaml", "--chunk", "many"}, "error: --chunk: Value many not in range 1 to 100000000\n");
  expect_mistake({"compare", "a", "b", "--json", "--csv"}, "error: --json excludes --csv\n");
}

TEST(CommandLine, refuses_empty_values_which_a_shell_makes_of_unset_variables) {
  for (const std::string option : {"--months", "--replicates", "--seed", "--scale", "--output"})
    expect_mistake({"run", "x.yaml", option, ""}, "error: " + option + ": must not be empty\n");
  expect_mistake({"check", ""}, "error: SCENARIO: must not be empty\n");
}

TEST(CommandLine, tells_the_version_with_commit_and_compiler) {
  const Said said = oikos_says({"--version"});
  const BuildInfo build = build_info();
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(said.out, "oikos " + std::string(build.version) + " (" + std::string(build.commit) + ", " +
                          std::string(build.compiler) + ")\n");
  EXPECT_EQ(said.err, "");
}

TEST(Help, of_the_program_names_its_commands_and_a_first_run) {
  const Said said = oikos_says({"--help"});
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(said.err, "");
  for (const char* word :
       {"check ", "population ", "run ", "compare ", "explain ", "plan ", "schema ", "A first run:\n  oikos check "})
    EXPECT_THAT(said.out, HasSubstr(word));
}

TEST(Help, of_every_command_has_an_example) {
  const std::vector<std::vector<std::string>> commands{
      {"check"},        {"population"}, {"run"}, {"compare"}, {"explain", "columns"}, {"explain", "month"},
      {"plan", "diff"}, {"schema"}};
  for (std::vector<std::string> command : commands) {
    std::string example = "oikos";
    for (const auto& word : command) example += " " + word;
    command.push_back("--help");
    const Said said = oikos_says(command);
    EXPECT_EQ(said.code, 0) << example;
    EXPECT_THAT(said.out, HasSubstr("Example")) << example;
    EXPECT_THAT(said.out.substr(said.out.find("Example") + 1), HasSubstr(example)) << example;
  }
}

}  // namespace oikos::testing
