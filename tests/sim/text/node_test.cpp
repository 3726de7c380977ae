#include "sim/text/node.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "sim/text/overlay.hpp"
#include "tests/sim/text/reading.hpp"

namespace oikos {
namespace {

using test::tree;
using test::yaml_errors;
using testing::HasSubstr;

std::array<int, 3> place(const Position& at) { return {at.line, at.column, at.length}; }

TEST(ParseYaml, keeps_scalars_as_text) {
  const Node node = tree("a: 010\nb: no\nc: '12'\nd: 12 %\ne: ~\nf: |\n  two\n  lines\ng:\n");
  EXPECT_EQ(node.find("a")->text, "010");
  EXPECT_FALSE(node.find("a")->quoted);
  EXPECT_EQ(node.find("b")->text, "no");
  EXPECT_TRUE(node.find("c")->quoted);
  EXPECT_EQ(node.find("d")->text, "12 %");
  EXPECT_TRUE(node.find("e")->is_null());
  EXPECT_EQ(node.find("e")->text, "~");
  EXPECT_EQ(node.find("f")->text, "two\nlines\n");
  EXPECT_TRUE(node.find("f")->quoted);
  EXPECT_EQ(node.find("g")->text, "");
  EXPECT_EQ(node.find("h"), nullptr);
}

TEST(ParseYaml, keeps_the_order_of_the_file) {
  const Node node = tree("z: 1\na: 2\nm: 3\n");
  EXPECT_EQ(print_line(node), "{z: 1, a: 2, m: 3}");
}

TEST(ParseYaml, places_count_code_points_from_one) {
  const Node node = tree(
      "\xEF\xBB\xBF# comment\n"
      "żółć: {ł: \"ąb\", c: [x, ~]}\n"
      "block:\n  inner: 1\nlist:\n  - one\n");
  EXPECT_EQ(place(node.entries[0].key_at), (std::array{2, 1, 4}));
  const Node& flow = node.entries[0].value;
  EXPECT_EQ(place(flow.at), (std::array{2, 7, 1}));
  EXPECT_EQ(place(flow.entries[0].key_at), (std::array{2, 8, 1}));
  EXPECT_EQ(place(flow.entries[0].value.at), (std::array{2, 11, 4}));
  EXPECT_EQ(place(flow.entries[1].value.items[0].at), (std::array{2, 21, 1}));
  EXPECT_EQ(place(flow.entries[1].value.items[1].at), (std::array{2, 24, 1}));
  EXPECT_EQ(place(node.entries[1].value.at), (std::array{3, 1, 5})) << "a block is shown at its key";
  EXPECT_EQ(place(node.entries[2].value.items[0].at), (std::array{6, 5, 3}));
}

TEST(ParseYaml, reads_json) {
  const Node node = tree(R"({"a": [1, 2.5, null, true], "b": {"c": "x\n\u0142"}})");
  EXPECT_EQ(node.find("a")->items.size(), 4u);
  EXPECT_TRUE(node.find("a")->items[2].is_null());
  EXPECT_EQ(node.find("b")->find("c")->text, "x\nł");
}

TEST(ParseYaml, line_ends_of_windows_change_nothing) {
  EXPECT_TRUE(same_content(tree("a: 1\r\nb:\r\n  - x y\r\n  - 'q'\r\n"), tree("a: 1\nb:\n  - x y\n  - 'q'\n")));
}

TEST(ParseYaml, empty_text_is_null) {
  EXPECT_TRUE(tree("").is_null());
  EXPECT_TRUE(tree("# only a comment\n").is_null());
}

TEST(ParseYaml, null_words_are_told_from_keys_that_follow) {
  const Node node = tree("a:\nnull_x: 1\nb: null\nc:\nd: [null, 'null']\n");
  EXPECT_EQ(node.find("a")->text, "");
  EXPECT_EQ(node.find("b")->text, "null");
  EXPECT_EQ(node.find("c")->text, "");
  EXPECT_TRUE(node.find("d")->items[1].is_scalar());
}

TEST(ParseYaml, sixty_four_levels_are_fine_and_more_are_not) {
  EXPECT_EQ(yaml_errors(std::string(64, '[') + std::string(64, ']')), "");
  EXPECT_THAT(yaml_errors(std::string(65, '[') + std::string(65, ']')),
              HasSubstr(":1:65: error: nested deeper than 64 levels"));
  EXPECT_NE(yaml_errors(std::string(100'000, '[')), "");
}

TEST(ParseYaml, too_large_a_file_is_not_even_looked_at) {
  EXPECT_EQ(yaml_errors(std::string((16u << 20u) + 1, ' ')),
            "plan.yaml: error: the file is too large\n  expected: at most 16777216 bytes\n  got:      16777217 bytes\n"
            "  hint:     keep large tables in CSV files\n");
}

TEST(ParseYaml, reads_on_after_mistakes_of_one_key) {
  const auto errors = yaml_errors("a: 1\na: 2\nb: !!str 3\nc: &x 4\n<<: 5\nb: 6\n");
  EXPECT_THAT(errors, HasSubstr(":2:1: error: duplicate key 'a'"));
  EXPECT_THAT(errors, HasSubstr(":3:4: error: tags are not allowed"));
  EXPECT_THAT(errors, HasSubstr(":4:4: error: anchors are not allowed"));
  EXPECT_THAT(errors, HasSubstr(":5:1: error: merge keys are not allowed"));
  EXPECT_THAT(errors, HasSubstr(":6:1: error: duplicate key 'b'"));
}

/// Goal: no text, however broken, does anything but give a tree or a diagnostic. Method: many edits of a good text.
TEST(ParseYaml, survives_any_edit_of_a_text) {
  const std::string good =
      "a: {b: [1, \"x\"], c: 'y'}\nd:\n  - e: 12 %\n    f: |\n      text\n  - ~\n? g\n: &h *i\n---\n!t j: >\n  k\n";
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text = good;
    for (int edit = 0; edit < 3; ++edit) {
      const auto at = random() % text.size();
      if (random() % 2 == 0) text.erase(at, 1 + random() % 5);
      else text.insert(at, 1, "[]{}:,-?&*!|>'\"%@` \n\t#\x80~<\r"[random() % 27]);
      if (text.empty()) text = "x";
    }
    Diagnostics diagnostics;
    const Node node = parse_yaml(make_source("plan.yaml", text), diagnostics);
    if (!diagnostics.empty()) continue;
    EXPECT_TRUE(same_content(tree(print(node)), node)) << text << "\n--- printed\n" << print(node);
  }
}

}  // namespace
}  // namespace oikos
