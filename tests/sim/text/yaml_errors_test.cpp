#include <gtest/gtest.h>

#include "sim/text/node.hpp"
#include "tests/sim/text/reading.hpp"

namespace oikos {
namespace {

/// Goal: quotes, brackets, commas and colons that are missing, or one too many, are told where they are, with a way out
/// that leads out; and very much of anything ends soon.
using test::yaml_errors;

TEST(YamlErrors, a_quote_that_closes_lines_below) {
  EXPECT_EQ(yaml_errors("name: \"base\nmonths: 12\ntitle: \"A town\"\n"),
            R"(plan.yaml:1:7: error: quoted text is not closed where it should be
     1 | name: "base
       |       ^^^^^
  expected: " at its end
  got:      text up to the " in line 3
)");
  EXPECT_EQ(yaml_errors("a: {b: 'x, c: 2}\nd: {e: 'y'}\n"),
            R"(plan.yaml:1:8: error: quoted text is not closed where it should be
     1 | a: {b: 'x, c: 2}
       |        ^^^^^^^^^
  expected: ' at its end
  got:      text up to the ' in line 2
)");
}

TEST(YamlErrors, a_comma_that_is_missing) {
  EXPECT_EQ(yaml_errors("x: {rate: 1 %/month from: 2015-01}\n"),
            R"(plan.yaml:1:11: error: a comma is missing, or text with a ':' has no quotes
     1 | x: {rate: 1 %/month from: 2015-01}
       |           ^^^^^^^^^^^^^^
  expected: {key: value, key: value}
  got:      '1 %/month from'
  hint:     write '1 %/month, from' in place of '1 %/month from', or put the text in quotes
)");
}

TEST(YamlErrors, text_that_needs_quotes_inside_brackets) {
  EXPECT_EQ(yaml_errors("x: {source: Smith: a study, confidence: recalled}\n"),
            R"(plan.yaml:1:13: error: text with a ':' inside '{ }' without quotes
     1 | x: {source: Smith: a study, confidence: recalled}
       |             ^^^^^^^^^^^^^^
  expected: text in quotes
  got:      'Smith: a study'
  hint:     write "Smith: a study"
)");
  EXPECT_EQ(yaml_errors("x: {source: Smith, Jones 2018, confidence: recalled}\n"),
            R"(plan.yaml:1:13: error: a value cut in two by its comma
     1 | x: {source: Smith, Jones 2018, confidence: recalled}
       |             ^^^^^
  expected: text with a comma inside '{ }' in quotes
  got:      'Smith' and 'Jones 2018'
  hint:     write source: "Smith, Jones 2018"
)");
  EXPECT_EQ(yaml_errors("payers: {foundation 30 %, city: rest}\n"),
            R"(plan.yaml:1:10: error: a key without its value
     1 | payers: {foundation 30 %, city: rest}
       |          ^^^^^^^^^^^^^^^
  expected: 'key: value'
  got:      'foundation 30 %'
  hint:     write 'foundation: 30 %'
)");
}

TEST(YamlErrors, a_number_cut_by_its_comma) {
  EXPECT_TRUE(yaml_errors("a: {x: 1,5 million PLN/year}\n").ends_with("hint:     write x: 1.5 million PLN/year\n"));
  EXPECT_TRUE(yaml_errors("a: {x: 1,000}\n").ends_with("hint:     write x: 1000\n"));
  EXPECT_TRUE(yaml_errors("a: {x: 12,5 %, y: 3}\n").ends_with("hint:     write x: 12.5 %\n"));
}

TEST(YamlErrors, a_quote_inside_text) {
  EXPECT_EQ(yaml_errors("title: 'Mayor's grant'\n"), R"(plan.yaml:1:15: error: text behind a closing quote
     1 | title: 'Mayor's grant'
       |               ^
  got:      's'
  hint:     write '' for a quote inside the text
)");
}

TEST(YamlErrors, a_line_without_a_colon) {
  EXPECT_EQ(yaml_errors("a:\n  unit household\n  budget: 3\n"), R"(plan.yaml:2:3: error: a line that is no 'key: value'
     2 |   unit household
       |   ^^^^^^^^^^^^^^
  expected: 'key: value', with a space behind the ':'
  got:      'unit household'
  hint:     write 'unit: household'
)");
  EXPECT_TRUE(yaml_errors("unit:household\nbudget: 3\n").ends_with("hint:     write 'unit: household'\n"));
  EXPECT_TRUE(yaml_errors("grant\n  unit: person\n").starts_with("plan.yaml:"));
}

TEST(YamlErrors, a_no_break_space_in_the_indentation) {
  EXPECT_TRUE(yaml_errors("a:\n  b: 1\n\u00a0 c: 2\n")
                  .starts_with("plan.yaml:3:1: error: a no-break space in the indentation"));
}

TEST(YamlErrors, brackets_are_told_from_commas) {
  const auto begins = [](const std::string& text) { return yaml_errors(text).substr(0, yaml_errors(text).find('\n')); };
  EXPECT_EQ(begins("x: [{a: 1], {b: 2}]\n"), "plan.yaml:1:5: error: '{' is never closed");
  EXPECT_EQ(begins("x: [[1, 2}, 3]\n"), "plan.yaml:1:5: error: '[' is never closed");
  EXPECT_EQ(begins("x: {a: [1]]}\n"), "plan.yaml:1:4: error: '{' is never closed");
  EXPECT_EQ(begins("x: [1]]\n"), "plan.yaml:1:7: error: a closing bracket without its opening one");
  EXPECT_EQ(begins("x: [\"a\" \"b\"]\n"), "plan.yaml:1:9: error: a comma is missing before this");
  EXPECT_EQ(begins("x: [{a: 1} {b: 2}]\n"), "plan.yaml:1:12: error: a comma is missing before this");
  EXPECT_TRUE(begins("x: {a: [1, 2] b: 3}\n").ends_with("error: a comma is missing before this"));
  EXPECT_TRUE(begins("x: {title: \"Help for you\": 3}\n").ends_with("error: a comma is missing before this"));
  EXPECT_TRUE(begins("x:\n  {a: 1\n   b: {c: 2}}\n").find("never closed") == std::string::npos);
}

TEST(YamlErrors, quotes_that_are_as_meant_are_not_blamed) {
  EXPECT_TRUE(yaml_errors("title: \"long text\n  goes on\" more\n")
                  .starts_with("plan.yaml:2:12: error: text behind a closing quote"));
  EXPECT_TRUE(yaml_errors("x: \"a\n  b\": 3\n").find("not closed") == std::string::npos);
}

TEST(YamlErrors, a_bracket_closed_by_another) {
  EXPECT_EQ(yaml_errors("x: {a: [1, 2}\n"), R"(plan.yaml:1:8: error: '[' is never closed
     1 | x: {a: [1, 2}
       |        ^
  got:      '}' in line 1
)");
}

TEST(YamlErrors, more_than_anybody_writes_by_hand) {
  std::string keys, list = "a: [";
  for (int i = 0; i < 1'000'000; ++i) keys += "k" + std::to_string(i) + ": 1\n";
  for (int i = 0; i < 10'001; ++i) list += "1, ";
  EXPECT_EQ(yaml_errors(keys), R"(plan.yaml:10001:9: error: too many entries in one mapping or list
  10001 | k10000: 1
        |         ^
  expected: at most 10000
  hint:     keep large tables in CSV files
)");
  EXPECT_TRUE(yaml_errors(list + "]\n").starts_with("plan.yaml:1:30005: error: too many entries in one mapping or "));
  std::string nested;
  for (int i = 0; i < 200; ++i) {
    nested += "m" + std::to_string(i) + ":\n";
    for (int k = 0; k < 600; ++k) nested += "  k" + std::to_string(k) + ": 1\n";
  }
  EXPECT_TRUE(yaml_errors(nested).find("error: too many values in one file") != std::string::npos);
}

TEST(YamlErrors, so_many_that_nobody_reads_on) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "a: &x 1\n";
  Diagnostics diagnostics;
  try {
    parse_yaml(make_source("plan.yaml", text), diagnostics);
    FAIL() << "reading went on";
  } catch (const InputError& many) {
    EXPECT_EQ(many.diagnostics().size(), Diagnostics::most + 1);
    EXPECT_TRUE(std::string(many.what()).ends_with("error: more than 1000 errors; what follows was not looked at\n"));
  }
}

}  // namespace
}  // namespace oikos
