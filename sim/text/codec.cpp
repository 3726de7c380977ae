#include "sim/text/codec.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "sim/base/contract.hpp"

namespace oikos {

namespace codec {

namespace {

using units::Parsed;
using units::Problem;

/// How quotes are taken: as they do not matter, or as "this is text" where a bare value is wanted.
enum class Quotes { fine, mean_text };

/// A codec of single values: reads the text, checks the value, and says what is wrong.
/// @param check  a problem with a well-formed value, or one with an empty `what`
template <class T>
Codec<T> scalar(std::function<Parsed<T>(std::string_view)> read, std::function<Problem(const T&)> check,
                Schema fragment, std::string expected, Quotes quotes = Quotes::fine) {
  return {[=](const Node& node, Diagnostics& diagnostics) -> std::optional<T> {
            const auto fail = [&](const Problem& problem) -> std::optional<T> {
              diagnostics.add({node.at, problem.what, expected, describe(node), problem.hint});
              return std::nullopt;
            };
            if (node.is_null()) return fail({"empty value", ""});
            if (!node.is_scalar()) return fail({"wrong kind of value", ""});
            if (node.quoted && quotes == Quotes::mean_text)
              return fail({"quoted text where a plain value is expected", "remove the quotes"});
            auto value = read(node.text);
            if (!value) return fail(value.problem);
            if (check)
              if (const auto problem = check(*value); !problem.what.empty()) return fail(problem);
            return std::move(value.value);
          },
          std::move(fragment), expected};
}

/// " from 1 to 10", " of at least 1", " of at most 10" or nothing; `low` and `high` are empty where there is no bound.
std::string bounds(const std::string& low, const std::string& high) {
  if (!low.empty() && !high.empty()) return fmt::format(" from {} to {}", low, high);
  if (!low.empty()) return " of at least " + low;
  if (!high.empty()) return " of at most " + high;
  return "";
}

template <class T>
std::function<Problem(const T&)> within(T min, T max) {
  return [min, max](const T& value) {
    if (value < min) return Problem{"value too small", ""};
    if (value > max) return Problem{"value too large", ""};
    return Problem{};
  };
}

std::string shown(double value, double open) { return value == open ? "" : fmt::format("{}", value); }
std::string shown(std::int64_t value, std::int64_t open) { return value == open ? "" : fmt::format("{}", value); }
std::optional<double> finite(double value) { return std::isinf(value) ? std::nullopt : std::optional(value); }
std::optional<std::int64_t> bounded(std::int64_t value, std::int64_t open) {
  return value == open ? std::nullopt : std::optional(value);
}

constexpr std::string_view decimal = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?";
constexpr std::string_view magnitude = "((thousand|million) +)?";

/// A pattern's special characters stand for themselves.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\^$.|?*+()[]{}/-").find(c) != std::string_view::npos && c != '/' && c != '-') out += '\\';
    out += c;
  }
  return out;
}

std::string money_text(Money amount, const std::string& currency) { return to_string(amount, currency); }

}  // namespace

std::string joined(const std::vector<std::string>& names) {
  constexpr std::size_t most = 100;  // nobody reads a longer list
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) out += (out.empty() ? "" : ", ") + names[i];
  return names.size() <= most ? out : fmt::format("{} and {} more", out, names.size() - most);
}

Codec<std::int64_t> integer(std::int64_t min, std::int64_t max) {
  return scalar<std::int64_t>(units::parse_integer, within(min, max),
                              schema::integer(bounded(min, lowest_integer), bounded(max, highest_integer)),
                              "a whole number" + bounds(shown(min, lowest_integer), shown(max, highest_integer)),
                              Quotes::mean_text);
}

Codec<std::uint64_t> natural() {
  return scalar<std::uint64_t>(units::parse_natural, {}, schema::integer(0, std::nullopt),
                               fmt::format("a whole number from 0 to {}", std::numeric_limits<std::uint64_t>::max()),
                               Quotes::mean_text);
}

