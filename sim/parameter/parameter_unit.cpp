#include "sim/parameter/parameter_unit.hpp"

#include <fmt/core.h>

#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "sim/base/contract.hpp"
#include "sim/base/diagnostics.hpp"
#include "sim/base/money.hpp"

namespace oikos {

namespace {

using units::Parsed;
using units::Problem;
using U = ParameterUnit;

/// "3000 PLN" or "3000 PLN/month" in minor units. A number of 20 digits or so is no amount anybody has.
Parsed<double> amount(std::string_view text, std::string_view currency, std::string_view per) {
  if (per.empty() || text.find('/') == std::string_view::npos) {
    const auto plain = units::parse_money(text, currency);
    if (plain) return static_cast<double>((*plain).minor());
    Problem problem = plain.problem;
    if (problem.what == "currency missing" && !per.empty())
      problem.hint = fmt::format("write '{} {}/{}'", text, currency, per);
    return problem;
  }
  const std::array one{std::string(per)};
  const auto rate = units::parse_money_rate(text, currency, one);
  if (!rate) return rate.problem;
  return static_cast<double>((*rate).amount.minor());
}

struct Written {
  std::string number;
  std::string unit;
};

/// The text before and after the first space; without one, before and after its leading figure.
Written written(std::string_view text) {
  auto end = text.find(' ');
  if (end == std::string_view::npos) end = std::min(text.find_first_not_of("+-.0123456789"), text.size());
  auto unit = text.find_first_not_of(' ', end);
  return {std::string(text.substr(0, end)), std::string(unit == std::string_view::npos ? "" : text.substr(unit))};
}

Parsed<double> duration(std::string_view text, U unit) {
  const auto [number, word] = written(text);
  const bool months = word == "month" || word == "months", years = word == "year" || word == "years";
  if (!months && !years) {
    if (const auto plain = units::parse_number(text))
      return Problem{"unit missing", unit == U::months ? fmt::format("write '{0} years' or '{0} months'", text)
                                                       : fmt::format("write '{} years'", text)};
    const std::vector<std::string> known{"months", "years"};
    const auto value = units::parse_number(number);
    if (!value) return value.problem;
    return Problem{fmt::format("unknown unit {}", quoted(word)), did_you_mean(word, known)};
  }
  const auto value = units::parse_number(number);
  if (!value) return value.problem;
  if (text.find(' ') == std::string_view::npos)
    return Problem{"no space between number and unit", fmt::format("write '{} {}'", number, word)};
  if (unit == U::years) return months ? *value / 12.0 : *value;
  const double in_months = months ? *value : *value * 12.0;
  if (in_months != std::round(in_months)) return Problem{"not a whole number of months", ""};
  return in_months;
}

Parsed<double> with_word(std::string_view text, std::string_view one, std::string_view many) {
  const auto [number, word] = written(text);
  auto value = units::parse_number(number);
  if (!value) return value.problem;
  if (word.empty()) return Problem{"unit missing", fmt::format("write '{} {}'", number, many)};
  if (word != one && word != many)
    return Problem{fmt::format("unknown unit {}", quoted(word)), fmt::format("write '{} {}'", number, many)};
  if (text.find(' ') == std::string_view::npos)
    return Problem{"no space between number and unit", fmt::format("write '{} {}'", number, many)};
  return value;
}

Parsed<double> share(std::string_view text) {
  // Between 0 and 1 a fraction is meant, as in other places where a share may be written so.
  if (const auto plain = units::parse_number(text))
    return Problem{"unit missing", *plain > 0 && *plain < 1 ? fmt::format("write '{:.6g} %'", *plain * 100)
                                                            : fmt::format("write '{} %'", text)};
  return units::parse_share(text);
}

Parsed<double> chance(std::string_view text) {
  const auto read = units::parse_chance(text);
  if (!read) return read.problem;
  return (*read).monthly();
}

/// A number as short as reads back the same to twelve digits, "0.75" and not "0.75000000000000001".
std::string short_number(double value) { return fmt::format("{:.12g}", value); }

}  // namespace

namespace {

Parsed<double> in_unit(std::string_view text, ParameterUnit unit, std::string_view currency) {
  switch (unit) {
    case U::number: return units::parse_number(text);
    case U::persons: return with_word(text, "person", "persons");
    case U::persons_yearly: return with_word(text, "person/year", "persons/year");
    case U::households: return with_word(text, "household", "households");
    case U::share: return share(text);
    case U::chance: return chance(text);
    case U::money: return amount(text, currency, "");
    case U::money_monthly: return amount(text, currency, "month");
    case U::money_yearly: return amount(text, currency, "year");
    case U::months:
    case U::years: return duration(text, unit);
    case U::hours: return with_word(text, "hour/week", "hours/week");
  }
  expect(false, "a parameter has one of the units");
  return 0.0;
}

}  // namespace

Parsed<double> parse_parameter(std::string_view text, ParameterUnit unit, std::string_view currency) {
  auto value = in_unit(text, unit, currency);
  // Text of another unit is told so, and not taken for a foreign currency.
  if (!value && value.problem.what.starts_with("currency '") && parse_parameter(text, currency))
    return Problem{"wrong unit", ""};
  return value;
}

Parsed<MeasuredValue> parse_parameter(std::string_view text, std::string_view currency) {
  const std::string word = written(text).unit;
  const auto read = [&](U unit) -> Parsed<MeasuredValue> {
    const auto value = in_unit(text, unit, currency);
    if (!value) return value.problem;
    return MeasuredValue{*value, unit};
  };
  if (word.empty()) return read(U::number);
  if (word == "%") return read(U::share);
  if (word.starts_with('%') || word.starts_with('/')) return read(U::chance);
  if (word == "person/year" || word == "persons/year") return read(U::persons_yearly);
  for (const auto& [unit, start] : {std::pair{U::persons, "person"},
                                    {U::households, "household"},
                                    {U::hours, "hour"},
                                    {U::months, "month"},
                                    {U::years, "year"}})
    if (word.starts_with(start)) return read(unit);
  if (word.ends_with("/month")) return read(U::money_monthly);
  if (word.ends_with("/year")) return read(U::money_yearly);
  return read(U::money);
}

std::string parameter_text(std::string_view number, std::string_view unit) {
  if (unit == "1") return std::string(number);
  if (unit.starts_with("1/")) return fmt::format("{}{}", number, unit.substr(1));
  return fmt::format("{} {}", number, unit);
}

std::string unit_text(ParameterUnit unit, std::string_view currency) {
  switch (unit) {
    case U::number: return "1";
    case U::persons: return "persons";
    case U::persons_yearly: return "persons/year";
    case U::households: return "households";
    case U::share: return "%";
    case U::chance: return "%/month";
    case U::money: return std::string(currency);
    case U::money_monthly: return fmt::format("{}/month", currency);
    case U::money_yearly: return fmt::format("{}/year", currency);
    case U::months: return "months";
    case U::years: return "years";
    case U::hours: return "hours/week";
  }
  expect(false, "a parameter has one of the units");
  return "";
}

std::string show_parameter(double value, ParameterUnit unit, std::string_view currency) {
  if (unit == U::share || unit == U::chance) value *= 100;
  if (unit == U::money || unit == U::money_monthly || unit == U::money_yearly) value /= 100;
  if (unit == U::number) return short_number(value);
  if (unit == U::months && value != 0 && std::fmod(value, 12) == 0)
    return parameter_text(short_number(value / 12), "years");
  return parameter_text(short_number(value), unit_text(unit, currency));
}

std::string show_range(ParameterRange range, ParameterUnit unit, std::string_view currency) {
  const auto show = [&](double value) { return show_parameter(value, unit, currency); };
  return fmt::format("{} to {}", show(range.low), show(range.high));
}

std::string usual_range(const ParameterSpec& spec, std::string_view currency) {
  if (spec.relative_to.empty()) return show_range(spec.plausible, spec.unit, currency);
  return fmt::format("{:g} to {:g} times {}", spec.plausible.low, spec.plausible.high, spec.relative_to);
}

std::string describe(ParameterUnit unit, std::string_view currency) {
  switch (unit) {
    case U::number: return "a plain number";
    case U::persons: return "a number of persons, such as '1000 persons'";
    case U::persons_yearly: return "persons a year, such as '1000 persons/year'";
    case U::households: return "a number of households, such as '50 households'";
    case U::share: return "a share, such as '12 %'";
    case U::chance: return "a chance per time, such as '4 %/month', '6 %/year' or '0.18/year'";
    case U::money: return fmt::format("an amount of money, such as '3000 {}'", currency);
    case U::money_monthly: return fmt::format("an amount of money per month, such as '3000 {}/month'", currency);
    case U::money_yearly: return fmt::format("an amount of money per year, such as '3000 {}/year'", currency);
    case U::months: return "years or whole months, such as '67 years' or '804 months'";
    case U::years: return "years or months, such as '2.5 years' or '30 months'";
    case U::hours: return "hours a week, such as '40 hours/week'";
  }
  expect(false, "a parameter has one of the units");
  return "";
}

std::string_view read_text(ParameterRead read) {
  switch (read) {
    case ParameterRead::by_month: return "by month";
    case ParameterRead::at_start: return "at the start";
    case ParameterRead::by_month_and_at_start: return "by month and at the start";
  }
  return "";
}

}  // namespace oikos
