#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/text/node.hpp"
#include "sim/text/schema.hpp"
#include "sim/text/units.hpp"

namespace oikos {

/// Reads one kind of value from text, and can say what it reads: the same declaration parses, checks and documents.
template <class T>
class Codec {
 public:
  using value_type = T;
  using Parse = std::function<std::optional<T>(const Node&, Diagnostics&)>;

  Codec(Parse parse, Schema schema, std::string expected, std::shared_ptr<const RecordDoc> inner = nullptr)
      : parse_(std::move(parse)),
        schema_(std::move(schema)),
        expected_(std::move(expected)),
        inner_(std::move(inner)) {}

  /// The value, or nothing after adding at least one diagnostic.
  std::optional<T> parse(const Node& node, Diagnostics& diagnostics) const { return parse_(node, diagnostics); }
  /// JSON Schema (draft-07) fragment of what is accepted.
  const Schema& schema() const { return schema_; }
  /// Short text of what is expected: "a share from 0 % to 100 %, such as '12 %' or 0.12".
  const std::string& describe() const { return expected_; }
  /// Documentation of the record inside, if any.
  const std::shared_ptr<const RecordDoc>& inner() const { return inner_; }

 private:
  Parse parse_;
  Schema schema_;
  std::string expected_;
  std::shared_ptr<const RecordDoc> inner_;
};

/// The codecs. Bounds are inclusive; what is out of them is reported with the bounds.
namespace codec {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr std::int64_t lowest_integer = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t highest_integer = std::numeric_limits<std::int64_t>::max();

Codec<std::int64_t> integer(std::int64_t min = lowest_integer, std::int64_t max = highest_integer);
/// Any whole number of 64 bits without sign.
Codec<std::uint64_t> natural();
Codec<double> number(double min = -infinity, double max = infinity);
/// "12 %" or 0.12, as a fraction of one.
Codec<double> share(double min = 0, double max = 1);
/// The same in parts per million, exact; for sharing out money.
Codec<std::int64_t> share_ppm();
/// How often something happens, with its time in its unit: "4 %/month", "6 %/year", "0.18/year".
Codec<Chance> chance();
/// "850 PLN" in minor units.
Codec<Money> money(std::string currency, Money min = Money{0}, Money max = Money{highest_integer});
/// "850 PLN/month": the amount; `per` is the one unit allowed.
Codec<Money> money_rate(std::string currency, std::string per, Money min = Money{0});
/// "850 PLN/month", "10000 PLN/year": the amount and its unit, one of `per`.
Codec<units::MoneyRate> money_per(std::string currency, std::vector<std::string> per, Money min = Money{0});
/// "9 months", "2 years", in months.
Codec<int> duration_months(int min = 0, int max = 1200);
/// "9..12 months".
Codec<units::MonthRange> duration_range(int min = 0, int max = 1200);
/// "5 hours" for the unit "hour".
Codec<double> quantity(std::string unit, double min = 0, double max = infinity);
/// "18 years" or, when `plain_ok`, 18.
Codec<int> age(bool plain_ok = true, int min = 0, int max = 130);
/// "2015-07"; the role decides which month the hint offers for a bare year.
Codec<Month> month(units::MonthRole role = units::MonthRole::first);
/// A code of three capital letters.
Codec<std::string> currency();
Codec<bool> boolean();
/// Any text that is not empty.
Codec<std::string> text();
/// [a-z][a-z0-9_]*.
Codec<std::string> identifier();
/// Text of the expression language, checked later; keep its place with Positioned<std::string>.
Codec<std::string> expression();
/// A file name as written; see resolved_path.
Codec<std::string> path();
/// One of `names`: its position.
Codec<std::size_t> one_of_index(std::vector<std::string> names);
/// How far the source of a figure was checked: verified, recalled, derived, assumption.
Codec<std::string> confidence();
/// The tree of a mapping as it stands, unread: for parts that another reader takes over.
Codec<Node> mapping_node(std::string expected);
/// The same of a scalar or a mapping: a number, an expression, `{by: ...}`, values by month.
Codec<Node> quantity_node(std::string expected);
/// `inner`, where a list was written once: a list is refused with the new form as hint.
template <class T>
Codec<T> not_a_list(Codec<T> inner, std::string hint) {
  return {[inner, hint](const Node& node, Diagnostics& diagnostics) -> std::optional<T> {
            if (!node.is_sequence()) return inner.parse(node, diagnostics);
            diagnostics.add({node.at, "wrong kind of value", inner.describe(), describe(node), hint});
            return std::nullopt;
          },
          inner.schema(), inner.describe(), inner.inner()};
}

/// One of `names`, which are the names of the enumerators of E in order, starting at 0.
template <class E, std::size_t n>
Codec<E> one_of(const std::array<std::string_view, n>& names) {
  const auto index = one_of_index({names.begin(), names.end()});
  return {[index](const Node& node, Diagnostics& diagnostics) -> std::optional<E> {
            const auto found = index.parse(node, diagnostics);
            return found ? std::optional<E>(static_cast<E>(*found)) : std::nullopt;
          },
          index.schema(), index.describe()};
}
/// One of `names`: the name itself.
Codec<std::string> one_of(std::vector<std::string> names);

/// The value with its place.
template <class T>
Codec<Positioned<T>> positioned(Codec<T> inner) {
  return {[inner](const Node& node, Diagnostics& diagnostics) -> std::optional<Positioned<T>> {
            auto value = inner.parse(node, diagnostics);
            if (!value) return std::nullopt;
            return Positioned<T>{std::move(*value), node.at};
          },
          inner.schema(), inner.describe(), inner.inner()};
}

/// Either `word`, read as nothing, or what `inner` reads: `share: rest`.
template <class T>
Codec<std::optional<T>> or_word(std::string word, Codec<T> inner) {
  const std::string words[] = {word};
  const Schema choices[] = {schema::words(words), inner.schema()};
  const std::string expected = inner.describe() + ", or " + word;
  return {[word, inner](const Node& node, Diagnostics& diagnostics) -> std::optional<std::optional<T>> {
            if (node.is_scalar() && node.text == word) return std::optional<T>{};
            auto value = inner.parse(node, diagnostics);
            if (!value) return std::nullopt;
            return std::optional<T>{std::move(*value)};
          },
          schema::any_of(choices), expected, inner.inner()};
}

/// Two ways to write one thing: a single value in short, a mapping or list in full.
template <class T>
Codec<T> scalar_or(Codec<T> scalar, Codec<T> other) {
  const Schema choices[] = {scalar.schema(), other.schema()};
  return {[scalar, other](const Node& node, Diagnostics& diagnostics) {
            return (node.is_scalar() ? scalar : other).parse(node, diagnostics);
          },
          schema::any_of(choices), scalar.describe() + ", or " + other.describe(), other.inner()};
}

/// Reads with `inner`, then converts by a function that cannot fail.
template <class T, class F>
auto mapped(Codec<T> inner, F convert) -> Codec<std::invoke_result_t<F, T>> {
  using R = std::invoke_result_t<F, T>;
  return {[inner, convert](const Node& node, Diagnostics& diagnostics) -> std::optional<R> {
            auto value = inner.parse(node, diagnostics);
            if (!value) return std::nullopt;
            return convert(std::move(*value));
          },
          inner.schema(), inner.describe(), inner.inner()};
}

/// Parts of the templates below that need no type. False after a diagnostic.
bool expect_sequence(const Node& node, std::size_t min_items, const std::string& expected, Diagnostics& diagnostics);
bool expect_mapping(const Node& node, const std::string& expected, Diagnostics& diagnostics);
bool expect_identifier_key(const Node::Entry& entry, Diagnostics& diagnostics);
/// Adds what was found in an entry of a mapping; what is missing there may belong to another entry whose name was
/// meant: that becomes its hint.
void append_of_entry(const Diagnostics& found, const Node& mapping, const std::string& key, Diagnostics& diagnostics);
/// The values of `node` that are there, in the order of `names`. Reports what is missing and what is unknown.
std::vector<const Node*> expect_each(const Node& node, const std::vector<std::string>& names,
                                     const std::string& expected, Diagnostics& diagnostics);
bool expect_few(const Node& mapping, std::size_t most, Diagnostics& diagnostics);
bool expect_known_key(const Node::Entry& entry, const std::string& noun, const std::vector<std::string>& names,
                      Diagnostics& diagnostics);
std::string joined(const std::vector<std::string>& names);

/// A list of values that are all alike, at least `min_items` long.
template <class T>
Codec<std::vector<T>> list_of(Codec<T> item, std::size_t min_items = 0) {
  const std::string expected = (min_items > 0 ? "a list, not empty; each: " : "a list; each: ") + item.describe();
  return {[item, min_items, expected](const Node& node, Diagnostics& diagnostics) -> std::optional<std::vector<T>> {
            if (!expect_sequence(node, min_items, expected, diagnostics)) return std::nullopt;
            std::vector<T> values;
            values.reserve(node.items.size());
            for (const Node& one : node.items)
              if (auto value = item.parse(one, diagnostics)) values.push_back(std::move(*value));
            if (values.size() != node.items.size()) return std::nullopt;
            return values;
          },
          schema::array_of(item.schema(), min_items), expected, item.inner()};
}

/// So many things of one kind a scenario names at most: providers, programmes, payers.
inline constexpr std::size_t most_named = 2000;

/// A mapping from identifiers the user chooses to values that are all alike, in file order. At most `most_named`.
template <class T>
Codec<std::vector<Named<T>>> map_of(Codec<T> item) {
  const std::string expected = "a mapping from names you choose; each: " + item.describe();
  return {[item, expected](const Node& node, Diagnostics& diagnostics) -> std::optional<std::vector<Named<T>>> {
            if (!expect_mapping(node, expected, diagnostics)) return std::nullopt;
            if (!expect_few(node, most_named, diagnostics)) return std::nullopt;
            std::vector<Named<T>> values;
            values.reserve(node.entries.size());
            for (const auto& entry : node.entries) {
              const bool good_key = expect_identifier_key(entry, diagnostics);
              Diagnostics found;
              auto value = item.parse(entry.value, found);
              append_of_entry(found, node, entry.key, diagnostics);
              if (good_key && value) values.push_back({entry.key, entry.key_at, std::move(*value)});
            }
            if (values.size() != node.entries.size()) return std::nullopt;
            return values;
          },
          schema::map_of("^[a-z][a-z0-9_]*$", item.schema()), expected, item.inner()};
}

/// One value, or a list of at least one.
template <class T>
Codec<std::vector<T>> one_or_list(Codec<T> item) {
  const auto list = list_of(item, 1);
  const Schema choices[] = {item.schema(), list.schema()};
  return {[item, list](const Node& node, Diagnostics& diagnostics) -> std::optional<std::vector<T>> {
            if (node.is_sequence()) return list.parse(node, diagnostics);
            auto value = item.parse(node, diagnostics);
            if (!value) return std::nullopt;
            return std::vector<T>{std::move(*value)};
          },
          schema::any_of(choices), item.describe() + ", or a list of such", item.inner()};
}

/// A mapping whose keys are some of `names`, in file order. @param noun  what the names are, for messages: "target"
template <class T>
Codec<std::vector<Named<T>>> some_of(std::string noun, std::vector<std::string> names, Codec<T> item) {
  const std::string expected = "a mapping from " + noun + "s (" + joined(names) + ") to " + item.describe();
  return {[noun, names, item, expected](const Node& node,
                                        Diagnostics& diagnostics) -> std::optional<std::vector<Named<T>>> {
            if (!expect_mapping(node, expected, diagnostics)) return std::nullopt;
            bool good = true;
            std::vector<Named<T>> values;
            for (const auto& entry : node.entries) {
              const bool known = expect_known_key(entry, noun, names, diagnostics);
              auto value = item.parse(entry.value, diagnostics);
              good = good && known && value;
              if (good) values.push_back({entry.key, entry.key_at, std::move(*value)});
            }
            if (!good) return std::nullopt;
            return values;
          },
          schema::some_of(names, item.schema()), expected, item.inner()};
}

/// A mapping with exactly the keys `names`: the values in that order, such as one number for each education.
template <class T>
Codec<std::vector<T>> each_of(std::vector<std::string> names, Codec<T> item) {
  const std::string expected = "a mapping with the keys " + joined(names) + "; each: " + item.describe();
  const Schema fragment = schema::each_of(names, item.schema());
  return {[names, item, expected](const Node& node, Diagnostics& diagnostics) -> std::optional<std::vector<T>> {
            const auto before = diagnostics.all().size();
            std::vector<T> values;
            for (const Node* one : expect_each(node, names, expected, diagnostics)) {
              auto value = item.parse(*one, diagnostics);
              if (value) values.push_back(std::move(*value));
            }
            if (diagnostics.all().size() != before) return std::nullopt;
            return values;
          },
          fragment, expected, item.inner()};
}

}  // namespace codec

/// A file name as written at `at`, seen from the directory of the file it is written in. Absolute names stay.
std::string resolved_path(const Position& at, std::string_view written);

}  // namespace oikos
