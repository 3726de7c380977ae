#pragma once
#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/contract.hpp"
#include "sim/base/month.hpp"
#include "sim/text/codec.hpp"

namespace oikos {

/// A value that changes at dates: each is in force from its month until the next one's.
template <class T>
class Dated {
 public:
  struct Change {
    Month from;
    T value;
    Position at = {};  ///< where the text writes the date; unknown for plain values and values not from text
  };

  /// No value in any month.
  Dated() = default;
  /// One value in force always.
  Dated(T value) : changes_{Change{always(), std::move(value), {}}} {}  // NOLINT: a plain value is a dated value
  /// @param changes  months strictly ascending (ContractError otherwise)
  explicit Dated(std::vector<Change> changes) : changes_(std::move(changes)) {
    for (std::size_t i = 1; i < changes_.size(); ++i)
      expect(changes_[i - 1].from < changes_[i].from, "dated values are in ascending order");
  }

  /// The value in force in a month. @throws ContractError before the first date: ask covers() where that can be
  const T& at(Month month) const {
    const auto after = std::ranges::upper_bound(changes_, month, {}, &Change::from);
    expect(after != changes_.begin(), "a dated value is asked for a month it covers");
    return std::prev(after)->value;
  }
  /// Whether a value is in force in the month.
  bool covers(Month month) const { return !changes_.empty() && changes_.front().from <= month; }
  /// First month with a value; always() for a plain value. @throws ContractError when empty
  Month first() const {
    expect(!changes_.empty(), "a dated value has a first month");
    return changes_.front().from;
  }
  bool empty() const { return changes_.empty(); }
  /// One value in force always.
  bool constant() const { return changes_.size() == 1 && changes_.front().from == always(); }
  /// All values with their first months, ascending.
  std::span<const Change> changes() const { return changes_; }

  /// The same dates with converted values.
  template <class F>
  auto transform(F convert) const {
    using R = std::decay_t<std::invoke_result_t<F, const T&>>;
    std::vector<typename Dated<R>::Change> out;
    out.reserve(changes_.size());
    for (const Change& change : changes_) out.push_back({change.from, convert(change.value), change.at});
    return Dated<R>(std::move(out));
  }

  /// The month before all months, which stands for "always".
  static constexpr Month always() { return Month::from_index(std::numeric_limits<std::int32_t>::min()); }

 private:
  std::vector<Change> changes_;
};

/// A number by month, in steps or along straight lines.
struct Path {
  Dated<double> dates;
  /// Whether straight lines join the first days of the dates' months. A month then has the value of its middle; after
  /// the last date the value stays.
  bool linear = false;

  bool covers(Month month) const { return dates.covers(month); }
  /// @throws ContractError before the first date
  double at(Month month) const;

  /// The key that makes a dated value a path of straight lines, and its only word.
  static constexpr std::string_view between = "between", linear_word = "linear";
};

/// Whether a tree is a mapping from months: not empty, every key a month, `between` aside.
bool is_dated(const Node& node);

namespace codec {

/// Whether a tree is meant as a mapping from months: some key starts with a digit.
bool looks_dated(const Node& node);
/// The months of a mapping, in order; `between` gives none. Empty after a diagnostic (a key that is no month, or not
/// later than the one before).
/// @param lines  whether `between: linear` may stand there
std::vector<Month> expect_month_keys(const Node& node, bool lines, Diagnostics& diagnostics);
Schema dated_schema(const Schema& value, bool lines);

/// The values of a mapping from `months`; nothing after a diagnostic. `between` is passed over.
template <class T>
std::optional<Dated<T>> dated_values(const Node& node, const std::vector<Month>& months, const Codec<T>& item,
                                     Diagnostics& diagnostics) {
  std::vector<typename Dated<T>::Change> changes;
  std::size_t wanted = 0;
  for (const auto& entry : node.entries) {
    if (entry.key == Path::between) continue;
    auto value = item.parse(entry.value, diagnostics);
    if (value && wanted < months.size()) changes.push_back({months[wanted], std::move(*value), entry.key_at});
    ++wanted;
  }
  if (changes.size() != wanted) return std::nullopt;
  return Dated<T>(std::move(changes));
}

/// A plain value, in force always, or a mapping from months: `{2015-07: 40, 2018-01: 80}`.
template <class T>
Codec<Dated<T>> dated(Codec<T> item) {
  const std::string expected = item.describe() + ", or such values by month: {2015-07: ..., 2018-01: ...}";
  return {[item, expected](const Node& node, Diagnostics& diagnostics) -> std::optional<Dated<T>> {
            if (!looks_dated(node)) {
              auto value = item.parse(node, diagnostics);
              if (!value) return std::nullopt;
              return Dated<T>(std::move(*value));
            }
            const auto months = expect_month_keys(node, false, diagnostics);
            return dated_values(node, months, item, diagnostics);
          },
          dated_schema(item.schema(), false), expected, item.inner()};
}

/// The same for numbers, also along straight lines: `{2015-01: 9 %, 2018-01: 6 %, between: linear}`.
Codec<Path> path_of(Codec<double> item);

}  // namespace codec
}  // namespace oikos
