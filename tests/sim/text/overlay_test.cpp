#include "sim/text/overlay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/text/reading.hpp"

namespace oikos {
namespace {

using test::text_of;
using test::tree;
using testing::ElementsAre;

std::string laid(const std::string& base, const std::string& plan) {
  Diagnostics diagnostics;
  const Node result = overlay(tree(base), tree(plan), diagnostics);
  diagnostics.throw_if_any();
  return print_line(result);
}

std::string mistakes(const std::string& base, const std::string& plan) {
  Diagnostics diagnostics;
  overlay(tree(base), tree(plan), diagnostics);
  std::string out;
  for (const auto& one : diagnostics.all()) out += one.what + (one.hint.empty() ? "" : " | " + one.hint) + "\n";
  return out;
}

TEST(Overlay, mappings_merge_and_the_rest_replaces) {
  EXPECT_EQ(laid("{a: 1, b: {c: 2, d: [1, 2]}, e: 3}", "{b: {d: [9], f: 4}, a: 5}"),
            "{a: 5, b: {c: 2, d: [9], f: 4}, e: 3}");
  EXPECT_EQ(laid("{a: 1}", "{a: {b: 2}}"), "{a: {b: 2}}");
  EXPECT_EQ(laid("{a: {b: 2}}", "{a: 1}"), "{a: 1}");
}

TEST(Overlay, dates_take_over_from_their_first_month_and_leave_the_earlier_ones) {
  EXPECT_EQ(laid("{p: {2015-07: 40, 2018-01: 80}}", "{p: {2016-01: 60}}"), "{p: {2015-07: 40, 2016-01: 60}}");
  EXPECT_EQ(laid("{p: {2015-07: 40, 2018-01: 80}}", "{p: {2018-01: 60, 2019-01: 5}}"),
            "{p: {2015-07: 40, 2018-01: 60, 2019-01: 5}}");
  EXPECT_EQ(laid("{p: {2015-07: 40, 2018-01: 80}}", "{p: {2015-01: 60}}"), "{p: {2015-01: 60}}");
  EXPECT_EQ(laid("{a: 1}", "{p: {2016-01: 60}}"), "{a: 1, p: {2016-01: 60}}");
}

TEST(Overlay, a_plain_value_stands_until_the_first_date_laid_over_it) {
  EXPECT_EQ(laid("{p: 40}", "{p: {2016-01: 60}}"), "{p: {1800-01: 40, 2016-01: 60}}");
  EXPECT_EQ(laid("{p: 40}", "{p: {1800-01: 60}}"), "{p: {1800-01: 60}}");
  EXPECT_EQ(laid("{p: {2015-07: 40, 2018-01: 80}}", "{p: 60}"), "{p: 60}");
}

TEST(Overlay, dates_and_values_with_their_source_are_laid_as_those_without) {
  EXPECT_EQ(laid("{p: {is: 2, source: s}}", "{p: {2018-01: 3}}"), laid("{p: 2}", "{p: {2018-01: 3}}"));
  EXPECT_EQ(laid("{p: {2015-07: 40, 2018-01: 80}}", "{p: {is: {2016-01: 60}, source: s}}"),
            "{p: {is: {2015-07: 40, 2016-01: 60}, source: s}}");
  EXPECT_EQ(laid("{p: {is: {2015-07: 40}, source: s}}", "{p: {is: {2016-01: 60}, source: t}}"),
            "{p: {is: {2015-07: 40, 2016-01: 60}, source: t}}");
  EXPECT_EQ(laid("{p: {is: 2, source: s}}", "{p: 5}"), "{p: 5}");
  EXPECT_EQ(laid("{p: 5}", "{p: {is: 2, source: s}}"), "{p: {is: 2, source: s}}");
}

TEST(Overlay, of_three_texts_is_the_same_however_they_are_taken_together) {
  Diagnostics diagnostics;
  const Node base = tree("{p: {2015-01: 1, 2017-01: 2}}"), plan = tree("{p: {2016-01: 3}}"),
             last = tree("{p: {2016-06: 4}}");
  EXPECT_EQ(print_line(overlay(overlay(base, plan, diagnostics), last, diagnostics)),
            "{p: {2015-01: 1, 2016-01: 3, 2016-06: 4}}");
  EXPECT_TRUE(diagnostics.empty());
}

TEST(Overlay, values_by_another_thing_are_replaced_whole) {
  EXPECT_EQ(laid("{k: {by: sex, male: 1, female: 2}}", "{k: {by: age, 0 years: 1}}"), "{k: {by: age, 0 years: 1}}");
  EXPECT_EQ(laid("{k: {by: sex, male: 1, female: 2}}", "{k: {table: a.csv}}"), "{k: {table: a.csv}}");
}

TEST(Overlay, tables_are_replaced_whole) {
  EXPECT_EQ(laid("{k: {table: a.csv, between: linear}}", "{k: {table: b.csv}}"), "{k: {table: b.csv}}");
  EXPECT_EQ(laid("{k: {table: a.csv}}", "{k: {2016-01: 5}}"), "{k: {2016-01: 5}}");
  EXPECT_EQ(laid("{k: {2016-01: 5}}", "{k: {table: a.csv}}"), "{k: {table: a.csv}}");
}

TEST(Overlay, straight_lines_are_not_bent_before_a_plan_begins) {
  const std::string lines = "{k: {2015-01: 1, 2019-01: 5, between: linear}}";
  EXPECT_EQ(mistakes(lines, "{k: {2016-01: 9}}"),
            "dates laid over a straight line would change the months before them\n");
  EXPECT_EQ(laid(lines, "{k: {2015-01: 9, 2016-01: 3}}"), "{k: {2015-01: 9, 2016-01: 3}}");
  EXPECT_EQ(laid(lines, "{k: 9}"), "{k: 9}");
}

TEST(Overlay, straight_lines_of_a_plan_do_not_reach_back_before_it) {
  const std::string said =
      "a straight line laid over earlier values would change the months before it | leave 'between' out and write the "
      "months that matter\n";
  const std::string line = "{p: {2019-01: 2, 2020-01: 3, between: linear}}";
  EXPECT_EQ(mistakes("{p: 1}", line), said);
  EXPECT_EQ(mistakes("{p: {2015-01: 1, 2016-01: 4}}", line), said);
  EXPECT_EQ(mistakes("{p: {is: 1, source: s}}", line), said);
  EXPECT_EQ(mistakes("{p: {2019-01: 1}}", line), "") << "nothing is left of it";
  EXPECT_EQ(mistakes("{q: 1}", line), "");
}

TEST(Overlay, a_removed_key_is_remembered_where_the_plan_removes_it) {
  Diagnostics diagnostics;
  const Node base = parse_yaml(make_source("base.yaml", "a: 1\nb: {c: 2}\n"), diagnostics);
  const Node plan = parse_yaml(make_source("plan.yaml", "\nb: ~\n"), diagnostics);
  const Node both = overlay(base, plan, diagnostics);
  ASSERT_NE(both.find_removed("b"), nullptr);
  EXPECT_EQ(both.find_removed("b")->key_at.source->name, "plan.yaml");
  EXPECT_EQ(both.find_removed("b")->key_at.line, 2);
  EXPECT_NE(both.find_removed("b")->value.find("c"), nullptr);
  EXPECT_EQ(both.find_removed("a"), nullptr);
  EXPECT_EQ(overlay(both, tree("{b: 3}"), diagnostics).find_removed("b"), nullptr) << "put back by a later plan";
}

TEST(Overlay, merged_dates_are_shown_where_each_was_written) {
  Diagnostics diagnostics;
  const Node base = parse_yaml(make_source("base.yaml", "p: {2015-01: 1}\n"), diagnostics);
  const Node plan = parse_yaml(make_source("plan.yaml", "p: {2016-01: 2}\n"), diagnostics);
  const Node both = overlay(base, plan, diagnostics);
  EXPECT_EQ(both.entries[0].key_at.source->name, "plan.yaml");
  EXPECT_EQ(both.entries[0].value.entries[0].key_at.source->name, "base.yaml");
  EXPECT_EQ(both.entries[0].value.entries[1].key_at.source->name, "plan.yaml");
}

TEST(Overlay, a_tilde_removes_a_key) {
  EXPECT_EQ(laid("{a: 1, b: {c: 2, d: 3}}", "{a: ~, b: {c: null}}"), "{b: {d: 3}}");
}

TEST(Overlay, an_empty_plan_changes_nothing) {
  EXPECT_EQ(laid("{a: 1}", ""), "{a: 1}");
  EXPECT_EQ(laid("{a: 1}", "# nothing\n"), "{a: 1}");
}

TEST(Overlay, what_would_do_nothing_is_a_mistake) {
  EXPECT_EQ(mistakes("{shelter: 1}", "{sheltr: ~}"),
            "the plan removes a key that the baseline does not have | did you mean 'shelter'?\n");
  EXPECT_EQ(mistakes("{a: 1}", "{b: {c: {d: ~}}}"), "the plan removes a key that the baseline does not have\n");
  EXPECT_EQ(mistakes("{a: {b: 1}}", "{a: {}}"), "an empty mapping changes nothing\n");
  EXPECT_EQ(mistakes("a: 1\n", "months = 3:\n"), "empty value in a plan | write 'months: 3'\n");
  EXPECT_EQ(mistakes("a: 1\n", "a:\n"),
            "empty value in a plan | what belongs to a key stands behind it or further in on the next lines; text with "
            "'#' needs quotes\n");
}

TEST(Overlay, values_keep_the_place_they_were_written_at) {
  Diagnostics diagnostics;
  const Node base = parse_yaml(make_source("base.yaml", "a: 1\nb: {c: 2, d: 3}\n"), diagnostics);
  const Node plan = parse_yaml(make_source("plan.yaml", "\nb:\n  d: 4\n"), diagnostics);
  const Node both = overlay(base, plan, diagnostics);
  EXPECT_EQ(both.find("a")->at.source->name, "base.yaml");
  EXPECT_EQ(both.find("b")->at.source->name, "plan.yaml") << "a mapping is the plan's once it changes what is in it";
  EXPECT_EQ(both.entries[1].key_at.source->name, "plan.yaml");
  EXPECT_EQ(both.find("b")->find("c")->at.source->name, "base.yaml");
  const auto& d = both.find("b")->entries[1];
  EXPECT_EQ(d.value.at.source->name, "plan.yaml");
  EXPECT_EQ(d.value.at.line, 3);
  EXPECT_EQ(d.key_at.source->name, "plan.yaml");
}

TEST(Print, has_one_layout) {
  const std::string text =
      "title: \"2015: a year\"\n"
      "rule: age >= 18 and labour in [a, b]\n"
      "empty: {}\n"
      "none: []\n"
      "off: ~\n"
      "effects:\n"
      "  - on: job_finding\n"
      "    times: 0.7\n"
      "  - - 1\n"
      "    - \"x\\ny\\t\\\"\\\\\"\n"
      "places:\n"
      "  2015-07: 40\n";
  EXPECT_EQ(print(tree(text)), text);
  EXPECT_EQ(print(tree("{title: '2015: a year', b: [x , y], c: {d: e}}")),
            "title: \"2015: a year\"\nb:\n  - x\n  - y\nc:\n  d: e\n");
}

/// Goal: the stored text says what the tree said. Method: awkward scalars and keys through print and back.
TEST(Print, reads_back_as_the_same_content) {
  for (const char* text : {"a: '~'",
                           "a: 'null'",
                           "a: ''",
                           "a: -1",
                           "a: '- x'",
                           "a: ' x '",
                           "a: '#'",
                           "a: x#y",
                           "a: 'x #y'",
                           "a: x:y",
                           "a: 'x: y'",
                           "a: 'x:'",
                           "a: \"\\x01\\u0142\"",
                           "a: |\n  l\n\n  m\n",
                           "a: >\n  l\n  m\n",
                           "a: one\n  two",
                           "a: one\n\n  two",
                           "'a: b': 1",
                           "'': 1",
                           "'~': 1",
                           "'<<': 1",
                           "a: '---'",
                           "a: ...x",
                           "a: -x",
                           "a: ?x",
                           "a: 'żółć €'",
                           "a: 12 %",
                           "a: \"%\"",
                           "[[], {}, [[~]], {a: []}]",
                           "just text",
                           "- - - a\n    - b\n  - c\n",
                           "a: b, c",
                           "a: [\"b, c\", 'd]']",
                           "a: 'it''s'",
                           "x y: 1",
                           "a: {b: }",
                           "a: =x",
                           "'{a': 1",
                           "a: 'tab\there'"}) {
    const Node node = tree(text);
    EXPECT_TRUE(same_content(tree(print(node)), node)) << text << "\n--- printed\n" << print(node);
    EXPECT_EQ(print(tree(print(node))), print(node)) << text;
  }
}

TEST(Diff, lists_what_was_added_removed_and_changed) {
  const auto changes = diff(tree("{a: 1, b: {c: [1, {x: 2}], d: 3}, e: [1], g: {h: 1}}"),
                            tree("{g: {h: 1}, a: 2, b: {c: [1, {x: 5}], f: {k: v}}, e: [1, 2]}"));
  std::vector<std::string> lines;
  for (const auto& one : changes)
    lines.push_back((one.kind == Change::Kind::added     ? "+"
                     : one.kind == Change::Kind::removed ? "-"
                                                         : "~") +
                    one.path + " " + one.before + "->" + one.after);
  EXPECT_THAT(lines, ElementsAre("~a 1->2", "~b/c[2]/x 2->5", "-b/d 3->", "+b/f ->{k: v}", "~e [1]->[1, 2]"));
  EXPECT_EQ(changes[0].after_at.column, 16);
  EXPECT_TRUE(diff(tree("{a: 1}"), tree("a: 1")).empty());
}

}  // namespace
}  // namespace oikos
