#include "sim/text/utf8.hpp"

#include <gtest/gtest.h>

#include "tests/sim/text/reading.hpp"

namespace oikos {
namespace {

TEST(Utf8, accepts_every_length_of_sequence) {
  EXPECT_EQ(utf8::first_invalid("aż€😀"), std::nullopt);
  EXPECT_EQ(utf8::length("aż€😀"), 4);
  EXPECT_EQ(utf8::first_invalid(""), std::nullopt);
}

/// Goal: everything Unicode calls ill-formed is found at its first byte.
TEST(Utf8, finds_ill_formed_sequences) {
  for (const std::string_view bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xC5", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xE2\x82",
                                     "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF",
                                     "\xC5"
                                     "a"})
    EXPECT_EQ(utf8::first_invalid("ab" + std::string(bad) + "z"), 2u);
}

TEST(Utf8, places_count_code_points_in_any_order_of_asking) {
  utf8::Locator locator(make_source("x", "\xEF\xBB\xBFż = 1\r\nab\nŁódź: x\n"));
  const auto place = [&](std::size_t begin, std::size_t end) {
    const Position at = locator.at(begin, end);
    return std::array{at.line, at.column, at.length};
  };
  EXPECT_EQ(place(3, 5), (std::array{1, 1, 1}));
  EXPECT_EQ(place(6, 100), (std::array{1, 3, 3}));  // underlines no further than the line
  EXPECT_EQ(place(21, 22), (std::array{3, 5, 1}));
  EXPECT_EQ(place(14, 21), (std::array{3, 1, 4}));  // back on the same line
  EXPECT_EQ(place(11, 13), (std::array{2, 1, 2}));
  EXPECT_EQ(place(999, 1000), (std::array{4, 1, 1}));
}

}  // namespace
}  // namespace oikos
