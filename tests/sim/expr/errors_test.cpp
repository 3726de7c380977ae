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
TEST(ExpressionErrors, knows_currencies_by_other_names_and_numbers_in_other_notations) {
  EXPECT_EQ(complaints("monthly_income < 100 zł", eligible),
            R"~(plan.yaml:1:22: error: unknown unit in eligibility expression
     1 | monthly_income < 100 zł
       |                      ^^
  expected: 'PLN', 'months', 'years' or '%' behind a number
  got:      'zł'
  hint:     did you mean 'PLN'?
)~");
  EXPECT_EQ(complaints("monthly_income < 100 pln", eligible),
            R"~(plan.yaml:1:22: error: unknown unit in eligibility expression
     1 | monthly_income < 100 pln
       |                      ^^^
  expected: 'PLN', 'months', 'years' or '%' behind a number
  got:      'pln'
  hint:     did you mean 'PLN'?
)~");
  EXPECT_EQ(complaints("monthly_income < 100€", eligible),
            R"~(plan.yaml:1:21: error: unknown unit in eligibility expression
     1 | monthly_income < 100€
       |                     ^
  expected: 'PLN', 'months', 'years' or '%' behind a number
  got:      '€'
  hint:     convert it to PLN
)~");
  EXPECT_EQ(complaints("age > 0x10", eligible),
            R"~(plan.yaml:1:8: error: unknown unit in eligibility expression
     1 | age > 0x10
       |        ^^^
  expected: 'PLN', 'months', 'years' or '%' behind a number
  got:      'x10'
  hint:     write numbers out in decimal digits
)~");
  EXPECT_EQ(complaints("monthly_income < 1.000,00 PLN", eligible),
            R"~(plan.yaml:1:18: error: decimal comma in eligibility expression
     1 | monthly_income < 1.000,00 PLN
       |                  ^^^^^^^^
  expected: a decimal point
  got:      '1.000,00'
  hint:     write '1000.00'
)~");
  EXPECT_EQ(complaints("age > 9007199254740993", eligible),
            R"~(plan.yaml:1:7: error: number too large in eligibility expression
     1 | age > 9007199254740993
       |       ^^^^^^^^^^^^^^^^
  expected: at most 9007199254740992 (minor units, for money)
  got:      '9007199254740993'
)~");
}

TEST(ExpressionErrors, refuses_what_is_the_same_for_everybody_by_mistake) {
  EXPECT_EQ(complaints("clamp(age, 65, 18) > 20", eligible),
            R"~(plan.yaml:1:1: error: bounds the wrong way round in eligibility expression
     1 | clamp(age, 65, 18) > 20
       | ^^^^^^^^^^^^^^^^^^
  expected: the lower bound before the higher one
  got:      'clamp(age, 65, 18)'
  hint:     write 'clamp(age, 18, 65)'
)~");
  EXPECT_EQ(complaints("between(age, 65 years, 18 years)", eligible),
            R"~(plan.yaml:1:1: error: bounds the wrong way round in eligibility expression
     1 | between(age, 65 years, 18 years)
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  expected: the lower bound before the higher one
  got:      'between(age, 65 years, 18 years)'
  hint:     write 'between(age, 18 years, 65 years)'
)~");
  EXPECT_EQ(complaints("(age / 0 else 1) > 1", eligible),
            R"~(plan.yaml:1:8: error: division by zero in eligibility expression
     1 | (age / 0 else 1) > 1
       |        ^
  expected: a divisor other than 0
  got:      '0'
)~");
}

