#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "sim/world/world.hpp"

namespace oikos {

/// Who belongs to a person: the groups of expressions, and who receives an effect.
enum class Relation : std::uint8_t {
  own,
  partner,
  both,  ///< the person and the partner
  mother,
  father,
  parents,
  children,  ///< wherever they live in the city
  siblings,  ///< who share a parent
  members,   ///< of the household, the person among them
  reference  ///< the household's reference person, its first member
};
struct RelationInfo {
  std::string_view name;
  bool one;           ///< at most one person
  bool may_be_empty;  ///< whether somebody may have nobody so related
  std::string_view doc;
};
inline constexpr std::array<RelationInfo, 10> relations{{
    {"own", true, false, "the person"},
    {"partner", true, true, "the partner whom the person lives with"},
    {"both", false, false, "the person and the partner"},
    {"mother", true, true, "the mother, wherever she lives in the city"},
    {"father", true, true, "the father, wherever he lives in the city"},
    {"parents", false, true, "mother and father, wherever they live in the city"},
    {"children", false, true, "the children of any age, wherever they live in the city"},
    {"siblings", false, true, "those who share a parent, wherever they live in the city"},
    {"members", false, false, "the members of the household, the person among them"},
    {"reference", true, false, "the reference person of the household"},
}};

/// What a search for relatives needs to know of a world whose rows do not move meanwhile.
class Relatives {
 public:
  Relatives(const World& world, Relation relation)
      : world_(world),
        relation_(relation),
        children_(relation == Relation::children || relation == Relation::siblings ? &world.children() : nullptr) {}
  /// Calls visit(row) for each person so related to `row`, each once.
  template <class Visit>
  void of(Row row, Visit visit) const;

 private:
  const World& world_;
  Relation relation_;
  const Children* children_;
};

template <class Visit>
void Relatives::of(Row row, Visit visit) const {
  const World& world = world_;
  const Relation relation = relation_;
  const auto maybe = [&](Row other) {
    if (other != no_row) visit(other);
  };
  const auto& mother_of = world.persons[person::mother];
  const auto& father_of = world.persons[person::father];
  switch (relation) {
    case Relation::own: return visit(row);
    case Relation::partner: return maybe(world.persons[person::partner][row]);
    case Relation::both: return visit(row), maybe(world.persons[person::partner][row]);
    case Relation::mother: return maybe(mother_of[row]);
    case Relation::father: return maybe(father_of[row]);
    case Relation::parents: return maybe(mother_of[row]), maybe(father_of[row]);
    case Relation::children:
      for (const Row child : children_->of(row)) visit(child);
      return;
    case Relation::siblings: {
      const Row mother = mother_of[row], father = father_of[row];
      if (mother != no_row)
        for (const Row child : children_->of(mother))
          if (child != row) visit(child);
      if (father != no_row)
        for (const Row child : children_->of(father))
          if (child != row && (mother == no_row || mother_of[child] != mother)) visit(child);
      return;
    }
    case Relation::members:
    case Relation::reference: {
      const std::uint32_t home = world.persons[person::household][row];
      const Row first = world.households[household::first][home];
      const Row end = relation == Relation::reference ? first + 1 : first + world.households[household::members][home];
      for (Row member = first; member < end; ++member) visit(member);
      return;
    }
  }
}

}  // namespace oikos
