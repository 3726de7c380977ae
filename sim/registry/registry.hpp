#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/expr/schema.hpp"
#include "sim/registry/column_spec.hpp"
#include "sim/rng/purpose.hpp"

namespace oikos {

struct World;

/// Rows of persons that an expression is asked for: a list, or a stretch.
struct RowSet {
  const std::uint32_t* list;  ///< null: a stretch from `first`
  std::uint32_t first;
  std::size_t count;
};

/// A name of the expression language, of persons. What it reads of the household is that of the person's own.
struct ExpressionName {
  std::string_view name;
  expr::Kind kind;
  std::string_view domain = "";  ///< of an enumeration
  std::string_view unit = "";    ///< shown to users after the currency; empty: that of the kind
  std::string_view doc;
  // Of numbers: what no row goes beyond.
  double least = 0;
  double most = std::numeric_limits<double>::infinity();
  bool whole = true;
  expr::Change change = expr::Change::free;
  /// Whether it counts months since a state of the scenario was taken: before the states of a month move, those up to
  /// the end of the month before.
  bool counts_from_states = false;
  /// Whether the month has to be computed before it is known: on the first day it is not.
  bool computed = false;
  /// Writes one number a row. Shape (rows.count). @param self  the name that is asked
  void (*fill)(const ExpressionName& self, const World& world, ShortMonth now, const RowSet& rows, double* out);
};

/// The values of an enumeration, by code.
struct DomainSpec {
  std::string_view name;
  std::span<const std::string_view> values;
};

/// Something that is counted each month; a result variable.
struct CountSpec {
  std::string_view name, long_name;
};

/// What a sweep can report of a person; barriers of the month act on it.
struct EventSpec {
  std::string_view name;
};

/// Something that effects act upon, by name.
struct TargetSpec {
  /// Whose it is. A household's is asked of its reference person, a couple's of the one who speaks for it.
  enum class Of : std::uint8_t { person, household, couple, programme, provider };
  std::string_view name;
  /// Of people, whose targets are monthly chances: who has that chance, as a condition. An effect on anybody else does
  /// nothing.
  std::string_view faces;
  std::string_view doc = "";   ///< one line, without a full stop
  std::string_view page = "";  ///< methods page under docs/
  Of of = Of::person;
  std::string_view unit = "chance";  ///< what `plus` is written in: "chance", "places"; none: only factors act

  /// Whether it is a person's, household's or couple's, and not a service's.
  bool is_of_people() const { return of <= Of::couple; }
};
inline constexpr std::array<std::string_view, 5> target_owner_names{"person", "household", "couple", "programme",
                                                                    "provider"};

/// Why money moves: who pays, who receives, for what. Sectors are words such as "households", "employers", "state".
struct FlowSpec {
  std::string_view payer, payee, reason;
};

/// One decision's part of a block of draws. One lane serves one decision, or two that nobody can face in one month.
struct LaneSpec {
  rng::Purpose purpose;
  std::uint8_t lane;  ///< 0 to 3
  std::string_view name;
};

/// Everything that rules declare: columns, names of expressions, counts, events, targets, lanes, flows. Filled at the
/// start of the program, then only read; a second declaration of a name is refused.
///
/// Declarations are known by their address, so they are inline constants or have static storage. Orders are those of
/// declaration: of variables in result files, of names in lists, but of no number.
class Registry {
 public:
  // @throws ContractError  the name is taken
  void column(const ColumnSpec& spec);
  void name(const ExpressionName& spec);
  void domain(const DomainSpec& spec);
  /// What holds for every person in every month when programmes look at it, as a condition; CURRENCY stands for no
  /// money.
  void fact(std::string_view condition) { facts_.push_back(condition); }
  void count(const CountSpec& spec);
  void event(const EventSpec& spec);
  void target(const TargetSpec& spec);
  void lane(const LaneSpec& spec);
  void flow(const FlowSpec& spec);

  std::span<const ColumnSpec* const> columns(TableId table) const { return columns_[static_cast<std::size_t>(table)]; }
  std::span<const ExpressionName* const> names() const { return names_; }
  std::span<const DomainSpec* const> domains() const { return domains_; }
  std::span<const std::string_view> facts() const { return facts_; }
  std::span<const CountSpec* const> counts() const { return counts_; }
  std::span<const EventSpec* const> events() const { return events_; }
  std::span<const TargetSpec* const> targets() const { return targets_; }
  std::span<const LaneSpec* const> lanes() const { return lanes_; }
  std::span<const FlowSpec* const> flows() const { return flows_; }

  /// Places in the lists above. @throws ContractError  not declared
  std::size_t index(const CountSpec& spec) const;
  std::size_t index(const EventSpec& spec) const;
  std::size_t index(const TargetSpec& spec) const;
  std::size_t index(const FlowSpec& spec) const;
  const TargetSpec* find_target(std::string_view name) const;

 private:
  void take(std::string_view kind, std::string_view name);

  std::vector<std::string> taken_;  ///< "kind name"
  std::array<std::vector<const ColumnSpec*>, table_names.size()> columns_;
  std::vector<const ExpressionName*> names_;
  std::vector<const DomainSpec*> domains_;
  std::vector<std::string_view> facts_;
  std::vector<const CountSpec*> counts_;
  std::vector<const EventSpec*> events_;
  std::vector<const TargetSpec*> targets_;
  std::vector<const LaneSpec*> lanes_;
  std::vector<const FlowSpec*> flows_;
};

}  // namespace oikos