/// A name that the schema says is not there: why, and nothing of the values that it would have.
TEST(ExpressionErrors, says_what_is_not_modelled) {
  Schema schema = example::schema();
  schema.add_absent("addiction", "not modelled: nothing in the model holds or moves addiction");
  Diagnostics diagnostics;
  compile("addiction == dependent and age > 18", example::at_start("addiction == dependent and age > 18"), schema,
          eligible, diagnostics);
  ASSERT_EQ(diagnostics.all().size(), 1);
  EXPECT_EQ(to_string(diagnostics.all()[0]), R"~(plan.yaml:1:1: error: unknown column in eligibility expression
     1 | addiction == dependent and age > 18
       | ^^^^^^^^^
  expected: a person, household or area column (list them: oikos explain columns)
  got:      'addiction'
  hint:     not modelled: nothing in the model holds or moves addiction
)~");
}

TEST(ExpressionErrors, says_which_names_are_unknown) {
  EXPECT_EQ(complaints(R"~(monthly_icnome < 1200 PLN and tenure == municipal)~", eligible),
            R"~(plan.yaml:1:1: error: unknown column in eligibility expression
     1 | monthly_icnome < 1200 PLN and tenure == municipal
       | ^^^^^^^^^^^^^^
  expected: a person, household or area column (list them: oikos explain columns)
  got:      'monthly_icnome'
  hint:     did you mean 'monthly_income' [PLN/month]?
)~");
  EXPECT_EQ(complaints(R"~(labour == registered_unemploid)~", eligible),
            R"~(plan.yaml:1:11: error: unknown value in eligibility expression
     1 | labour == registered_unemploid
       |           ^^^^^^^^^^^^^^^^^^^^
  expected: a value of labour_state: child, student, employed, registered_unemployed, inactive, retired
  got:      'registered_unemploid'
  hint:     did you mean 'registered_unemployed'?
)~");
  EXPECT_EQ(complaints(R"~(mean(age, 3))~", any),
            R"~(plan.yaml:1:1: error: unknown function in expression
     1 | mean(age, 3)
       | ^^^^
  expected: min, max, abs, floor, ceil, round, clamp, between
  got:      'mean'
)~");
  EXPECT_EQ(complaints(R"~(flor(age))~", any),
            R"~(plan.yaml:1:1: error: unknown function in expression
     1 | flor(age)
       | ^^^^
  expected: min, max, abs, floor, ceil, round, clamp, between
  got:      'flor'
  hint:     did you mean 'floor'?
)~");
  EXPECT_EQ(complaints(R"~(labour == employed or retired)~", eligible),
            R"~(plan.yaml:1:23: error: unknown column in eligibility expression
     1 | labour == employed or retired
       |                       ^^^^^^^
  expected: a person, household or area column (list them: oikos explain columns)
  got:      'retired'
  hint:     'retired' is a value of 'labour': write 'labour == retired'
)~");
  EXPECT_EQ(complaints(R"~(12 EUR)~", any),
            R"~(plan.yaml:1:4: error: unknown unit in expression
     1 | 12 EUR
       |    ^^^
  expected: 'PLN', 'months', 'years' or '%' behind a number
  got:      'EUR'
  hint:     convert it to PLN
)~");
  EXPECT_EQ(complaints(R"~(labour in (employed, pupil))~", eligible),
            R"~(plan.yaml:1:22: error: unknown value in eligibility expression
     1 | labour in (employed, pupil)
       |                      ^^^^^
  expected: a value of labour_state: child, student, employed, registered_unemployed, inactive, retired
  got:      'pupil'
)~");
  EXPECT_EQ(complaints(R"~(migrnt and diabled or ags > 3 and monthly_income < 3)~", eligible),
            R"~(plan.yaml:1:1: error: unknown column in eligibility expression
     1 | migrnt and diabled or ags > 3 and monthly_income < 3
       | ^^^^^^
  expected: a person, household or area column (list them: oikos explain columns)
  got:      'migrnt'
  hint:     did you mean 'migrant' [true/false]?
plan.yaml:1:12: error: unknown column in eligibility expression
     1 | migrnt and diabled or ags > 3 and monthly_income < 3
       |            ^^^^^^^
  expected: a person, household or area column (list them: oikos explain columns)
  got:      'diabled'
  hint:     did you mean 'disabled' [true/false]?
plan.yaml:1:23: error: unknown column in eligibility expression
     1 | migrnt and diabled or ags > 3 and monthly_income < 3
       |                       ^^^
  expected: a person, household or area column (list them: oikos explain columns)
  got:      'ags'
  hint:     did you mean 'age' [years]?
plan.yaml:1:52: error: number without a unit in eligibility expression
     1 | migrnt and diabled or ags > 3 and monthly_income < 3
       |                                                    ^
  expected: money [PLN]
  got:      '3'
  hint:     write the currency: '3 PLN'
)~");
  EXPECT_EQ(complaints(R"~(min)~", any),
            R"~(plan.yaml:1:1: error: unknown column in expression
     1 | min
       | ^^^
  expected: a person, household or area column (list them: oikos explain columns)
  got:      'min'
  hint:     'min' is a function: write 'min(...)'
)~");
}

