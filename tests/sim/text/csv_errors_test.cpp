#include <gtest/gtest.h>

#include "sim/text/csv.hpp"
#include "tests/sim/text/reading.hpp"

namespace oikos {
namespace {

/// Goal: every mistake in a table is told as documented, letter by letter: place, problem, expected, got, way out.
using test::text_of;

/// What is wrong with the text as CSV.
std::string csv_errors(std::string text) {
  Diagnostics diagnostics;
  parse_csv(make_source("t.csv", std::move(text)), diagnostics);
  return text_of(diagnostics);
}

/// What is wrong with the column "value".
template <class T>
std::string cell_errors(const Codec<T>& codec, std::string text) {
  Diagnostics diagnostics;
  const CsvTable table = parse_csv(make_source("t.csv", std::move(text)), diagnostics);
  if (const auto column = table.column("value", diagnostics)) column->values(codec, diagnostics);
  return text_of(diagnostics);
}

TEST(CsvErrors, a_csv_without_header) {
  EXPECT_EQ(csv_errors(""), R"(t.csv: error: the table has no header
  expected: a first line with the names of the columns
  got:      an empty file
)");
}

TEST(CsvErrors, columns_of_a_spreadsheet_of_another_country) {
  EXPECT_EQ(csv_errors("age;value\n1;2,5\n"), R"(t.csv:1:1: error: columns parted by semicolons
     1 | age;value
       | ^^^^^^^^^
  expected: columns parted by commas
  hint:     save the table as CSV with commas; decimals have points
)");
  EXPECT_TRUE(csv_errors("age\tvalue\n1\t2\n").find("columns parted by tabs") != std::string::npos);
}

TEST(CsvErrors, a_doubled_column) {
  EXPECT_EQ(csv_errors("age,age\n1,2\n"), R"(t.csv:1:5: error: duplicate column 'age'
     1 | age,age
       |     ^^^
  expected: each column once
  hint:     it is first given as column 1
)");
}

TEST(CsvErrors, a_short_row) {
  EXPECT_EQ(csv_errors("age,value\n1\n"), R"(t.csv:2:1: error: too few cells in a row
     2 | 1
       | ^
  expected: 2 cells, as in the header
  got:      1 cell
)");
}

TEST(CsvErrors, a_long_row) {
  EXPECT_EQ(csv_errors("age,value\n1,2,3\n"), R"(t.csv:2:5: error: too many cells in a row
     2 | 1,2,3
       |     ^
  expected: 2 cells, as in the header
  got:      3 cells
  hint:     put cells that contain commas in quotes
)");
}

TEST(CsvErrors, an_open_quote_in_csv) {
  EXPECT_EQ(csv_errors("age\n\"1\n2\n"), R"(t.csv:2:1: error: quoted text is never closed
     2 | "1
       | ^
  hint:     close it with "
)");
}

TEST(CsvErrors, text_behind_a_quote_in_csv) {
  EXPECT_EQ(csv_errors("age\n\"1\"2\n"), R"(t.csv:2:4: error: text behind a closing quote
     2 | "1"2
       |    ^
  hint:     double the quotes inside a cell
)");
}

TEST(CsvErrors, a_quote_inside_a_cell) {
  EXPECT_EQ(csv_errors("age\n5\"\n"), R"(t.csv:2:2: error: a quote inside a cell without quotes
     2 | 5"
       |  ^
  hint:     put the whole cell in quotes and double the quotes inside it
)");
}

TEST(CsvErrors, a_missing_column) {
  EXPECT_EQ(cell_errors(codec::number(), "age,valeu\n1,2\n"), R"(t.csv:1:1: error: no column 'value'
     1 | age,valeu
       | ^^^^^^^^^
  expected: a column named value
  got:      age, valeu
  hint:     is it 'valeu'?
)");
}

TEST(CsvErrors, a_decimal_comma_in_csv) {
  EXPECT_EQ(cell_errors(codec::number(), "age,value\n1,\"1,5\"\n"), R"(t.csv:2:3: error: decimal comma
     2 | 1,"1,5"
       |   ^^^^^
  expected: a number
  got:      '1,5'
  hint:     decimals are written with a point: 1.5
)");
}

TEST(CsvErrors, an_empty_cell) {
  EXPECT_EQ(cell_errors(codec::number(), "age,value\n1,\n"), R"(t.csv:2:3: error: empty value
     2 | 1,
       |   ^
  expected: a number
  got:      nothing
)");
}

TEST(CsvErrors, a_cell_out_of_range) {
  EXPECT_EQ(cell_errors(codec::integer(0, 9), "value\n10\n"), R"(t.csv:2:1: error: value too large
     2 | 10
       | ^^
  expected: a whole number from 0 to 9
  got:      '10'
)");
}

}  // namespace
}  // namespace oikos
