#include "sim/quantity/quantity.hpp"

#include <gmock/gmock.h>

#include <map>

#include "sim/text/codec.hpp"
#include "sim/world/expression_columns.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Month start{2015, 1};

/// A man of 40, a woman of 30, a girl of 5.
struct Three {
  Three() : tiny(start) {
    tiny.add("M40*F30 f5");
    for (const auto& name : {"tables.csv"}) tables[name] = "";
  }

  std::optional<Quantity> compile(const std::string& text) {
    diagnostics = {};
    const Node tree = parse_yaml(make_source("text.yaml", text), diagnostics);
    const auto number = codec::number(0, 1000);
    NumberReader reader{.expected = "a number",
                        .read = [number](const Node& node, Diagnostics& found) { return number.parse(node, found); }};
    if (expressions) reader.expression = expr::Goal::exactly("number", {expr::Kind::number, nullptr});
    const QuantityContext context{
        .schema = schema,
        .start = start,
        .months = 60,
        .open = [this](const Position&, const std::string& name, Diagnostics&) -> std::optional<Source> {
          return make_source(name, tables.at(name));
        }};
    return Quantity::compile(tree, reader, context, diagnostics);
  }
  std::vector<double> values(const std::string& text, Month month = start) {
    const auto quantity = compile(text);
    diagnostics.throw_if_any();
    expr::Evaluator evaluator;
    const std::vector<Row> rows{0, 1, 2};
    std::vector<double> out(3);
    quantity->evaluate(WorldColumns(tiny.world, month, {}), evaluator, month, rows, out);
    return out;
  }
  std::vector<double> of_table(const std::string& csv, Month month = start) {
    tables["t.csv"] = csv;
    return values("{table: t.csv}", month);
  }
  /// What is wrong, without hints.
  std::string mistakes(const std::string& text) {
    compile(text);
    std::string all;
    for (const Diagnostic& one : diagnostics.all())
      all += std::to_string(one.at.line) + ":" + std::to_string(one.at.column) + " " + one.what + " | " + one.expected +
             " | " + one.got + "\n";
    return all;
  }
  std::string mistakes_of_table(const std::string& csv) {
    tables["t.csv"] = csv;
    return mistakes("{table: t.csv}");
  }

  test::TinyWorld tiny;
  std::vector<std::string> districts{"north", "south"};
  expr::Schema schema = person_schema(declared(), "PLN", districts);
  std::map<std::string, std::string> tables;
  Diagnostics diagnostics;
  bool expressions = false;
};

TEST(Quantity, is_a_number) {
  Three three;
  EXPECT_THAT(three.values("7"), ElementsAre(7, 7, 7));
  EXPECT_EQ(three.compile("7")->constant(), 7);
}

TEST(Quantity, is_an_expression_where_that_may_stand) {
  Three three;
  three.expressions = true;
  EXPECT_THAT(three.values("0.5 * household_size"), ElementsAre(1.5, 1.5, 1.5));
  EXPECT_THAT(three.values("1 + household_size"), ElementsAre(4, 4, 4));
  EXPECT_THAT(three.values("if sex == male then 2 else 3"), ElementsAre(2, 3, 3));
  three.expressions = false;
  EXPECT_THAT(three.mistakes("0.5 * household_size"), HasSubstr("1:1 "));
}

TEST(Quantity, changes_by_month) {
  Three three;
  const std::string text = "{2015-01: 1, 2016-03: 2}";
  EXPECT_THAT(three.values(text, {2016, 2}), ElementsAre(1, 1, 1));
  EXPECT_THAT(three.values(text, {2016, 3}), ElementsAre(2, 2, 2));
}

TEST(Quantity, steps_over_a_number) {
  Three three;
  EXPECT_THAT(three.values("{by: age, 0 years: 1, 30 years: 2, 31 years: 3}"), ElementsAre(3, 2, 1));
  EXPECT_THAT(three.values("{by: age, 30 years: 2, else: 9}"), ElementsAre(2, 2, 9));
  EXPECT_THAT(three.values("{by: age_months, 0 months: 1, 360 months: 2}"), ElementsAre(2, 2, 1));
  EXPECT_THAT(three.values("{by: household_size, 1: 5, 3: 6}"), ElementsAre(6, 6, 6));
}

TEST(Quantity, is_chosen_by_values) {
  Three three;
  EXPECT_THAT(three.values("{by: sex, male: 2, female: 1}"), ElementsAre(2, 1, 1));
  EXPECT_THAT(three.values("{by: labour, child: 4, else: 3}"), ElementsAre(3, 3, 4));
  EXPECT_THAT(three.values("{by: has_partner, yes: 1, no: 0}"), ElementsAre(1, 1, 0));
  EXPECT_THAT(three.values("{by: age >= 18, yes: 1, no: 0}"), ElementsAre(1, 1, 0));
}