TEST(ExpressionErrors, says_where_the_shape_is_broken) {
  EXPECT_EQ(complaints(R"~(age >= 18 and)~", eligible),
            R"~(plan.yaml:1:14: error: missing operand in eligibility expression
     1 | age >= 18 and
       |              ^
  expected: a value after 'and'
  got:      the end of the expression
)~");
  EXPECT_EQ(complaints(R"~(age >= and migrant)~", eligible),
            R"~(plan.yaml:1:8: error: missing operand in eligibility expression
     1 | age >= and migrant
       |        ^^^
  expected: a value after '>='
  got:      'and'
)~");
  EXPECT_EQ(complaints(R"~((age >= 18 and migrant)~", eligible),
            R"~(plan.yaml:1:1: error: unbalanced parenthesis in eligibility expression
     1 | (age >= 18 and migrant
       | ^
  expected: a ')' for this '('
  got:      the end of the expression
)~");
  EXPECT_EQ(complaints(R"~(age >= 18) and migrant)~", eligible),
            R"~(plan.yaml:1:10: error: unbalanced parenthesis in eligibility expression
     1 | age >= 18) and migrant
       |          ^
  expected: a '(' for this ')'
  got:      ')'
)~");
  EXPECT_EQ(complaints(R"~(18 <= age < 65)~", eligible),
            R"~(plan.yaml:1:11: error: chained comparison in eligibility expression
     1 | 18 <= age < 65
       |           ^
  expected: one comparison at a time
  got:      '<'
  hint:     write '18 <= age and age < 65'
)~");
  EXPECT_EQ(complaints(R"~(if migrant then age / dependent_children else 0 else 1)~", any),
            R"~(plan.yaml:1:49: error: unexpected 'else' in expression
     1 | if migrant then age / dependent_children else 0 else 1
       |                                                 ^^^^
  expected: the end of the expression
  got:      'else'
  hint:     a division inside 'then' stands in parentheses: (a / b else 0)
plan.yaml:1:21: error: division without 'else' in expression
     1 | if migrant then age / dependent_children else 0 else 1
       |                     ^
  expected: a value for when 'dependent_children' is 0
  got:      'age / dependent_children'
  hint:     write '(age / dependent_children else 0)'
)~");
  EXPECT_EQ(complaints(R"~(age months_in_state)~", any),
            R"~(plan.yaml:1:5: error: missing operator in expression
     1 | age months_in_state
       |     ^^^^^^^^^^^^^^^
  expected: an operator before it, such as 'and' or '+'
  got:      'months_in_state'
)~");
  EXPECT_EQ(complaints(R"~(5 % 3)~", any),
            R"~(plan.yaml:1:5: error: missing operator in expression
     1 | 5 % 3
       |     ^
  expected: an operator before it, such as 'and' or '+'
  got:      '3'
)~");
  EXPECT_EQ(complaints(R"~(age % 3)~", any),
            R"~(plan.yaml:1:5: error: unexpected '%' in expression
     1 | age % 3
       |     ^
  expected: '%' only behind a number, as in '85 %'
  got:      '%'
  hint:     there is no remainder operator
)~");
  EXPECT_EQ(complaints(R"~(labour in employed)~", eligible),
            R"~(plan.yaml:1:11: error: missing list in eligibility expression
     1 | labour in employed
       |           ^^^^^^^^
  expected: values in parentheses after 'in'
  got:      'employed'
)~");
  EXPECT_EQ(complaints(R"~(if migrant then 3)~", any),
            R"~(plan.yaml:1:18: error: missing 'else' in expression
     1 | if migrant then 3
       |                  ^
  expected: 'else' and a value after it: every 'if' has both
  got:      the end of the expression
)~");
  EXPECT_EQ(complaints(R"~(if migrant 3 else 4)~", any),
            R"~(plan.yaml:1:12: error: missing 'then' in expression
     1 | if migrant 3 else 4
       |            ^
  expected: 'then' after the condition
  got:      '3'
)~");
  EXPECT_EQ(complaints(R"~()~", eligible),
            R"~(plan.yaml:1:1: error: missing operand in eligibility expression
  expected: a value
  got:      the end of the expression
)~");
}

