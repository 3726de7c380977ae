#include "sim/text/units.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "sim/base/diagnostics.hpp"

namespace oikos::units {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, digit); }

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

/// No-break spaces become plain ones: spreadsheets group digits with them.
std::string plain_spaces(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\xC2\xA0")) out += ' ', i += 1;
    else if (text.substr(i).starts_with("\xE2\x80\xAF")) out += ' ', i += 2;
    else out += text[i];
  }
  return out;
}

/// The text split where its unit begins.
struct Split {
  std::string number;
  std::string unit;
  bool spaced = false;  ///< a space stands between them
};

Split split(std::string_view raw) {
  const std::string text = plain_spaces(raw);
  std::size_t i = 0;
  const auto exponent = [&] {
    if ((text[i] != 'e' && text[i] != 'E') || i == 0 || !digit(text[i - 1])) return false;
    const std::size_t next = i + 1 < text.size() && (text[i + 1] == '-' || text[i + 1] == '+') ? i + 2 : i + 1;
    return next < text.size() && digit(text[next]);
  };
  while (i < text.size() &&
         (digit(text[i]) || std::string_view("+-.,'_ ").find(text[i]) != std::string_view::npos || exponent()))
    ++i;
  const std::string_view number = std::string_view(text).substr(0, i);
  return {std::string(trimmed(number)), std::string(trimmed(std::string_view(text).substr(i))),
          !number.empty() && number.back() == ' '};
}

/// digits(.digits)?([eE][+-]?digits)? behind an optional '-': the one way to write numbers.
bool well_formed(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (const auto e = text.find_first_of("eE"); e != std::string_view::npos) {
    std::string_view power = text.substr(e + 1);
    if (power.starts_with('-') || power.starts_with('+')) power.remove_prefix(1);
    if (!all_digits(power)) return false;
    text = text.substr(0, e);
  }
  const auto point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  if (!all_digits(whole) || (whole.size() > 1 && whole.front() == '0')) return false;
  return point == std::string_view::npos || all_digits(text.substr(point + 1));
}

/// Number texts of other languages that YAML readers know: hexadecimal, infinity, no number.
bool foreign(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return text.starts_with("0x") || text.starts_with("0b") || text.starts_with("0o") || text.starts_with(".inf") ||
         text.starts_with(".nan") || text.starts_with(".Inf") || text.starts_with(".NaN");
}

/// Why a text that is not well formed is none, as helpful as can be. `what` names what was wanted.
Problem malformed(std::string_view text, std::string_view what) {
  const std::string plain = plain_spaces(text);
  if (trimmed(plain).empty()) return {"empty value", ""};
  if (foreign(plain)) return {fmt::format("not {}", what), "write numbers out in decimal digits"};
  if (const std::string inner(trimmed(plain)); inner != text && well_formed(inner))
    return {"spaces around a number", fmt::format("write {}", inner)};
  std::string digits;
  for (const char c : plain)
    if (c != ' ' && c != '_' && c != '\'' && c != ',') digits += c;
  if (well_formed(digits) && plain.find_first_of(" _'") != std::string::npos && plain.find(',') == std::string::npos)
    return {"digits are grouped", fmt::format("write {} for {}", digits, plain)};
  if (std::ranges::count(plain, ',') == 1 && plain.find('.') == std::string::npos) {
    std::string pointed = plain;
    pointed[pointed.find(',')] = '.';
    if (well_formed(pointed)) return {"decimal comma", fmt::format("decimals are written with a point: {}", pointed)};
  }
  if (well_formed(digits) && plain.find(',') != std::string::npos)
    return {"digits are grouped", fmt::format("write {} for {}", digits, plain)};
  if (plain.starts_with('+') && well_formed(plain.substr(1)))
    return {"a plus sign before a number", fmt::format("write {}", plain.substr(1))};
  std::string_view unsigned_part = plain;
  const bool negative = unsigned_part.starts_with('-');
  if (negative) unsigned_part.remove_prefix(1);
  while (unsigned_part.size() > 1 && unsigned_part[0] == '0' && digit(unsigned_part[1])) unsigned_part.remove_prefix(1);
  const std::string stripped = (negative ? "-" : "") + std::string(unsigned_part);
  if (stripped != plain && well_formed(stripped)) return {"a leading zero", fmt::format("write {}", stripped)};
  if (plain.starts_with('.') && well_formed("0" + plain))
    return {fmt::format("not {}", what), fmt::format("write 0{}", plain)};
  return {fmt::format("not {}", what), ""};
}