TEST(Quantity, follows_straight_lines) {
  Three three;
  EXPECT_THAT(three.values("{by: age, between: linear, 0 years: 0, 20 years: 10, 40 years: 10}"),
              ElementsAre(10, 10, 2.5));
  EXPECT_THAT(three.values("{by: age, between: linear, 10 years: 1, 35 years: 2}"), ElementsAre(2, 1.8, 1));
}

TEST(Quantity, nests) {
  Three three;
  EXPECT_THAT(
      three.values("{by: sex, male: {by: age, 0 years: 1, 18 years: 2}, female: {2015-01: {by: age, 0 years: 3, "
                   "18 years: 4}, 2016-01: 5}}"),
      ElementsAre(2, 4, 3));
  EXPECT_THAT(three.values("{is: 3, source: own, confidence: assumption}"), ElementsAre(3, 3, 3));
}

TEST(Quantity, is_read_from_a_table) {
  Three three;
  EXPECT_THAT(
      three.of_table("sex,age_from,value,unit,source,confidence\n"
                     "male,0,1,,s,verified\nmale,18,2,,s,verified\nfemale,0,3,,s,verified\nfemale,18,4,,s,verified\n"),
      ElementsAre(2, 4, 3));
  EXPECT_THAT(three.of_table("value,from\n1,2015-01\n2,2016-01\n", {2016, 5}), ElementsAre(2, 2, 2));
  EXPECT_THAT(three.of_table("labour,value\nchild,5\n,6\n"), ElementsAre(6, 6, 5)) << "an empty cell is for all others";
  EXPECT_THAT(three.of_table("value\n8\n"), ElementsAre(8, 8, 8));
}

TEST(Quantity, of_a_table_does_not_depend_on_the_order_of_rows_and_columns) {
  Three three;
  EXPECT_EQ(three.of_table("value,age_from,sex\n4,18,female\n1,0,male\n3,0,female\n2,18,male\n"),
            three.of_table("sex,age_from,value\nmale,0,1\nmale,18,2\nfemale,0,3\nfemale,18,4\n"));
}

TEST(Quantity, knows_its_range) {
  Three three;
  const auto quantity =
      three.compile("{by: sex, male: {2015-01: 2, 2016-01: 5}, female: {by: age, 0 years: 1, 9 years: 3}}");
  EXPECT_EQ(quantity->range().least, 1);
  EXPECT_EQ(quantity->range().most, 5);
}

TEST(Quantity, has_a_value_for_everybody) {
  Three three;
  EXPECT_EQ(three.mistakes("{by: sex, male: 2}"),
            "1:6 no value by 'sex' for female | a value for each, or 'else' | 1 of 2\n");
  EXPECT_EQ(three.mistakes("{by: sex, male: 2, female: 1, else: 3}"),
            "1:6 'else' is for nobody: every value of 'sex' has its own | no 'else', or fewer values | all values and "
            "'else'\n");
  EXPECT_EQ(three.mistakes("{by: age, 18 years: 2}"),
            "1:11 steps do not begin at the lowest possible | a first step of 0, or 'else' | 18\n");
  EXPECT_EQ(three.mistakes("{by: age}"),
            "1:6 no values by 'age' | a value for each, such as '18 years: 4 %/year' | none\n");
  EXPECT_EQ(three.mistakes("{2015-02: 1}"),
            "1:2 no value in force when the run begins | a value from 2015-01 or earlier | 2015-02\n");
  EXPECT_EQ(three.mistakes_of_table("sex,value\nmale,1\n"),
            "2:1 no value by 'sex' for female | a value for each, or 'else' | 1 of 2\n");
  EXPECT_EQ(three.mistakes_of_table("age_from,value\n18,1\n"),
            "2:1 steps do not begin at the lowest possible | a first step of 0, or 'else' | 18\n");
  EXPECT_EQ(three.mistakes_of_table("from,value\n2016-01,1\n"),
            "2:1 no row in force when the run begins | a row from 2015-01 or earlier | a later one\n");
}

