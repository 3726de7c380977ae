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

TEST(Overlay, dated_values_replace_as_a_whole) {
  EXPECT_EQ(laid("{places: {2015-07: 40, 2018-01: 80}}", "{places: {2016-01: 60}}"), "{places: {2016-01: 60}}");
  EXPECT_EQ(laid("{places: 40}", "{places: {2016-01: 60}}"), "{places: {2016-01: 60}}");
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
  EXPECT_EQ(mistakes("a: 1\n", "a:\n"), "empty value in a plan\n");
}

TEST(Overlay, values_keep_the_place_they_were_written_at) {
  Diagnostics diagnostics;
  const Node base = parse_yaml(make_source("base.yaml", "a: 1\nb: {c: 2, d: 3}\n"), diagnostics);
  const Node plan = parse_yaml(make_source("plan.yaml", "\nb:\n  d: 4\n"), diagnostics);
  const Node both = overlay(base, plan, diagnostics);
  EXPECT_EQ(both.find("a")->at.source->name, "base.yaml");
  EXPECT_EQ(both.find("b")->at.source->name, "base.yaml");
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
  EXPECT_THAT(lines, ElementsAre("~a 1->2", "~b.c[2].x 2->5", "-b.d 3->", "+b.f ->{k: v}", "~e [1]->[1, 2]"));
  EXPECT_EQ(changes[0].after_at.column, 16);
  EXPECT_TRUE(diff(tree("{a: 1}"), tree("a: 1")).empty());
}

}  // namespace
}  // namespace oikos
