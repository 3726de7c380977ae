#include <gmock/gmock.h>

#include <numeric>

#include "tests/sim/expr/example_schema.hpp"

/// Goal: questions to groups give what looking at each member by hand gives, for any split of the rows.
namespace oikos::expr {
namespace {

using example::Source;

constexpr std::uint32_t flatmates = 0, parent = 1, host = 2;

Schema schema_with_groups() {
  Schema made = example::schema();
  made.add_group({"flatmates", flatmates, false, true, "up to four other rows"});
  made.add_group({"parent", parent, true, true, "one row, or none"});
  made.add_group({"host", host, true, false, "one row"});
  return made;
}

/// Row r has r % 5 flatmates, a parent unless r % 3 is 0, and a host.
std::vector<std::uint32_t> related_to(std::uint32_t group, std::uint32_t row) {
  std::vector<std::uint32_t> all;
  if (group == flatmates)
    for (std::uint32_t k = 0; k < row % 5; ++k) all.push_back(7 * row + k + 1);
  if (group == parent && row % 3 != 0) all.push_back(row / 3 + 1000);
  if (group == host) all.push_back(row / 2);
  return all;
}

class GroupSource final : public Source {
 public:
  void related(std::uint32_t group, std::span<const std::uint32_t> rows, std::vector<std::uint32_t>& members,
               std::vector<std::uint32_t>& ends) const override {
    for (const std::uint32_t row : rows) {
      for (const std::uint32_t other : related_to(group, row)) members.push_back(other);
      ends.push_back(static_cast<std::uint32_t>(members.size()));
    }
  }
};

Program program(std::string_view text) {
  static const Schema schema = schema_with_groups();
  Diagnostics diagnostics;
  auto made = compile(text, example::at_start(text), schema, Goal::anything("expression"), diagnostics);
  diagnostics.throw_if_any();
  return std::move(made).value();
}

std::string complaints(std::string_view text) {
  static const Schema schema = schema_with_groups();
  Diagnostics diagnostics;
  compile(text, example::at_start(text), schema, Goal::anything("expression"), diagnostics);
  std::string out;
  for (const auto& one : diagnostics.all()) out += to_string(one);
  return out;
}

double column(example::Id id, std::uint32_t row) { return Source::value(id, row); }

/// Compares a text with what `expected` says of each row.
template <class Expected>
void compare(std::string_view text, Expected expected) {
  const Program made = program(text);
  EXPECT_EQ(program(to_string(made)), made) << text << " -> " << to_string(made);
  std::vector<double> out(2500), parts(2500);
  Evaluator evaluator;
  const GroupSource source;
  evaluator.evaluate_range(made, source, 0, out);
  for (std::uint32_t row = 0; row < out.size(); ++row) ASSERT_EQ(out[row], expected(row)) << text << " of " << row;
  for (std::uint32_t first = 0; first < parts.size(); first += 9)
    evaluator.evaluate_range(made, source, first,
                             std::span(parts).subspan(first, std::min<std::size_t>(9, parts.size() - first)));
  EXPECT_EQ(parts, out) << text;
}

template <class Value>
auto over(std::uint32_t group, Value value) {
  return [=](std::uint32_t row) {
    std::vector<double> values;
    for (const std::uint32_t other : related_to(group, row)) values.push_back(value(other, row));
    return values;
  };
}
double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

TEST(Groups, count_those_who_meet_a_condition) {
  const auto adults = over(flatmates, [](auto other, auto) { return column(example::age, other) >= 18 ? 1.0 : 0.0; });
  compare("flatmates.count(age >= 18)", [&](auto row) { return sum(adults(row)); });
  compare("flatmates.count()", [](auto row) { return static_cast<double>(row % 5); });
  compare("flatmates.any(age >= 18)", [&](auto row) { return sum(adults(row)) > 0 ? 1.0 : 0.0; });
  compare("flatmates.all(age >= 18)", [&](auto row) { return sum(adults(row)) == row % 5 ? 1.0 : 0.0; });
  compare("flatmates.share(age >= 18)",
          [&](auto row) { return row % 5 == 0 ? 0.0 : sum(adults(row)) / static_cast<double>(row % 5); });
}

TEST(Groups, make_sums_means_and_extremes_and_have_a_value_for_nobody) {
  const auto incomes = over(flatmates, [](auto other, auto) { return column(example::income, other); });
  compare("flatmates.sum(monthly_income)", [&](auto row) { return sum(incomes(row)); });
  compare("(flatmates.mean(monthly_income) else 7 PLN)",
          [&](auto row) { return row % 5 == 0 ? 700.0 : sum(incomes(row)) / static_cast<double>(row % 5); });
  compare("(flatmates.max(monthly_income) else monthly_income)",
          [&](auto row) { return row % 5 == 0 ? column(example::income, row) : std::ranges::max(incomes(row)); });
  compare("(flatmates.min(2 * age) else 12 months)", [&](auto row) {
    const auto ages = over(flatmates, [](auto other, auto) { return 2 * column(example::age, other); })(row);
    return ages.empty() ? 1.0 : std::ranges::min(ages);
  });
}

TEST(Groups, compare_members_with_whoever_asks) {
  compare("flatmates.count(age > my.age and labour == my.labour)", [&](auto row) {
    return sum(over(flatmates, [](auto other, auto asker) {
      return column(example::age, other) > column(example::age, asker) &&
                     column(example::labour, other) == column(example::labour, asker)
                 ? 1.0
                 : 0.0;
    })(row));
  });
}

TEST(Groups, of_one_person_show_columns) {
  compare("(parent.age else 99 years)", [](auto row) {
    const auto one = related_to(parent, row);
    return one.empty() ? 99.0 : column(example::age, one[0]);
  });
  compare("host.labour == employed", [](auto row) { return column(example::labour, row / 2) == 2 ? 1.0 : 0.0; });
  compare("parent.migrant", [](auto row) {
    const auto one = related_to(parent, row);
    return one.empty() ? 0.0 : column(example::migrant, one[0]);
  });
  compare("(parent.education else low) == tertiary", [](auto row) {
    const auto one = related_to(parent, row);
    return !one.empty() && column(example::education, one[0]) == 3 ? 1.0 : 0.0;
  });
}

TEST(Groups, stand_inside_each_other) {
  compare("flatmates.sum(flatmates.count(migrant))", [](auto row) {
    return sum(over(flatmates, [](auto other, auto) {
      return sum(over(flatmates, [](auto third, auto) { return column(example::migrant, third); })(other));
    })(row));
  });
  compare("flatmates.count((parent.age else 0 years) > my.age)", [](auto row) {
    return sum(over(flatmates, [](auto other, auto asker) {
      const auto one = related_to(parent, other);
      return (one.empty() ? 0 : column(example::age, one[0])) > column(example::age, asker) ? 1.0 : 0.0;
    })(row));
  });
}

TEST(Groups, are_asked_for_few_behind_other_conditions) {
  compare("age >= 18 and migrant and flatmates.any(age < my.age and minimum_wage > rent) or labour == student",
          [](auto row) {
            const bool any = sum(over(flatmates, [](auto other, auto asker) {
                               return column(example::age, other) < column(example::age, asker) &&
                                              350'000.0 > column(example::rent, other)
                                          ? 1.0
                                          : 0.0;
                             })(row)) > 0;
            return (column(example::age, row) >= 18 && column(example::migrant, row) != 0 && any) ||
                           column(example::labour, row) == 1
                       ? 1.0
                       : 0.0;
          });
}

TEST(Groups, name_all_columns_and_parameters_that_they_read) {
  const Program made = program("flatmates.any(age < my.months_in_state / 12 and rent < minimum_wage)");
  EXPECT_THAT(made.reads(), ::testing::ElementsAre(example::age, example::months_in_state, example::rent));
  EXPECT_THAT(made.parameters(), ::testing::ElementsAre(0u));
}

TEST(GroupErrors, say_what_a_group_can_be_asked) {
  EXPECT_EQ(complaints("flatmates.counts(age > 3)"),
            R"~(plan.yaml:1:1: error: unknown question to the group 'flatmates' in expression
     1 | flatmates.counts(age > 3)
       | ^^^^^^^^^^^^^^^^
  expected: one of count, any, all, share, sum, mean, max, min
  got:      'flatmates.counts'
  hint:     did you mean 'count'?
)~");
  EXPECT_EQ(complaints("flatmates.age > 3"),
            R"~(plan.yaml:1:1: error: 'flatmates' is a group in expression
     1 | flatmates.age > 3
       | ^^^^^^^^^^^^^
  expected: a question to all of it, such as 'flatmates.any(age ...)' or 'flatmates.count(age ...)'
  got:      'flatmates.age'
)~");
  EXPECT_EQ(complaints("flatmates.any(age)"),
            R"~(plan.yaml:1:15: error: type mismatch in expression
     1 | flatmates.any(age)
       |               ^^^
  expected: a condition for 'flatmates.any'
  got:      'age' is in years
  hint:     compare it with a value: ==, !=, <, <=, >, >= or in
)~");
  EXPECT_EQ(complaints("flatmates.sum(labour)"),
            R"~(plan.yaml:1:15: error: type mismatch in expression
     1 | flatmates.sum(labour)
       |               ^^^^^^
  expected: a number, money, months or years for 'flatmates.sum'
  got:      'labour' is a value of labour_state
  hint:     count those who meet a condition: 'flatmates.count(...)'
)~");
  EXPECT_EQ(complaints("flatmates.any(agee > 3)"),
            R"~(plan.yaml:1:15: error: unknown column in expression
     1 | flatmates.any(agee > 3)
       |               ^^^^
  expected: a person, household or area column (list them: oikos explain columns)
  got:      'agee'
  hint:     did you mean 'age' [years]?
)~");
}

TEST(GroupErrors, say_when_nobody_has_no_value) {
  EXPECT_EQ(complaints("parent.age > 3"),
            R"~(plan.yaml:1:1: error: a group without 'else' in expression
     1 | parent.age > 3
       | ^^^^^^^^^^
  expected: a value for when 'parent' has nobody
  got:      'parent.age'
  hint:     write '(parent.age else 0 years)'
)~");
  EXPECT_EQ(complaints("(host.age else 3 years) > 3"),
            R"~(plan.yaml:1:16: error: a value for nobody in expression
     1 | (host.age else 3 years) > 3
       |                ^^^^^^^
  expected: no 'else': 'host' always has somebody
  got:      '3 years'
)~");
  EXPECT_EQ(complaints("(flatmates.max(rent) else 3) > 3 PLN"),
            R"~(plan.yaml:1:27: error: number without a unit in expression
     1 | (flatmates.max(rent) else 3) > 3 PLN
       |                           ^
  expected: money [PLN]
  got:      '3'
  hint:     write the currency: '3 PLN'
)~");
}

TEST(GroupErrors, say_where_my_belongs) {
  EXPECT_EQ(complaints("my.age > 3"),
            R"~(plan.yaml:1:1: error: 'my.' outside of a group in expression
     1 | my.age > 3
       | ^^^^^^
  expected: the name alone
  got:      'my.age'
  hint:     write 'age'
)~");
}

}  // namespace
}  // namespace oikos::expr