TEST(Quantity, says_what_is_wrong_with_a_choice) {
  Three three;
  EXPECT_EQ(three.mistakes("{by: sex, man: 2, female: 1}"),
            "1:11 unknown value of sex | one of male, female | 'man'\n");
  EXPECT_THAT(three.mistakes("{by: agee, 0 years: 2}"), HasSubstr("1:6 unknown column in 'by'"));
  EXPECT_EQ(three.mistakes("{by: age, 0 years: 1, 30 years: 2, 20 years: 3}"),
            "1:36 steps do not ascend | each step above the one before | one that is not\n");
  EXPECT_EQ(three.mistakes("{by: sex, between: linear, male: 1, female: 2}"),
            "1:6 straight lines between values that have no order | 'between: linear' only over a number | 'sex'\n");
  EXPECT_EQ(three.mistakes("{by: has_partner, true: 1, no: 0}"),
            "1:19 unknown value of a condition | yes or no | 'true'\n");
  EXPECT_THAT(three.mistakes("{by: age, 0 PLN: 1}"), HasSubstr("1:11 wrong type of step"));
  EXPECT_THAT(three.mistakes("{by: age, 0 years: x}"), HasSubstr("1:20 "));
  EXPECT_EQ(three.mistakes("{value: 3}"),
            "1:2 a mapping that says no value | a number, or a mapping with 'by', 'table' or months | 'value'\n");
  EXPECT_EQ(three.mistakes("[1, 2]"),
            "1:1 wrong kind of value | a number, or a mapping with 'by', 'table' or months | a list of 2 values\n");
  EXPECT_EQ(three.mistakes("{is: 3, sourse: own}"),
            "1:9 unknown key beside 'is' | one of source, confidence | 'sourse'\n");
}

TEST(Quantity, says_what_is_wrong_with_a_table) {
  Three three;
  EXPECT_EQ(three.mistakes_of_table("sex,value\nmale,1\nfemale,2\nmale,3\n"),
            "4:1 two rows for the same | one row for each combination of sex | a second one\n");
  EXPECT_EQ(three.mistakes_of_table("age,value\n18,1\n"),
            "1:1 values of what is a number | a column 'age_from' with the lower ends of steps | 'age'\n");
  EXPECT_EQ(three.mistakes_of_table("sex_from,value\nmale,1\n"),
            "1:1 steps over what has no order | a column 'sex' | 'sex_from'\n");
  EXPECT_THAT(three.mistakes_of_table("sexx,value\nmale,1\n"), HasSubstr("1:1 unknown column in 'by'"));
  EXPECT_THAT(three.mistakes_of_table("sex,val\nmale,1\n"), HasSubstr("value"));
  EXPECT_EQ(three.mistakes_of_table("value\n\n"), "1:9 a table without rows | at least one row | 't.csv'\n");
  EXPECT_EQ(three.mistakes_of_table("sex,value\nmale,\nfemale,1\n"),
            "2:6 a row without a value | a number | an empty cell\n");
  EXPECT_THAT(three.mistakes_of_table("sex,value\nmale,x\nfemale,1\n"), HasSubstr("2:6 "));
  EXPECT_EQ(three.mistakes("{table: t.csv, betwen: linear}"),
            "1:16 unknown key beside 'table' | 'between: linear' | 'betwen'\n");
}

TEST(Quantity, refuses_what_would_be_ignored_or_ambiguous) {
  Three three;
  EXPECT_EQ(three.mistakes("{by: age, between: linear, 0 years: 1, 9 years: 2, else: 3}"),
            "1:6 'else' beside straight lines | 'between: linear' alone: it is level outside of its ends | 'else'\n");
  EXPECT_THAT(three.mistakes("{is: 3, source: s, confidence: certain}"), HasSubstr("1:32 unknown word 'certain'"));
  EXPECT_EQ(three.mistakes("{is: 3, range: 1..2}"),
            "1:9 unknown key beside 'is' | one of source, confidence | 'range'\n");
  EXPECT_EQ(three.mistakes_of_table("sex,labour,value\nmale,,0\n,employed,10\n,,0\n"),
            "1:1 empty cells in two key columns | empty cells, which stand for all others, in one column at most | "
            "columns labour and sex\n");
  three.tables["t.csv"] = "sex,value\nmale,1\nfemale,2\n";
  EXPECT_EQ(three.mistakes("{table: t.csv, between: linear}"),
            "1:25 straight lines in a table without steps | a column such as 'age_from' | columns sex\n");
}

TEST(Quantity, of_many_rows_is_read_within_a_second) {
  Three three;
  std::string csv = "age_months_from,months_in_state_from,value\n";
  for (int a = 0; a < 300; ++a)
    for (int m = 0; m < 300; ++m) csv += std::to_string(a) + "," + std::to_string(m) + ",1\n";
  three.tables["t.csv"] = csv;
  EXPECT_TRUE(three.compile("{table: t.csv}").has_value());
}

TEST(Quantity, of_a_million_rows_ends_with_a_message) {
  Three three;
  std::string csv = "age_from,value\n";
  for (int i = 0; i < 1'000'000; ++i) csv += "0,1\n";
  EXPECT_EQ(three.mistakes_of_table(csv),
            "1:9 a table with too many rows | at most 100000 rows | 1000001 lines in 't.csv'\n");
}

}  // namespace
}  // namespace oikos