Codec<double> number(double min, double max) {
  return scalar<double>(units::parse_number, within(min, max), schema::number(finite(min), finite(max)),
                        "a number" + bounds(shown(min, -infinity), shown(max, infinity)), Quotes::mean_text);
}

Codec<double> share(double min, double max) {
  const Schema choices[] = {schema::number(min, std::min(max, 1.0)), schema::text(fmt::format("^{} ?%$", decimal))};
  return scalar<double>(units::parse_share, within(min, max), schema::any_of(choices),
                        std::isfinite(min) && std::isfinite(max)
                            ? fmt::format("a share from {:g} % to {:g} %, such as '12 %' or 0.12", min * 100, max * 100)
                            : "a share, such as '12 %' or 0.12");
}

Codec<std::int64_t> share_ppm() {
  const Schema choices[] = {schema::number(0, 1), schema::text(fmt::format("^{} ?%$", decimal))};
  return scalar<std::int64_t>(units::parse_share_ppm, within<std::int64_t>(0, 1'000'000), schema::any_of(choices),
                              "a share from 0 % to 100 %, such as '12 %' or 0.12");
}

Codec<Chance> chance() {
  return scalar<Chance>(units::parse_chance, nullptr, schema::text(fmt::format("^{} ?(% ?)?/ ?(month|year)$", decimal)),
                        "a chance per time, such as '4 %/month', '6 %/year' or '0.18/year'");
}

Codec<Money> money(std::string currency, Money min, Money max) {
  const std::string low = money_text(min, currency),
                    high = max == Money{highest_integer} ? "" : money_text(max, currency);
  return scalar<Money>([currency](std::string_view text) { return units::parse_money(text, currency); },
                       within(min, max), schema::text(fmt::format("^{} +{}{}$", decimal, magnitude, escaped(currency))),
                       fmt::format("an amount of money{}, such as '850 {}'", bounds(low, high), currency));
}

Codec<units::MoneyRate> money_per(std::string currency, std::vector<std::string> per, Money min) {
  expect(!per.empty(), "an amount of money per something names what");
  std::string choices;
  for (const auto& one : per) choices += (choices.empty() ? "" : "|") + escaped(one);
  const std::string others = per.size() == 1 ? "" : fmt::format(" (per {})", joined(per));
  const std::string expected = fmt::format("an amount of money{}{}, such as '850 {}/{}'",
                                           bounds(money_text(min, currency), ""), others, currency, per.front());
  return scalar<units::MoneyRate>(
      [currency, per](std::string_view text) { return units::parse_money_rate(text, currency, per); },
      [min](const units::MoneyRate& rate) {
        return rate.amount < min ? Problem{"value too small", ""} : Problem{};
      },
      schema::text(fmt::format("^{} +{}{} ?/ ?({})$", decimal, magnitude, escaped(currency), choices)), expected);
}

Codec<Money> money_rate(std::string currency, std::string per, Money min) {
  return mapped(money_per(std::move(currency), {std::move(per)}, min),
                [](units::MoneyRate rate) { return rate.amount; });
}

Codec<int> duration_months(int min, int max) {
  return scalar<int>(units::parse_duration_months, within(min, max), schema::text("^[0-9]+ +(months?|years?)$"),
                     fmt::format("a duration from {} to {} months, such as '9 months' or '2 years'", min, max));
}

Codec<units::MonthRange> duration_range(int min, int max) {
  return scalar<units::MonthRange>(
      units::parse_duration_range,
      [min, max](const units::MonthRange& range) {
        if (range.min < min) return Problem{"value too small", ""};
        return range.max > max ? Problem{"value too large", ""} : Problem{};
      },
      schema::text("^[0-9]+ *(\\.\\. *[0-9]+)? +(months?|years?)$"),
      fmt::format("a range of durations from {} to {} months, such as '9..12 months'", min, max));
}

