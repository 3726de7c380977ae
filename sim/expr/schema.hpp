#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oikos::expr {

/// What a value is. Every value is a double: true/false are 1 and 0, money is in minor units (grosz, cent; exact below
/// 2^53), months and years count, an enumeration is the index of its value in its domain.
enum class Kind : std::uint8_t { boolean, number, money, months, years, enumeration };

/// Values of an enumeration at most.
inline constexpr std::size_t most_values = 1024;

/// The values an enumeration can take, in the order of their codes.
struct EnumDomain {
  std::string name;
  std::vector<std::string> values;

  /// Code of a value, or nothing.
  std::optional<std::uint32_t> code(std::string_view value) const;
};

struct Type {
  Kind kind = Kind::number;
  const EnumDomain* domain = nullptr;  ///< of an enumeration, owned by the schema; else null

  friend bool operator==(const Type&, const Type&) = default;
};

/// Number, money, months or years: what can be added, compared by size and multiplied.
constexpr bool is_numeric(Type type) { return type.kind != Kind::boolean && type.kind != Kind::enumeration; }

/// How a value of a row can change from one month to another.
enum class Change : std::uint8_t {
  free,   ///< to any other value
  ages,   ///< it grows as time goes by
  never,  ///< it stays
};

/// A column that expressions can name, or a parameter: a named value (dated law, say) equal for all rows.
struct Column {
  std::string
      name;  ///< a letter, then letters, digits and '_'; no word of the language; or CALL(NAME), CALL(NAME.NAME)
  Type type;
  std::string doc;
  std::uint32_t id = 0;   ///< what ColumnSource is asked for; chosen by the maker of the schema
  std::string unit = {};  ///< shown in brackets; empty means the unit of the type ("PLN", "months", "years")
  // What no row goes beyond, for what can be said of a condition without looking at rows (possible.hpp).
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
  bool whole = false;  ///< integers only
  Change change = Change::free;
};

/// A word that is followed by a name in parentheses and makes a column of it: `months_in(alcohol)`. The columns have
/// names of that form.
struct Call {
  std::string word;
  std::string argument;            ///< what is named, for messages: "an attribute"
  std::vector<std::string> known;  ///< all columns of the word that a schema can have: "months_in(alcohol)"
};

/// Rows that belong to a row, such as the members of the household: `members.count(age < 18)`.
struct Group {
  std::string name;
  std::uint32_t id = 0;  ///< what ColumnSource is asked for
  bool one = false;      ///< at most one row: its columns are named behind it, as `mother.age`
  bool may_be_empty = true;
  std::string doc;
};

/// The names an expression may use. Built once, then only read; may be shared by threads.
///
/// Columns and parameters share one space of names and have each their own space of ids.
/// Misuse (a name twice, a word of the language as a name, an unknown domain) is a ContractError: names that come from
/// the user are checked with `is_free` first.
class Schema {
 public:
  /// @param currency  code behind an amount, such as PLN
  /// @param kinds     what the columns describe, for messages: "a person, household or area column"
  explicit Schema(std::string currency, std::string kinds = "a column");

  /// Says anew what the columns describe.
  void describe(std::string kinds) { kinds_ = std::move(kinds); }
  /// Adds a domain; the address stays valid as long as this schema or a copy of it lives.
  const EnumDomain* add_domain(std::string name, std::vector<std::string> values);
  void add_column(Column column);
  void add_call(Call call);
  void add_group(Group group);
  void add_parameter(Column parameter);
  /// Adds a name for one value of an enumeration.
  void add_constant(std::string name, const EnumDomain* domain, std::uint32_t code);
  /// Adds what holds for every row, as a condition over columns: "labour != child or age < 20".
  void add_fact(std::string condition) { facts_.push_back(std::move(condition)); }

  /// Whether `name` is a proper name, no word of the language, and not taken.
  bool is_free(std::string_view name) const;

  const Column* find(std::string_view name) const;            ///< column of that name, or null
  const Column* find_parameter(std::string_view name) const;  ///< parameter of that name, or null
  /// A name for a value.
  struct Constant {
    std::string name;
    const EnumDomain* domain;
    std::uint32_t code;
  };
  const Constant* find_constant(std::string_view name) const;  ///< or null
  const EnumDomain* find_domain(std::string_view name) const;
  const Call* find_call(std::string_view word) const;
  const Group* find_group(std::string_view name) const;
  const Group& group(std::uint32_t id) const;
  std::span<const Group> groups() const { return groups_; }

  std::vector<std::string> names() const;  ///< columns, parameters, constants, in the order added
  std::span<const Column> columns() const { return columns_; }
  std::span<const Column> parameters() const { return parameters_; }
  std::span<const std::shared_ptr<const EnumDomain>> domains() const { return domains_; }
  /// Adds a name that one looks for in vain, and what to say of it.
  void add_absent(std::string name, std::string reason) { absent_.emplace_back(std::move(name), std::move(reason)); }
  /// What to say of such a name, or "".
  std::string_view why_absent(std::string_view name) const;
  std::span<const std::string> facts() const { return facts_; }
  const std::string& currency() const { return currency_; }
  const std::string& kinds() const { return kinds_; }

  /// Unit for messages, such as "PLN/month"; "" for a plain number.
  std::string unit_of(const Column& column) const;

 private:
  std::string currency_;
  std::string kinds_;
  std::vector<std::shared_ptr<const EnumDomain>> domains_;
  std::vector<Column> columns_;
  std::vector<Column> parameters_;
  std::vector<Constant> constants_;
  std::vector<Call> calls_;
  std::vector<Group> groups_;
  std::vector<std::string> facts_;
  std::vector<std::pair<std::string, std::string>> absent_;
};

}  // namespace oikos::expr