Parsed<double> to_double(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) return Problem{"number too large or too small to be held", ""};
  if (error != std::errc{} || end != text.data() + text.size()) return Problem{"not a number", ""};
  return value;
}

/// A decimal number without exponent in units of 10^-decimals; nothing when it has more decimals or does not fit.
std::optional<std::int64_t> scaled(std::string_view text, std::size_t decimals) {
  const auto point = text.find('.');
  std::string digits(text.substr(0, point));
  std::string fraction(point == std::string_view::npos ? "" : text.substr(point + 1));
  if (fraction.size() > decimals) return std::nullopt;
  digits += fraction + std::string(decimals - fraction.size(), '0');
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc{} && end == digits.data() + digits.size() ? std::optional(value) : std::nullopt;
}

std::string plural(std::string_view unit) { return std::string(unit) + "s"; }

/// Takes the words 'thousand' or 'million' off the front of a unit: how many zeros they stand for.
std::size_t take_magnitude(std::string_view& unit) {
  for (const auto& [word, zeros] : {std::pair<std::string_view, std::size_t>{"thousand", 3}, {"million", 6}}) {
    if (!unit.starts_with(word) || (unit.size() > word.size() && unit[word.size()] != ' ')) continue;
    unit = trimmed(unit.substr(word.size()));
    return zeros;
  }
  return 0;
}

/// Months in one of `unit`, singular or plural; 0 when it is no such unit.
int months_in(std::string_view unit) {
  if (unit == "month" || unit == "months") return 1;
  return unit == "year" || unit == "years" ? 12 : 0;
}

Problem unit_problem(const Split& parts, std::string_view got_unit, std::span<const std::string> known,
                     std::string_view example) {
  if (got_unit.empty()) return {"unit missing", fmt::format("write '{} {}'", parts.number, example)};
  if (std::ranges::find(known, got_unit) != known.end())
    return {"no space between number and unit", fmt::format("write '{} {}'", parts.number, got_unit)};
  return {fmt::format("unknown unit {}", quoted(got_unit)), did_you_mean(got_unit, known)};
}

Problem months_problem(const Split& parts) {
  const std::vector<std::string> known{"month", "months", "year", "years"};
  return unit_problem(parts, parts.unit, known, parts.number == "1" ? "month" : "months");
}

/// A whole number of months from its digits and unit.
Parsed<int> months_from(const std::string& number, int per_unit) {
  const auto count = parse_integer(number);
  if (!count) return count.problem;
  if (*count < 0 || *count > 100'000) return Problem{"duration out of range", ""};
  return static_cast<int>(*count) * per_unit;  // at most 1,200,000
}

/// Whether a word is the currency in other letters: "pln", "zł".
bool is_meant(std::string_view written, std::string_view currency) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> signs{
      {{"zł", "PLN"}, {"€", "EUR"}, {"$", "USD"}, {"£", "GBP"}}};
  for (const auto& [sign, code] : signs)
    if (written == sign) return code == currency;
  return std::ranges::equal(written, currency, [](char a, char b) {
    return (a >= 'a' && a <= 'z' ? static_cast<char>(a - 'a' + 'A') : a) == b;
  });
}

}  // namespace