Codec<double> quantity(std::string unit, double min, double max) {
  const auto slash = std::min(unit.find('/'), unit.size());
  const std::string many = unit.substr(0, slash) + "s" + unit.substr(slash);
  return scalar<double>([unit](std::string_view text) { return units::parse_quantity(text, unit); }, within(min, max),
                        schema::text(fmt::format("^{} +{}({}|{})$", decimal, magnitude, escaped(unit), escaped(many))),
                        fmt::format("a number{} with its unit, such as '5 {}'",
                                    bounds(shown(min, -infinity), shown(max, infinity)), many));
}

Codec<int> age(bool plain_ok, int min, int max) {
  const Schema with_unit = schema::text("^[0-9]+ +years?$");
  const Schema choices[] = {schema::integer(min, max), with_unit};
  return scalar<int>([plain_ok](std::string_view text) { return units::parse_age(text, plain_ok); }, within(min, max),
                     plain_ok ? schema::any_of(choices) : with_unit,
                     fmt::format("an age from {} to {} years, such as '18 years'", min, max));
}

Codec<Month> month(units::MonthRole role) {
  return scalar<Month>([role](std::string_view text) { return units::parse_month(text, role); }, nullptr,
                       schema::text("^[12][0-9]{3}-(0[1-9]|1[0-2])$"),
                       "a month from 1800-01 to 2999-12, such as 2015-07");
}

Codec<std::string> currency() {
  return scalar<std::string>(units::parse_currency, nullptr, schema::text("^[A-Z]{3}$"),
                             "a code of three capital letters, such as PLN");
}

Codec<bool> boolean() {
  const std::string words[] = {"yes", "no"};
  return scalar<bool>(units::parse_boolean, nullptr, schema::words(words), "yes or no", Quotes::mean_text);
}

namespace {

Codec<std::string> any_text(std::string expected, Schema fragment = schema::text()) {
  const auto read = [](std::string_view text) -> Parsed<std::string> {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return Problem{"empty value", ""};
    return std::string(text);
  };
  return scalar<std::string>(read, nullptr, std::move(fragment), std::move(expected));
}

}  // namespace

Codec<std::string> text() { return any_text("text", schema::any_scalar()); }

Codec<std::string> identifier() {
  return scalar<std::string>(units::parse_identifier, nullptr, schema::text("^[a-z][a-z0-9_]*$"),
                             "a name of a-z, 0-9 and '_' that begins with a letter");
}

Codec<std::string> expression() { return any_text("an expression, such as 'age >= 18 and age < 65'"); }

Codec<std::string> path() { return any_text("the name of a file, seen from the file it is written in"); }

Codec<std::size_t> one_of_index(std::vector<std::string> names) {
  expect(!names.empty(), "a choice has at least one name");
  return scalar<std::size_t>([names](std::string_view text) { return units::parse_one_of(text, names); }, nullptr,
                             schema::words(names), "one of " + joined(names));
}

Codec<std::string> one_of(std::vector<std::string> names) {
  return mapped(one_of_index(names), [names](std::size_t index) { return names[index]; });
}

Codec<Node> mapping_node(std::string expected) {
  return {[expected](const Node& tree, Diagnostics& diagnostics) {
            return expect_mapping(tree, expected, diagnostics) ? std::optional<Node>(tree) : std::nullopt;
          },
          schema::any_object(), expected};
}

Codec<std::string> confidence() { return one_of({"verified", "recalled", "derived", "assumption"}); }

Codec<Node> quantity_node(std::string expected) {
  const Schema choices[] = {schema::any_scalar(), schema::any_object()};
  return {[expected](const Node& node, Diagnostics& diagnostics) -> std::optional<Node> {
            if (node.is_scalar() || node.is_mapping()) return node;
            diagnostics.add({.at = node.at,
                             .what = node.is_null() ? "empty value" : "wrong kind of value",
                             .expected = expected,
                             .got = describe(node),
                             .hint = ""});
            return std::nullopt;
          },
          schema::any_of(choices), expected};
}

