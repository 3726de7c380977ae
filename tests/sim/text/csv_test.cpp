#include "sim/text/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/text/reading.hpp"

namespace oikos {
namespace {

using test::text_of;
using testing::ElementsAre;

CsvTable table(std::string text) {
  Diagnostics diagnostics;
  auto result = parse_csv(make_source("t.csv", std::move(text)), diagnostics);
  diagnostics.throw_if_any();
  return result;
}

CsvColumn column(const CsvTable& table, std::string_view name) {
  Diagnostics diagnostics;
  return table.column(name, diagnostics).value();
}

TEST(Csv, reads_columns_by_name) {
  const auto t = table("# source: register\nage,value,name\n0,1.5,a\n\n# more\n1,-2,\"b, c\"\n");
  EXPECT_EQ(t.rows(), 2u);
  EXPECT_THAT(t.header(), ElementsAre("age", "value", "name"));
  Diagnostics diagnostics;
  EXPECT_THAT(*column(t, "age").values(codec::integer(0, 120), diagnostics), ElementsAre(0, 1));
  EXPECT_THAT(*column(t, "value").values(codec::number(), diagnostics), ElementsAre(1.5, -2.0));
  EXPECT_EQ(column(t, "name").text(1), "b, c");
  EXPECT_TRUE(diagnostics.empty());
  EXPECT_TRUE(t.has("age"));
  EXPECT_FALSE(t.has("sex"));
}

TEST(Csv, quotes_hold_commas_quotes_and_lines) {
  const auto t = table("a,b\r\n\"x \"\"y\"\"\",\"two\r\nlines\"\r\n\"\",# no comment\r\nlast,\"\"\"\"");
  EXPECT_EQ(t.rows(), 3u);
  EXPECT_EQ(column(t, "a").text(0), "x \"y\"");
  EXPECT_EQ(column(t, "b").text(0), "two\r\nlines");
  EXPECT_EQ(column(t, "a").text(1), "");
  EXPECT_EQ(column(t, "b").text(1), "# no comment");
  EXPECT_EQ(column(t, "b").text(2), "\"");
}

TEST(Csv, cells_know_their_place) {
  const auto t = table("\xEF\xBB\xBFłan,b,c\n# x\nżółć,\"two\nliñes\",łz\nq,,\"r\"\n");
  const auto place = [](const Position& at) { return std::array{at.line, at.column, at.length}; };
  EXPECT_THAT(t.header(), ElementsAre("łan", "b", "c"));
  EXPECT_EQ(place(column(t, "łan").at(0)), (std::array{3, 1, 4}));
  EXPECT_EQ(place(column(t, "b").at(0)), (std::array{3, 6, 4}));
  EXPECT_EQ(place(column(t, "c").at(0)), (std::array{4, 8, 2}));
  EXPECT_EQ(place(column(t, "b").at(1)), (std::array{5, 3, 1}));
  EXPECT_EQ(place(column(t, "c").at(1)), (std::array{5, 4, 3}));
  EXPECT_EQ(place(t.at(1)), (std::array{5, 1, 1}));
}

TEST(Csv, header_alone_is_an_empty_table) {
  EXPECT_EQ(table("a,b\n").rows(), 0u);
  EXPECT_EQ(table("a,b").rows(), 0u);
}

TEST(Csv, one_column_needs_no_comma) {
  const auto t = table("a\n1\n2\n");
  Diagnostics diagnostics;
  EXPECT_THAT(*column(t, "a").values(codec::integer(), diagnostics), ElementsAre(1, 2));
}

TEST(Csv, a_wrong_file_does_not_flood) {
  std::string text = "a\n";
  for (int i = 0; i < 1000; ++i) text += "x\n";
  const auto t = table(text);
  Diagnostics diagnostics;
  EXPECT_FALSE(column(t, "a").values(codec::integer(), diagnostics));
  EXPECT_EQ(diagnostics.all().size(), 20u);
  Diagnostics rows;
  std::string wide = "a\n";
  for (int i = 0; i < 1000; ++i) wide += "1,2\n";
  parse_csv(make_source("t.csv", wide), rows);
  EXPECT_EQ(rows.all().size(), 20u);
}

}  // namespace
}  // namespace oikos