TEST(ExpressionErrors, says_which_types_do_not_fit) {
  EXPECT_EQ(complaints(R"~(labour < employed)~", eligible),
            R"~(plan.yaml:1:1: error: type mismatch in eligibility expression
     1 | labour < employed
       | ^^^^^^
  expected: a number, money, months or years for '<'
  got:      'labour' is a value of labour_state
  hint:     use '==', '!=' or 'in'
plan.yaml:1:10: error: type mismatch in eligibility expression
     1 | labour < employed
       |          ^^^^^^^^
  expected: a number, money, months or years for '<'
  got:      'employed' is a value of labour_state
  hint:     use '==', '!=' or 'in'
)~");
  EXPECT_EQ(complaints(R"~(labour == 3)~", eligible),
            R"~(plan.yaml:1:8: error: type mismatch in eligibility expression
     1 | labour == 3
       |        ^^
  expected: the same type for all of '=='
  got:      'labour' is a value of labour_state, '3' is a number
  hint:     'labour' is one of child, student, employed, registered_unemployed, inactive, retired
)~");
  EXPECT_EQ(complaints(R"~(age)~", eligible),
            R"~(plan.yaml:1:1: error: wrong type of eligibility expression
     1 | age
       | ^^^
  expected: true or false
  got:      'age' is in years
  hint:     compare it with a value: ==, !=, <, <=, >, >= or in
)~");
  EXPECT_EQ(complaints(R"~(clamp(age, 3))~", any),
            R"~(plan.yaml:1:1: error: wrong number of arguments in expression
     1 | clamp(age, 3)
       | ^^^^^
  expected: clamp(x, lowest, highest)
  got:      2 arguments
)~");
  EXPECT_EQ(complaints(R"~(migrant == true)~", eligible),
            R"~(plan.yaml:1:9: error: type mismatch in eligibility expression
     1 | migrant == true
       |         ^^
  expected: values other than true and false
  got:      'migrant' is true or false, 'true' is true or false
  hint:     write 'x' or 'not x' instead of 'x == true'
)~");
  EXPECT_EQ(complaints(R"~(migrant and age)~", eligible),
            R"~(plan.yaml:1:13: error: type mismatch in eligibility expression
     1 | migrant and age
       |             ^^^
  expected: true or false for 'and'
  got:      'age' is in years
  hint:     compare it with a value: ==, !=, <, <=, >, >= or in
)~");
  EXPECT_EQ(complaints(R"~(age in (3, 4))~", eligible),
            R"~(plan.yaml:1:1: error: type mismatch in eligibility expression
     1 | age in (3, 4)
       | ^^^
  expected: a column with named values before 'in'
  got:      'age' is in years
  hint:     write 'between(x, lowest, highest)' or join comparisons by 'or'
)~");
  EXPECT_EQ(complaints(R"~(migrant)~", priority),
            R"~(plan.yaml:1:1: error: wrong type of priority expression
     1 | migrant
       | ^^^^^^^
  expected: a number, money, months or years
  got:      'migrant' is true or false
  hint:     write 'if ... then ... else ...'
)~");
  EXPECT_EQ(complaints(R"~(true + 1)~", any),
            R"~(plan.yaml:1:1: error: type mismatch in expression
     1 | true + 1
       | ^^^^
  expected: a number, money, months or years for '+'
  got:      'true' is true or false
  hint:     write 'if true then 1 else 0'
)~");
  EXPECT_EQ(complaints(R"~(abs(tenure))~", any),
            R"~(plan.yaml:1:5: error: type mismatch in expression
     1 | abs(tenure)
       |     ^^^^^^
  expected: a number, money, months or years for 'abs'
  got:      'tenure' is a value of tenure_kind
)~");
  EXPECT_EQ(complaints(R"~(labour == tenure)~", eligible),
            R"~(plan.yaml:1:8: error: type mismatch in eligibility expression
     1 | labour == tenure
       |        ^^
  expected: the same type for all of '=='
  got:      'labour' is a value of labour_state, 'tenure' is a value of tenure_kind
  hint:     'labour' is one of child, student, employed, registered_unemployed, inactive, retired
)~");
}