bool expect_sequence(const Node& node, std::size_t min_items, const std::string& expected, Diagnostics& diagnostics) {
  if (node.is_sequence() && node.items.size() >= min_items) return true;
  const std::string what = node.is_sequence() ? "too few values"
                           : node.is_null()   ? "empty value"
                                              : "wrong kind of value";
  const std::string hint = node.is_scalar() ? fmt::format("put it in brackets: [{}]", node.text) : "";
  diagnostics.add({node.at, what, expected, describe(node), hint});
  return false;
}

bool expect_mapping(const Node& node, const std::string& expected, Diagnostics& diagnostics) {
  if (node.is_mapping()) return true;
  diagnostics.add({node.at, node.is_null() ? "empty value" : "wrong kind of value", expected, describe(node), ""});
  return false;
}

bool expect_few(const Node& mapping, std::size_t most, Diagnostics& diagnostics) {
  if (mapping.entries.size() <= most) return true;
  diagnostics.add({mapping.entries[most].key_at, "too many names in one mapping", fmt::format("at most {}", most),
                   describe(mapping), ""});
  return false;
}

bool expect_identifier_key(const Node::Entry& entry, Diagnostics& diagnostics) {
  const auto name = units::parse_identifier(entry.key);
  if (name) return true;
  diagnostics.add({entry.key_at, name.problem.what, "a name of a-z, 0-9 and '_' that begins with a letter",
                   quoted(entry.key), name.problem.hint});
  return false;
}

void append_of_entry(const Diagnostics& found, const Node& mapping, const std::string& key, Diagnostics& diagnostics) {
  const auto near = [&] {
    std::vector<std::string> others;
    for (const auto& entry : mapping.entries)
      if (entry.key != key) others.push_back(entry.key);
    return did_you_mean(key, others);
  };
  for (Diagnostic one : found.all()) {
    if (one.hint.empty() && one.what.starts_with("missing key ")) one.hint = near();
    diagnostics.add(std::move(one));
  }
  for (const Diagnostic& one : found.warnings()) diagnostics.warn(one);
}

bool expect_known_key(const Node::Entry& entry, const std::string& noun, const std::vector<std::string>& names,
                      Diagnostics& diagnostics) {
  if (std::ranges::find(names, entry.key) != names.end()) return true;
  diagnostics.add(
      {entry.key_at, "unknown " + noun, "one of " + joined(names), quoted(entry.key), did_you_mean(entry.key, names)});
  return false;
}

std::vector<const Node*> expect_each(const Node& node, const std::vector<std::string>& names,
                                     const std::string& expected, Diagnostics& diagnostics) {
  if (!expect_mapping(node, expected, diagnostics)) return {};
  std::vector<const Node*> values;
  for (const auto& entry : node.entries)
    if (const auto known = units::parse_one_of(entry.key, names); !known)
      diagnostics.add({entry.key_at, fmt::format("unknown key {}", quoted(entry.key)), "one of " + joined(names),
                       quoted(entry.key), known.problem.hint});
  for (const auto& name : names) {
    const Node* value = node.find(name);
    if (value != nullptr) {
      values.push_back(value);
      continue;
    }
    diagnostics.add({node.at, fmt::format("missing key {}", quoted(name)), expected, describe(node), ""});
  }
  return values;
}

}  // namespace codec

std::string resolved_path(const Position& at, std::string_view written) {
  const std::string_view file = at.source ? std::string_view(at.source->name) : std::string_view{};
  const auto slash = file.rfind('/');
  if (written.starts_with('/') || slash == std::string_view::npos) return std::string(written);
  return std::string(file.substr(0, slash + 1)) + std::string(written);
}

}  // namespace oikos
