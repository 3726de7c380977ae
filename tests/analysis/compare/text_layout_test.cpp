#include "analysis/compare/text_layout.hpp"

#include <gmock/gmock.h>

namespace oikos::analysis {
namespace {

using testing::ElementsAre;

TEST(TextLayout, width_counts_columns_not_bytes) {
  EXPECT_EQ(display_width("Łódź"), 4);
  EXPECT_EQ(display_width("e\xCC\x81"), 1);  // e and a combining acute accent
  EXPECT_EQ(display_width("東京"), 4);
  EXPECT_EQ(display_width(""), 0);
}

TEST(TextLayout, damaged_text_counts_its_bytes) { EXPECT_EQ(display_width("\xFFz\xC3"), 3); }

TEST(TextLayout, lines_break_at_spaces) {
  EXPECT_THAT(wrap("one two three", 8), ElementsAre("one two", "three"));
  EXPECT_THAT(wrap("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(wrap("", 7), ElementsAre(""));
}

TEST(TextLayout, long_words_are_cut_between_characters) {
  EXPECT_THAT(wrap("żółćżółć", 3), ElementsAre("żół", "ćżó", "łć"));
}

TEST(TextLayout, padding_goes_by_columns) {
  EXPECT_EQ(pad("Łódź", 6, Side::left), "Łódź  ");
  EXPECT_EQ(pad("Łódź", 6, Side::right), "  Łódź");
  EXPECT_EQ(pad("too long", 3, Side::right), "too long");
}

}  // namespace
}  // namespace oikos::analysis
