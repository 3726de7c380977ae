#include "sim/expr/evaluate.hpp"

#include <gmock/gmock.h>

#include <numeric>

#include "sim/base/contract.hpp"
#include "sim/expr/code.hpp"
#include "tests/sim/expr/example_schema.hpp"

namespace oikos::expr {
namespace {

using example::program;
using example::Source;

constexpr auto eligible = "age >= 18 and age < 65 and labour == registered_unemployed and months_in_state >= 12";

bool is_eligible(std::uint32_t row) {
  const auto age = Source::value(example::age, row);
  return age >= 18 && age < 65 && Source::value(example::labour, row) == 3 &&
         Source::value(example::months_in_state, row) >= 12;
}

TEST(Evaluator, selects_at_block_boundaries_what_a_filter_keeps) {
  const auto made = program(eligible);
  const Source source;
  Evaluator evaluator;
  for (const std::uint32_t count : {0u, 1u, 1023u, 1024u, 1025u, 2048u, 5000u}) {
    std::vector<std::uint32_t> rows(count), expected, selected{7}, of_range{7};
    std::iota(rows.begin(), rows.end(), 100u);
    for (const auto row : rows)
      if (is_eligible(row)) expected.push_back(row);
    evaluator.select(made, source, rows, selected);
    evaluator.select_range(made, source, 100, count, of_range);
    EXPECT_EQ(selected, expected) << count;
    EXPECT_EQ(of_range, expected) << count;
  }
}

TEST(Evaluator, keeps_the_order_of_scattered_rows) {
  const std::vector<std::uint32_t> rows{900, 5, 5, 77'000, 12, 0, 44};
  std::vector<std::uint32_t> selected, expected;
  for (const auto row : rows)
    if (Source::value(example::age, row) >= 18) expected.push_back(row);
  Evaluator().select(program("age >= 18"), Source(), rows, selected);
  EXPECT_EQ(selected, expected);
}

TEST(Evaluator, gives_the_same_bits_for_any_split_of_the_rows) {
  const auto made =
      program("if age > 40 or migrant and rent > 500 PLN then (rent / monthly_income else 0) else age / 1 year");
  const Source source;
  std::vector<double> whole(3000), parts(3000);
  Evaluator evaluator;
  evaluator.evaluate_range(made, source, 0, whole);
  for (std::uint32_t first = 0; first < 3000; first += 7)
    evaluator.evaluate_range(made, source, first, std::span(parts).subspan(first, std::min(7u, 3000 - first)));
  EXPECT_EQ(whole, parts);
}

TEST(Evaluator, uses_parameters) {
  std::vector<double> out(3);
  Evaluator().evaluate_range(program("if age >= pension_age then minimum_wage else minimum_wage / 2"), Source(), 0,
                             out);
  for (std::uint32_t row = 0; row < 3; ++row)
    EXPECT_EQ(out[row], Source::value(example::age, row) >= 67 ? 350'000.0 : 175'000.0);
}

TEST(Evaluator, gives_constants_to_every_row) {
  std::vector<double> out(5);
  Evaluator().evaluate_range(program("2 * 500 PLN"), Source(), 0, out);
  EXPECT_THAT(out, testing::Each(100'000.0));
  std::vector<std::uint32_t> selected;
  Evaluator().select_range(program("pension_age > 60"), Source(), 3, 4, selected);
  EXPECT_THAT(selected, testing::ElementsAre(3, 4, 5, 6));
  Evaluator().select_range(program("pension_age > 70"), Source(), 3, 4, selected);
  EXPECT_THAT(selected, testing::IsEmpty());
}

/// Goal: rows already decided cost nothing. Method: count the values asked for.
TEST(Evaluator, reads_later_columns_only_where_still_open) {
  const Source source;
  std::vector<std::uint32_t> selected;
  Evaluator().select_range(program("labour == retired and age > 60"), source, 0, 1000, selected);
  std::size_t retired = 0;
  for (std::uint32_t row = 0; row < 1000; ++row) retired += Source::value(example::labour, row) == 5;
  EXPECT_EQ(source.loaded, 1000 + retired);
  const Source other;
  Evaluator().select_range(program("labour == retired or age > 60"), other, 0, 1000, selected);
  EXPECT_EQ(other.loaded, 1000 + (1000 - retired));
}

TEST(Evaluator, computes_common_parts_once) {
  const auto loads = [](std::string_view text) {
    std::size_t found = 0;
    const auto made = program(text);
    for (const auto& step : made.code().body) found += step.op == Op::load || step.op == Op::multiply;
    return found;
  };
  EXPECT_EQ(loads("age * 2 + age * 2 - age * 2"), 2u);
  EXPECT_EQ(loads("age * 2 > 9 and rent > 3 PLN and age * 2 < 90"), 3u);
}

TEST(Evaluator, combines_parameters_with_columns_in_logic) {
  std::vector<std::uint32_t> selected;
  Evaluator().select_range(program("pension_age > 60 and minimum_wage > 1 PLN and (migrant or pension_age > 70)"),
                           Source(), 0, 50, selected);
  std::vector<std::uint32_t> expected;
  for (std::uint32_t row = 0; row < 50; ++row)
    if (Source::value(example::migrant, row) != 0.0) expected.push_back(row);
  EXPECT_EQ(selected, expected);
}

TEST(Evaluator, refuses_to_select_by_a_number) {
  std::vector<std::uint32_t> selected;
  EXPECT_THROW(Evaluator().select_range(program("age"), Source(), 0, 1, selected), ContractError);
  std::vector<double> out(2);
  const std::vector<std::uint32_t> rows{1};
  EXPECT_THROW(Evaluator().evaluate(program("age"), Source(), rows, out), ContractError);
}

}  // namespace
}  // namespace oikos::expr
