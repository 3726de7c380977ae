#include "sim/base/diagnostics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oikos {
namespace {

using testing::ElementsAre;

Source source(std::string text, std::string name = "city.yaml") {
  return std::make_shared<SourceText>(SourceText{std::move(name), std::move(text)});
}

Diagnostic mistake(Position at, std::string what, std::string expected = "") {
  Diagnostic d;
  d.at = std::move(at);
  d.what = std::move(what);
  d.expected = std::move(expected);
  return d;
}

TEST(DiagnosticText, shows_place_line_caret_and_all_parts) {
  const auto s = source("model: city\nstart: 2015-13\nend: 2020-01\n");
  auto d = mistake({s, 2, 8, 7}, "month does not exist", "YYYY-MM");
  d.got = "'2015-13'";
  d.hint = "months run from 01 to 12";
  EXPECT_EQ(to_string(d),
            "city.yaml:2:8: error: month does not exist\n"
            "     2 | start: 2015-13\n"
            "       |        ^^^^^^^\n"
            "  expected: YYYY-MM\n"
            "  got:      '2015-13'\n"
            "  hint:     months run from 01 to 12\n");
}

TEST(DiagnosticText, says_of_a_warning_that_it_is_one) {
  auto d = mistake({source("a: 1"), 1, 1, 1}, "key 'a' does nothing");
  d.severity = Severity::warning;
  EXPECT_EQ(to_string(d),
            "city.yaml:1:1: warning: key 'a' does nothing\n"
            "     1 | a: 1\n"
            "       | ^\n");
}

/// Goal: warnings stop nothing, and are not lost when there are errors too. Method: both kinds, in two lines.
TEST(Diagnostics, keeps_warnings_apart_and_shows_them_with_the_errors) {
  const auto s = source("a: 1\nb: 2");
  Diagnostics found;
  found.warn(mistake({s, 1, 1, 1}, "w"));
  EXPECT_TRUE(found.empty());
  EXPECT_NO_THROW(found.throw_if_any());
  Diagnostics more;
  more.add(mistake({s, 2, 1, 1}, "e"));
  found.append(more);
  EXPECT_EQ(found.all().size(), 1u);
  EXPECT_EQ(found.warnings().size(), 1u);
  try {
    found.throw_if_any();
    FAIL() << "an error throws";
  } catch (const InputError& error) {
    ASSERT_EQ(error.diagnostics().size(), 2u);
    EXPECT_EQ(error.diagnostics()[0].severity, Severity::warning);  // it stands above
    EXPECT_EQ(error.diagnostics()[1].severity, Severity::error);
  }
}

TEST(DiagnosticText, leaves_out_empty_parts) {
  const auto d = mistake({source("a: 1"), 1, 1, 1}, "key 'a' is unknown");
  EXPECT_EQ(to_string(d),
            "city.yaml:1:1: error: key 'a' is unknown\n"
            "     1 | a: 1\n"
            "       | ^\n");
}

TEST(DiagnosticText, counts_code_points_not_bytes) {
  const auto d = mistake({source("miasto: Łódź żle"), 1, 14, 3}, "x");
  EXPECT_EQ(to_string(d),
            "city.yaml:1:14: error: x\n"
            "     1 | miasto: Łódź żle\n"
            "       |              ^^^\n");
}

TEST(DiagnosticText, keeps_tabs_so_that_the_caret_stands_right_at_any_tab_width) {
  const auto d = mistake({source("a\tb\tc"), 1, 5, 1}, "x");
  EXPECT_EQ(to_string(d),
            "city.yaml:1:5: error: x\n"
            "     1 | a\tb\tc\n"
            "       |  \t \t^\n");
}

TEST(DiagnosticText, points_behind_the_end_of_a_line_where_something_is_missing) {
  const auto d = mistake({source("sum(a\r\nnext"), 1, 6, 1}, "')' is missing");
  EXPECT_EQ(to_string(d),
            "city.yaml:1:6: error: ')' is missing\n"
            "     1 | sum(a\n"
            "       |      ^\n");
}

TEST(DiagnosticText, shows_at_least_one_caret_and_widens_for_large_line_numbers) {
  const auto d = mistake({source(std::string(12344, '\n') + "x"), 12345, 1, 0}, "w");
  EXPECT_EQ(to_string(d),
            "city.yaml:12345:1: error: w\n"
            "  12345 | x\n"
            "        | ^\n");
}

TEST(DiagnosticText, leaves_out_lines_that_are_empty_missing_or_too_long_to_help) {
  EXPECT_EQ(to_string(mistake({source("a\n\nb"), 2, 1, 1}, "w")), "city.yaml:2:1: error: w\n");
  EXPECT_EQ(to_string(mistake({source("a"), 9, 1, 1}, "w")), "city.yaml:9:1: error: w\n");
  EXPECT_EQ(to_string(mistake({source(std::string(401, 'a')), 1, 1, 1}, "w")), "city.yaml:1:1: error: w\n");
}

TEST(DiagnosticText, does_without_a_line_or_a_file) {
  EXPECT_EQ(to_string(mistake({source(""), 0, 0, 1}, "the file is empty")), "city.yaml: error: the file is empty\n");
  EXPECT_EQ(to_string(mistake({}, "no scenario was given", "a file")),
            "error: no scenario was given\n  expected: a file\n");
}

TEST(InputErrorText, puts_a_blank_line_between_mistakes) {
  const InputError error{std::vector{mistake({}, "one"), mistake({}, "two")}};
  EXPECT_STREQ(error.what(), "error: one\n\nerror: two\n");
  EXPECT_EQ(error.diagnostics().size(), 2u);
  EXPECT_STREQ(InputError(mistake({}, "one")).what(), "error: one\n");
}

TEST(Diagnostics, throws_nothing_when_empty) {
  Diagnostics all;
  EXPECT_TRUE(all.empty());
  EXPECT_NO_THROW(all.throw_if_any());
}

TEST(Diagnostics, throws_all_ordered_by_file_line_and_column_and_else_as_added) {
  const auto first = source("", "z.yaml");
  const auto second = source("", "a.yaml");
  Diagnostics all;
  all.add(mistake({first, 3, 1, 1}, "z3"));
  all.add(mistake({second, 1, 1, 1}, "a1"));
  all.add(mistake({first, 1, 9, 1}, "z1.9"));
  all.add(mistake({first, 1, 2, 1}, "z1.2 first"));
  all.add(mistake({first, 1, 2, 1}, "z1.2 second"));
  EXPECT_EQ(all.all().front().what, "z3");
  std::vector<std::string> order;
  try {
    all.throw_if_any();
  } catch (const InputError& error) {
    for (const auto& d : error.diagnostics()) order.push_back(d.what);
  }
  EXPECT_THAT(order, ElementsAre("z1.2 first", "z1.2 second", "z1.9", "z3", "a1"));
}

TEST(FileErrorText, names_path_reason_and_hint) {
  EXPECT_STREQ(FileError("out/results.h5", "no space left on device").what(),
               "out/results.h5: error: no space left on device");
  const FileError error{"in.csv", "cannot be opened", "check the path"};
  EXPECT_STREQ(error.what(), "in.csv: error: cannot be opened\n  hint:     check the path");
  EXPECT_EQ(error.path(), "in.csv");
}

TEST(Quoted, escapes_control_characters_and_cuts_long_text_between_characters) {
  EXPECT_EQ(oikos::quoted(""), "''");
  EXPECT_EQ(oikos::quoted("Łódź"), "'Łódź'");
  EXPECT_EQ(oikos::quoted("a\tb\n\x7f"), "'a\\x09b\\x0a\\x7f'");
  EXPECT_EQ(oikos::quoted("mon\u200bths"), "'mon\\u200bths'");  // a space without width
  EXPECT_EQ(oikos::quoted("\u202eabc\ufeff"), "'\\u202eabc\\ufeff'");
  EXPECT_EQ(oikos::quoted("a\xc3("), "'a\\xc3('");  // half a character
  EXPECT_EQ(oikos::quoted(std::string(80, 'a')), "'" + std::string(80, 'a') + "'");
  EXPECT_EQ(oikos::quoted(std::string(81, 'a')), "'" + std::string(80, 'a') + "…'");
  EXPECT_EQ(oikos::quoted(std::string(79, 'a') + "ż!"), "'" + std::string(79, 'a') + "…'");   // ż straddles the cut
  EXPECT_EQ(oikos::quoted(std::string(78, 'a') + "ż!"), "'" + std::string(78, 'a') + "ż…'");  // ż ends at the cut
}

TEST(Escaped, shows_what_cannot_be_seen) {
  EXPECT_EQ(escaped("Łódź \u00a0 ż"), "Łódź \u00a0 ż");
  EXPECT_EQ(escaped("\x1b\n\x7f"), "\\x1b\\x0a\\x7f");
  EXPECT_EQ(escaped("\u0085\u200b\u202e\ufe0f\u3164\u2800"), "\\u0085\\u200b\\u202e\\ufe0f\\u3164\\u2800");
  EXPECT_EQ(escaped("\U000E0041"), "\\udb40\\udc41") << "as JSON writes it";
  EXPECT_EQ(escaped("\xed\xa0\x80"), "\\xed\\xa0\\x80") << "half of a pair is no character";
  EXPECT_EQ(escaped("\xf5\x80\x80\x80\xc0\xaf\xff"), "\\xf5\\x80\\x80\\x80\\xc0\\xaf\\xff");
}

TEST(Diagnostics, keeps_so_many_warnings_and_says_that_there_were_more) {
  Diagnostics diagnostics, all;
  for (std::size_t i = 0; i < Diagnostics::most + 5; ++i)
    diagnostics.warn({.at = {}, .what = "w", .expected = "", .got = "", .hint = ""});
  ASSERT_EQ(diagnostics.warnings().size(), Diagnostics::most + 1);
  EXPECT_EQ(diagnostics.warnings().back().what, "more than 1000 warnings; the rest is left out");
  all.append(diagnostics);
  EXPECT_EQ(all.warnings().size(), Diagnostics::most + 1);
}

TEST(EditDistance, counts_inserts_deletes_changes_and_swaps) {
  EXPECT_EQ(edit_distance("", ""), 0);
  EXPECT_EQ(edit_distance("", "abc"), 3);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
  EXPECT_EQ(edit_distance("houes", "house"), 1);
  EXPECT_EQ(edit_distance("ca", "abc"), 3);  // no edit inside a swapped pair
  EXPECT_EQ(edit_distance("flaw", "lawn"), edit_distance("lawn", "flaw"));
}

TEST(DidYouMean, finds_slips_only) {
  const std::vector<std::string> words{"capacity", "household", "income", "inc"};
  EXPECT_EQ(did_you_mean("houshold", words), "did you mean 'household'?");
  EXPECT_EQ(did_you_mean("hosuehodl", words), "did you mean 'household'?");
  EXPECT_EQ(did_you_mean("capactiy", words), "did you mean 'capacity'?");
  EXPECT_EQ(did_you_mean("incmoe", words), "did you mean 'income'?");
  EXPECT_EQ(did_you_mean("inn", words), "did you mean 'inc'?");
  EXPECT_EQ(did_you_mean("programme", words), "");
  EXPECT_EQ(did_you_mean("xyz", words), "");
  EXPECT_EQ(did_you_mean("income", {}), "");
}

TEST(DidYouMean, allows_a_third_of_the_length_at_most_three_and_at_least_one) {
  const std::vector<std::string> words{"abcdefghijkl"};
  EXPECT_EQ(nearest("abcdefghi", words), "abcdefghijkl");  // 3 of 9
  EXPECT_EQ(nearest("abcdefgh", words), "");               // 4 of 8
  EXPECT_EQ(nearest("abcdefghijklmnop", words), "");       // 4 of 16
  EXPECT_EQ(nearest("ab", std::vector<std::string>{"aab"}), "aab");
  EXPECT_EQ(nearest("ab", std::vector<std::string>{"aabb"}), "");
}

TEST(DidYouMean, gives_ties_to_the_earlier_and_ignores_very_long_text) {
  EXPECT_EQ(nearest("cat", std::vector<std::string>{"bat", "car"}), "bat");
  EXPECT_EQ(nearest("cat", std::vector<std::string>{"car", "bat"}), "car");
  EXPECT_EQ(nearest(std::string(65, 'a'), std::vector<std::string>{std::string(65, 'a')}), "");
}

}  // namespace
}  // namespace oikos
