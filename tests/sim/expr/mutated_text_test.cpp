#include <gtest/gtest.h>

#include <array>

#include "tests/sim/expr/example_schema.hpp"

/// Goal: no text brings the compiler down, and none is both refused and unexplained.
/// Method: break right texts by bytes and by tokens, always in the same way.
namespace oikos::expr {
namespace {

using example::Lcg;

constexpr std::array<std::string_view, 7> seeds{
    "age >= 18 and age < 65 and labour == registered_unemployed and months_in_state >= 12",
    "months_in_state + 6 * dependent_children",
    "if migrant then (rent / monthly_income else 0) else clamp(age / 1 year, 0, 85 %)",
    "education in (low, basic_vocational) or tenure not in (owner) and not disabled",
    "max(0 PLN, 1234.56 PLN - 0.5 * monthly_income) <= round(minimum_wage)",
    "((((age))))",
    "between(age, 216 months, pension_age)"};
constexpr std::array<std::string_view, 34> pieces{"(",
                                                  ")",
                                                  ",",
                                                  "and",
                                                  "or",
                                                  "not",
                                                  "in",
                                                  "if",
                                                  "then",
                                                  "else",
                                                  "true",
                                                  "+",
                                                  "-",
                                                  "*",
                                                  "/",
                                                  "%",
                                                  "==",
                                                  "<",
                                                  "=",
                                                  "&&",
                                                  "'x'",
                                                  "0,5",
                                                  "1200",
                                                  "PLN",
                                                  "age",
                                                  "low",
                                                  "12 months",
                                                  "labour",
                                                  "rent",
                                                  "min(",
                                                  "9999999999999999999",
                                                  "\xc3\xb3",
                                                  "\xff",
                                                  "\n"};

void compile_and_run(const std::string& text) {
  static const Schema schema = example::schema();
  Diagnostics diagnostics;
  const auto made = compile(text, example::at_start(text), schema, Goal::anything("expression"), diagnostics);
  ASSERT_NE(made.has_value(), !diagnostics.empty()) << text;
  if (!made) return;
  std::vector<double> out(3);
  Evaluator().evaluate_range(*made, example::Source(), 0, out);
  Diagnostics none;
  const auto again = compile(to_string(*made), {}, schema, Goal::anything("expression"), none);
  ASSERT_TRUE(again.has_value()) << text << "\n" << to_string(*made) << "\n" << to_string(none.all()[0]);
  ASSERT_EQ(*made, *again) << text << "\n" << to_string(*made) << "\n" << to_string(*again);
}

TEST(MutatedText, never_brings_the_compiler_down) {
  Lcg random(2015);
  for (int round = 0; round < 6000; ++round) {
    std::string text(seeds[random.below(seeds.size())]);
    for (auto changes = 1 + random.below(4); changes > 0; --changes) {
      const auto at = random.below(static_cast<std::uint32_t>(text.size() + 1));
      switch (random.below(4)) {
        case 0: text.insert(at, " " + std::string(pieces[random.below(pieces.size())]) + " "); break;
        case 1: text.erase(at, 1 + random.below(6)); break;
        case 2: text.insert(at, 1, static_cast<char>(random.below(256))); break;
        default:
          text.insert(at, text.substr(random.below(static_cast<std::uint32_t>(text.size() + 1)), 1 + random.below(12)));
      }
    }
    compile_and_run(text);
  }
}

TEST(MutatedText, strings_of_pieces_never_bring_the_compiler_down) {
  Lcg random(2030);
  for (int round = 0; round < 6000; ++round) {
    std::string text;
    for (auto count = random.below(12); count > 0; --count)
      text += std::string(pieces[random.below(pieces.size())]) + " ";
    compile_and_run(text);
  }
}

TEST(MutatedText, long_texts_of_one_kind_end) {
  const auto repeated = [](std::string_view piece, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += piece;
    return out;
  };
  for (const auto* piece : {"(", "-", "not ", "if ", "1+", "age+", "min(", "a,", ")", "1 / 2 else ", "age and ", "<",
                            "0,5 ", "if migrant then 1 else ", "labour in (", "'", "\xff"})
    for (const std::size_t count : {60u, 64u, 70u, 900u}) {
      compile_and_run(repeated(piece, count));
      compile_and_run(repeated(piece, count) + "1");
    }
  compile_and_run(repeated("age > 1 and rent > 1 PLN and ", 300) + "migrant");
}

}  // namespace
}  // namespace oikos::expr