Parsed<double> parse_number(std::string_view text) {
  if (!well_formed(text)) {
    if (const auto parts = split(text); !parts.unit.empty() && well_formed(parts.number) && !foreign(text))
      return Problem{"a unit where a plain number is expected",
                     parts.unit == "%" ? fmt::format("write {:.10g}", to_double(parts.number).value.value_or(0) / 100)
                                       : fmt::format("write {}", parts.number)};
    return malformed(text, "a number");
  }
  return to_double(std::string(text));
}

Parsed<std::int64_t> parse_integer(std::string_view text) {
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (!well_formed(text)) {
    if (const auto parts = split(text); !parts.unit.empty() && well_formed(parts.number) && !foreign(text)) {
      const bool years = parts.unit == "years" || parts.unit == "year";
      return Problem{
          "a unit where a plain number is expected",
          parts.unit == "%" ? ""
          : years ? fmt::format("write {:.10g} for as many months", 12 * to_double(parts.number).value.value_or(0))
                  : fmt::format("write {}", parts.number)};
    }
    return malformed(text, "a whole number");
  }
  if (!all_digits(digits)) return Problem{"not a whole number", ""};
  if (const auto value = scaled(text, 0)) return *value;
  return Problem{"number too large or too small to be held", ""};
}

Parsed<std::uint64_t> parse_natural(std::string_view text) {
  std::uint64_t large = 0;
  if (well_formed(text) && all_digits(text)) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), large);
    if (error == std::errc{} && end == text.data() + text.size()) return large;
    return Problem{"value too large", ""};
  }
  const auto value = parse_integer(text);
  if (!value) return value.problem;
  return Problem{"value too small", ""};
}

namespace {

/// The parts of a share: its number as text and whether '%' follows.
struct ShareText {
  std::string number;
  bool percent = false;
};

Parsed<ShareText> share_text(std::string_view text) {
  const Split parts = split(text);
  if (!parts.unit.empty() && parts.unit != "%") {
    if (parts.number.empty() || foreign(text)) return malformed(text, "a share");
    return Problem{fmt::format("unknown unit {}", quoted(parts.unit)), fmt::format("write '{} %'", parts.number)};
  }
  if (!well_formed(parts.number)) {
    Problem problem = malformed(parts.number, "a share");
    if (parts.unit == "%" && !problem.hint.empty()) problem.hint += " %";
    return problem;
  }
  return ShareText{parts.number, parts.unit == "%"};
}

Problem not_percent(const std::string& number) {
  return {"a share above 1 without '%'", fmt::format("write '{} %' if percent is meant", number)};
}

}  // namespace

Parsed<double> parse_share(std::string_view text) {
  const auto share = share_text(text);
  if (!share) return share.problem;
  std::string number = (*share).number;
  if ((*share).percent && number.find_first_of("eE") == std::string::npos) return to_double(number + "e-2");
  auto value = to_double(number);
  if (!value) return value;
  if ((*share).percent) return *value / 100;
  if (*value > 1) return not_percent(number);
  return value;
}

Parsed<std::int64_t> parse_share_ppm(std::string_view text) {
  const auto share = share_text(text);
  if (!share) return share.problem;
  const auto& [number, percent] = *share;
  if (number.find_first_of("eE") != std::string::npos) return Problem{"a share in exponent notation", ""};
  const auto ppm = scaled(number, percent ? 4 : 6);
  if (!ppm) return Problem{"more decimals than parts per million can hold", "give at most four decimals of a percent"};
  if (!percent && *ppm > 1'000'000) return not_percent(number);
  return *ppm;
}

std::optional<ChanceUnit> chance_unit(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, ChanceUnit>, 4> units{
      {{"%/month", ChanceUnit::probability_per_month},
       {"%/year", ChanceUnit::probability_per_year},
       {"1/month", ChanceUnit::hazard_per_month},
       {"1/year", ChanceUnit::hazard_per_year}}};
  for (const auto& [word, unit] : units)
    if (text == word) return unit;
  return std::nullopt;
}

