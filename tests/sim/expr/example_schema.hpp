#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/narrow.hpp"
#include "sim/expr/evaluate.hpp"
#include "sim/expr/program.hpp"

namespace oikos::expr::example {

enum Id : std::uint32_t { age, months_in_state, income, rent, children, labour, education, tenure, migrant, disabled };

inline Schema schema() {
  Schema made("PLN", "a person, household or area column");
  const auto* labours =
      made.add_domain("labour_state", {"child", "student", "employed", "registered_unemployed", "inactive", "retired"});
  const auto* educations = made.add_domain("education_level", {"low", "basic_vocational", "secondary", "tertiary"});
  const auto* tenures = made.add_domain("tenure_kind", {"owner", "municipal", "social", "private_rent"});
  made.add_column({"age", {Kind::years}, "age in whole years", age, "", 0, 89, true, Change::ages});
  made.add_column(
      {"months_in_state", {Kind::months}, "months in the present labour state", months_in_state, "", 0, 59, true});
  made.add_column({"monthly_income", {Kind::money}, "disposable income", income, "PLN/month", 0, 599'999, true});
  made.add_column({"rent", {Kind::money}, "rent", rent, "PLN/month", 0, 199'999});
  made.add_column({"dependent_children", {Kind::number}, "children below 18", children, "", 0, 3, true});
  made.add_column({"labour", {Kind::enumeration, labours}, "labour state", labour});
  made.add_column({"education", {Kind::enumeration, educations}, "highest education", education});
  made.add_column({"tenure", {Kind::enumeration, tenures}, "tenure", tenure});
  made.add_column({"migrant", {Kind::boolean}, "migrant background", migrant});
  made.add_column({"disabled", {Kind::boolean}, "any disability degree", disabled});
  made.add_parameter({"minimum_wage", {Kind::money}, "gross minimum wage", 0, "PLN/month"});
  made.add_parameter({"pension_age", {Kind::years}, "statutory pension age", 1});
  return made;
}

/// Values made from (column, row) by mixing bits: any row can be asked for. Small ranges, so that zeros and ties occur.
class Source : public ColumnSource {
 public:
  OIKOS_WRAPS static double value(std::uint32_t column, std::uint32_t row) {
    std::uint64_t x = (std::uint64_t{column} << 32 | row) * 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 29)) * 0xBF58476D1CE4E5B9u;
    x ^= x >> 32;
    switch (column) {
      case age: return static_cast<double>(x % 90);
      case months_in_state: return static_cast<double>(x % 60);
      case income: return static_cast<double>(x % 5 == 0 ? 0 : x % 600'000);
      case rent: return static_cast<double>(x % 7 == 0 ? 0 : x % 200'000);
      case children: return static_cast<double>(x % 4);
      case labour: return static_cast<double>(x % 6);
      case education:
      case tenure: return static_cast<double>(x % 4);
      default: return static_cast<double>(x % 2);
    }
  }
  void load(std::uint32_t column, std::span<const std::uint32_t> rows, double* out) const override {
    for (std::size_t i = 0; i < rows.size(); ++i) out[i] = value(column, rows[i]);
    loaded += rows.size();
  }
  double parameter(std::uint32_t id) const override { return id == 0 ? 350'000.0 : 67.0; }

  mutable std::size_t loaded = 0;  ///< values asked for so far
};

/// The position of a text that is all of the first line of a file.
inline Position at_start(std::string_view text) {
  return {std::make_shared<const SourceText>(SourceText{"plan.yaml", std::string(text)}), 1, 1, 1};
}

/// Everything said about a text, or "" when it is right.
inline std::string complaints(std::string_view text, const Goal& goal = Goal::anything("expression")) {
  Diagnostics diagnostics;
  compile(text, at_start(text), schema(), goal, diagnostics);
  std::string out;
  for (const auto& one : diagnostics.all()) out += to_string(one);
  return out;
}

/// A program that must be right; throws InputError else.
inline Program program(std::string_view text, const Goal& goal = Goal::anything("expression")) {
  static const Schema shared = schema();  // types point at its domains
  Diagnostics diagnostics;
  auto made = compile(text, at_start(text), shared, goal, diagnostics);
  diagnostics.throw_if_any();
  return std::move(made).value();
}

/// Value of a text at a row.
inline double value_at(std::string_view text, std::uint32_t row = 0) {
  double out = 0.0;
  Evaluator().evaluate(program(text), Source(), std::span(&row, 1), std::span(&out, 1));
  return out;
}

/// Kind of result of a text.
inline Kind kind_of(std::string_view text) { return program(text).type().kind; }

/// A generator for tests: the same numbers on every machine.
class Lcg {
 public:
  explicit Lcg(std::uint64_t seed) : state_(seed) {}
  /// @return in [0, bound)
  OIKOS_WRAPS std::uint32_t below(std::uint32_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>((state_ >> 33) % bound);
  }

 private:
  std::uint64_t state_;
};

}  // namespace oikos::expr::example
