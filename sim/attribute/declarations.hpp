#pragma once
#include <deque>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/attribute/spec.hpp"
#include "sim/registry/registry.hpp"

namespace oikos {

/// A name of expressions that shows a column of an attribute.
struct AttributeName : ExpressionName {
  const ColumnSpec* column = nullptr;
};

/// A move as it is declared: a target of effects, a count, and, where somebody asks, the month in which it last
/// happened.
struct DeclaredMove {
  std::string name;         ///< within the attribute
  std::string target_name;  ///< ATTRIBUTE.MOVE
  std::string faces;        ///< who may move, as a condition
  std::string count_name, long_name, doc;
  TargetSpec target;
  CountSpec count;
  bool counted = true;      ///< not where another move has the same name in results
  bool remembered = false;  ///< whether the month is kept
  std::string column_name;
  ColumnSpec last;
  std::string since_name;
  AttributeName since;
};

/// An attribute as it is declared: columns of its table, names of expressions, a domain.
struct DeclaredAttribute {
  std::string name;
  Position at;
  bool of_household = false;
  std::vector<std::string> values;
  std::vector<std::string_view> value_views;
  std::string doc;
  DomainSpec domain;
  ColumnSpec state;  ///< code of the value, 8 bits
  AttributeName value;
  std::string since_column, months_name, months_doc;
  ColumnSpec since;  ///< month in which it took its value
  AttributeName months;
  std::deque<DeclaredMove> moves;

  DeclaredAttribute() = default;
  DeclaredAttribute(const DeclaredAttribute&) = delete;
  DeclaredAttribute& operator=(const DeclaredAttribute&) = delete;
};

/// Who is enrolled in, waits for, or ever was in one of some programmes, and since when, where expressions ask: one
/// column for the three answers, and one each for the months of the last entry and the last exit.
struct DeclaredService {
  static constexpr std::uint8_t enrolled_bit = 1, waiting_bit = 2, ever_bit = 4;
  std::string name;  ///< a programme, a provider, a kind of provider, a need domain, or `any`
  /// A column of persons; not there where nobody asks.
  struct Kept {
    std::string name, doc;
    ColumnSpec spec;
    bool is_there = false;
  };
  Kept bits, entry, exit;
  struct Answer {
    std::string name, doc;
    AttributeName shown;
  };
  std::deque<Answer> answers;  ///< those that are asked for

  DeclaredService() = default;
  DeclaredService(const DeclaredService&) = delete;
  DeclaredService& operator=(const DeclaredService&) = delete;
};

/// All that a scenario declares beside what modules do, and the registry of both. Columns of months that an expression
/// never asks for are not made.
class Declarations {
 public:
  /// @param modules  what modules declare; outlives this   @param asked  calls in the scenario's expressions, as
  /// "since(alcohol.relapse)"
  /// @param services  what `enrolled()` and the like may name
  /// Attributes that are mistaken, or whose names are taken, are left out.
  Declarations(const Registry& modules, std::span<const Named<AttributeSpec>> attributes,
               std::span<const std::string> services, const std::set<std::string>& asked);
  Declarations(const Declarations&) = delete;
  Declarations& operator=(const Declarations&) = delete;

  const Registry& registry() const { return registry_; }
  /// The words of the language whose arguments are attributes, moves and services.
  std::span<const expr::Call> calls() const { return calls_; }
  const std::deque<DeclaredAttribute>& attributes() const { return attributes_; }
  /// What is asked of services.
  const std::deque<DeclaredService>& services() const { return services_; }
  /// Whether a name shows a column of an attribute.
  bool shows(const ExpressionName& name) const;
  /// Null where it was left out.
  const DeclaredAttribute* find(std::string_view name) const;

 private:
  void declare(const Named<AttributeSpec>& spec, const std::set<std::string>& asked);
  void declare_service(const std::string& name, const std::set<std::string>& asked);
  Registry registry_;
  std::deque<DeclaredAttribute> attributes_;
  std::deque<DeclaredService> services_;
  std::vector<expr::Call> calls_;
};

/// Calls of the language in the texts of a tree, without blanks: "months_in(alcohol)".
std::set<std::string> calls_in(const Node& tree);

}  // namespace oikos