TEST(ExpressionErrors, says_which_units_do_not_fit) {
  EXPECT_EQ(complaints(R"~(monthly_income < 1200)~", eligible),
            R"~(plan.yaml:1:18: error: number without a unit in eligibility expression
     1 | monthly_income < 1200
       |                  ^^^^
  expected: money [PLN]
  got:      '1200'
  hint:     write the currency: '1200 PLN'
)~");
  EXPECT_EQ(complaints(R"~(monthly_income < dependent_children)~", eligible),
            R"~(plan.yaml:1:16: error: unit mismatch in eligibility expression
     1 | monthly_income < dependent_children
       |                ^
  expected: money with money for '<'
  got:      'monthly_income' is money [PLN], 'dependent_children' is a number
)~");
  EXPECT_EQ(complaints(R"~(500)~", amount),
            R"~(plan.yaml:1:1: error: number without a unit in amount
     1 | 500
       | ^^^
  expected: money [PLN]
  got:      '500'
  hint:     write the currency: '500 PLN'
)~");
  EXPECT_EQ(complaints(R"~(if migrant then 500 else 0 PLN)~", amount),
            R"~(plan.yaml:1:17: error: number without a unit in amount
     1 | if migrant then 500 else 0 PLN
       |                 ^^^
  expected: money [PLN]
  got:      '500'
  hint:     write the currency: '500 PLN'
)~");
  EXPECT_EQ(complaints(R"~(months_in_state > age)~", eligible),
            R"~(plan.yaml:1:17: error: unit mismatch in eligibility expression
     1 | months_in_state > age
       |                 ^
  expected: the same unit for all of '>'
  got:      'months_in_state' is in months, 'age' is in years
  hint:     write '12 * age'
)~");
  EXPECT_EQ(complaints(R"~(age / dependent_children)~", any),
            R"~(plan.yaml:1:5: error: division without 'else' in expression
     1 | age / dependent_children
       |     ^
  expected: a value for when 'dependent_children' is 0
  got:      'age / dependent_children'
  hint:     write '(age / dependent_children else 0)'
)~");
  EXPECT_EQ(complaints(R"~(if migrant then rent / dependent_children else 0 PLN)~", any),
            R"~(plan.yaml:1:22: error: division without 'else' in expression
     1 | if migrant then rent / dependent_children else 0 PLN
       |                      ^
  expected: a value for when 'dependent_children' is 0
  got:      'rent / dependent_children'
  hint:     write '(rent / dependent_children else 0 PLN)'
)~");
  EXPECT_EQ(complaints(R"~(age / 0)~", any),
            R"~(plan.yaml:1:7: error: division by zero in expression
     1 | age / 0
       |       ^
  expected: a divisor other than 0
  got:      '0'
)~");
  EXPECT_EQ(complaints(R"~(monthly_income * rent)~", any),
            R"~(plan.yaml:1:16: error: unit mismatch in expression
     1 | monthly_income * rent
       |                ^
  expected: a number on one side of '*'
  got:      'monthly_income' is money [PLN], 'rent' is money [PLN]
)~");
  EXPECT_EQ(complaints(R"~(months_in_state * months_in_state)~", any),
            R"~(plan.yaml:1:17: error: unit mismatch in expression
     1 | months_in_state * months_in_state
       |                 ^
  expected: a number on one side of '*'
  got:      'months_in_state' is in months, 'months_in_state' is in months
  hint:     take the unit off first: '(months_in_state / 1 month)'
)~");
  EXPECT_EQ(complaints(R"~(rent / months_in_state)~", any),
            R"~(plan.yaml:1:6: error: unit mismatch in expression
     1 | rent / months_in_state
       |      ^
  expected: a number or money [PLN] behind '/'
  got:      'rent' is money [PLN], 'months_in_state' is in months
  hint:     take the unit off first: '(months_in_state / 1 month)'
)~");
  EXPECT_EQ(complaints(R"~(9999999999999999999)~", any),
            R"~(plan.yaml:1:1: error: number too large in expression
     1 | 9999999999999999999
       | ^^^^^^^^^^^^^^^^^^^
  expected: at most 9007199254740992 (minor units, for money)
  got:      '9999999999999999999'
)~");
  EXPECT_EQ(complaints(R"~(if migrant then age else rent)~", any),
            R"~(plan.yaml:1:1: error: unit mismatch in expression
     1 | if migrant then age else rent
       | ^^
  expected: money with money for 'if'
  got:      'rent' is money [PLN], 'age' is in years
)~");
}

