#include <gtest/gtest.h>

#include "tests/sim/expr/example_schema.hpp"

/// Goal: every mistake is explained where it stands. Method: the whole text of each message.
namespace oikos::expr {
namespace {

using example::complaints;

const Goal eligible = Goal::exactly("eligibility expression", {Kind::boolean});
const Goal amount = Goal::exactly("amount", {Kind::money});
const Goal priority = Goal::any_numeric("priority expression");
const Goal any = Goal::anything("expression");

/// What a user writes who thinks of money and numbers as elsewhere.
TEST(ExpressionErrors, understands_slips_from_other_languages) {
  EXPECT_EQ(complaints(R"~(age >= 18 # and migrant)~", eligible),
            R"~(plan.yaml:1:11: error: unexpected character in eligibility expression
     1 | age >= 18 # and migrant
       |           ^
  expected: a name, a number or an operator
  got:      '#'
)~");
  EXPECT_EQ(complaints(R"~(labour == 'employed')~", eligible),
            R"~(plan.yaml:1:11: error: unexpected character in eligibility expression
     1 | labour == 'employed'
       |           ^^^^^^^^^^
  expected: a name, a number or an operator
  got:      ''employed''
  hint:     values are written without quotes
)~");
  EXPECT_EQ(complaints(R"~(age = 18)~", eligible),
            R"~(plan.yaml:1:5: error: unknown operator in eligibility expression
     1 | age = 18
       |     ^
  expected: '=='
  got:      '='
  hint:     '==' compares; nothing is assigned here
)~");
  EXPECT_EQ(complaints(R"~(age > 3 && migrant || !disabled)~", eligible),
            R"~(plan.yaml:1:9: error: unknown operator in eligibility expression
     1 | age > 3 && migrant || !disabled
       |         ^^
  expected: 'and'
  got:      '&&'
  hint:     logic is written in words: and, or, not
plan.yaml:1:20: error: unknown operator in eligibility expression
     1 | age > 3 && migrant || !disabled
       |                    ^^
  expected: 'or'
  got:      '||'
  hint:     logic is written in words: and, or, not
plan.yaml:1:23: error: unknown operator in eligibility expression
     1 | age > 3 && migrant || !disabled
       |                       ^
  expected: 'not'
  got:      '!'
  hint:     logic is written in words: and, or, not
)~");
  EXPECT_EQ(complaints(R"~(0,5 * age)~", any),
            R"~(plan.yaml:1:1: error: decimal comma in expression
     1 | 0,5 * age
       | ^^^
  expected: a decimal point
  got:      '0,5'
  hint:     write '0.5'
)~");
  EXPECT_EQ(complaints(R"~(age AND migrant)~", eligible),
            R"~(plan.yaml:1:5: error: unknown word in eligibility expression
     1 | age AND migrant
       |     ^^^
  expected: 'and'
  got:      'AND'
  hint:     words of the language are in small letters
plan.yaml:1:1: error: type mismatch in eligibility expression
     1 | age AND migrant
       | ^^^
  expected: true or false for 'AND'
  got:      'age' is in years
  hint:     compare it with a value: ==, !=, <, <=, >, >= or in
)~");
  EXPECT_EQ(complaints(R"~(age ≥ 18 and x = y = z)~", eligible),
            R"~(plan.yaml:1:5: error: unknown operator in eligibility expression
     1 | age ≥ 18 and x = y = z
       |     ^
  expected: '>='
  got:      '≥'
plan.yaml:1:16: error: unknown operator in eligibility expression
     1 | age ≥ 18 and x = y = z
       |                ^
  expected: '=='
  got:      '='
  hint:     '==' compares; nothing is assigned here
plan.yaml:1:20: error: unknown operator in eligibility expression
     1 | age ≥ 18 and x = y = z
       |                    ^
  expected: '=='
  got:      '='
  hint:     '==' compares; nothing is assigned here
plan.yaml:1:20: error: chained comparison in eligibility expression
     1 | age ≥ 18 and x = y = z
       |                    ^
  expected: one comparison at a time
  got:      '='
  hint:     write 'x = y and y == z'
plan.yaml:1:14: error: unknown column in eligibility expression
     1 | age ≥ 18 and x = y = z
       |              ^
  expected: a person, household or area column (list them: oikos explain columns)
  got:      'x'
plan.yaml:1:18: error: unknown column in eligibility expression
     1 | age ≥ 18 and x = y = z
       |                  ^
  expected: a person, household or area column (list them: oikos explain columns)
  got:      'y'
plan.yaml:1:22: error: unknown column in eligibility expression
     1 | age ≥ 18 and x = y = z
       |                      ^
  expected: a person, household or area column (list them: oikos explain columns)
  got:      'z'
)~");
  EXPECT_EQ(complaints(R"~(zażółć == 3)~", eligible),
            R"~(plan.yaml:1:1: error: unexpected character in eligibility expression
     1 | zażółć == 3
       | ^^^^^^
  expected: a name, a number or an operator
  got:      'zażółć'
  hint:     names have the letters a to z, digits and '_'
)~");
}

}  // namespace
}  // namespace oikos::expr