Parsed<Chance> parse_chance(std::string_view text) {
  const Split parts = split(text);
  const auto slash = parts.unit.find('/');
  const std::string front(trimmed(std::string_view(parts.unit).substr(0, slash)));
  const std::string per(slash == std::string::npos ? "" : trimmed(std::string_view(parts.unit).substr(slash + 1)));
  if (parts.number.empty() || foreign(text)) return malformed(text, "a chance");
  if (!well_formed(parts.number)) {
    Problem problem = malformed(parts.number, "a chance");
    if (!problem.hint.empty()) problem.hint += (parts.unit.starts_with('/') ? "" : " ") + parts.unit;
    return problem;
  }
  const bool percent = front == "%";
  if (!percent && !front.empty()) {
    const std::vector<std::string> known{"%/month", "%/year", "/month", "/year"};
    return Problem{fmt::format("unknown unit {}", quoted(parts.unit)), did_you_mean(parts.unit, known)};
  }
  if (slash == std::string::npos) {
    const auto number = to_double(parts.number);
    // A number from 1 on is meant in per cent: as a hazard it would be nearly certain.
    const bool hazard = !percent && number && *number < 1;
    return Problem{"a chance without its time",
                   fmt::format("write '{0}{1}/month' or '{0}{1}/year'", parts.number, hazard ? "" : " %")};
  }
  const auto chance = chance_unit((percent ? "%/" : "1/") + per);
  if (!chance) {
    const std::vector<std::string> known{"month", "year"};
    const auto near = did_you_mean(per, known);
    return Problem{fmt::format("wrong unit {}", quoted("/" + per)),
                   near.empty() ? "convert it to /month or /year" : near};
  }
  const bool exact = percent && parts.number.find_first_of("eE") == std::string::npos;
  const auto number = to_double(exact ? parts.number + "e-2" : parts.number);
  if (!number) return number.problem;
  const Chance result{percent && !exact ? *number / 100 : *number, *chance};
  if (result.value < 0) return Problem{"a negative chance", ""};
  if (!result.possible())
    return Problem{"a probability above 100 %",
                   fmt::format("a hazard may be above 1: write '{:g}/{}'", result.value, per)};
  return result;
}

Parsed<MoneyRate> parse_money_rate(std::string_view text, std::string_view currency, std::span<const std::string> per) {
  const Split parts = split(text);
  if (!well_formed(parts.number) || parts.number.find_first_of("eE") != std::string::npos) {
    Problem problem = malformed(parts.number, "an amount of money");
    if (parts.number.empty() && !parts.unit.empty()) problem = {"not an amount of money", ""};
    return problem;
  }
  if (parts.unit.find_first_of("*+()<>") != std::string::npos)
    return Problem{"an expression where a number is expected",
                   "write the figure itself: only conditions, 'priority' and 'amount' are expressions"};
  const auto slash = parts.unit.find('/');
  std::string_view front = trimmed(std::string_view(parts.unit).substr(0, slash));
  const std::size_t zeros = take_magnitude(front);
  const std::string money_unit(front);
  const std::string per_unit(slash == std::string::npos ? "" : trimmed(std::string_view(parts.unit).substr(slash + 1)));
  const bool known_unit = std::ranges::find(per, per_unit) != per.end();
  const std::string behind = per.empty() ? "" : "/" + (known_unit ? per_unit : per.front());
  const std::string word = zeros == 0 ? "" : zeros == 3 ? " thousand" : " million";
  const std::string right = fmt::format("write '{}{} {}{}'", parts.number, word, currency, behind);
  if (money_unit.empty()) return Problem{"currency missing", right};
  if (money_unit != currency) {
    const std::vector<std::string> words{fmt::format("thousand {}", currency), fmt::format("million {}", currency)};
    const auto near = did_you_mean(money_unit, words);
    // Short forms of many languages: mln, mio, mill., tys., tsd., k.
    for (const auto& [ours, theirs] : {std::pair{"million", std::string_view(" mln mio mill mill. m M ")},
                                       {"thousand", std::string_view(" tys tys. tsd tsd. k K ths ")}})
      if (const auto word_end = money_unit.find(' ');
          zeros == 0 && theirs.find(" " + money_unit.substr(0, word_end) + " ") != std::string_view::npos)
        return Problem{fmt::format("a short form {}", quoted(money_unit.substr(0, word_end))),
                       fmt::format("write '{} {} {}{}'", parts.number, ours, currency, behind)};
    return Problem{fmt::format("currency {} is not the scenario's", quoted(money_unit)),
                   is_meant(money_unit, currency) ? right
                   : near.empty()                 ? fmt::format("convert it to {}", currency)
                                                  : near};
  }
  if (!parts.spaced) return Problem{"no space between number and currency", right};
  if (per.empty() && slash != std::string::npos)
    return Problem{"an amount per time where an amount is expected", right};
  if (!per.empty() && per_unit.empty()) return Problem{"an amount without 'per what'", right};
  if (!per.empty() && std::ranges::find(per, per_unit) == per.end()) {
    const auto near = did_you_mean(per_unit, per);
    return Problem{fmt::format("wrong unit {}", quoted("/" + per_unit)),
                   near.empty() ? fmt::format("convert it to an amount per {}", per.front()) : near};
  }
  const auto minor = scaled(parts.number, 2 + zeros);
  if (!minor) {
    const auto point = parts.number.find('.');
    if (point != std::string::npos && parts.number.size() - point > 3 + zeros)
      return Problem{"more than two decimals in an amount of money", ""};
    return Problem{"amount too large to be held", ""};
  }
  return MoneyRate{Money{*minor}, per_unit};
}