TEST(ExpressionErrors, bound_the_size_of_a_text) {
  EXPECT_NE(complaints(std::string(10'001, ' ')).find("expected: at most 10000 bytes\n  got:      10001 bytes"),
            std::string::npos);
  EXPECT_EQ(complaints(std::string(9'900, ' ') + "age"), "");
  const auto nested = [](std::size_t levels) { return std::string(levels, '(') + "age" + std::string(levels, ')'); };
  EXPECT_EQ(complaints(nested(64)), "");
  EXPECT_NE(complaints(nested(65)).find("nesting too deep in expression"), std::string::npos);
  std::string sum = "1";
  for (int i = 0; i < 1001; ++i) sum += "+1";
  EXPECT_NE(complaints(sum).find("too many operators in a row in expression"), std::string::npos);
}

/// Goal: places are right wherever the text stands in its file.
TEST(ExpressionErrors, point_into_the_line_of_the_file) {
  const auto source = std::make_shared<const SourceText>(
      SourceText{"plan.yaml", "programmes:\n  ż: \"age > oops\"\n  folded: >\n    age >\n    oops\n"});
  const auto place = [&](std::string_view text, int line, int column) {
    Diagnostics diagnostics;
    compile(text, {source, line, column, 6}, example::schema(), Goal::anything("expression"), diagnostics);
    EXPECT_EQ(diagnostics.all().size(), 1u);
    const auto& at = diagnostics.all()[0].at;
    return std::vector{at.line, at.column, at.length};
  };
  EXPECT_EQ(place("age > oops", 2, 6), (std::vector{2, 13, 4}));  // at the quote
  EXPECT_EQ(place("age > oops", 2, 7), (std::vector{2, 13, 4}));  // behind it
  EXPECT_EQ(place("age > oops", 3, 3), (std::vector{3, 3, 6}));   // folded: as given
}

}  // namespace
}  // namespace oikos::expr
