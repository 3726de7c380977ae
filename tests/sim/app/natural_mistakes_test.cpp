// Plans as people write them who know their city and not yet the language: whatever is mistaken in them is named, with
// its place and a way out. Each stands in natural_mistakes/, and beside it, letter by letter, what `check` says of it.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "sim/app/exit_codes.hpp"
#include "tests/sim/app/saying.hpp"

namespace oikos::testing {

using ::testing::AnyOf;
using ::testing::HasSubstr;

namespace {

const std::filesystem::path folder = OIKOS_SOURCE_DIR "/tests/sim/app/natural_mistakes";

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".yaml") all.push_back(entry.path().stem().string());
  std::ranges::sort(all);
  return all;
}

/// Options of the command, which a plan may name in its comment: "# options: --set seed=".
std::vector<std::string> options_of(const std::string& text) {
  constexpr std::string_view mark = "# options: ";
  const auto at = text.find(mark);
  if (at == std::string::npos) return {};
  std::istringstream line(text.substr(at + mark.size(), text.find('\n', at) - at - mark.size()));
  std::vector<std::string> options;
  for (std::string word; line >> word;) options.push_back(word);
  return options;
}

class NaturalMistake : public ::testing::TestWithParam<std::string> {};

}  // namespace

/// After a wanted change of texts: run with OIKOS_REWRITE_EXPECTED=1 in the environment, then read the differences.
TEST_P(NaturalMistake, is_named_with_a_way_out) {
  const City city;
  const std::string file = GetParam() + ".yaml", text = read(folder / file);
  write(city / file, text);
  std::vector<std::string> arguments{"check", (city / file).string()};
  for (const std::string& option : options_of(text)) arguments.push_back(option);
  const Said said = oikos_says(arguments);
  const std::string whole =
      "exit " + std::to_string(said.code) + "\n" + seen_from(city, said.err) + seen_from(city, said.out);

  EXPECT_THAT(said.code, AnyOf(app::ok, app::invalid_input)) << whole;
  EXPECT_THAT(whole, AnyOf(HasSubstr("error: "), HasSubstr("warning: "))) << "accepted without a word";
  EXPECT_THAT(whole, AnyOf(HasSubstr("  hint: "), HasSubstr("  expected: "))) << "no way out";
  EXPECT_THAT(whole, AnyOf(HasSubstr(file), HasSubstr("--set"), HasSubstr("--months"), HasSubstr("--scale")))
      << "no place";
  const std::filesystem::path expected = folder / (GetParam() + ".txt");
  if (std::getenv("OIKOS_REWRITE_EXPECTED") != nullptr) write(expected, whole);
  EXPECT_EQ(whole, read(expected));
}

INSTANTIATE_TEST_SUITE_P(Check, NaturalMistake, ::testing::ValuesIn(names()),
                         [](const auto& test) { return test.param; });

TEST(NaturalMistakes, are_many) { EXPECT_GE(names().size(), 100u); }

}  // namespace oikos::testing