Parsed<Money> parse_money(std::string_view text, std::string_view currency) {
  const auto amount = parse_money_rate(text, currency, {});
  if (!amount) return amount.problem;
  return (*amount).amount;
}

Parsed<int> parse_duration_months(std::string_view text) {
  const Split parts = split(text);
  if (parts.number.empty()) return malformed(text, "a duration");
  if (!well_formed(parts.number)) return malformed(parts.number, "a duration");
  const int per_unit = months_in(parts.unit);
  if (per_unit == 0 || !parts.spaced) return months_problem(parts);
  return months_from(parts.number, per_unit);
}

Parsed<MonthRange> parse_duration_range(std::string_view text) {
  const auto dots = text.find("..");
  if (dots == std::string_view::npos) {
    const auto months = parse_duration_months(text);
    if (!months) return months.problem;
    return MonthRange{*months, *months};
  }
  const std::string low(trimmed(text.substr(0, dots)));
  const Split high = split(text.substr(dots + 2));
  if (high.number.starts_with('.') && well_formed(high.number.substr(1)))
    return Problem{"not a duration", fmt::format("write '{}..{} {}'", low, high.number.substr(1), high.unit)};
  if (!well_formed(low)) return malformed(low, "a duration");
  if (!well_formed(high.number)) return malformed(high.number, "a duration");
  const int per_unit = months_in(high.unit);
  if (per_unit == 0 || !high.spaced) {
    Split whole = high;
    whole.number = low + ".." + high.number;
    return months_problem(whole);
  }
  const auto min = months_from(low, per_unit);
  if (!min) return min.problem;
  const auto max = months_from(high.number, per_unit);
  if (!max) return max.problem;
  if (*min > *max)
    return Problem{"the range ends before it begins", fmt::format("write '{}..{} {}'", high.number, low, high.unit)};
  return MonthRange{*min, *max};
}

Parsed<double> parse_quantity(std::string_view text, std::string_view unit) {
  const Split parts = split(text);
  if (parts.number.empty()) return malformed(text, "a quantity");
  if (!well_formed(parts.number)) return malformed(parts.number, "a quantity");
  const auto slash = std::min(unit.find('/'), unit.size());
  const std::string many = plural(unit.substr(0, slash)) + std::string(unit.substr(slash));
  const std::vector<std::string> known{std::string(unit), many};
  std::string_view got = parts.unit;
  const std::size_t zeros = take_magnitude(got);
  if (std::ranges::find(known, got) == known.end() || !parts.spaced)
    return unit_problem(parts, got, known, parts.number == "1" && zeros == 0 ? known[0] : known[1]);
  if (zeros == 0) return to_double(parts.number);
  if (parts.number.find_first_of("eE") != std::string::npos)
    return Problem{"a power beside 'thousand' or 'million'", ""};
  return to_double(fmt::format("{}e{}", parts.number, zeros));
}

