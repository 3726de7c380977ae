#include <gtest/gtest.h>

#include "sim/text/dated.hpp"
#include "tests/sim/text/reading.hpp"

namespace oikos {
namespace {

/// Goal: every mistake is told as documented, letter by letter: place, problem, expected, got, way out.
using test::value_errors;
using test::yaml_errors;

TEST(YamlErrors, a_key_given_twice) {
  EXPECT_EQ(yaml_errors("a: 1\nb: 2\na: 3\n"), R"(plan.yaml:3:1: error: duplicate key 'a'
     3 | a: 3
       | ^
  expected: each key once
  hint:     it is first given in line 1
)");
}

TEST(YamlErrors, an_anchor) {
  EXPECT_EQ(yaml_errors("a: &x 1\n"), R"(plan.yaml:1:4: error: anchors are not allowed
     1 | a: &x 1
       |    ^^
  got:      '&x'
  hint:     write the value out where it is used
)");
}

TEST(YamlErrors, an_alias) {
  EXPECT_EQ(yaml_errors("a: *x\n"), R"(plan.yaml:1:4: error: aliases are not allowed
     1 | a: *x
       |    ^
  hint:     put text that begins with '*' in quotes
)");
}

TEST(YamlErrors, a_merge_key) {
  EXPECT_EQ(yaml_errors("b:\n  <<: 1\n"), R"(plan.yaml:2:3: error: merge keys are not allowed
     2 |   <<: 1
       |   ^^
  got:      '<<'
  hint:     write the keys out
)");
}

TEST(YamlErrors, a_tag) {
  EXPECT_EQ(yaml_errors("a: !!int 5\n"), R"(plan.yaml:1:4: error: tags are not allowed
     1 | a: !!int 5
       |    ^^^^^
  got:      '!!int'
  hint:     the key decides how its value is read: remove the tag
)");
}

TEST(YamlErrors, a_second_document) {
  EXPECT_EQ(yaml_errors("a: 1\n---\nb: 2\n"), R"(plan.yaml:2:1: error: a second document begins
     2 | ---
       | ^^^
  expected: one document a file
  hint:     move it into a file of its own
)");
}

TEST(YamlErrors, text_that_goes_on_at_the_wrong_place) {
  EXPECT_EQ(yaml_errors("- a\nb: 1\n"), R"(plan.yaml:2:1: error: text after the end of the document
     2 | b: 1
       | ^
  expected: one list or one mapping
  hint:     check the indentation
)");
}

TEST(YamlErrors, a_list_as_key) {
  EXPECT_EQ(yaml_errors("? [a, b]\n: 1\n"), R"(plan.yaml:1:3: error: a key is not plain text
     1 | ? [a, b]
       |   ^
  expected: text before the ':'
  got:      a list
)");
}

TEST(YamlErrors, invalid_utf8) {
  EXPECT_EQ(yaml_errors("nazwa: \"\xB3\xF3\"\n"),
            "plan.yaml:1:9: error: the file is not valid UTF-8\n"
            "     1 | nazwa: \"\xEF\xBF\xBD\xEF\xBF\xBD\"\n"
            "       |         ^\n"
            "  expected: UTF-8 text\n"
            "  got:      byte 0xb3\n"
            "  hint:     save the file as UTF-8\n");
}

TEST(YamlErrors, a_control_character) {
  EXPECT_EQ(yaml_errors("a: \x01\n"),
            "plan.yaml:1:4: error: the file contains a control character\n"
            "     1 | a: \xEF\xBF\xBD\n"
            "       |    ^\n"
            "  expected: text; lines end with LF or CRLF\n"
            "  got:      byte 0x01\n");
}

TEST(YamlErrors, a_tab_in_the_indentation) {
  EXPECT_EQ(yaml_errors("a:\n\tb: 1\n"), R"(plan.yaml:2:1: error: a tab in the indentation
     2 | 	b: 1
       | ^
  expected: spaces
)");
}

TEST(YamlErrors, wrong_indentation) {
  EXPECT_EQ(yaml_errors("a: 1\n  b: 2\n"), R"(plan.yaml:2:4: error: a ':' stands where no key can be
     2 |   b: 2
       |    ^
  hint:     check the indentation; put text that contains ': ' in quotes
)");
}

TEST(YamlErrors, an_open_list) {
  EXPECT_EQ(yaml_errors("a: [1, 2\nb: 3\n"), R"(plan.yaml:1:4: error: '[' is never closed
     1 | a: [1, 2
       |    ^
)");
}

TEST(YamlErrors, an_open_mapping) {
  EXPECT_EQ(yaml_errors("a: {b: 1\n"), R"(plan.yaml:1:4: error: '{' is never closed
     1 | a: {b: 1
       |    ^
)");
}

TEST(YamlErrors, open_quotes) {
  EXPECT_EQ(yaml_errors("title: \"Shelter\nb: 1\n"), R"(plan.yaml:1:8: error: quoted text is never closed
     1 | title: "Shelter
       |        ^
  hint:     close it with "
)");
}

TEST(YamlErrors, text_that_begins_with_a_special_character) {
  EXPECT_EQ(yaml_errors("a: @home\n"), R"(plan.yaml:1:4: error: text cannot begin with this character
     1 | a: @home
       |    ^
  hint:     put the text in quotes
)");
}

TEST(YamlErrors, no_space_after_a_colon) {
  EXPECT_EQ(yaml_errors("a: {places:40}\n"), R"(plan.yaml:1:5: error: no space after ':'
     1 | a: {places:40}
       |     ^^^^^^^^^
  expected: 'key: value'
  got:      'places:40'
)");
}

/// What follows the comma is no key, and what follows the value is read as it should.
TEST(YamlErrors, a_value_cut_by_its_comma) {
  EXPECT_EQ(yaml_errors("a: {x: max(0 PLN, min(gap, 5 PLN)), x: 2}\n"),
            R"~(plan.yaml:1:8: error: a value cut in two by its comma
     1 | a: {x: max(0 PLN, min(gap, 5 PLN)), x: 2}
       |        ^^^^^^^^^
  expected: text with a comma inside '{ }' in quotes
  got:      'max(0 PLN' and 'min(gap'
  hint:     write x: "max(0 PLN, min(gap, 5 PLN))"

plan.yaml:1:37: error: duplicate key 'x'
     1 | a: {x: max(0 PLN, min(gap, 5 PLN)), x: 2}
       |                                     ^
  expected: each key once
  hint:     it is first given in line 1
)~");
  EXPECT_EQ(yaml_errors("a: {x: 1.000,00 PLN}\n"), R"~(plan.yaml:1:8: error: a number cut in two by its comma
     1 | a: {x: 1.000,00 PLN}
       |        ^^^^^
  expected: a number with a decimal point and nothing between thousands
  got:      '1.000' and '00 PLN'
  hint:     write x: 1000.00 PLN
)~");
  EXPECT_EQ(yaml_errors("a: {x: 1, y}\n"), "");  // a key without a value
}

TEST(YamlErrors, list_items_among_keys) {
  EXPECT_EQ(yaml_errors("a:\n  - b: 1\n  c: 2\n"),
            R"(plan.yaml:3:3: error: list items and keys are mixed, or lines of one mapping begin in different columns
     3 |   c: 2
       |   ^
  hint:     check the indentation: lines that belong together begin in one column, all with '- ' or none
)");
}

TEST(YamlErrors, a_missing_key) {
  EXPECT_EQ(yaml_errors("~: 1\n"), R"(plan.yaml:1:1: error: a key is missing
     1 | ~: 1
       | ^
  expected: text before the ':'
)");
}

TEST(ValueErrors, a_decimal_comma) {
  EXPECT_EQ(value_errors(codec::number(0, 10), "rate: 1,5"), R"(plan.yaml:1:7: error: decimal comma
     1 | rate: 1,5
       |       ^^^
  expected: a number from 0 to 10
  got:      '1,5'
  hint:     decimals are written with a point: 1.5
)");
}

TEST(ValueErrors, a_number_with_a_unit) {
  EXPECT_EQ(value_errors(codec::integer(0, 10), "places: 5 places"),
            R"(plan.yaml:1:9: error: a unit where a plain number is expected
     1 | places: 5 places
       |         ^^^^^^^^
  expected: a whole number from 0 to 10
  got:      '5 places'
  hint:     write 5
)");
}

TEST(ValueErrors, a_value_out_of_range) {
  EXPECT_EQ(value_errors(codec::integer(1, 10), "places: 11"), R"(plan.yaml:1:9: error: value too large
     1 | places: 11
       |         ^^
  expected: a whole number from 1 to 10
  got:      '11'
)");
}

TEST(ValueErrors, a_share_without_percent) {
  EXPECT_EQ(value_errors(codec::share(), "share: 12"), R"(plan.yaml:1:8: error: a share above 1 without '%'
     1 | share: 12
       |        ^^
  expected: a share from 0 % to 100 %, such as '12 %' or 0.12
  got:      '12'
  hint:     write '12 %' if percent is meant
)");
}

TEST(ValueErrors, money_without_currency) {
  EXPECT_EQ(value_errors(codec::money("PLN"), "amount: 850"), R"(plan.yaml:1:9: error: currency missing
     1 | amount: 850
       |         ^^^
  expected: an amount of money of at least 0.00 PLN, such as '850 PLN'
  got:      '850'
  hint:     write '850 PLN'
)");
}

TEST(ValueErrors, money_of_another_currency) {
  EXPECT_EQ(value_errors(codec::money("PLN"), "amount: 850 EUR"),
            R"(plan.yaml:1:9: error: currency 'EUR' is not the scenario's
     1 | amount: 850 EUR
       |         ^^^^^^^
  expected: an amount of money of at least 0.00 PLN, such as '850 PLN'
  got:      '850 EUR'
  hint:     convert it to PLN
)");
}

TEST(ValueErrors, money_of_the_currency_in_other_letters) {
  for (const char* written : {"pln", "zł", "Pln"})
    EXPECT_TRUE(value_errors(codec::money("PLN"), std::string("amount: 850 ") + written)
                    .ends_with("  hint:     write '850 PLN'\n"))
        << written;
}

TEST(ValueErrors, an_expression_where_money_is_expected) {
  EXPECT_EQ(value_errors(codec::money("PLN"), "amount: 0.6 * minimum_wage"),
            R"(plan.yaml:1:9: error: an expression where a number is expected
     1 | amount: 0.6 * minimum_wage
       |         ^^^^^^^^^^^^^^^^^^
  expected: an amount of money of at least 0.00 PLN, such as '850 PLN'
  got:      '0.6 * minimum_wage'
  hint:     write the figure itself: only conditions, 'priority' and 'amount' are expressions
)");
}

TEST(ValueErrors, numbers_of_other_notations) {
  EXPECT_EQ(value_errors(codec::integer(1, 1200), "months: 0x10"), R"(plan.yaml:1:9: error: not a whole number
     1 | months: 0x10
       |         ^^^^
  expected: a whole number from 1 to 1200
  got:      '0x10'
  hint:     write numbers out in decimal digits
)");
  EXPECT_EQ(value_errors(codec::share(), "part: .inf"), R"(plan.yaml:1:7: error: not a share
     1 | part: .inf
       |       ^^^^
  expected: a share from 0 % to 100 %, such as '12 %' or 0.12
  got:      '.inf'
  hint:     write numbers out in decimal digits
)");
}

TEST(ValueErrors, a_seed_of_more_than_64_bits) {
  EXPECT_EQ(value_errors(codec::natural(), "seed: 18446744073709551615"), "");
  EXPECT_EQ(value_errors(codec::natural(), "seed: 18446744073709551616"), R"(plan.yaml:1:7: error: value too large
     1 | seed: 18446744073709551616
       |       ^^^^^^^^^^^^^^^^^^^^
  expected: a whole number from 0 to 18446744073709551615
  got:      '18446744073709551616'
)");
  EXPECT_EQ(value_errors(codec::natural(), "seed: -1"), R"(plan.yaml:1:7: error: value too small
     1 | seed: -1
       |       ^^
  expected: a whole number from 0 to 18446744073709551615
  got:      '-1'
)");
}

TEST(ValueErrors, negative_money) {
  EXPECT_EQ(value_errors(codec::money("PLN"), "amount: -5 PLN"), R"(plan.yaml:1:9: error: value too small
     1 | amount: -5 PLN
       |         ^^^^^^
  expected: an amount of money of at least 0.00 PLN, such as '850 PLN'
  got:      '-5 PLN'
)");
}

TEST(ValueErrors, money_per_the_wrong_time) {
  EXPECT_EQ(value_errors(codec::money_rate("PLN", "month"), "rent: 850 PLN/year"),
            R"(plan.yaml:1:7: error: wrong unit '/year'
     1 | rent: 850 PLN/year
       |       ^^^^^^^^^^^^
  expected: an amount of money of at least 0.00 PLN, such as '850 PLN/month'
  got:      '850 PLN/year'
  hint:     convert it to an amount per month
)");
}

TEST(ValueErrors, a_duration_without_unit) {
  EXPECT_EQ(value_errors(codec::duration_months(1, 60), "duration: 9"), R"(plan.yaml:1:11: error: unit missing
     1 | duration: 9
       |           ^
  expected: a duration from 1 to 60 months, such as '9 months' or '2 years'
  got:      '9'
  hint:     write '9 months'
)");
}

TEST(ValueErrors, a_range_turned_round) {
  EXPECT_EQ(value_errors(codec::duration_range(1, 60), "duration: 12..9 months"),
            R"(plan.yaml:1:11: error: the range ends before it begins
     1 | duration: 12..9 months
       |           ^^^^^^^^^^^^
  expected: a range of durations from 1 to 60 months, such as '9..12 months'
  got:      '12..9 months'
  hint:     write '9..12 months'
)");
}

TEST(ValueErrors, a_month_of_one_digit) {
  EXPECT_EQ(value_errors(codec::month(), "start: 2015-7"), R"(plan.yaml:1:8: error: not a month
     1 | start: 2015-7
       |        ^^^^^^
  expected: a month from 1800-01 to 2999-12, such as 2015-07
  got:      '2015-7'
  hint:     write 2015-07
)");
}

TEST(ValueErrors, true_for_yes) {
  EXPECT_EQ(value_errors(codec::boolean(), "open: true"), R"(plan.yaml:1:7: error: not yes or no
     1 | open: true
       |       ^^^^
  expected: yes or no
  got:      'true'
  hint:     write yes
)");
}

TEST(ValueErrors, quotes_round_a_number) {
  EXPECT_EQ(value_errors(codec::integer(), "places: '5'"),
            R"(plan.yaml:1:9: error: quoted text where a plain value is expected
     1 | places: '5'
       |         ^^^
  expected: a whole number
  got:      '5'
  hint:     remove the quotes
)");
}

TEST(ValueErrors, a_word_not_on_the_list) {
  EXPECT_EQ(value_errors(codec::one_of({"owner", "municipal", "social"}), "tenure: municpal"),
            R"(plan.yaml:1:9: error: unknown word 'municpal'
     1 | tenure: municpal
       |         ^^^^^^^^
  expected: one of owner, municipal, social
  got:      'municpal'
  hint:     did you mean 'municipal'?
)");
}

TEST(ValueErrors, a_name_in_capitals) {
  EXPECT_EQ(value_errors(codec::identifier(), "kind: Day Centre"), R"(plan.yaml:1:7: error: not a name
     1 | kind: Day Centre
       |       ^^^^^^^^^^
  expected: a name of a-z, 0-9 and '_' that begins with a letter
  got:      'Day Centre'
  hint:     write day_centre
)");
}

TEST(ValueErrors, a_list_where_a_value_is_expected) {
  EXPECT_EQ(value_errors(codec::text(), "title: [a, b]"), R"(plan.yaml:1:8: error: wrong kind of value
     1 | title: [a, b]
       |        ^
  expected: text
  got:      a list of 2 values
)");
}

TEST(ValueErrors, a_value_where_a_list_is_expected) {
  EXPECT_EQ(value_errors(codec::list_of(codec::integer()), "steps: 5"), R"(plan.yaml:1:8: error: wrong kind of value
     1 | steps: 5
       |        ^
  expected: a list; each: a whole number
  got:      '5'
  hint:     put it in brackets: [5]
)");
}

TEST(ValueErrors, nothing_where_a_value_is_expected) {
  EXPECT_EQ(value_errors(codec::number(), "rate:"), R"(plan.yaml:1:1: error: empty value
     1 | rate:
       | ^^^^
  expected: a number
  got:      nothing
)");
}

TEST(ValueErrors, dates_out_of_order) {
  EXPECT_EQ(value_errors(codec::dated(codec::integer()), "places: {2018-01: 80, 2015-07: 40}"),
            R"(plan.yaml:1:23: error: dates are not in ascending order
     1 | places: {2018-01: 80, 2015-07: 40}
       |                       ^^^^^^^
  expected: a month after 2018-01
  got:      '2015-07'
  hint:     sort the dates
)");
}

TEST(ValueErrors, a_year_among_dates) {
  EXPECT_EQ(value_errors(codec::dated(codec::integer()), "places: {2015: 40}"),
            R"(plan.yaml:1:10: error: a year where a month is meant
     1 | places: {2015: 40}
       |          ^^^^
  expected: a month from 1800-01 to 2999-12, such as 2015-07
  got:      '2015'
  hint:     write 2015-01
)");
}

TEST(ValueErrors, a_year_for_a_last_month) {
  EXPECT_EQ(value_errors(codec::month(units::MonthRole::last), "until: 2022"),
            R"(plan.yaml:1:8: error: a year where a month is meant
     1 | until: 2022
       |        ^^^^
  expected: a month from 1800-01 to 2999-12, such as 2015-07
  got:      '2022'
  hint:     write 2022-12
)");
}

TEST(ValueErrors, lines_where_values_change_in_steps) {
  EXPECT_EQ(value_errors(codec::dated(codec::integer()), "places: {2015-01: 40, between: linear}"),
            R"(plan.yaml:1:23: error: this value changes in steps
     1 | places: {2015-01: 40, between: linear}
       |                       ^^^^^^^
  expected: months and their values
  got:      'between'
  hint:     leave 'between' out
)");
}

TEST(ValueErrors, a_chance_without_its_time) {
  EXPECT_EQ(value_errors(codec::chance(), "drop_out: 2 %"), R"(plan.yaml:1:11: error: a chance without its time
     1 | drop_out: 2 %
       |           ^^^
  expected: a chance per time, such as '4 %/month', '6 %/year' or '0.18/year'
  got:      '2 %'
  hint:     write '2 %/month' or '2 %/year'
)");
}

TEST(ValueErrors, a_currency_that_is_no_code) {
  EXPECT_EQ(value_errors(codec::currency(), "currency: pln"), R"(plan.yaml:1:11: error: not a currency code
     1 | currency: pln
       |           ^^^
  expected: a code of three capital letters, such as PLN
  got:      'pln'
  hint:     write PLN
)");
}

TEST(ValueErrors, a_date_that_is_none) {
  EXPECT_EQ(value_errors(codec::dated(codec::integer()), "places: {2015-13: 40}"), R"(plan.yaml:1:10: error: not a month
     1 | places: {2015-13: 40}
       |          ^^^^^^^
  expected: a month from 1800-01 to 2999-12, such as 2015-07
  got:      '2015-13'
)");
}

TEST(ValueErrors, an_unknown_name_among_fixed_ones) {
  EXPECT_EQ(value_errors(codec::each_of({"low", "high"}, codec::number()), "rates: {low: 1, hihg: 2}"),
            R"(plan.yaml:1:8: error: missing key 'high'
     1 | rates: {low: 1, hihg: 2}
       |        ^
  expected: a mapping with the keys low, high; each: a number
  got:      a mapping with 2 keys

plan.yaml:1:17: error: unknown key 'hihg'
     1 | rates: {low: 1, hihg: 2}
       |                 ^^^^
  expected: one of low, high
  got:      'hihg'
  hint:     did you mean 'high'?
)");
}

}  // namespace
}  // namespace oikos