Parsed<int> parse_age(std::string_view text, bool plain_ok) {
  const Split parts = split(text);
  if (parts.number.empty()) return malformed(text, "an age");
  if (!well_formed(parts.number)) return malformed(parts.number, "an age");
  const std::vector<std::string> known{"year", "years"};
  const bool with_unit = std::ranges::find(known, parts.unit) != known.end() && parts.spaced;
  if (!with_unit && !(plain_ok && parts.unit.empty())) return unit_problem(parts, parts.unit, known, "years");
  const auto years = parse_integer(parts.number);
  if (!years) return years.problem;
  if (*years < 0 || *years > 1000) return Problem{"age out of range", ""};
  return static_cast<int>(*years);
}

Parsed<Month> parse_month(std::string_view text, MonthRole role) {
  if (const auto month = oikos::parse_month(text)) return *month;
  if (text.empty()) return Problem{"empty value", ""};
  if (const std::string first = std::string(text) + "-01"; oikos::parse_month(first))
    return Problem{"a year where a month is meant",
                   fmt::format("write {}", role == MonthRole::first ? first : std::string(text) + "-12")};
  // "2015-7" and "2015-07-01" are the usual slips.
  if (text.size() == 6 && text[4] == '-' && all_digits(text.substr(5))) {
    const std::string padded = fmt::format("{}-0{}", text.substr(0, 4), text.substr(5));
    if (oikos::parse_month(padded)) return Problem{"not a month", fmt::format("write {}", padded)};
  }
  if (text.size() == 10 && text[7] == '-' && oikos::parse_month(text.substr(0, 7)))
    return Problem{"a day where a month is expected", fmt::format("write {}", text.substr(0, 7))};
  return Problem{"not a month", ""};
}

Parsed<std::string> parse_currency(std::string_view text) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (text.empty()) return Problem{"empty value", ""};
  if (text.size() == 3 && std::ranges::all_of(text, capital)) return std::string(text);
  std::string upper;
  for (const char c : text) upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  const bool slip = upper.size() == 3 && std::ranges::all_of(upper, capital);
  return Problem{"not a currency code", slip ? "write " + upper : ""};
}

Parsed<bool> parse_boolean(std::string_view text) {
  if (text == "yes") return true;
  if (text == "no") return false;
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  for (const std::string_view yes : {"yes", "true", "on", "y", "1"})
    if (lower == yes) return Problem{"not yes or no", "write yes"};
  for (const std::string_view no : {"no", "false", "off", "n", "0"})
    if (lower == no) return Problem{"not yes or no", "write no"};
  return Problem{"not yes or no", ""};
}

Parsed<std::string> parse_identifier(std::string_view text) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto inner = [&](char c) { return lower(c) || digit(c) || c == '_'; };
  if (text.empty()) return Problem{"empty value", ""};
  if (text.size() > 64) return Problem{"a name longer than 64 characters", ""};
  if (lower(text.front()) && std::ranges::all_of(text, inner)) return std::string(text);
  std::string better;
  for (const char c : text) better += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : inner(c) ? c : '_';
  const bool ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  const std::string hint = ascii && lower(better.front()) ? fmt::format("write {}", better) : "";
  return Problem{"not a name", hint};
}

Parsed<std::size_t> parse_one_of(std::string_view text, std::span<const std::string> names) {
  const auto found = std::ranges::find(names, text);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  if (text.empty()) return Problem{"empty value", ""};
  return Problem{fmt::format("unknown word {}", quoted(text)), did_you_mean(text, names)};
}

}  // namespace oikos::units
